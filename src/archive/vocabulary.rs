//! Every term that has a file or is used by an article, and the articles under it.

use std::collections::{BTreeSet, HashMap};

use super::entry::Entry;
use super::ids::{ArticleId, TermId};
use crate::content::article::{Body, TermFile};
use crate::content::front_matter::FrontMatter;
use crate::content::taxonomy::{Taxonomies, Taxonomy};
use crate::content::term::TermFrontMatter;
use crate::text::slug::{is_slug, slug};

/// A term, with or without a file of its own.
#[derive(Debug)]
pub struct Term {
    pub taxonomy: Taxonomy,
    pub slug: String,
    pub title: String,
    /// What its file says; a term that is only used has none.
    pub file: Option<(TermFrontMatter, Body)>,
    /// Its own articles and those of the terms below it; newest first, each once.
    pub articles: Vec<ArticleId>,
    pub parent: Option<TermId>,
    pub children: Vec<TermId>,
}

impl Term {
    /// Its title, then the other names that its file gives.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let others = self.file.iter().flat_map(|(front, _)| &front.names);
        std::iter::once(&self.title)
            .chain(others)
            .map(String::as_str)
    }

    /// Whether its file says that this name stands for other things too.
    pub fn is_ambiguous(&self, name: &str) -> bool {
        let front = self.file.as_ref().map(|(front, _)| front);
        front.is_some_and(|front| front.ambiguous.iter().any(|other| other == name))
    }
}

/// All terms, and which of them each article has.
#[derive(Debug)]
pub struct Vocabulary {
    /// By taxonomy, then by slug.
    pub terms: Vec<Term>,
    /// Per article, in the order of its front matter.
    pub of_article: Vec<Vec<TermId>>,
}

/// What an article's front matter says under one taxonomy.
pub fn named<'a>(
    front: &'a FrontMatter,
    taxonomy: Taxonomy,
    taxonomies: &Taxonomies,
) -> &'a [String] {
    match taxonomy {
        Taxonomy::TOPICS => &front.topics,
        Taxonomy::PEOPLE => &front.people,
        Taxonomy::PLACES => &front.places,
        Taxonomy::ORGANIZATIONS => &front.organizations,
        Taxonomy::SERIES => front.series.as_slice(),
        Taxonomy::PUBLISHERS => front.publisher.as_slice(),
        Taxonomy::AUTHORS => &front.authors,
        added => front
            .added
            .get(taxonomies.name(added))
            .map_or(&[], Vec::as_slice),
    }
}

/// Gathers terms from their files and from the articles that use them.
pub fn gather(files: Vec<TermFile>, entries: &[Entry], taxonomies: &Taxonomies) -> Vocabulary {
    // A term is known by its slug; a publisher or an author also by any name its file gives.
    let mut by_name: HashMap<(Taxonomy, String), String> = HashMap::new();
    let mut found: HashMap<(Taxonomy, String), Term> = HashMap::new();
    for file in files {
        for name in file.front.names.iter().chain([&file.front.title]) {
            if let Some(name) = slug(name) {
                by_name.insert((file.taxonomy, name), file.slug.clone());
            }
        }
        let term = Term {
            taxonomy: file.taxonomy,
            slug: file.slug.clone(),
            title: file.front.title.clone(),
            file: Some((file.front, file.body)),
            articles: Vec::new(),
            parent: None,
            children: Vec::new(),
        };
        found.insert((file.taxonomy, file.slug), term);
    }
    let mut terms_used: Vec<Vec<(Taxonomy, String)>> = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let mut used: Vec<(Taxonomy, String)> = Vec::new();
        for (taxonomy, _) in taxonomies.iter() {
            for name in named(&entry.article.front, taxonomy, taxonomies) {
                let Some(key) = slug(name) else { continue };
                let known = found.contains_key(&(taxonomy, key.clone()));
                let key = match by_name.get(&(taxonomy, key.clone())) {
                    Some(slug) if !known => slug.clone(),
                    _ => key,
                };
                let key = (taxonomy, key);
                if used.contains(&key) {
                    continue;
                }
                let term = found.entry(key.clone()).or_insert_with(|| Term {
                    taxonomy,
                    slug: key.1.clone(),
                    title: title(name, taxonomy),
                    file: None,
                    articles: Vec::new(),
                    parent: None,
                    children: Vec::new(),
                });
                term.articles.push(ArticleId::new(index));
                used.push(key);
            }
        }
        terms_used.push(used);
    }
    number(found, &terms_used)
}

/// Gives every term its place and its id.
fn number(
    found: HashMap<(Taxonomy, String), Term>,
    terms_used: &[Vec<(Taxonomy, String)>],
) -> Vocabulary {
    let mut terms: Vec<Term> = found.into_values().collect();
    terms.sort_by(|a, b| (a.taxonomy, &a.slug).cmp(&(b.taxonomy, &b.slug)));
    let ids: HashMap<(Taxonomy, &str), TermId> = terms
        .iter()
        .enumerate()
        .map(|(index, term)| ((term.taxonomy, term.slug.as_str()), TermId::new(index)))
        .collect();
    let of_article = terms_used
        .iter()
        .map(|used| {
            used.iter()
                .map(|(taxonomy, slug)| ids[&(*taxonomy, slug.as_str())])
                .collect()
        })
        .collect();
    let parents: Vec<Option<TermId>> = terms
        .iter()
        .map(|term| {
            let parent = term.file.as_ref()?.0.parent.as_ref()?;
            ids.get(&(term.taxonomy, parent.as_str())).copied()
        })
        .collect();
    for (index, parent) in parents.into_iter().enumerate() {
        terms[index].parent = parent;
        if let Some(parent) = parent {
            terms[parent.index()].children.push(TermId::new(index));
        }
    }
    gather_below(&mut terms);
    Vocabulary { terms, of_article }
}

/// A parent's page gathers its children's articles. A circle of parents is an error told
/// elsewhere; here every term is visited once.
fn gather_below(terms: &mut [Term]) {
    let gathered: Vec<(usize, Vec<ArticleId>)> = (0..terms.len())
        .filter(|index| !terms[*index].children.is_empty())
        .map(|index| {
            let mut below = vec![index];
            let mut next = 0;
            while let Some(at) = below.get(next).copied() {
                for child in &terms[at].children {
                    if !below.contains(&child.index()) {
                        below.push(child.index());
                    }
                }
                next += 1;
            }
            let articles = below.iter().flat_map(|at| &terms[*at].articles);
            let articles: BTreeSet<ArticleId> = articles.copied().collect();
            (index, articles.into_iter().collect())
        })
        .collect();
    for (index, articles) in gathered {
        terms[index].articles = articles;
    }
}

/// How a term without a file is called: a name as printed, a slug in words.
fn title(name: &str, taxonomy: Taxonomy) -> String {
    if taxonomy.by_slug() {
        in_words(name)
    } else {
        name.to_owned()
    }
}

/// A slug in words, `xiamen-talks` as "Xiamen talks"; anything else as it is.
pub fn in_words(name: &str) -> String {
    if !is_slug(name) {
        return name.to_owned();
    }
    let mut words = name.replace('-', " ");
    if let Some(first) = words.get(..1) {
        let first = first.to_uppercase();
        words.replace_range(..1, &first);
    }
    words
}
