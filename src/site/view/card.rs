//! Articles and terms as lists show them.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::content::front_matter::Kind;
use crate::site::address::Address;
use crate::site::sentence::Sentence;
use crate::site::shared::Shared;
use crate::text::hash::Fingerprint;

/// A link to a page of the site; `address` is relative to the root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Relative to the root.
    pub address: Address,
    /// Of the page it leads to.
    pub title: String,
    /// Of the title, where it differs from the site's (BCP 47).
    pub language: Option<String>,
}

/// A link with the sentence that leads from there to this page.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a> {
    /// Of the page that links here, relative to the root.
    pub address: &'a Address,
    /// Of that page.
    pub title: &'a str,
    /// Of the title, where it differs from the site's (BCP 47).
    pub language: Option<&'a str>,
    /// Of an article: its day in the site's time zone.
    pub day: Option<&'a str>,
    /// Absent where the text isn't ours to show.
    pub sentence: Option<Sentence<'a>>,
    /// Of all that lists show of that page.
    pub(in crate::site) print: Fingerprint,
}

/// In the fingerprint of a page, that of the page which links there stands for what is told of it.
impl Serialize for Quoted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            address,
            title,
            language,
            day,
            sentence,
            print,
        } = self;
        if !serializer.is_human_readable() {
            return (print, sentence).serialize(serializer);
        }
        let mut fields = serializer.serialize_struct("Quoted", 5)?;
        fields.serialize_field("address", address)?;
        fields.serialize_field("title", title)?;
        fields.serialize_field("language", language)?;
        fields.serialize_field("day", day)?;
        fields.serialize_field("sentence", sentence)?;
        fields.end()
    }
}

/// A link with the number of articles behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Relative to the root.
    pub address: Address,
    /// Of the page it leads to.
    pub title: String,
    /// Of articles.
    pub count: usize,
}

/// An article as lists show it.
#[derive(Debug, Serialize)]
pub struct Card {
    /// Relative to the root.
    pub address: Address,
    /// The headline, without the publisher's name.
    pub title: String,
    /// The line below the headline.
    pub subtitle: Option<String>,
    /// Written here, or by another publisher.
    pub kind: Kind,
    /// ISO 8601, as front matter gives it: a day, or a moment with its offset.
    pub date: Option<String>,
    /// The day in the site's time zone, `2021-04-14`.
    pub day: Option<String>,
    /// The summary, or the first sentences.
    pub teaser: String,
    /// BCP 47.
    pub language: String,
    /// Who published it first, by name.
    pub publisher: Option<String>,
    /// Their names, as the byline gives them.
    pub authors: Vec<String>,
    /// The topics it is filed under.
    pub topics: Vec<Shared<Link>>,
    /// Reading time.
    pub minutes: usize,
    /// Whether a correction stands on it.
    pub corrected: bool,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
}
