//! Every term that has a file or is used by an article, and the articles under it.

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::HashMap;
use rayon::prelude::*;

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
pub fn gather(files: Vec<Arc<TermFile>>, entries: &[Entry], taxonomies: &Taxonomies) -> Vocabulary {
    let mut gathered = Gathered::of(files);
    let mut used_by: Vec<Vec<usize>> = Vec::with_capacity(entries.len());
    let written = entries.par_chunks(CHUNK);
    let written: Vec<Written<'_>> = written.map(|some| Written::of(some, taxonomies)).collect();
    for Written { names, of_each } in written {
        let names = names.into_iter();
        let terms = names.map(|(taxonomy, name)| gathered.written(taxonomy, name));
        let terms: Vec<Option<usize>> = terms.collect();
        for names in of_each {
            let id = ArticleId::new(used_by.len());
            let mut used = Vec::with_capacity(names.len());
            for term in names.into_iter().filter_map(|name| terms[name]) {
                if !used.contains(&term) {
                    gathered.terms[term].articles.push(id);
                    used.push(term);
                }
            }
            used_by.push(used);
        }
    }
    number(gathered.terms, &used_by)
}

/// So many articles are read together.
const CHUNK: usize = 1024;

/// The names of terms in the front matter of some articles.
#[derive(Default)]
struct Written<'a> {
    /// Each once, in the order in which they stand there.
    names: Vec<(Taxonomy, &'a str)>,
    /// Which of them each article has.
    of_each: Vec<Vec<usize>>,
}

impl<'a> Written<'a> {
    fn of(entries: &'a [Entry], taxonomies: &Taxonomies) -> Self {
        let mut known: HashMap<(Taxonomy, &str), usize> = HashMap::default();
        let mut written = Self::default();
        for entry in entries {
            let mut names = Vec::new();
            for (taxonomy, _) in taxonomies.iter() {
                for name in named(&entry.article.front, taxonomy, taxonomies) {
                    let next = written.names.len();
                    let place = *known.entry((taxonomy, name)).or_insert(next);
                    if place == next {
                        written.names.push((taxonomy, name));
                    }
                    names.push(place);
                }
            }
            written.of_each.push(names);
        }
        written
    }
}

/// Terms while they are gathered, in the order in which they were met.
#[derive(Default)]
struct Gathered<'a> {
    terms: Vec<Term>,
    by_slug: HashMap<(Taxonomy, String), usize>,
    /// A term is known by its slug; a publisher or an author also by any name its file gives.
    by_name: HashMap<(Taxonomy, String), usize>,
    /// What front matter names: each name is looked at once, however many articles have it.
    by_written: HashMap<(Taxonomy, &'a str), Option<usize>>,
}

impl<'a> Gathered<'a> {
    fn of(files: Vec<Arc<TermFile>>) -> Self {
        let mut gathered = Self::default();
        for file in files {
            let TermFile {
                taxonomy,
                slug: own,
                front,
                body,
            } = Arc::unwrap_or_clone(file);
            let names = front.names.iter().chain([&front.title]);
            let names: Vec<String> = names.filter_map(|name| slug(name)).collect();
            let title = front.title.clone();
            let at = gathered.add(taxonomy, own, title, Some((front, body)));
            for name in names {
                gathered.by_name.insert((taxonomy, name), at);
            }
        }
        gathered
    }

    /// The place of the term that stands in front matter as `name`; none of a name without a
    /// letter or digit.
    fn written(&mut self, taxonomy: Taxonomy, name: &'a str) -> Option<usize> {
        if let Some(known) = self.by_written.get(&(taxonomy, name)) {
            return *known;
        }
        let found = slug(name).map(|slug| {
            let key = (taxonomy, slug);
            let known = self.by_slug.get(&key).or_else(|| self.by_name.get(&key));
            match known.copied() {
                Some(known) => known,
                None => self.add(taxonomy, key.1, title(name, taxonomy), None),
            }
        });
        self.by_written.insert((taxonomy, name), found);
        found
    }

    /// Adds a term; of two files with one slug the later one stands.
    fn add(
        &mut self,
        taxonomy: Taxonomy,
        slug: String,
        title: String,
        file: Option<(TermFrontMatter, Body)>,
    ) -> usize {
        let next = self.terms.len();
        let at = *self.by_slug.entry((taxonomy, slug.clone())).or_insert(next);
        let term = Term {
            taxonomy,
            slug,
            title,
            file,
            articles: Vec::new(),
            parent: None,
            children: Vec::new(),
        };
        if at == next {
            self.terms.push(term);
        } else {
            self.terms[at] = term;
        }
        at
    }
}

/// Gives every term its place and its id. `used_by` are the terms of each article, by the places
/// they have so far.
fn number(terms: Vec<Term>, used_by: &[Vec<usize>]) -> Vocabulary {
    let mut terms: Vec<(usize, Term)> = terms.into_iter().enumerate().collect();
    terms.sort_by(|(_, a), (_, b)| (a.taxonomy, &a.slug).cmp(&(b.taxonomy, &b.slug)));
    let mut id_of = vec![TermId::new(0); terms.len()];
    for (id, (before, _)) in terms.iter().enumerate() {
        id_of[*before] = TermId::new(id);
    }
    let of_article = used_by
        .par_iter()
        .map(|used| used.iter().map(|term| id_of[*term]).collect())
        .collect();
    let mut terms: Vec<Term> = terms.into_iter().map(|(_, term)| term).collect();
    let ids: HashMap<(Taxonomy, &str), TermId> = terms
        .iter()
        .enumerate()
        .map(|(index, term)| ((term.taxonomy, term.slug.as_str()), TermId::new(index)))
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
