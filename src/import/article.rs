//! An article as it goes into its file: what the converter found, together with what the
//! container knew.

use super::document::RawDocument;
use super::draft::Draft;
use super::pictures::{Picture, gather};
use crate::content::front_matter::{FrontMatter, Provenance};
use crate::text::language;
use crate::text::words::first_n_words;

/// An article without a place yet: front matter without identity, terms and seal; a body; the
/// pictures that go beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    pub front: FrontMatter,
    pub body: String,
    pub pictures: Vec<Picture>,
    /// An undated page of a site.
    pub is_page: bool,
    /// What its file is to be called, where it had a name of its own.
    pub slug: Option<String>,
}

/// How much of a body stands in for a title that is missing.
const TITLE_WORDS: usize = 12;

impl Article {
    /// Puts front matter and body together with what came along; a missing title is made up for
    /// and told in `review`.
    pub fn new(mut front: FrontMatter, body: &str, document: &RawDocument) -> Self {
        let (body, pictures) = gather(body, &document.pictures, &mut front.review);
        if front.title.trim().is_empty() {
            let text = body.trim_start_matches(['#', '>', '-', '*', ' ', '\n']);
            let line = text.lines().next().unwrap_or_default();
            front.title = first_n_words(line, TITLE_WORDS);
            front
                .review
                .push("title: none was found; these are the first words of the text".to_owned());
        }
        if front.language.is_none() {
            front.language = language::of(&body).map(str::to_owned);
        }
        Self {
            front,
            body,
            pictures,
            is_page: document.is_page,
            slug: document.slug.clone(),
        }
    }

    /// One of a document's `drafts`, completed by what its container knew.
    ///
    /// Of a lone article the container knows best: a feed's title has no site name in it, a
    /// mail's date has a zone. What it says of a document with several articles is true of all of
    /// them at most.
    pub fn of_draft(draft: Draft, document: &RawDocument, is_alone: bool) -> Self {
        let known = document.known.clone();
        let Draft { mut front, body } = draft;
        if is_alone {
            fill(&mut front.title, known.title);
            prefer(&mut front.subtitle, known.subtitle);
            prefer(&mut front.summary, known.summary);
            prefer(&mut front.date, known.date);
            prefer(&mut front.updated, known.updated);
            prefer(&mut front.publisher, known.publisher);
            prefer(&mut front.language, known.language);
            if !known.authors.is_empty() {
                front.authors = known.authors;
            }
        } else {
            front.date = front.date.or(known.date);
            front.publisher = front.publisher.or(known.publisher);
            front.language = front.language.or(known.language);
            if front.authors.is_empty() {
                front.authors = known.authors;
            }
        }
        front.kind = known.kind.or(front.kind);
        front.draft = known.draft;
        front.aliases = if is_alone { known.aliases } else { Vec::new() };
        for keyword in known.keywords {
            if !front.keywords.contains(&keyword) {
                front.keywords.push(keyword);
            }
        }
        front.extra.extend(known.extra);
        let (found, known_of_it) = (front.provenance, known.provenance);
        front.provenance = Some(Box::new(provenance(
            *found.unwrap_or_default(),
            *known_of_it.unwrap_or_default(),
        )));
        let mut review = known.review;
        review.append(&mut front.review);
        front.review = review;
        Self::new(front, &body, document)
    }
}

fn fill(found: &mut String, known: String) {
    if !known.is_empty() {
        *found = known;
    }
}

fn prefer<T>(found: &mut Option<T>, known: Option<T>) {
    if known.is_some() {
        *found = known;
    }
}

/// The address that a page calls its own goes before the one it was found at.
fn provenance(found: Provenance, known: Provenance) -> Provenance {
    Provenance {
        url: found.url.or(known.url),
        archived_url: known.archived_url,
        retrieved: known.retrieved,
        license: known.license.or(found.license),
        ..Provenance::default()
    }
}
