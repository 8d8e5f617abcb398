//! What can be wrong with a content file or with `site.toml`.

use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use super::split::SplitError;
use crate::diagnostic::{SourceText, nearest, span_within};

type Source = NamedSource<Arc<str>>;

/// One file that could not become a typed value.
#[derive(Debug, Error, Diagnostic)]
pub enum ContentError {
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
        let explained = explain(error.message());
        Self::Toml {
            message: explained.message,
            source_code: source.named(),
            span: range(source.text(), at.start + offset..at.end + offset),
            label: explained.label,
            help: explained.help,
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

struct Explained {
    message: String,
    label: String,
    help: Option<String>,
}

/// Says in an editor's words what the TOML reader says in a programmer's.
fn explain(message: &str) -> Explained {
    if let Some(rest) = message.strip_prefix("unknown field `")
        && let Some((field, expected)) = rest.split_once('`')
    {
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        let help = match nearest(field, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? Fields of your own go under `[extra]`"),
            None => format!(
                "fields of your own go under `[extra]`; known here: {}",
                known.join(", ")
            ),
        };
        return Explained {
            message: format!("there is no field `{field}`"),
            label: "not a field briefbook knows".to_owned(),
            help: Some(help),
        };
    }
    if let Some(rest) = message.strip_prefix("missing field `") {
        let field = rest.trim_end_matches('`');
        return Explained {
            message: format!("the field `{field}` is missing"),
            label: "in here".to_owned(),
            help: Some(format!("add `{field} = …`")),
        };
    }
    if let Some((problem, advice)) = message.split_once(": ")
        && message.starts_with("a ")
    {
        return Explained {
            message: problem.to_owned(),
            label: "this date".to_owned(),
            help: Some(advice.to_owned()),
        };
    }
    let help = if message.contains("expected a TOML datetime") || message.contains("datetime") {
        Some("write dates without quotes: `date = 2021-04-26`".to_owned())
    } else if message.contains("string values must be quoted") {
        Some("put text between quotes: `title = \"…\"`".to_owned())
    } else {
        None
    };
    Explained {
        message: message.lines().next().unwrap_or_default().to_owned(),
        label: "here".to_owned(),
        help,
    }
}
