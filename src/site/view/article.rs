//! One article, briefing or source.

use serde::Serialize;
use serde_json::{Map, Value};

use super::card::{Card, Link, Quoted};
use super::story::RelatedView;
use crate::site::address::Address;
use crate::site::sentence::Sentences;
use crate::site::shared::Shared;

/// `article` in `briefing.html` and `source.html`.
#[derive(Debug, Serialize)]
pub struct ArticleView<'a> {
    /// Title, date, teaser, language and so on, as in lists.
    pub card: &'a Shared<Card>,
    /// ISO 8601; absent when it was never updated.
    pub updated: Option<String>,
    /// With their pages, as the byline gives them.
    pub authors: Vec<&'a Shared<Link>>,
    /// Their names.
    pub editors: &'a [String],
    /// Their names.
    pub contributors: &'a [String],
    /// Who published it first, with its page.
    pub publisher: Option<&'a Shared<Link>>,
    /// The wire that the text came from: `Yonhap`.
    pub agency: Option<&'a str>,
    /// The place in front of the text: `SEOUL`.
    pub dateline: Option<&'a str>,
    /// The newsletter it is part of.
    pub series: Option<&'a Shared<Link>>,
    /// The issue of that series.
    pub issue: Option<Link>,
    /// Terms by taxonomy, only those that have any.
    pub terms: Vec<TermGroup<'a>>,
    /// Words of the publisher's that are no terms of the archive.
    pub keywords: &'a [String],
    /// Headings of the body, for a table of contents.
    pub contents: Vec<ContentsEntry<'a>>,
    /// The first words, where the whole text isn't ours to show; `body` is empty then.
    pub excerpt: Option<String>,
    /// Its lead picture.
    pub image: Option<ImageView>,
    /// Where an imported article came from.
    pub origin: Option<Origin<'a>>,
    /// What it draws on, in the order of its front matter.
    pub sources: Vec<SourceRef<'a>>,
    /// Articles that draw on this one, newest first.
    pub drawn_on_by: Vec<Use<'a>>,
    /// Its event, as several publishers report it.
    pub event: Option<Link>,
    /// The stories over months that it belongs to.
    pub threads: Vec<Link>,
    /// What else to read.
    pub related: RelatedView<'a>,
    /// Articles, terms and pages that link here.
    pub backlinks: Vec<Quoted<'a>>,
    /// The same article in other languages.
    pub translations: Vec<Link>,
    /// In the order of the front matter.
    pub corrections: Vec<NoticeView>,
    /// Why it was taken back; `body` is empty then.
    pub withdrawn: Option<NoticeView>,
    /// The neighbours in time of the same kind: the one after.
    pub newer: Option<Link>,
    /// The one before.
    pub older: Option<Link>,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
}

/// The terms of one taxonomy that an article is filed under.
#[derive(Debug, Serialize)]
pub struct TermGroup<'a> {
    /// `topics`, `people` …
    pub taxonomy: &'a str,
    /// Those it is filed under.
    pub terms: Vec<&'a Shared<Link>>,
}

/// A heading of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContentsEntry<'a> {
    /// 2 to 6.
    pub level: u8,
    /// The heading's text.
    pub title: &'a str,
    /// The heading's anchor.
    pub id: &'a str,
}

/// A picture with what is said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImageView {
    /// Relative to the root; absent where only a caption is known.
    pub address: Option<Address>,
    /// The picture in several widths, as a `srcset` wants them; empty where there is one only.
    pub srcset: String,
    /// In pixels.
    pub width: Option<usize>,
    /// In pixels.
    pub height: Option<usize>,
    /// What it shows, for those who don't see it.
    pub alt: String,
    /// The words below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Of the picture: an SPDX name or words.
    pub license: Option<String>,
}

/// Where an imported article came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin<'a> {
    /// Where it was published first.
    pub url: Option<&'a str>,
    /// A copy of that page that stays.
    pub archived_url: Option<&'a str>,
    /// Day it was retrieved.
    pub retrieved: Option<String>,
    /// Of the file it was imported from, in hexadecimal.
    pub sha256: Option<&'a str>,
    /// Of the text, where its publisher states one.
    pub license: Option<&'a str>,
}

/// A source of a briefing: an article of the archive, or an address outside it.
#[derive(Debug, Serialize)]
pub struct SourceRef<'a> {
    /// Of an article of the archive.
    pub card: Option<&'a Shared<Card>>,
    /// An address outside it.
    pub url: Option<&'a str>,
}

/// An article that draws on another one.
#[derive(Debug, Serialize)]
pub struct Use<'a> {
    /// Of the article that draws on this one.
    pub card: &'a Shared<Card>,
    /// Those in which it links to it.
    pub sentences: Sentences<'a>,
}

/// A correction or withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeView {
    /// ISO 8601.
    pub date: String,
    /// What was wrong, and what is right.
    pub note: String,
}

/// `citations` in `briefing.html` and `source.html`: how to cite the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citations {
    /// As the style guides print it, one a guide.
    pub styles: Vec<StyledReference>,
    /// A BibTeX entry.
    pub bibtex: String,
    /// A RIS record.
    pub ris: String,
    /// Nothing in it would have to be escaped in HTML: it may be written with the filter `safe`.
    pub csl_json: String,
}

/// The article in a bibliography, as a style guide prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StyledReference {
    /// What readers call the guide: `Chicago`.
    pub guide: &'static str,
    /// Plain text.
    pub text: String,
}
