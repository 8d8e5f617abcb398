//! Fingerprints of what can be told of one article or quoted from one text: made once, so that a
//! list of a hundred is known to be the same by a hundred small values, without being made.

use rayon::prelude::*;

use super::shared::Shared;
use super::view::card::Card;
use crate::archive::ids::{ArticleId, Node};
use crate::archive::linked::Archive;
use crate::archive::links::Resolved;
use crate::text::hash::Fingerprint;

/// Those of an archive, by the ids of articles, terms and pages. A term without a file has the
/// fingerprint of nothing.
#[derive(Debug, Clone)]
pub struct Prints {
    told: Vec<Fingerprint>,
    articles: Vec<Fingerprint>,
    terms: Vec<Fingerprint>,
    pages: Vec<Fingerprint>,
}

impl Prints {
    /// `cards` are those of the articles, by their ids.
    pub fn of(archive: &Archive, cards: &[Shared<Card>]) -> Self {
        let of = |nodes: Vec<Node>| -> Vec<Fingerprint> {
            nodes
                .into_par_iter()
                .map(|node| quotable(archive, node))
                .collect()
        };
        let articles = of(archive.ids().map(Node::Article).collect());
        let told = cards.iter().zip(archive.ids());
        Self {
            told: told
                .map(|(card, id)| {
                    let front = archive.article(id).body.front_hash;
                    archive.key.of(&(card.fingerprint(), front))
                })
                .collect(),
            articles,
            terms: of(archive.term_ids().map(Node::Term).collect()),
            pages: of(archive.page_ids().map(Node::Page).collect()),
        }
    }

    /// Of an article's card and its front matter: all that feeds and tables tell of it.
    pub fn told(&self, id: ArticleId) -> Fingerprint {
        self.told[id.index()]
    }

    pub fn told_of(&self, articles: &[ArticleId]) -> Vec<Fingerprint> {
        articles.iter().map(|id| self.told(*id)).collect()
    }

    /// Of a node's file, and the titles that links in its text show: all that can be quoted.
    pub fn quotable(&self, node: Node) -> Fingerprint {
        match node {
            Node::Article(id) => self.articles[id.index()],
            Node::Term(id) => self.terms[id.index()],
            Node::Page(id) => self.pages[id.index()],
        }
    }
}

fn quotable(archive: &Archive, node: Node) -> Fingerprint {
    let Some(body) = archive.body(node) else {
        return Fingerprint::default();
    };
    let links = archive.links.of(node);
    let titles: Vec<&str> = links
        .iter()
        .map(|link| match link {
            Resolved::Node { node, .. } => archive.nodes().title(*node),
            _ => "",
        })
        .collect();
    archive.key.of(&(body.front_hash, body.hash, titles))
}
