//! What is near what, brought up to date.
//!
//! What an article is about depends on the words of all others, and what is near it on what they are
//! about; but an edit changes few of them, and only those that it touches are compared again. The
//! result is the same as if all of them had been.

use std::hash::BuildHasher;

use foldhash::HashMap;
use foldhash::quality::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::ids::{ArticleId, TermId};
use super::neighbour::{Before, Nearest, changed_neighbours, neighbours};
use super::related::{Relation, related, related_to};
use super::vector::{Spread, Time, Vector, vectors};
use crate::content::kept::Kept;
use crate::text::hash::Fingerprint;

/// What articles are about, and what is near them, by their ids.
#[derive(Debug, Serialize, Deserialize)]
pub struct Near {
    keys: Vec<Key>,
    spread: Spread,
    pub vectors: Vec<Vector>,
    pub neighbours: Vec<Nearest>,
    pub related: Vec<Vec<(ArticleId, Relation)>>,
}

/// Stands for an article as far as it is compared with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Key {
    /// Of its path: what it is known by when it has changed. It decides nothing.
    path: u64,
    /// Of all that decides what it is about, and when.
    about: Fingerprint,
}

/// What is near what, with the help of what was kept of another time; this is kept for the next.
pub fn near(entries: &[Entry], terms_of: &[Vec<TermId>], term_keys: &[u64], kept: &Kept) -> Near {
    let keys: Vec<Key> = entries
        .par_iter()
        .zip(terms_of)
        .map(|(entry, terms)| Key::of(entry, terms, term_keys, kept))
        .collect();
    let before = kept.together::<Near>().filter(Near::is_whole);
    if let Some(before) = before {
        if before.keys == keys {
            return before;
        }
        let places = before.places(&keys);
        let same = (0..).zip(&places).map(|(index, place)| {
            let place: Option<usize> = *place;
            place.filter(|place| before.keys[*place] == keys[index])
        });
        let same: Vec<Option<usize>> = same.collect();
        let time = Time {
            spread: &before.spread,
            vectors: &before.vectors,
            same: &same,
        };
        let words = vectors(entries, terms_of, term_keys, kept, Some(time));
        let near = before.brought_up_to(keys, &places, words, entries);
        kept.keep_together(&near);
        return near;
    }
    let (vectors, spread) = vectors(entries, terms_of, term_keys, kept, None);
    let neighbours = neighbours(&vectors);
    let near = Near {
        keys,
        spread,
        related: related(entries, &vectors, &neighbours),
        vectors,
        neighbours,
    };
    kept.keep_together(&near);
    near
}

impl Key {
    fn of(entry: &Entry, terms: &[TermId], term_keys: &[u64], kept: &Kept) -> Self {
        let body = &entry.article.body;
        let front = &entry.article.front;
        let terms: Vec<u64> = terms.iter().map(|term| term_keys[term.index()]).collect();
        let day = entry.day.map(|day| (day.year(), day.month(), day.day()));
        let (title, subtitle, keywords) = (&front.title, &front.subtitle, &front.keywords);
        Self {
            path: FixedState::with_seed(0).hash_one(body.source.name()),
            about: kept
                .key
                .of(&(body.hash, title, subtitle, keywords, terms, day)),
        }
    }
}

impl Near {
    fn is_whole(&self) -> bool {
        let lengths = [
            self.vectors.len(),
            self.neighbours.len(),
            self.related.len(),
        ];
        let known = |id: &ArticleId| id.index() < self.keys.len();
        let neighbours = self.neighbours.iter().flat_map(|nearest| &nearest.list);
        let related = self.related.iter().flatten();
        lengths.iter().all(|length| *length == self.keys.len())
            && neighbours.map(|near| &near.id).all(known)
            && related.map(|(id, _)| id).all(known)
    }

    /// Where the articles of now stood, in ascending order: others than those count as new.
    fn places(&self, keys: &[Key]) -> Vec<Option<usize>> {
        let known = self.keys.iter().map(|key| key.path).zip(0..);
        let known: HashMap<u64, usize> = known.collect();
        let places = keys.iter().map(|key| known.get(&key.path).copied());
        rising(&places.collect::<Vec<_>>())
    }

    /// The same for articles that have these keys and `words` now, and stood at these places.
    fn brought_up_to(
        self,
        keys: Vec<Key>,
        places: &[Option<usize>],
        words: (Vec<Vector>, Spread),
        entries: &[Entry],
    ) -> Self {
        let (vectors, spread) = words;
        let before = Before {
            vectors: &self.vectors,
            nearest: &self.neighbours,
            places,
        };
        let changed = changed_neighbours(&vectors, before);
        // By the number then: the number now, and whether the article is the same altogether.
        let mut now = vec![None; self.keys.len()];
        for (index, place) in places.iter().enumerate() {
            if let Some(place) = place {
                let is_same = self.keys[*place] == keys[index];
                now[*place] = Some((ArticleId::new(index), is_same));
            }
        }
        let (neighbours, related) = changed
            .into_par_iter()
            .enumerate()
            .map(|(index, changed)| {
                let id = ArticleId::new(index);
                let related = |near: &Nearest| related_to(id, near, entries, &vectors);
                let Some(place) = places[index].filter(|_| changed.is_none()) else {
                    let nearest = changed.unwrap_or_default();
                    let related = related(&nearest);
                    return (nearest, related);
                };
                let mut nearest = self.neighbours[place].clone();
                let mut are_same = keys[index] == self.keys[place];
                for near in &mut nearest.list {
                    if let Some((id, is_same)) = now[near.id.index()] {
                        near.id = id;
                        are_same &= is_same;
                    }
                }
                if !are_same {
                    let related = related(&nearest);
                    return (nearest, related);
                }
                let related = self.related[place].iter().filter_map(|(id, relation)| {
                    let (id, _) = now[id.index()]?;
                    Some((id, *relation))
                });
                (nearest, related.collect())
            })
            .unzip();
        Self {
            keys,
            spread,
            vectors,
            neighbours,
            related,
        }
    }
}

/// As many of these numbers as can be in ascending order, in their places (Schensted 1961); `None` in
/// place of the others.
fn rising(numbers: &[Option<usize>]) -> Vec<Option<usize>> {
    // For each length: where the run of so many numbers ends that ends with the smallest one.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; numbers.len()];
    for (at, number) in numbers.iter().enumerate() {
        if number.is_none() {
            continue;
        }
        let longer = match ends.last() {
            Some(last) if numbers[*last] < *number => ends.len(),
            _ => ends.partition_point(|end| numbers[*end] < *number),
        };
        previous[at] = longer.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(longer) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut kept = vec![None; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept[at] = numbers[at];
        next = previous[at];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::rising;

    #[test]
    fn as_many_as_can_be_stay_in_order() {
        for (numbers, wanted) in [
            ("0 1 2 3", "0 1 2 3"),
            // The last has become the first; the first has become the last.
            ("3 0 1 2", "- 0 1 2"),
            ("1 2 3 0", "1 2 3 -"),
            ("0 - 1 4 2 - 3", "0 - 1 - 2 - 3"),
            ("2 1", "- 1"),
            ("- -", "- -"),
            ("", ""),
        ] {
            let read = |text: &str| -> Vec<Option<usize>> {
                let numbers = text.split_whitespace();
                numbers.map(|number| number.parse().ok()).collect()
            };
            assert_eq!(rising(&read(numbers)), read(wanted), "{numbers}");
        }
    }
}
