//! What can be wrong between the parts of an archive.

use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use crate::content::article::Body;
use crate::content::parse::field_range;
use crate::content::split::split;
use crate::diagnostic::span_within;

/// A reference that leads nowhere, or to more than one place.
#[derive(Debug, Error, Diagnostic)]
pub enum LinkError {
    #[error("this link leads to no article, term or page")]
    #[diagnostic(code(archive::dead_link))]
    Dead {
        #[source_code]
        source_code: NamedSource<Arc<str>>,
        #[label("{label}")]
        span: SourceSpan,
        label: String,
        #[help]
        help: Option<String>,
    },

    #[error("this link leads to an article that is not published")]
    #[diagnostic(
        code(archive::unpublished_link),
        help(
            "publish {path}, take the link out, or build with `--drafts` to see everything together"
        )
    )]
    Unpublished {
        path: String,
        reason: String,
        #[source_code]
        source_code: NamedSource<Arc<str>>,
        #[label("{reason}")]
        span: SourceSpan,
    },

    #[error("this link could lead to several places")]
    #[diagnostic(code(archive::ambiguous_link), help("write one of: {choices}"))]
    Ambiguous {
        choices: String,
        #[source_code]
        source_code: NamedSource<Arc<str>>,
        #[label("this name stands for more than one thing")]
        span: SourceSpan,
    },

    #[error("there is no section `{section}` there")]
    #[diagnostic(code(archive::dead_section))]
    DeadSection {
        section: String,
        #[source_code]
        source_code: NamedSource<Arc<str>>,
        #[label("no heading has this anchor")]
        span: SourceSpan,
        #[help]
        help: Option<String>,
    },

    #[error("there is no such file")]
    #[diagnostic(
        code(archive::missing_file),
        help("files beside an article are named relative to it")
    )]
    MissingFile {
        path: String,
        #[source_code]
        source_code: NamedSource<Arc<str>>,
        #[label("{path} does not exist")]
        span: SourceSpan,
    },

    #[error("`{field}` names something that does not exist")]
    #[diagnostic(code(archive::dead_reference))]
    DeadReference {
        field: String,
        #[source_code]
        source_code: NamedSource<Arc<str>>,
        #[label("{label}")]
        span: SourceSpan,
        label: String,
        #[help]
        help: Option<String>,
    },

    #[error("`{first}` and `{second}` look like one term of the {taxonomy}")]
    #[diagnostic(
        code(archive::near_duplicate),
        severity(Warning),
        help("`{merge}` makes one of them")
    )]
    NearDuplicate {
        taxonomy: String,
        first: String,
        second: String,
        merge: String,
        #[source_code]
        source_code: Option<NamedSource<Arc<str>>>,
        #[label("named here")]
        span: Option<SourceSpan>,
    },

    #[error("terms cannot stand above each other in a circle")]
    #[diagnostic(
        code(archive::parent_cycle),
        help("take `parent` out of one of the terms: {chain}")
    )]
    ParentCycle {
        chain: String,
        #[source_code]
        source_code: NamedSource<Arc<str>>,
        #[label("this parent leads back to the term itself")]
        span: SourceSpan,
    },
}

/// The span of a front-matter field, or of the `index`-th entry of a list; of the file's first
/// line where it can't be found.
pub fn field_span(body: &Body, field: &str, index: usize) -> SourceSpan {
    let range = split(body.source.text())
        .ok()
        .and_then(|parts| field_range(&body.source, &parts.front, field, index));
    file_span(body, range.unwrap_or(0..3))
}

/// The span of a range of the whole file that `body` stands in.
pub fn file_span(body: &Body, range: Range<usize>) -> SourceSpan {
    span_within(body.source.text(), range).into()
}
