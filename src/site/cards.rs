//! Every article as lists show it: made once, lent to every page that lists it.

use rayon::prelude::*;

use super::plain;
use super::plan::address;
use super::view::card::{Card, Link};
use crate::archive::ids::{ArticleId, Node};
use crate::archive::linked::Archive;
use crate::archive::links::Resolved;
use crate::content::article::Article;
use crate::content::config::PublishSources;
use crate::content::front_matter::Kind;
use crate::content::taxonomy::Taxonomy;
use crate::text::hash::Fingerprint;
use crate::text::words::{first_n_words, first_sentences};

/// Characters of a teaser at the most.
const TEASER: usize = 220;
/// Words of an article that isn't ours: enough to know whether to read the original.
const EXCERPT: usize = 60;

/// Cards of all articles, by their ids.
pub fn cards(archive: &Archive) -> Vec<Card> {
    let ids: Vec<ArticleId> = archive.ids().collect();
    ids.into_par_iter().map(|id| card(archive, id)).collect()
}

fn card(archive: &Archive, id: ArticleId) -> Card {
    let entry = archive.entry(id);
    let Article {
        slug: _,
        kind,
        front,
        body,
    } = &*entry.article;
    let topics = archive.terms_of[id.index()]
        .iter()
        .filter(|term| archive.term(**term).taxonomy == Taxonomy::TOPICS)
        .map(|term| term_link(archive, *term))
        .collect();
    let titles = |taxonomy: Taxonomy| -> Vec<String> {
        archive.terms_of[id.index()]
            .iter()
            .map(|term| archive.term(*term))
            .filter(|term| term.taxonomy == taxonomy)
            .map(|term| term.title.clone())
            .collect()
    };
    let teaser = match (&front.summary, &front.withdrawn) {
        (_, Some(notice)) => notice.note.clone(),
        (Some(summary), None) => summary.clone(),
        (None, None) if full_text(archive, &entry.article) => {
            first_sentences(&opening(archive, id), TEASER)
        }
        (None, None) => first_n_words(&opening(archive, id), EXCERPT / 2),
    };
    let card = Card {
        fingerprint: Fingerprint::default(),
        address: address(archive, Node::Article(id)),
        title: front.title.clone(),
        subtitle: front.subtitle.clone(),
        kind: *kind,
        date: front.date.map(|date| date.to_string()),
        day: entry.day.map(|day| day.to_string()),
        teaser,
        language: language(archive, &entry.article).to_owned(),
        publisher: titles(Taxonomy::PUBLISHERS).into_iter().next(),
        authors: titles(Taxonomy::AUTHORS),
        topics,
        minutes: body.outline.length.minutes(),
        corrected: !front.corrections.is_empty(),
        withdrawn: front.withdrawn.is_some(),
        extra: plain::table(&front.extra),
    };
    card.sealed()
}

/// The article's language, else the site's.
pub fn language<'a>(archive: &'a Archive, article: &'a Article) -> &'a str {
    let own = article.front.language.as_deref();
    own.unwrap_or(&archive.config.language)
}

/// Whether the whole text may be shown: it is our own, its licence allows it, or the editor has
/// said that everything may be.
pub fn full_text(archive: &Archive, article: &Article) -> bool {
    let policy = &archive.config.sources;
    let license = article
        .front
        .provenance
        .as_ref()
        .and_then(|provenance| provenance.license.as_ref());
    article.kind == Kind::Briefing
        || policy.publish == PublishSources::Full
        || license.is_some_and(|license| policy.allow_licenses.contains(license))
}

/// The first words of an article that isn't shown in full.
pub fn excerpt(archive: &Archive, id: ArticleId) -> Option<String> {
    let whole = full_text(archive, archive.article(id));
    (!whole).then(|| first_n_words(&opening(archive, id), EXCERPT))
}

/// The beginning of an article's text, with titles where it links by name.
fn opening(archive: &Archive, id: ArticleId) -> String {
    let links = archive.links.get(&Node::Article(id));
    let title = |link: usize| match links.and_then(|links| links.get(link)) {
        Some(Resolved::Node { node, .. }) => node_link(archive, *node).title,
        _ => String::new(),
    };
    archive.article(id).body.outline.opening.text(title)
}

/// A link to a term by its title.
pub fn term_link(archive: &Archive, id: crate::archive::ids::TermId) -> Link {
    let term = archive.term(id);
    Link {
        address: address(archive, Node::Term(id)),
        title: term.title.clone(),
        language: None,
    }
}

/// A link to any node by its title.
pub fn node_link(archive: &Archive, node: Node) -> Link {
    let (title, language) = match node {
        Node::Article(id) => {
            let article = archive.article(id);
            (&article.front.title, article.front.language.clone())
        }
        Node::Term(id) => (&archive.term(id).title, None),
        Node::Page(id) => {
            let page = archive.page(id);
            (&page.front.title, page.front.language.clone())
        }
    };
    Link {
        address: address(archive, node),
        title: title.clone(),
        language: language.filter(|language| *language != archive.config.language),
    }
}
