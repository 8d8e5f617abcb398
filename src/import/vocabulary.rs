//! Names of the archive's terms, found in the text of an article.

use std::collections::BTreeMap;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::article::Article;
use super::place::Terms;
use crate::content::article::TermFile;
use crate::content::config::{Config, Mapped};
use crate::content::taxonomy::{Taxonomies, Taxonomy};
use crate::text::name_match::stands_alone;

/// How often a term must be named in a text that doesn't name it in its title.
const MENTIONS: usize = 2;

/// Every name of every term that has a file, ready to be looked for, and what categories and tags
/// become.
pub struct Names {
    finder: Option<AhoCorasick>,
    /// Index into the terms, by pattern.
    owners: Vec<usize>,
    terms: Vec<(Taxonomy, String)>,
    taxonomies: Taxonomies,
    mapped: BTreeMap<String, Mapped>,
}

impl Names {
    /// Of the terms of an archive, by what its `site.toml` says.
    pub fn of(config: &Config, files: &[Arc<TermFile>]) -> Self {
        Self::new(
            files,
            config.taxonomies.clone(),
            config.imported_terms.clone(),
        )
    }

    /// Where no archive is.
    pub fn none() -> Self {
        Self::new(&[], Taxonomies::default(), BTreeMap::new())
    }

    fn new(
        files: &[Arc<TermFile>],
        taxonomies: Taxonomies,
        mapped: BTreeMap<String, Mapped>,
    ) -> Self {
        let mut patterns = Vec::new();
        let mut owners = Vec::new();
        let mut terms = Vec::new();
        for file in files {
            for name in file.front.names.iter().chain([&file.front.title]) {
                if name.chars().count() > 1 {
                    patterns.push(name.clone());
                    owners.push(terms.len());
                }
            }
            terms.push((file.taxonomy, file.slug.clone()));
        }
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&patterns)
            .ok()
            .filter(|_| !patterns.is_empty());
        Self {
            finder,
            owners,
            terms,
            taxonomies,
            mapped,
        }
    }

    /// The terms that an article is about: those that its categories and tags become, and those
    /// named in its title, or more than once in its text.
    pub fn find(&self, article: &Article) -> Terms {
        let mut terms = Terms::default();
        for keyword in &article.front.keywords {
            if let Some(mapped) = self.mapped.get(&keyword.to_lowercase()) {
                terms.settled.push(keyword.clone());
                if let Mapped::Term(taxonomy, slug) = mapped {
                    self.add(&mut terms, *taxonomy, slug);
                }
            }
        }
        for ((taxonomy, slug), count) in self.terms.iter().zip(self.counts(article)) {
            if count >= MENTIONS {
                self.add(&mut terms, *taxonomy, slug);
            }
        }
        terms
    }

    /// How often each term is named.
    fn counts(&self, article: &Article) -> Vec<usize> {
        let mut counts = vec![0; self.terms.len()];
        let Some(finder) = &self.finder else {
            return counts;
        };
        let front = &article.front;
        let subtitle = front.subtitle.as_deref().unwrap_or_default();
        let keywords = front.keywords.join("\n");
        for (text, weight) in [
            (front.title.as_str(), MENTIONS),
            (subtitle, MENTIONS),
            (keywords.as_str(), MENTIONS),
            (article.body.as_str(), 1),
        ] {
            for found in finder.find_iter(text) {
                if stands_alone(text, found.start(), found.end()) {
                    counts[self.owners[found.pattern().as_usize()]] += weight;
                }
            }
        }
        counts
    }

    fn add(&self, terms: &mut Terms, taxonomy: Taxonomy, slug: &str) {
        let list = match taxonomy {
            Taxonomy::TOPICS => &mut terms.topics,
            Taxonomy::PEOPLE => &mut terms.people,
            Taxonomy::PLACES => &mut terms.places,
            Taxonomy::ORGANIZATIONS => &mut terms.organizations,
            added if added.by_slug() => {
                let name = self.taxonomies.name(added).to_owned();
                terms.added.entry(name).or_default()
            }
            _ => return,
        };
        if !list.iter().any(|known| known == slug) {
            list.push(slug.to_owned());
        }
    }
}
