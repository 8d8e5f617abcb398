//! Articles and terms as lists show them.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::content::front_matter::Kind;
use crate::site::address::Address;
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quoted {
    /// Of the page that links here, relative to the root.
    pub address: Address,
    /// Of that page.
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
    /// Relative to the root.
    pub address: Address,
    /// Of the page it leads to.
    pub title: String,
    /// Of articles.
    pub count: usize,
}

/// An article as lists show it.
///
/// A template gets all its fields; in a fingerprint its own fingerprint stands for them, since
/// the same card is part of dozens of pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(remote = "Self")]
pub struct Card {
    /// Of all other fields, once [`sealed`](Self::sealed).
    #[serde(skip)]
    pub(in crate::site) fingerprint: Fingerprint,
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
    pub topics: Vec<Link>,
    /// Reading time.
    pub minutes: usize,
    /// Whether a correction stands on it.
    pub corrected: bool,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
}

impl Card {
    /// The card with its fingerprint.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        struct Fields<'a>(&'a Card);
        impl Serialize for Fields<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Card::serialize(self.0, serializer)
            }
        }
        self.fingerprint = Fingerprint::of(&Fields(&self));
        self
    }
}

impl Serialize for Card {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            Self::serialize(self, serializer)
        } else {
            self.fingerprint.serialize(serializer)
        }
    }
}
