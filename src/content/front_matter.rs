//! The front matter of an article: what an editor may say about it between the `+++` lines.
//!
//! The same struct reads what a person wrote and writes what import found, so the two can't
//! drift apart. The order of the fields is the order they are written in; tables come last, as
//! TOML wants it.

use std::collections::BTreeMap;

use serde::de::value::{Error, MapDeserializer};
use serde::{Deserialize, Serialize};

use super::date::PublicationDate;

/// Own analysis, or somebody else's article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Briefing,
    Source,
}

impl Kind {
    /// As front matter writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Briefing => "briefing",
            Self::Source => "source",
        }
    }
}

/// Every field an article may have. An unknown one outside `[extra]` is an error.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FrontMatter {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Shown in lists and feeds; the first sentences of the body stand in for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PublicationDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<PublicationDate>,
    /// The folder decides when this is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub editors: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The wire it came over: Reuters, Yonhap, ANN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// Where it was filed: `SEOUL`, `BEIJING/SEOUL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// The newsletter it appeared in: a term of the taxonomy `series`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Its issue; without one, the ISO week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<String>,
    /// Terms of the taxonomies that `site.toml` adds, by the taxonomy's name.
    #[serde(skip)]
    pub added: BTreeMap<String, Vec<String>>,
    /// `false` keeps names of terms in the body from becoming links.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// A story over months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// A grouping with other publishers' reports, forced by a name or forbidden by `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    /// The slug of the article that this one translates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation_of: Option<String>,
    /// BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Slugs or addresses of the articles that this one draws on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Its address, instead of the one that the pattern in `site.toml` makes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// Old addresses; each becomes a redirect page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub draft: bool,
    /// What import was not sure of, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub review: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Notice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Notice>,
    /// In a box, as the next one: few articles have them, and all would hold the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Box<Image>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Box<Provenance>>,
    /// Anything of one's own, for the theme.
    #[serde(skip_serializing_if = "toml::Table::is_empty")]
    pub extra: toml::Table,
}

/// Whether front matter has a field of this name, whatever `site.toml` says.
pub fn is_field(name: &str) -> bool {
    // Only an unknown field is refused for its name; a known one for its value at most.
    let field = MapDeserializer::<_, Error>::new(std::iter::once((name, ())));
    match FrontMatter::deserialize(field) {
        Ok(_) => true,
        Err(error) => !error.to_string().starts_with("unknown field"),
    }
}

/// `event = "name"` forces a grouping, `event = false` forbids one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Event {
    Grouped(bool),
    Named(String),
}

/// A correction or a withdrawal: when, and in words what and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    pub date: PublicationDate,
    pub note: String,
}

/// The picture that goes with an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Image {
    /// Relative to the article's file; absent when only the caption or credit is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What a reader who can't see it should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
}

/// Where an imported article came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Provenance {
    /// The original address (the canonical one where the page names it).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<PublicationDate>,
    /// Of the raw bytes, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Which article of that document, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
    /// Hash of the file as import wrote it: while it matches, nobody has edited the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// What was read: `text`, `html`, `mail` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}
