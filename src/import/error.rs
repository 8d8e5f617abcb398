//! Why a document could not be imported.

use miette::Diagnostic;
use thiserror::Error;

#[derive(Debug, Error, Diagnostic)]
pub enum ImportError {
    #[error("{name} cannot be read: {reason}")]
    #[diagnostic(
        code(import::unreadable),
        help("look at its path and its permissions, and whether it is whole")
    )]
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

    #[error("there is no article in {name}")]
    #[diagnostic(
        code(import::not_an_article),
        severity(Warning),
        help("it was passed over; if there is one, paste its text alone into a file")
    )]
    NotAnArticle { name: String },

    #[error("{name} is passed over: {what}")]
    #[diagnostic(
        code(import::passed_over),
        severity(Advice),
        help("these are no articles; everything else of it was read")
    )]
    PassedOver { name: String, what: String },

    #[error("{name} is damaged")]
    #[diagnostic(
        code(import::damaged),
        help("it was passed over, and the rest was read; make the file again if it matters")
    )]
    Damaged { name: String },

    #[error("{name} is packed in a way that can't be read: `{encoding}`")]
    #[diagnostic(
        code(import::unknown_encoding),
        help("gzip and deflate can; ask the program that made the archive for one of them")
    )]
    UnknownEncoding { name: String, encoding: String },

    #[error("the front matter of {name} can't be read: {reason}")]
    #[diagnostic(
        code(import::front_matter),
        help("mend it there, or take it off and import the text alone")
    )]
    FrontMatter { name: String, reason: String },

    #[error("{address} could not be fetched: {reason}")]
    #[diagnostic(
        code(import::not_fetched),
        help("open it in a browser; a page saved from there can be imported as a file")
    )]
    NotFetched { address: String, reason: String },

    #[error("{address} is not for programs, says the site's robots.txt")]
    #[diagnostic(
        code(import::not_allowed),
        help("open it in a browser; a page saved from there can be imported as a file")
    )]
    NotAllowed { address: String },

    #[error("{name} has neither `html` nor `text`")]
    #[diagnostic(
        code(import::no_text),
        help("a line of JSON is an object with a `url` and the `html` or `text` found there")
    )]
    NoText { name: String },

    #[error("no article was found in {name}")]
    #[diagnostic(
        code(import::no_article),
        help("if there is one, paste its text alone into a file and import that")
    )]
    NoArticle { name: String },

    #[error("there is no import `{batch}` to be taken back")]
    #[diagnostic(code(import::no_batch), help("imports that can be: {known}"))]
    NoBatch { batch: String, known: String },

    #[error("{path} cannot be written: {reason}")]
    #[diagnostic(
        code(import::unwritable),
        help("look at the permissions and the free space there; run the import again afterwards")
    )]
    Unwritable { path: String, reason: String },
}

impl ImportError {
    pub fn unreadable(name: &str, error: &std::io::Error) -> Self {
        Self::Unreadable {
            name: name.to_owned(),
            reason: error.to_string(),
        }
    }
}
