//! Articles and terms as lists show them.

use serde::Serialize;

use crate::content::front_matter::Kind;
use crate::site::address::Address;

/// A link to a page of the site; `address` is relative to the root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    pub address: Address,
    pub title: String,
    /// Of the title, where it differs from the site's (BCP 47).
    pub language: Option<String>,
}

/// A link with the sentence that leads from there to this page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quoted {
    pub address: Address,
    pub title: String,
    /// Of the title, where it differs from the site's (BCP 47).
    pub language: Option<String>,
    /// Of an article: its day in the site's time zone.
    pub day: Option<String>,
    /// Absent where the text isn't ours to show.
    pub sentence: Option<String>,
}

/// A link with the number of articles behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    pub address: Address,
    pub title: String,
    pub count: usize,
}

/// An article as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    pub address: Address,
    pub title: String,
    pub subtitle: Option<String>,
    pub kind: Kind,
    /// ISO 8601, as front matter gives it: a day, or a moment with its offset.
    pub date: Option<String>,
    /// The day in the site's time zone, `2021-04-14`.
    pub day: Option<String>,
    /// The summary, or the first sentences.
    pub teaser: String,
    /// BCP 47.
    pub language: String,
    pub publisher: Option<String>,
    pub authors: Vec<String>,
    pub topics: Vec<Link>,
    /// Reading time.
    pub minutes: usize,
    pub corrected: bool,
    pub withdrawn: bool,
}
