//! What a feed says of an article.

use std::fmt::Write;
use std::sync::OnceLock;

use jiff::Timestamp;
use rayon::prelude::*;

use super::super::plan::Site;
use super::super::view::card::Card;
use super::atom::xml_text;
use super::json;
use crate::archive::ids::ArticleId;
use crate::archive::linked::Archive;
use crate::text::hash::sha256;

/// Every article as feeds tell of it: written once, however many of them it is in.
#[derive(Debug)]
pub struct Entries {
    /// Without topics and summary, which few feeds tell: they would be half of it.
    atom: Vec<OnceLock<Box<str>>>,
    /// Fewer: JSON feeds hold the newest articles only.
    json: Vec<OnceLock<String>>,
}

impl Entries {
    /// Of so many articles.
    pub fn new(articles: usize) -> Self {
        Self {
            atom: (0..articles).map(|_| OnceLock::new()).collect(),
            json: (0..articles).map(|_| OnceLock::new()).collect(),
        }
    }

    /// What an article is and where it stands: an entry in Atom, without its end.
    pub fn brief(&self, site: &Site<'_>, id: ArticleId) -> &str {
        self.atom[id.index()].get_or_init(|| brief(&Entry::of(site, id)).into())
    }

    /// An item of a JSON feed.
    pub fn json(&self, site: &Site<'_>, id: ArticleId) -> &str {
        self.json[id.index()].get_or_init(|| json::item(&Entry::of(site, id), &summary(site, id)))
    }
}

fn brief(entry: &Entry<'_>) -> String {
    let mut xml = format!(
        "<entry xml:lang=\"{}\">\n<title>{}</title>\n<id>{}</id>\n<published>{}</published>\n\
         <updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        xml_text(&entry.card.language),
        xml_text(&entry.card.title),
        entry.id,
        entry.published,
        entry.updated,
        entry.url,
    );
    // Writing to a string cannot fail.
    if let Some(original) = entry.original {
        let _ = writeln!(xml, "<link rel=\"via\" href=\"{}\"/>", xml_text(original));
    }
    for author in &entry.authors {
        let _ = writeln!(xml, "<author><name>{}</name></author>", xml_text(author));
    }
    xml
}

/// What an entry in Atom says beyond that: topics and summary.
pub fn details(site: &Site<'_>, id: ArticleId, xml: &mut String) {
    for topic in &site.card(id).topics {
        // Writing to a string cannot fail.
        let _ = writeln!(xml, "<category term=\"{}\"/>", xml_text(&topic.title));
    }
    let summary = summary(site, id);
    let _ = writeln!(xml, "<summary>{}</summary>", xml_text(&summary));
}

/// What happened to an article since, then its teaser.
fn summary(site: &Site<'_>, id: ArticleId) -> String {
    let front = &site.archive.article(id).front;
    let zone = &site.archive.config.time_zone;
    let mut summary = String::new();
    for notice in front.withdrawn.iter().chain(&front.corrections) {
        // Writing to a string cannot fail.
        let _ = write!(summary, "[{}: {}] ", notice.date.day(zone), notice.note);
    }
    // The teaser of a withdrawn article is the note again.
    if front.withdrawn.is_none() {
        summary.push_str(&site.card(id).teaser);
    }
    summary
}

/// An article as feeds tell of it.
pub struct Entry<'a> {
    pub card: &'a Card,
    pub id: String,
    /// Where it stands here.
    pub url: String,
    /// Where it first appeared, of an article that is only quoted here.
    pub original: Option<&'a str>,
    /// RFC 3339.
    pub published: String,
    pub updated: String,
    /// Never empty: the house signs what nobody else does.
    pub authors: Vec<&'a str>,
}

impl<'a> Entry<'a> {
    pub fn of(site: &'a Site<'_>, id: ArticleId) -> Self {
        let archive = site.archive;
        let zone = &archive.config.time_zone;
        let front = &archive.article(id).front;
        let card = site.card(id);
        let url = site.url(&card.address);
        let house = card.publisher.as_ref().unwrap_or(&archive.config.title);
        let mut authors: Vec<&str> = card.authors.iter().map(String::as_str).collect();
        if authors.is_empty() {
            authors.push(house);
        }
        Self {
            card,
            id: entry_id(site, id),
            original: site.original(id).filter(|original| *original != url),
            url,
            published: front
                .date
                .map_or(String::new(), |date| date.instant(zone).to_string()),
            updated: written(latest(site, std::iter::once(id))),
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

/// When anything about some articles last changed.
pub fn latest(site: &Site<'_>, articles: impl Iterator<Item = ArticleId>) -> Option<Timestamp> {
    articles.filter_map(|id| site.updated[id.index()]).max()
}

/// A time as feeds give it (RFC 3339); empty where there is none.
pub fn written(at: Option<Timestamp>) -> String {
    at.map_or(String::new(), |at| at.to_string())
}

/// When something about each article last changed, by its id: its text, a correction, its
/// withdrawal.
pub fn updated(archive: &Archive) -> Vec<Option<Timestamp>> {
    let zone = &archive.config.time_zone;
    let entries = archive.entries.par_iter();
    entries
        .map(|entry| {
            let front = &entry.article.front;
            let notices = front.corrections.iter().chain(&front.withdrawn);
            let dates = front.date.into_iter().chain(front.updated);
            let dates = dates.chain(notices.map(|notice| notice.date));
            dates.map(|date| date.instant(zone)).max()
        })
        .collect()
}
