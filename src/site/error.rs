//! What can be wrong with a site: its addresses, its theme, its templates.

use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

type Source = NamedSource<Arc<str>>;

#[derive(Debug, Error, Diagnostic)]
pub enum SiteError {
    #[error("two things want the address {address}")]
    #[diagnostic(
        code(site::address_clash),
        help(
            "rename one of the files, change its date, or take the alias out: nothing may hide anything else"
        )
    )]
    AddressClash {
        address: String,
        first: String,
        #[source_code]
        source_code: Source,
        #[label("{first} has it already")]
        span: SourceSpan,
    },

    #[error("two things want the address {address}: {first} and {second}")]
    #[diagnostic(code(site::address_clash), help("rename one of them"))]
    Clash {
        address: String,
        first: String,
        second: String,
    },

    #[error("`{written}` is no address of this site")]
    #[diagnostic(
        code(site::bad_alias),
        help("write the old address as it was below the site's root: `/2009/old-name/`")
    )]
    BadAlias {
        written: String,
        #[source_code]
        source_code: Source,
        #[label("cannot become a redirect page")]
        span: SourceSpan,
    },

    #[error("this link leads to no page of the site")]
    #[diagnostic(code(site::dead_link))]
    DeadSiteLink {
        address: String,
        #[source_code]
        source_code: Source,
        #[label("nothing stands at {address}")]
        span: SourceSpan,
        #[help]
        help: Option<String>,
    },

    #[error("{address} was published, and nothing stands there any more")]
    #[diagnostic(code(site::vanished))]
    Vanished {
        address: String,
        #[help]
        help: String,
    },

    #[error("the menu leads to no page of the site: {url}")]
    #[diagnostic(
        code(site::dead_menu),
        help(
            "`url` in `[[menu]]` is an address of the site such as `/topics/`, or begins with https://"
        )
    )]
    DeadMenu {
        url: String,
        #[source_code]
        source_code: Source,
        #[label("nothing stands there")]
        span: SourceSpan,
    },

    #[error("there is no theme `{name}`")]
    #[diagnostic(code(site::no_theme))]
    NoTheme {
        name: String,
        #[help]
        help: String,
        #[source_code]
        source_code: Source,
        #[label("named here")]
        span: SourceSpan,
    },

    #[error("{path} cannot be read: {reason}")]
    #[diagnostic(code(site::unreadable))]
    Unreadable { path: String, reason: String },

    #[error("{message}")]
    #[diagnostic(code(site::theme_toml))]
    ThemeToml {
        message: String,
        #[source_code]
        source_code: Source,
        #[label("here")]
        span: SourceSpan,
    },

    #[error("{message}")]
    #[diagnostic(code(site::parameter))]
    Parameter {
        message: String,
        label: String,
        #[help]
        help: Option<String>,
        #[source_code]
        source_code: Source,
        #[label("{label}")]
        span: SourceSpan,
    },

    #[error("the theme knows no parameter `{name}`")]
    #[diagnostic(severity(warning), code(site::unknown_parameter))]
    UnknownParameter {
        name: String,
        #[help]
        help: String,
        #[source_code]
        source_code: Source,
        #[label("not used")]
        span: SourceSpan,
    },

    #[error("{message}")]
    #[diagnostic(code(site::template))]
    Template {
        message: String,
        #[source_code]
        source_code: Source,
        #[label("{label}")]
        span: SourceSpan,
        label: String,
        #[help]
        help: Option<String>,
    },

    #[error("the templates do not fit together: {message}")]
    #[diagnostic(code(site::templates))]
    Templates {
        message: String,
        #[help]
        help: Option<String>,
    },
}

impl SiteError {
    /// Adds on which page a template failed first, and on how many.
    #[must_use]
    pub fn on_page(mut self, address: &super::address::Address, pages: usize) -> Self {
        if let Self::Template { label, .. } = &mut self {
            *label = match pages {
                1 => format!("while rendering {address}"),
                _ => format!("while rendering {address} and {} more", pages - 1),
            };
        }
        self
    }
}
