//! Why a document could not be imported.

use miette::Diagnostic;
use thiserror::Error;

#[derive(Debug, Error, Diagnostic)]
pub enum ImportError {
    #[error("{name} cannot be read: {reason}")]
    #[diagnostic(code(import::unreadable), help("look at its path and its permissions"))]
    Unreadable { name: String, reason: String },

    #[error("{name} is empty")]
    #[diagnostic(
        code(import::empty),
        help("nothing was written for it; save or paste the article again")
    )]
    Empty { name: String },

    #[error("{name} is larger than {limit} MB")]
    #[diagnostic(
        code(import::too_large),
        help("an article is text: take the pictures or the other articles out of it")
    )]
    TooLarge { name: String, limit: usize },

    #[error("{name} is not text")]
    #[diagnostic(
        code(import::not_text),
        help("briefbook imports web pages and pasted text; save the article as one of them")
    )]
    NotText { name: String },

    #[error("no article was found in {name}")]
    #[diagnostic(
        code(import::no_article),
        help("if there is one, paste its text alone into a file and import that")
    )]
    NoArticle { name: String },

    #[error("{path} cannot be written: {reason}")]
    #[diagnostic(
        code(import::unwritable),
        help("look at the permissions and the free space there; run the import again afterwards")
    )]
    Unwritable { path: String, reason: String },
}
