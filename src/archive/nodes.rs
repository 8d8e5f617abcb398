//! What a node is: its text, its title, its path, whatever kind it is of.

use std::borrow::Cow;
use std::sync::Arc;

use super::entry::Entry;
use super::ids::{ArticleId, Node, PageId, TermId};
use super::vocabulary::Term;
use crate::content::article::{Body, Page};
use crate::content::taxonomy::Taxonomies;

/// Articles, terms and pages, lent.
#[derive(Clone, Copy)]
pub struct Nodes<'a> {
    pub entries: &'a [Entry],
    pub terms: &'a [Term],
    pub pages: &'a [Arc<Page>],
    pub taxonomies: &'a Taxonomies,
}

impl<'a> Nodes<'a> {
    /// The text of a node; a term without a file has none.
    pub fn body(self, node: Node) -> Option<&'a Body> {
        match node {
            Node::Article(id) => Some(&self.entries[id.index()].article.body),
            Node::Term(id) => self.terms[id.index()].file.as_ref().map(|(_, body)| body),
            Node::Page(id) => Some(&self.pages[id.index()].body),
        }
    }

    pub fn title(self, node: Node) -> &'a str {
        match node {
            Node::Article(id) => &self.entries[id.index()].article.front.title,
            Node::Term(id) => &self.terms[id.index()].title,
            Node::Page(id) => &self.pages[id.index()].front.title,
        }
    }

    /// Whether names of terms in its text may become links.
    pub fn allows_mentions(self, node: Node) -> bool {
        let switch = match node {
            Node::Article(id) => self.entries[id.index()].article.front.mentions,
            Node::Page(id) => self.pages[id.index()].front.mentions,
            Node::Term(_) => None,
        };
        switch.unwrap_or(true)
    }

    /// The path of its file, from the archive's root; a term without one has the path that its
    /// file would have.
    pub fn path(self, node: Node) -> Cow<'a, str> {
        match (self.body(node), node) {
            (None, Node::Term(id)) => self.term_path(&self.terms[id.index()]).into(),
            (body, _) => body.map_or("", |body| body.source.name()).into(),
        }
    }

    pub fn term_path(self, term: &Term) -> String {
        let taxonomy = self.taxonomies.name(term.taxonomy);
        format!("content/{taxonomy}/{}.md", term.slug)
    }

    /// Every text: of articles, of terms, of pages.
    pub fn bodies(self) -> Vec<(Node, &'a Body)> {
        let articles = (0..self.entries.len()).map(|i| Node::Article(ArticleId::new(i)));
        let terms = (0..self.terms.len()).map(|i| Node::Term(TermId::new(i)));
        let pages = (0..self.pages.len()).map(|i| Node::Page(PageId::new(i)));
        articles
            .chain(terms)
            .chain(pages)
            .filter_map(|node| Some((node, self.body(node)?)))
            .collect()
    }
}
