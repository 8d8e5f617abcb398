//! Threads: one story over months. An article names its thread, or a term names it for all of
//! its articles.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::Entry;
use super::ids::{ArticleId, TermId};
use super::vocabulary::{Term, in_words};
use crate::text::slug::slug;

/// A story over months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The part of its address.
    pub slug: String,
    pub name: String,
    /// The term that names it.
    pub term: Option<TermId>,
    /// Newest first; undated ones last.
    pub articles: Vec<ArticleId>,
}

/// All threads, by slug.
pub fn threads(entries: &[Entry], terms: &[Term]) -> Vec<Thread> {
    let mut found: BTreeMap<String, (String, Option<TermId>, BTreeSet<ArticleId>)> =
        BTreeMap::new();
    for (index, term) in terms.iter().enumerate() {
        let Some(name) = term
            .file
            .as_ref()
            .and_then(|(front, _)| front.thread.as_ref())
        else {
            continue;
        };
        let Some(slug) = slug(name) else { continue };
        let (_, owner, articles) = found
            .entry(slug)
            .or_insert_with(|| (in_words(name), None, BTreeSet::new()));
        owner.get_or_insert(TermId::new(index));
        articles.extend(&term.articles);
    }
    for (index, entry) in entries.iter().enumerate() {
        let Some(name) = &entry.article.front.thread else {
            continue;
        };
        let Some(slug) = slug(name) else { continue };
        let (_, _, articles) = found
            .entry(slug)
            .or_insert_with(|| (in_words(name), None, BTreeSet::new()));
        articles.insert(ArticleId::new(index));
    }
    found
        .into_iter()
        .filter(|(_, (_, _, articles))| !articles.is_empty())
        .map(|(slug, (name, term, articles))| Thread {
            slug,
            name,
            term,
            articles: articles.into_iter().collect(),
        })
        .collect()
}

/// Indices into `threads` of each article that is in any.
pub fn threads_of(threads: &[Thread]) -> BTreeMap<ArticleId, Vec<usize>> {
    let mut of: BTreeMap<ArticleId, Vec<usize>> = BTreeMap::new();
    for (index, thread) in threads.iter().enumerate() {
        for id in &thread.articles {
            of.entry(*id).or_default().push(index);
        }
    }
    of
}
