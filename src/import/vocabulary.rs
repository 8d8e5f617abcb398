//! Names of the archive's terms, found in the text of an article.

use aho_corasick::{AhoCorasick, MatchKind};

use super::article::Article;
use super::place::Terms;
use crate::content::article::TermFile;
use crate::content::taxonomy::Taxonomy;
use crate::text::name_match::stands_alone;

/// How often a term must be named in a text that doesn't name it in its title.
const MENTIONS: usize = 2;

/// Every name of every term that has a file, ready to be looked for.
pub struct Names {
    finder: Option<AhoCorasick>,
    /// Index into the terms, by pattern.
    owners: Vec<usize>,
    terms: Vec<(Taxonomy, String)>,
}

impl Names {
    pub fn of(files: &[TermFile]) -> Self {
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
        }
    }

    /// The terms that an article is about: named in its title, or more than once in its text.
    pub fn find(&self, article: &Article) -> Terms {
        let Some(finder) = &self.finder else {
            return Terms::default();
        };
        let mut counts = vec![0usize; self.terms.len()];
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
        let mut terms = Terms::default();
        for ((taxonomy, slug), count) in self.terms.iter().zip(counts) {
            let list = match *taxonomy {
                Taxonomy::TOPICS => &mut terms.topics,
                Taxonomy::PEOPLE => &mut terms.people,
                Taxonomy::PLACES => &mut terms.places,
                Taxonomy::ORGANIZATIONS => &mut terms.organizations,
                _ => continue,
            };
            if count >= MENTIONS {
                list.push(slug.clone());
            }
        }
        terms
    }
}
