//! By which names articles, terms and pages can be linked to.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::OnceLock;

use foldhash::HashMap;
use unicode_normalization::UnicodeNormalization;

use super::entry::HeldBack;
use super::ids::{ArticleId, Node, PageId, TermId};
use super::nodes::Nodes;
use crate::diagnostic::nearest;
use crate::text::slug::slug;
use crate::text::trigrams::TrigramIndex;

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

/// Slugs; titles and names; paths for those whose slug and name others have too.
#[derive(Debug, Default)]
pub struct Names<'a> {
    by_slug: HashMap<&'a str, Bearers>,
    /// Titles of articles and pages, titles and other names of terms, as [`key`] writes them.
    by_name: HashMap<String, Bearers>,
    /// Publishers and authors that nobody has written a file for. They come last: a byline is no
    /// reason to call a link ambiguous.
    by_byline: HashMap<String, Bearers>,
    by_path: HashMap<Cow<'a, str>, Node>,
    /// Slug or title to index into the list of what is held back.
    held_back: HashMap<String, usize>,
    /// Slugs, titles and names, and paths, for suggestions: made when the first link is dead.
    similar: OnceLock<TrigramIndex>,
    similar_paths: OnceLock<TrigramIndex>,
}

/// What has a name: most names are those of one thing.
#[derive(Debug)]
enum Bearers {
    One([Node; 1]),
    Several(Vec<Node>),
}

impl Bearers {
    fn all(&self) -> &[Node] {
        match self {
            Self::One(one) => one,
            Self::Several(several) => several,
        }
    }
}

impl<'a> Names<'a> {
    pub fn of(nodes: Nodes<'a>, held_back: &[HeldBack]) -> Self {
        let mut names = Self::default();
        let articles = nodes.entries.len() + nodes.terms.len() + nodes.pages.len();
        names.by_slug.reserve(articles);
        names.by_name.reserve(articles);
        names.by_path.reserve(articles);
        for (index, entry) in nodes.entries.iter().enumerate() {
            let node = Node::Article(ArticleId::new(index));
            let article = &entry.article;
            names
                .by_path
                .insert(article.body.source.name().into(), node);
            add(&mut names.by_slug, &*article.slug, node);
            add(&mut names.by_name, key(&article.front.title), node);
        }
        for (index, term) in nodes.terms.iter().enumerate() {
            let node = Node::Term(TermId::new(index));
            names.by_path.insert(nodes.term_path(term).into(), node);
            if term.file.is_none() && !term.taxonomy.by_slug() {
                add(&mut names.by_byline, term.slug.clone(), node);
                add(&mut names.by_byline, key(&term.title), node);
                continue;
            }
            add(&mut names.by_slug, &*term.slug, node);
            for name in term.names() {
                add(&mut names.by_name, key(name), node);
            }
        }
        for (index, page) in nodes.pages.iter().enumerate() {
            let node = Node::Page(PageId::new(index));
            names.by_path.insert(page.body.source.name().into(), node);
            add(&mut names.by_slug, &*page.slug, node);
            add(&mut names.by_name, key(&page.front.title), node);
        }
        for (index, held) in held_back.iter().enumerate() {
            names.held_back.insert(held.article.slug.clone(), index);
            let title = key(&held.article.front.title);
            names.held_back.entry(title).or_insert(index);
        }
        names
    }

    /// What `[[name]]` stands for: a slug, a path below `content/` where that isn't clear enough
    /// (`topics/quad`, `briefings/2021/quad`), a title, or any name of a term.
    pub fn find(&self, name: &str) -> Found<'_> {
        if name.contains('/') {
            let path = name.trim_matches('/').trim_end_matches(".md");
            if let Some(node) = self.by_path.get(&*format!("content/{path}.md")) {
                return Found::One(*node);
            }
        }
        if let Some([node]) = self.by_slug.get(name).map(Bearers::all) {
            return Found::One(*node);
        }
        let key = key(name);
        let found = self
            .by_slug
            .get(name)
            .or_else(|| self.by_name.get(&key))
            .or_else(|| self.by_byline.get(name))
            .or_else(|| self.by_byline.get(&key))
            // A file's name that is no slug, or too long for one.
            .or_else(|| self.by_slug.get(&*slug(name)?));
        match found.map(Bearers::all) {
            Some([node]) => Found::One(*node),
            Some(several) => Found::Several(several),
            None => match self
                .held_back
                .get(name)
                .or_else(|| self.held_back.get(&key))
            {
                Some(index) => Found::Unpublished(*index),
                None => Found::Nothing,
            },
        }
    }

    /// The node of a content file.
    pub fn at_path(&self, path: &str) -> Option<Node> {
        self.by_path.get(path).copied()
    }

    /// The slug, title or name that a dead link was probably meant to say.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let index = self.similar.get_or_init(|| {
            let slugs = self.by_slug.keys().copied();
            TrigramIndex::of(slugs.chain(self.by_name.keys().map(String::as_str)))
        });
        nearest(name, index.like(name))
    }

    /// The content file that a dead path was probably meant to name.
    pub fn nearest_path(&self, path: &str) -> Option<&str> {
        let paths = || TrigramIndex::of(self.by_path.keys().map(|path| &**path));
        nearest(path, self.similar_paths.get_or_init(paths).like(path))
    }
}

fn add<K: Hash + Eq>(map: &mut HashMap<K, Bearers>, name: K, node: Node) {
    match map.entry(name) {
        Entry::Vacant(free) => {
            free.insert(Bearers::One([node]));
        }
        Entry::Occupied(mut taken) => {
            let bearers = taken.get_mut();
            if !bearers.all().contains(&node) {
                *bearers = Bearers::Several([bearers.all(), &[node]].concat());
            }
        }
    }
}

/// A name as it is compared: small letters, single spaces, straight apostrophes, composed (NFC).
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        if word.is_ascii() {
            let from = key.len();
            key.push_str(word);
            key[from..].make_ascii_lowercase();
            continue;
        }
        key.extend(word.nfc().flat_map(char::to_lowercase).map(|c| match c {
            '\u{2018}' | '\u{2019}' => '\'',
            c => c,
        }));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn a_name_is_compared_as_readers_read_it() {
        assert_eq!(key("  Korea’s   Choice "), key("korea's choice"));
        assert_eq!(key("E\u{301}lan"), key("élan"));
        assert_ne!(key("서울"), key("서울시"));
    }
}
