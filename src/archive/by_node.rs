//! A list for every node: of articles, terms and pages alike.

use super::ids::{ArticleId, Node, PageId, TermId};
use super::nodes::Nodes;

/// Lists by the nodes they are of; most are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByNode<T> {
    articles: Vec<Vec<T>>,
    terms: Vec<Vec<T>>,
    pages: Vec<Vec<T>>,
}

impl<T> ByNode<T> {
    /// Those of the nodes of an archive, each empty as yet.
    pub fn new(nodes: Nodes<'_>) -> Self {
        let empty = |length: usize| (0..length).map(|_| Vec::new()).collect();
        Self {
            articles: empty(nodes.entries.len()),
            terms: empty(nodes.terms.len()),
            pages: empty(nodes.pages.len()),
        }
    }

    pub fn of(&self, node: Node) -> &[T] {
        match node {
            Node::Article(id) => &self.articles[id.index()],
            Node::Term(id) => &self.terms[id.index()],
            Node::Page(id) => &self.pages[id.index()],
        }
    }

    pub fn of_mut(&mut self, node: Node) -> &mut Vec<T> {
        match node {
            Node::Article(id) => &mut self.articles[id.index()],
            Node::Term(id) => &mut self.terms[id.index()],
            Node::Page(id) => &mut self.pages[id.index()],
        }
    }

    /// Those that hold something, in the order of the archive: articles, terms, pages.
    pub fn iter(&self) -> impl Iterator<Item = (Node, &[T])> {
        let articles = (0..).map(|index| Node::Article(ArticleId::new(index)));
        let terms = (0..).map(|index| Node::Term(TermId::new(index)));
        let pages = (0..).map(|index| Node::Page(PageId::new(index)));
        let articles = articles.zip(&self.articles);
        let all = articles
            .chain(terms.zip(&self.terms))
            .chain(pages.zip(&self.pages));
        all.map(|(node, list)| (node, list.as_slice()))
            .filter(|(_, list)| !list.is_empty())
    }
}
