//! Terms that stand together: those that share the most articles.

use std::cmp::Reverse;

use foldhash::HashMap;

use super::super::plan::Site;
use super::super::view::card::Counted;
use super::term::counted;
use crate::archive::ids::TermId;
use crate::archive::linked::Archive;

/// Related terms that a page shows.
const SHOWN: usize = 8;
/// A term stands at most this many steps below another.
const DEEP: usize = 8;

/// Terms that share articles with this one, each with their number. Its own children and parents
/// share theirs by being so; publishers, authors and series are no subjects.
pub fn related_terms(site: &Site<'_>, id: TermId) -> Vec<Counted> {
    let archive = site.archive;
    let mut shared: HashMap<TermId, usize> = HashMap::default();
    for article in &archive.term(id).articles {
        for other in &archive.terms_of[article.index()] {
            *shared.entry(*other).or_default() += 1;
        }
    }
    let mut shared: Vec<(TermId, usize)> = shared
        .into_iter()
        .filter(|(other, _)| archive.term(*other).taxonomy.by_slug())
        .collect();
    shared.sort_unstable_by_key(|(other, count)| (Reverse(*count), *other));
    shared
        .into_iter()
        .filter(|(other, _)| !is_below(archive, *other, id) && !is_below(archive, id, *other))
        .take(SHOWN)
        .map(|(other, count)| Counted {
            count,
            ..counted(site, other)
        })
        .collect()
}

/// Whether a term is another or stands below it.
fn is_below(archive: &Archive, term: TermId, top: TermId) -> bool {
    let above = std::iter::successors(Some(term), |below| archive.term(*below).parent);
    above.take(DEEP).any(|term| term == top)
}
