//! Names of the archive's terms, found in the text of an article.

use aho_corasick::{AhoCorasick, MatchKind};

use super::article::Article;
use super::place::Terms;
use crate::content::article::TermFile;
use crate::content::taxonomy::Taxonomy;
use crate::text::words::is_unspaced;

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

/// Whether a name is a word of its own. Korean sets particles behind a name without a space, and
/// Chinese and Japanese have no spaces at all, so there only a letter before it counts.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let last = text[start..end].chars().next_back();
    let eastern = |c: char| is_unspaced(c) || matches!(c, '\u{ac00}'..='\u{d7a3}');
    match last {
        Some(last) if is_unspaced(last) => true,
        Some(last) if eastern(last) => !before.is_some_and(eastern),
        _ => {
            !before.is_some_and(|c| c.is_alphanumeric() && !eastern(c))
                && !after.is_some_and(|c| c.is_alphanumeric() && !eastern(c))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stands_alone;

    #[test]
    fn a_name_is_found_as_a_word() {
        for (text, name, wanted) in [
            ("the Quad said", "Quad", true),
            ("Quadrilateral", "Quad", false),
            ("서울은 오늘", "서울", true),
            ("북서울 꿈", "서울", false),
            ("中国外交部", "中国", true),
            ("한국과 US가", "US", true),
        ] {
            let start = text.find(name).unwrap();
            assert_eq!(
                stands_alone(text, start, start + name.len()),
                wanted,
                "{text}"
            );
        }
    }
}
