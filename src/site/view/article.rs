//! One article, briefing or source.

use serde::Serialize;
use serde_json::{Map, Value};

use super::card::{Card, Link, Quoted};
use super::story::RelatedView;
use crate::site::address::Address;

/// `article` in `briefing.html` and `source.html`.
#[derive(Debug, Serialize)]
pub struct ArticleView<'a> {
    /// Title, date, teaser, language and so on, as in lists.
    pub card: &'a Card,
    /// ISO 8601; absent when it was never updated.
    pub updated: Option<String>,
    pub authors: Vec<Link>,
    pub editors: Vec<String>,
    pub contributors: Vec<String>,
    pub publisher: Option<Link>,
    pub agency: Option<String>,
    pub dateline: Option<String>,
    pub series: Option<Link>,
    pub issue: Option<Link>,
    /// Terms by taxonomy, only those that have any.
    pub terms: Vec<TermGroup<'a>>,
    pub keywords: Vec<String>,
    /// Headings of the body, for a table of contents.
    pub contents: Vec<ContentsEntry>,
    /// The first words, where the whole text isn't ours to show; `body` is empty then.
    pub excerpt: Option<String>,
    pub image: Option<ImageView>,
    pub origin: Option<Origin>,
    /// What it draws on, in the order of its front matter.
    pub sources: Vec<SourceRef<'a>>,
    /// Articles that draw on this one, newest first.
    pub drawn_on_by: Vec<Use<'a>>,
    /// Its event, as several publishers report it.
    pub event: Option<Link>,
    /// The stories over months that it belongs to.
    pub threads: Vec<Link>,
    pub related: RelatedView<'a>,
    /// Articles, terms and pages that link here.
    pub backlinks: Vec<Quoted>,
    pub translations: Vec<Link>,
    pub corrections: Vec<NoticeView>,
    pub withdrawn: Option<NoticeView>,
    /// The neighbours in time of the same kind.
    pub newer: Option<Link>,
    pub older: Option<Link>,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
}

#[derive(Debug, Serialize)]
pub struct TermGroup<'a> {
    /// `topics`, `people` …
    pub taxonomy: &'a str,
    pub terms: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContentsEntry {
    /// 2 to 6.
    pub level: u8,
    pub title: String,
    pub id: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImageView {
    pub address: Option<Address>,
    /// The picture in several widths, as a `srcset` wants them; empty where there is one only.
    pub srcset: String,
    /// In pixels.
    pub width: Option<usize>,
    pub height: Option<usize>,
    pub alt: String,
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub license: Option<String>,
}

/// Where an imported article came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    pub url: Option<String>,
    pub archived_url: Option<String>,
    /// Day it was retrieved.
    pub retrieved: Option<String>,
    pub sha256: Option<String>,
    pub license: Option<String>,
}

/// A source of a briefing: an article of the archive, or an address outside it.
#[derive(Debug, Serialize)]
pub struct SourceRef<'a> {
    pub card: Option<&'a Card>,
    pub url: Option<String>,
}

/// An article that draws on another one.
#[derive(Debug, Serialize)]
pub struct Use<'a> {
    pub card: &'a Card,
    /// Those in which it links to it.
    pub sentences: Vec<String>,
}

/// A correction or withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeView {
    /// ISO 8601.
    pub date: String,
    pub note: String,
}

/// `citations` in `briefing.html` and `source.html`: how to cite the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citations {
    pub styles: Vec<StyledReference>,
    pub bibtex: String,
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
