//! Terms that stand together: those that share the most articles.

use std::cmp::Reverse;

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
    let mut counts = vec![0_usize; archive.terms.len()];
    let mut others: Vec<TermId> = Vec::new();
    for article in &archive.term(id).articles {
        for other in &archive.terms_of[article.index()] {
            let count = &mut counts[other.index()];
            if *count == 0 {
                others.push(*other);
            }
            *count += 1;
        }
    }
    let is_kin = |other| is_below(archive, other, id) || is_below(archive, id, other);
    let mut shared: Vec<(TermId, usize)> = others
        .into_iter()
        .filter(|other| archive.term(*other).taxonomy.by_slug() && !is_kin(*other))
        .map(|other| (other, counts[other.index()]))
        .collect();
    // Of hundreds only a few are shown.
    let order = |(other, count): &(TermId, usize)| (Reverse(*count), *other);
    if shared.len() > SHOWN {
        shared.select_nth_unstable_by_key(SHOWN, order);
        shared.truncate(SHOWN);
    }
    shared.sort_unstable_by_key(order);
    shared
        .into_iter()
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
