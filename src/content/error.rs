//! What can be wrong with a content file or with `site.toml`.

use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use super::split::SplitError;
use super::toml_error::{Explained, explain};
use crate::diagnostic::{SourceText, span_within};

type Source = NamedSource<Arc<str>>;

/// One file that could not become a typed value.
#[derive(Debug, Error, Diagnostic)]
pub enum ContentError {
    #[error("nothing can be kept in {folder} for the next run: {reason}")]
    #[diagnostic(
        code(content::not_kept),
        severity(Warning),
        help(
            "look at the permissions and the free space there; until then every run takes longer"
        )
    )]
    NotKept { folder: String, reason: String },

    #[error("this file cannot be read: {reason}")]
    #[diagnostic(code(content::unreadable), help("look at the permissions of {path}"))]
    Unreadable { path: String, reason: String },

    #[error("this file is not valid UTF-8")]
    #[diagnostic(
        code(content::not_utf8),
        help(
            "save it as UTF-8, or run `briefbook import {path}`, which recognises other encodings"
        )
    )]
    NotUtf8 {
        path: String,
        #[source_code]
        source_code: Source,
        #[label("the first byte that is not UTF-8 (0x{byte:02x})")]
        span: SourceSpan,
        byte: u8,
    },

    #[error("{path} is empty")]
    #[diagnostic(
        code(content::empty),
        help("write front matter between two `+++` lines and a text below it, or delete the file")
    )]
    Empty { path: String },

    #[error("this file has no front matter")]
    #[diagnostic(
        code(content::no_front_matter),
        help("begin the file with `+++`, then `title = \"…\"`, then another `+++`")
    )]
    NoFrontMatter {
        #[source_code]
        source_code: Source,
        #[label("`+++` is expected here")]
        span: SourceSpan,
    },

    #[error("this front matter is not briefbook's")]
    #[diagnostic(
        code(content::foreign_front_matter),
        help(
            "briefbook writes TOML between `+++` lines; `briefbook import` rewrites YAML and JSON"
        )
    )]
    ForeignFrontMatter {
        #[source_code]
        source_code: Source,
        #[label("`+++` is expected here")]
        span: SourceSpan,
    },

    #[error("the front matter is never closed")]
    #[diagnostic(
        code(content::unclosed_front_matter),
        help("add a line `+++` where the front matter ends")
    )]
    Unclosed {
        #[source_code]
        source_code: Source,
        #[label("opened here")]
        span: SourceSpan,
    },

    #[error("{message}")]
    #[diagnostic(code(content::toml))]
    Toml {
        message: String,
        #[source_code]
        source_code: Source,
        #[label("{label}")]
        span: SourceSpan,
        label: String,
        #[help]
        help: Option<String>,
    },

    #[error("{message}")]
    #[diagnostic(code(content::field))]
    Field {
        message: String,
        #[source_code]
        source_code: Source,
        #[label("{label}")]
        span: SourceSpan,
        label: String,
        #[help]
        help: Option<String>,
    },

    #[error("briefbook does not know what {path} is")]
    #[diagnostic(
        code(content::unknown_folder),
        help("content stands in one of: {folders}")
    )]
    UnknownFolder { path: String, folders: String },
}

impl ContentError {
    /// A file that isn't UTF-8: the text shown is what can be shown of it.
    pub fn not_utf8(path: &str, bytes: &[u8], valid_up_to: usize) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let replacement = char::REPLACEMENT_CHARACTER.len_utf8();
        Self::NotUtf8 {
            path: path.to_owned(),
            span: range(&text, valid_up_to..valid_up_to + replacement),
            source_code: SourceText::new(path, text).named(),
            byte: bytes.get(valid_up_to).copied().unwrap_or_default(),
        }
    }

    pub fn split(source: &SourceText, error: SplitError) -> Self {
        let text = source.text();
        let line = range(text, 0..text.find('\n').unwrap_or(text.len()));
        let source_code = source.named();
        match error {
            SplitError::Empty => Self::Empty {
                path: source.name().to_owned(),
            },
            SplitError::Missing => Self::NoFrontMatter {
                source_code,
                span: range(text, 0..0),
            },
            SplitError::Foreign => Self::ForeignFrontMatter {
                source_code,
                span: line,
            },
            SplitError::Unclosed => Self::Unclosed {
                source_code,
                span: line,
            },
        }
    }

    /// A TOML error in the part of `source` that starts at byte `offset`.
    pub fn toml(source: &SourceText, offset: usize, error: &toml::de::Error) -> Self {
        let at = error.span().unwrap_or(0..0);
        let at = at.start + offset..at.end + offset;
        let field = field_at(source.text(), at.start);
        let own = if source.name() == super::config::FILE {
            "params"
        } else {
            "extra"
        };
        let Explained {
            message,
            label,
            help,
        } = explain(error.message(), field, Some(own));
        Self::Toml {
            message,
            source_code: source.named(),
            span: range(source.text(), at),
            label,
            help,
        }
    }

    /// A field whose value has the right type and makes no sense.
    pub fn field(
        source: &SourceText,
        at: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
        help: Option<String>,
    ) -> Self {
        Self::Field {
            message: message.into(),
            source_code: source.named(),
            span: range(source.text(), at),
            label: label.into(),
            help,
        }
    }
}

fn range(text: &str, range: Range<usize>) -> SourceSpan {
    span_within(text, range).into()
}

/// The name of the field on whose line a byte stands: `date` of `date = 2021-02-30`.
pub fn field_at(text: &str, at: usize) -> &str {
    let line_start = text[..span_within(text, at..at).start]
        .rfind('\n')
        .map_or(0, |n| n + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    line.split_once('=').map_or("", |(name, _)| name.trim())
}
