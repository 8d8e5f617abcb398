//! What a feed is about, and what it says of each article.

use std::fmt::Write;

use super::super::address::Address;
use super::super::plan::Site;
use super::super::view::card::Card;
use crate::archive::calendar::ids;
use crate::archive::ids::{ArticleId, Node, TermId};
use crate::text::hash::sha256;

/// How many articles a feed holds.
const ENTRIES: usize = 20;

/// Whose news a feed brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Site,
    Term(TermId),
    /// Everything of one year: what the site's feed no longer holds (RFC 5005, 4).
    Year(i16),
}

/// A feed, whatever its format.
pub struct Feed<'a> {
    pub title: String,
    /// The page whose news it brings.
    pub page: Address,
    /// Newest first.
    pub entries: Vec<Entry<'a>>,
}

/// An article as feeds tell of it.
pub struct Entry<'a> {
    pub card: &'a Card,
    pub id: String,
    /// Where it stands here.
    pub url: String,
    /// Where it first appeared, of an article that is only quoted here.
    pub original: Option<String>,
    /// RFC 3339.
    pub published: String,
    pub updated: String,
    /// What happened to it since, then its teaser.
    pub summary: String,
    /// Never empty: the house signs what nobody else does.
    pub authors: Vec<&'a str>,
}

impl<'a> Feed<'a> {
    /// Undated articles are left out: an entry without a date is none.
    pub fn of(site: &'a Site<'_>, subject: Subject) -> Self {
        let archive = site.archive;
        let dated = |id: &ArticleId| archive.entry(*id).day.is_some();
        let name = &archive.config.title;
        let (title, page, chosen): (String, Address, Vec<ArticleId>) = match subject {
            Subject::Site => (
                name.clone(),
                Address::home(),
                archive.ids().filter(dated).take(ENTRIES).collect(),
            ),
            Subject::Term(id) => {
                let term = archive.term(id);
                let articles = term.articles.iter().copied();
                (
                    format!("{} – {name}", term.title),
                    site.address(Node::Term(id)),
                    articles.filter(dated).take(ENTRIES).collect(),
                )
            }
            Subject::Year(year) => (
                format!("{year} – {name}"),
                Address::year(year),
                archive
                    .calendar
                    .years
                    .get(&year)
                    .into_iter()
                    .flat_map(ids)
                    .collect(),
            ),
        };
        Self {
            title,
            page,
            entries: chosen.into_iter().map(|id| Entry::of(site, id)).collect(),
        }
    }

    /// When anything in it last changed.
    pub fn updated(&self) -> &str {
        let updated = self.entries.iter().map(|entry| entry.updated.as_str());
        updated.max().unwrap_or_default()
    }
}

impl<'a> Entry<'a> {
    fn of(site: &'a Site<'_>, id: ArticleId) -> Self {
        let archive = site.archive;
        let zone = &archive.config.time_zone;
        let front = &archive.article(id).front;
        let card = site.card(id);
        let url = site.url(&card.address);
        let canonical = site.canonical(id);
        let house = card.publisher.as_ref().unwrap_or(&archive.config.title);
        let mut authors: Vec<&str> = card.authors.iter().map(String::as_str).collect();
        if authors.is_empty() {
            authors.push(house);
        }
        let mut summary = String::new();
        for notice in front.withdrawn.iter().chain(&front.corrections) {
            // Writing to a string cannot fail.
            let _ = write!(summary, "[{}: {}] ", notice.date.day(zone), notice.note);
        }
        // The teaser of a withdrawn article is the note again.
        if front.withdrawn.is_none() {
            summary.push_str(&card.teaser);
        }
        Self {
            card,
            id: entry_id(site, id),
            original: (canonical != url).then_some(canonical),
            url,
            published: front
                .date
                .map_or(String::new(), |date| date.instant(zone).to_string()),
            updated: updated(site, id),
            summary,
            authors,
        }
    }
}

/// A name for the entry that stays when the site moves (RFC 4287, 4.2.6): made from the
/// original's hash where it was imported, else from its own address.
fn entry_id(site: &Site<'_>, id: ArticleId) -> String {
    let article = site.archive.article(id);
    let provenance = article.front.provenance.as_ref();
    match provenance.and_then(|p| {
        p.sha256
            .as_ref()
            .map(|sha256| (sha256, p.part.unwrap_or(1)))
    }) {
        Some((raw, part)) => {
            let name = sha256(format!("{raw}/{part}").as_bytes());
            format!("urn:sha256:{name}")
        }
        None => site.url(&site.card(id).address),
    }
}

/// When something about an article last changed: its text, a correction, its withdrawal.
pub fn updated(site: &Site<'_>, id: ArticleId) -> String {
    let zone = &site.archive.config.time_zone;
    let front = &site.archive.article(id).front;
    let notices = front.corrections.iter().chain(&front.withdrawn);
    let dates = front.date.into_iter().chain(front.updated);
    dates
        .chain(notices.map(|notice| notice.date))
        .map(|date| date.instant(zone))
        .max()
        .map_or(String::new(), |at| at.to_string())
}
