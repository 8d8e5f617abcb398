//! What the audit says.

use miette::{Diagnostic, SourceSpan};
use thiserror::Error;

use super::excerpt::Excerpt;

/// One trap in a rendered site.
#[derive(Debug, Error, Diagnostic)]
pub enum AuditFinding {
    #[error("this link leads to no page of the site{}", also(*.pages))]
    #[diagnostic(code(audit::dead_link))]
    DeadLink {
        address: String,
        pages: usize,
        #[source_code]
        excerpt: Excerpt,
        #[label("nothing is served at {address}")]
        span: SourceSpan,
        #[help]
        help: Option<String>,
    },

    #[error("{message}{}", also(*.pages))]
    #[diagnostic(code(audit::barrier))]
    Barrier {
        message: String,
        pages: usize,
        #[source_code]
        excerpt: Excerpt,
        #[label("here")]
        span: SourceSpan,
        #[help]
        help: String,
    },

    #[error("this link leads to a place that is not on its page{}", also(*.pages))]
    #[diagnostic(
        code(audit::dead_anchor),
        help("give the place an `id`, or take the `#` and what follows out of the link")
    )]
    DeadAnchor {
        file: String,
        fragment: String,
        pages: usize,
        #[source_code]
        excerpt: Excerpt,
        #[label("nothing in {file} has the id `{fragment}`")]
        span: SourceSpan,
    },

    #[error("a file that this page needs is missing{}", also(*.pages))]
    #[diagnostic(code(audit::missing_asset))]
    MissingAsset {
        address: String,
        pages: usize,
        #[source_code]
        excerpt: Excerpt,
        #[label("nothing is served at {address}")]
        span: SourceSpan,
        #[help]
        help: Option<String>,
    },

    #[error("this address leads out of the site{}", also(*.pages))]
    #[diagnostic(
        code(audit::out_of_site),
        help(
            "the site stands under {base}: write the address relative to the page, or with that before it"
        )
    )]
    OutOfSite {
        address: String,
        base: String,
        pages: usize,
        #[source_code]
        excerpt: Excerpt,
        #[label("{address} is not below {base}")]
        span: SourceSpan,
    },

    #[error("this link of the 404 page works at one depth only")]
    #[diagnostic(
        code(audit::relative_on_404),
        help(
            "404.html is shown at whatever address was asked for, so its links begin with `/` or with the site's address"
        )
    )]
    RelativeOn404 {
        #[source_code]
        excerpt: Excerpt,
        #[label("relative to an address nobody knows beforehand")]
        span: SourceSpan,
    },

    #[error("this address is on the reader's own computer{}", also(*.pages))]
    #[diagnostic(
        code(audit::own_computer),
        help("write where it is on the web, or take it out")
    )]
    OwnComputer {
        pages: usize,
        #[source_code]
        excerpt: Excerpt,
        #[label("works nowhere but where it was written")]
        span: SourceSpan,
    },

    #[error("this link runs a script{}", also(*.pages))]
    #[diagnostic(
        code(audit::script_link),
        help("a link leads somewhere; whatever came from outside must never run on the site")
    )]
    ScriptLink {
        pages: usize,
        #[source_code]
        excerpt: Excerpt,
        #[label("here")]
        span: SourceSpan,
    },

    #[error("the id `{id}` is given twice on one page{}", also(*.pages))]
    #[diagnostic(
        code(audit::duplicate_id),
        help("links to it lead to the first of them; rename this one")
    )]
    DuplicateId {
        id: String,
        pages: usize,
        #[source_code]
        excerpt: Excerpt,
        #[label("the second one")]
        span: SourceSpan,
    },

    #[error("there is no .nojekyll")]
    #[diagnostic(
        code(audit::no_nojekyll),
        help(
            "GitHub Pages would run the site through Jekyll, which leaves files out: put an empty file `.nojekyll` at its root"
        )
    )]
    NoJekyll,

    #[error("{message}")]
    #[diagnostic(code(audit::domain))]
    Domain {
        message: String,
        #[help]
        help: String,
    },

    #[error("the base address is still an example: {host}")]
    #[diagnostic(
        code(audit::example_address),
        severity(Warning),
        help(
            "feeds, the sitemap and canonical links would lead there: write the site's own address as `base_url` in site.toml"
        )
    )]
    ExampleAddress { host: String },

    #[error("the name {path} {message}")]
    #[diagnostic(code(audit::name))]
    Name {
        path: String,
        message: String,
        #[help]
        help: String,
    },

    #[error("the name {path} is written with accents in two pieces")]
    #[diagnostic(
        code(audit::decomposed_name),
        severity(Warning),
        help(
            "links to it are in Unicode's composed form (NFC) as a rule, and find nothing: rename it"
        )
    )]
    Decomposed { path: String },

    #[error("{first} and {second} are one name on Windows and macOS")]
    #[diagnostic(
        code(audit::name_clash),
        help("one would replace the other there: rename one of them")
    )]
    Clash { first: String, second: String },

    #[error("{path} is a symbolic link")]
    #[diagnostic(
        code(audit::symbolic_link),
        help("GitHub Pages refuses sites with links in them: put a copy of the file in its place")
    )]
    SymbolicLink { path: String },

    #[error("{path} takes {size}, and GitHub refuses files over 100 MiB")]
    #[diagnostic(
        code(audit::file_too_large),
        help("host it elsewhere and link to it, or make it smaller")
    )]
    FileTooLarge { path: String, size: String },

    #[error(
        "{path} takes {size}: GitHub warns of files over 50 MiB and refuses those over 100 MiB"
    )]
    #[diagnostic(
        code(audit::file_large),
        severity(Warning),
        help("make it smaller while it is easy")
    )]
    FileLarge { path: String, size: String },

    #[error("the site takes {size} and GitHub Pages allows 1 GB")]
    #[diagnostic(code(audit::site_too_large))]
    SiteTooLarge {
        size: String,
        #[help]
        help: String,
    },

    #[error(
        "the site takes {size} of the 1 GB that GitHub Pages allows: enough for {left} more at last year's pace"
    )]
    #[diagnostic(code(audit::site_filling), severity(Warning))]
    SiteFilling {
        size: String,
        left: String,
        #[help]
        help: String,
    },

    #[error("{count} published before would be gone, and nothing leads on from there")]
    #[diagnostic(code(audit::vanished))]
    Vanished {
        count: String,
        addresses: Vec<String>,
        #[help]
        help: String,
    },
}

fn also(pages: usize) -> String {
    match pages {
        0 | 1 => String::new(),
        2 => ", here and on one more page".to_owned(),
        _ => format!(", here and on {} more pages", pages - 1),
    }
}
