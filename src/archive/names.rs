//! By which names articles, terms and pages can be linked to.

use std::collections::HashMap;

use super::entry::{Entry, HeldBack};
use super::ids::{ArticleId, Node, PageId, TermId};
use super::vocabulary::Vocabulary;
use crate::content::article::Page;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    One(Node),
    /// Several things have this name.
    Several(&'a [Node]),
    /// An article has it that isn't published.
    Unpublished(usize),
    Nothing,
}

/// Slugs, and paths for those whose slug others have too.
#[derive(Debug, Default)]
pub struct Names {
    by_slug: HashMap<String, Vec<Node>>,
    by_path: HashMap<String, Node>,
    /// Slug to index into the list of what is held back.
    held_back: HashMap<String, usize>,
}

impl Names {
    pub fn of(
        entries: &[Entry],
        vocabulary: &Vocabulary,
        pages: &[Page],
        held_back: &[HeldBack],
    ) -> Self {
        let mut names = Self::default();
        for (index, entry) in entries.iter().enumerate() {
            let node = Node::Article(ArticleId::new(index));
            names.add(&entry.article.slug, entry.article.body.source.name(), node);
        }
        for (index, term) in vocabulary.terms.iter().enumerate() {
            let path = format!("content/{}/{}.md", term.taxonomy.name(), term.slug);
            // The name of a publisher or an author is no reason to call a link ambiguous.
            let node = Node::Term(TermId::new(index));
            if term.file.is_some() || term.taxonomy.by_slug() {
                names.add(&term.slug, &path, node);
            } else {
                names.by_path.insert(path, node);
            }
        }
        for (index, page) in pages.iter().enumerate() {
            let node = Node::Page(PageId::new(index));
            names.add(&page.slug, page.body.source.name(), node);
        }
        for (index, held) in held_back.iter().enumerate() {
            names.held_back.insert(held.article.slug.clone(), index);
        }
        names
    }

    fn add(&mut self, slug: &str, path: &str, node: Node) {
        self.by_slug.entry(slug.to_owned()).or_default().push(node);
        self.by_path.insert(path.to_owned(), node);
    }

    /// What `[[name]]` stands for: a slug, or a path below `content/` where that isn't clear
    /// enough (`topics/quad`, `briefings/2021/quad`).
    pub fn find(&self, name: &str) -> Found<'_> {
        if name.contains('/') {
            let name = name.trim_matches('/').trim_end_matches(".md");
            return match self.by_path.get(&format!("content/{name}.md")) {
                Some(node) => Found::One(*node),
                None => Found::Nothing,
            };
        }
        match self.by_slug.get(name).map(Vec::as_slice) {
            Some([node]) => Found::One(*node),
            Some(several) => Found::Several(several),
            None => match self.held_back.get(name) {
                Some(index) => Found::Unpublished(*index),
                None => Found::Nothing,
            },
        }
    }

    /// The node of a content file.
    pub fn at_path(&self, path: &str) -> Option<Node> {
        self.by_path.get(path).copied()
    }

    /// Every slug, for suggestions.
    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        self.by_slug.keys().map(String::as_str)
    }

    /// Every content path, for suggestions.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }
}
