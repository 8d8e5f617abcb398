//! What can be found: articles, pages and terms, each with the fields it is found by.

use serde::Serialize;

use super::super::address::Address;
use super::super::cards::Cards;
use super::super::plan::address;
use crate::archive::ids::{ArticleId, Node, PageId, TermId};
use crate::archive::linked::Archive;
use crate::content::markdown::plain::plain_text;
use crate::content::taxonomy::Taxonomy;
use crate::text::hash::Fingerprint;

/// One thing that can be found.
///
/// Records are numbered in the order of time, undated ones first, so that the newest come last:
/// a new article leaves the numbers of all others alone, a year is a range of numbers, and
/// sorting by date is sorting by number.
#[derive(Debug)]
pub struct Record<'a> {
    pub node: Node,
    pub shown: Shown<'a>,
}

/// What the results page knows of a record without its text.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    #[serde(rename = "a")]
    pub address: Address,
    #[serde(rename = "t")]
    pub title: &'a str,
    /// `briefing`, `source`, `page`, or the taxonomy of a term.
    #[serde(rename = "k")]
    pub kind: &'a str,
    /// In the site's time zone.
    #[serde(rename = "d", skip_serializing_if = "Option::is_none")]
    pub day: Option<&'a str>,
    /// Where it differs from the site's (BCP 47).
    #[serde(rename = "l", skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a str>,
    #[serde(rename = "p", skip_serializing_if = "Option::is_none")]
    pub publisher: Option<&'a str>,
}

/// All records of a site.
pub fn records<'s>(archive: &'s Archive, cards: &'s Cards) -> Vec<Record<'s>> {
    let pages = (0..archive.pages.len()).map(|index| page(archive, PageId::new(index)));
    let terms = archive
        .terms
        .iter()
        .enumerate()
        .filter(|(_, term)| term.file.is_some() || !term.articles.is_empty())
        .map(|(index, _)| term(archive, TermId::new(index)));
    let undated = archive.ids().filter(|id| archive.entry(*id).day.is_none());
    let dated = archive.ids().filter(|id| archive.entry(*id).day.is_some());
    let dated: Vec<ArticleId> = dated.collect();
    pages
        .chain(terms)
        .chain(undated.map(|id| article(archive, cards, id)))
        .chain(
            dated
                .into_iter()
                .rev()
                .map(|id| article(archive, cards, id)),
        )
        .collect()
}

fn page(archive: &Archive, id: PageId) -> Record<'_> {
    let page = archive.page(id);
    Record {
        node: Node::Page(id),
        shown: Shown {
            address: address(archive, Node::Page(id)),
            title: &page.front.title,
            kind: "page",
            day: None,
            language: foreign(archive, page.front.language.as_deref()),
            publisher: None,
        },
    }
}

fn term(archive: &Archive, id: TermId) -> Record<'_> {
    let term = archive.term(id);
    Record {
        node: Node::Term(id),
        shown: Shown {
            address: address(archive, Node::Term(id)),
            title: &term.title,
            kind: archive.config.taxonomies.name(term.taxonomy),
            day: None,
            language: None,
            publisher: None,
        },
    }
}

fn article<'s>(archive: &Archive, cards: &'s Cards, id: ArticleId) -> Record<'s> {
    let card = &cards.articles[id.index()];
    Record {
        node: Node::Article(id),
        shown: Shown {
            address: card.address.clone(),
            title: &card.title,
            kind: card.kind.name(),
            day: card.day.as_deref(),
            language: foreign(archive, Some(&card.language)),
            publisher: card.publisher.as_deref(),
        },
    }
}

fn foreign<'a>(archive: &Archive, language: Option<&'a str>) -> Option<&'a str> {
    language.filter(|language| *language != archive.config.language)
}

/// How much a word counts by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The title, and a term's other names.
    Title,
    /// Subtitle, summary, description, headings of the index: what sums up.
    Lead,
    /// Names of the terms it is filed under, persons and houses behind it.
    About,
    Body,
}

/// Hands over every text of a record with its field. A withdrawn article is found by its title
/// only.
pub fn fields(archive: &Archive, node: Node, mut each: impl FnMut(Field, &str)) {
    head_fields(archive, node, &mut each);
    if let Node::Article(id) = node
        && archive.article(id).front.withdrawn.is_some()
    {
        return;
    }
    if let Some(body) = archive.body(node) {
        plain_text(body.markdown(), |text| each(Field::Body, text));
    }
}

/// Every text of a record but its body.
pub fn head_fields<'a>(archive: &'a Archive, node: Node, mut each: impl FnMut(Field, &'a str)) {
    let lead = |text: &'a Option<String>, each: &mut dyn FnMut(Field, &'a str)| {
        if let Some(text) = text {
            each(Field::Lead, text);
        }
    };
    match node {
        Node::Article(id) => {
            let front = &archive.article(id).front;
            each(Field::Title, &front.title);
            if front.withdrawn.is_some() {
                return;
            }
            lead(&front.subtitle, &mut each);
            lead(&front.summary, &mut each);
            for term in &archive.terms_of[id.index()] {
                let term = archive.term(*term);
                each(Field::About, &term.title);
                for name in term.file.iter().flat_map(|(front, _)| &front.names) {
                    each(Field::About, name);
                }
            }
            for word in &front.keywords {
                each(Field::About, word);
            }
            if let Some(caption) = front.image.as_ref().and_then(|i| i.caption.as_ref()) {
                each(Field::Body, caption);
            }
        }
        Node::Page(id) => {
            let front = &archive.page(id).front;
            each(Field::Title, &front.title);
            lead(&front.summary, &mut each);
        }
        Node::Term(id) => {
            let term = archive.term(id);
            each(Field::Title, &term.title);
            if let Some((front, _)) = &term.file {
                for name in &front.names {
                    each(Field::Title, name);
                }
                lead(&front.description, &mut each);
            }
        }
    }
}

/// Of everything that an index says of a record.
pub fn print(archive: &Archive, record: &Record<'_>) -> Fingerprint {
    let mut head = Vec::new();
    head_fields(archive, record.node, |field, text| {
        head.push((field as u8, text));
    });
    let facets: Vec<_> = Facet::of(archive)
        .into_iter()
        .map(|facet| facet.values(archive, record))
        .collect();
    let withdrawn = match record.node {
        Node::Article(id) => archive.article(id).front.withdrawn.is_some(),
        Node::Page(_) | Node::Term(_) => false,
    };
    let text = archive.body(record.node).map(|body| body.hash);
    archive
        .key
        .of(&(&record.shown, head, facets, withdrawn, text))
}

/// What results can be narrowed by, beside the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    Kind,
    Terms(Taxonomy),
    Language,
}

impl Facet {
    /// Those of an archive: topics, series, publishers and every taxonomy it has added.
    pub fn of(archive: &Archive) -> Vec<Self> {
        let taxonomies = archive.config.taxonomies.iter();
        let asked = taxonomies.map(|(taxonomy, _)| taxonomy).filter(|taxonomy| {
            !matches!(
                *taxonomy,
                Taxonomy::PEOPLE | Taxonomy::PLACES | Taxonomy::ORGANIZATIONS | Taxonomy::AUTHORS
            )
        });
        std::iter::once(Self::Kind)
            .chain(asked.map(Self::Terms))
            .chain([Self::Language])
            .collect()
    }

    /// As it stands in a query's address.
    pub fn name(self, archive: &Archive) -> &str {
        match self {
            Self::Kind => "kind",
            Self::Terms(taxonomy) => archive.config.taxonomies.name(taxonomy),
            Self::Language => "language",
        }
    }

    /// What a record has of it.
    pub fn values<'a>(self, archive: &'a Archive, record: &Record<'a>) -> Vec<&'a str> {
        match (self, record.node) {
            (Self::Kind, _) => vec![record.shown.kind],
            (Self::Language, Node::Article(_)) => {
                vec![record.shown.language.unwrap_or(&archive.config.language)]
            }
            (Self::Terms(taxonomy), Node::Article(id)) => archive.terms_of[id.index()]
                .iter()
                .map(|term| archive.term(*term))
                .filter(|term| term.taxonomy == taxonomy)
                .map(|term| term.slug.as_str())
                .collect(),
            (Self::Terms(_) | Self::Language, Node::Term(_) | Node::Page(_)) => Vec::new(),
        }
    }
}
