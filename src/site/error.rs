//! What can be wrong with a site: its addresses, its theme, its templates.

use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use crate::content::error::field_at;
use crate::content::toml_error::{Explained, explain};
use crate::diagnostic::{SourceText, span_within};

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

    #[error("`{written}` is not an address an article can have")]
    #[diagnostic(
        code(site::bad_permalink),
        help("write lower-case letters, digits and hyphens between `/`: `/reports/grid-storage/`")
    )]
    BadPermalink {
        written: String,
        #[source_code]
        source_code: Source,
        #[label("cannot be the address of this article")]
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

    #[error("this leads to no page of the site: {url}")]
    #[diagnostic(
        code(site::dead_menu),
        help("write an address of the site such as `/topics/`, or one that begins with https://")
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
        label: String,
        #[help]
        help: Option<String>,
        #[source_code]
        source_code: Source,
        #[label("{label}")]
        span: SourceSpan,
    },

    #[error("{message}")]
    #[diagnostic(severity(warning), code(site::nothing_chosen))]
    NothingChosen {
        message: String,
        #[help]
        help: Option<String>,
        #[source_code]
        source_code: Source,
        #[label("nothing has it")]
        span: SourceSpan,
    },

    #[error("{message}")]
    #[diagnostic(code(site::data))]
    Data {
        message: String,
        label: String,
        #[help]
        help: Option<String>,
        #[source_code]
        source_code: Source,
        #[label("{label}")]
        span: SourceSpan,
    },

    #[error("no address can be made of this value")]
    #[diagnostic(
        code(site::no_slug),
        help(
            "the theme's page kind `{kind}` has a page for every value: write it with a letter or a digit"
        )
    )]
    NoSlug {
        kind: String,
        #[source_code]
        source_code: Source,
        #[label("nothing here can stand in an address")]
        span: SourceSpan,
    },

    #[error("{message}")]
    #[diagnostic(code(site::style))]
    Style {
        message: String,
        label: String,
        #[help]
        help: Option<String>,
        #[source_code]
        source_code: Source,
        #[label("{label}")]
        span: SourceSpan,
    },

    #[error("two files want to be `{name}`")]
    #[diagnostic(
        code(site::two_data),
        help("rename {path}: the name without its ending must be its own")
    )]
    TwoData { name: String, path: String },

    #[error("{path} is not read: templates get TOML, JSON and CSV")]
    #[diagnostic(
        severity(warning),
        code(site::unknown_data),
        help("save it as one of these; notes beside the data end in .md or .txt")
    )]
    UnknownData { path: String },

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
    /// A file that isn't TOML, or not what is expected; `own` is its table for fields of one's own.
    pub fn toml(source: &SourceText, error: &toml::de::Error, own: Option<&str>) -> Self {
        let at = error.span().unwrap_or(0..0);
        let field = field_at(source.text(), at.start);
        let Explained {
            message,
            label,
            help,
        } = explain(error.message(), field, own);
        Self::theme_toml(source, at, message, label, help)
    }

    /// A setting in a `theme.toml` that makes no sense.
    pub fn theme_toml(
        source: &SourceText,
        at: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
        help: Option<String>,
    ) -> Self {
        Self::ThemeToml {
            message: message.into(),
            label: label.into(),
            help,
            source_code: source.named(),
            span: span_within(source.text(), at).into(),
        }
    }

    /// A style sheet that can't be published.
    pub fn style(
        source: &SourceText,
        at: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
        help: Option<String>,
    ) -> Self {
        Self::Style {
            message: message.into(),
            label: label.into(),
            help,
            source_code: source.named(),
            span: span_within(source.text(), at).into(),
        }
    }

    /// A file below `data/` that can't be read.
    pub fn data(
        source: &SourceText,
        at: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
        help: Option<String>,
    ) -> Self {
        Self::Data {
            message: message.into(),
            label: label.into(),
            help,
            source_code: source.named(),
            span: span_within(source.text(), at).into(),
        }
    }

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
