//! What an article is known by in a bibliography.

use jiff::civil::Date;

use super::super::plan::Site;
use crate::archive::ids::ArticleId;
use crate::content::front_matter::Kind;
use crate::content::taxonomy::Taxonomy;
use crate::text::person_name::PersonName;

/// One article as a reference list knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// Unique in its archive, ASCII letters, digits and `-`.
    pub key: String,
    pub kind: Kind,
    pub title: &'a str,
    pub authors: Vec<PersonName>,
    /// What it appeared in: a newspaper, a series, the site.
    pub publication: &'a str,
    pub publisher: &'a str,
    pub day: Option<Date>,
    /// The original's where only its beginning is shown here.
    pub url: String,
    /// BCP 47.
    pub language: &'a str,
}

impl<'a> Reference<'a> {
    pub fn of(site: &'a Site<'_>, id: ArticleId) -> Self {
        let archive = site.archive;
        let card = site.card(id);
        let own = &archive.config.title;
        let series = archive.terms_of[id.index()]
            .iter()
            .map(|term| archive.term(*term))
            .find(|term| term.taxonomy == Taxonomy::SERIES)
            .map(|term| term.title.as_str());
        Self {
            key: card.address.as_str().trim_matches('/').replace('/', "-"),
            kind: card.kind,
            title: &card.title,
            authors: card
                .authors
                .iter()
                .map(|name| PersonName::of(name))
                .collect(),
            publication: card.publisher.as_deref().or(series).unwrap_or(own),
            publisher: card.publisher.as_ref().unwrap_or(own),
            day: archive.entry(id).day,
            url: site.canonical(id),
            language: &card.language,
        }
    }
}
