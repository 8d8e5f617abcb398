//! Every article, term and page as lists show them: made once, lent to every page that lists them.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::address::Address;
use super::plain;
use super::plan::address;
use super::prints::Prints;
use super::shared::Shared;
use super::view::card::{Card, Link};
use crate::archive::ids::{ArticleId, Node};
use crate::archive::linked::Archive;
use crate::archive::links::Resolved;
use crate::content::article::Article;
use crate::content::config::PublishSources;
use crate::content::front_matter::Kind;
use crate::content::markdown::outline::TEASER_OPENING;
use crate::content::taxonomy::Taxonomy;
use crate::text::hash::Fingerprint;
use crate::text::words::{first_n_words, first_sentences};

/// Characters of a teaser at the most.
const TEASER: usize = 220;
const _: () = assert!(TEASER < TEASER_OPENING);
/// Words of an article that isn't ours: enough to know whether to read the original.
const EXCERPT: usize = 60;

/// What lists show of an archive. Cheap to clone: what is in it is shared.
#[derive(Debug, Clone)]
pub struct Cards {
    /// By the ids of the articles.
    pub articles: Vec<Shared<Card>>,
    /// Links to the terms and pages, by their ids.
    pub terms: Vec<Shared<Link>>,
    pub pages: Vec<Shared<Link>>,
    pub prints: Arc<Prints>,
}

impl Cards {
    /// Of all that lists show of a node.
    pub fn fingerprint(&self, node: Node) -> Fingerprint {
        match node {
            Node::Article(id) => self.articles[id.index()].fingerprint(),
            Node::Term(id) => self.terms[id.index()].fingerprint(),
            Node::Page(id) => self.pages[id.index()].fingerprint(),
        }
    }

    /// Where a node stands.
    pub fn address(&self, node: Node) -> &Address {
        match node {
            Node::Article(id) => &self.articles[id.index()].address,
            Node::Term(id) => &self.terms[id.index()].address,
            Node::Page(id) => &self.pages[id.index()].address,
        }
    }
}

/// Cards of all articles, links to all terms and pages.
pub fn cards(archive: &Archive) -> Cards {
    let terms = archive.term_ids().map(Node::Term);
    let terms: Vec<_> = terms.map(|node| link(archive, node)).collect();
    let pages = archive.page_ids().map(Node::Page);
    let ids: Vec<ArticleId> = archive.ids().collect();
    let articles = ids.into_par_iter();
    let articles = articles.map(|id| Shared::new(card(archive, &terms, id), &archive.key));
    let articles: Vec<_> = articles.collect();
    Cards {
        prints: Arc::new(Prints::of(archive, &articles)),
        articles,
        pages: pages.map(|node| link(archive, node)).collect(),
        terms,
    }
}

fn link(archive: &Archive, node: Node) -> Shared<Link> {
    let link = Link {
        address: address(archive, node),
        title: archive.nodes().title(node).to_owned(),
        language: title_language(archive, node).map(str::to_owned),
    };
    Shared::new(link, &archive.key)
}

fn card(archive: &Archive, links: &[Shared<Link>], id: ArticleId) -> Card {
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
        .map(|term| links[term.index()].clone())
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
    Card {
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
    }
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
fn opening(archive: &Archive, id: ArticleId) -> Cow<'_, str> {
    let links = archive.links.of(Node::Article(id));
    let title = |link: usize| match links.get(link) {
        Some(Resolved::Node { node, .. }) => archive.nodes().title(*node).to_owned(),
        _ => String::new(),
    };
    archive.article(id).body.outline.opening.text(title)
}

/// The language of a node's title, where it differs from the site's.
pub fn title_language(archive: &Archive, node: Node) -> Option<&str> {
    let language = match node {
        Node::Article(id) => archive.article(id).front.language.as_deref(),
        Node::Term(_) => None,
        Node::Page(id) => archive.page(id).front.language.as_deref(),
    };
    language.filter(|language| *language != archive.config.language)
}
