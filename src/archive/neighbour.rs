//! Which articles are about the same things.
//!
//! An inverted index over the most telling words of each article. A word that very many share is
//! looked up only near the article in time, so that the work grows with the number of articles
//! and not with its square. What is found that way is then compared in full.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::ids::ArticleId;
use super::vector::{Vector, cosine};
use crate::content::fixed::{self, Fixed, joined, parted};

/// How far a common word is followed, in articles that have it, to either side in time.
const REACH: usize = 48;
/// Neighbours that are kept of each article.
const KEPT: usize = 16;

/// An article about the same things.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    pub id: ArticleId,
    /// The cosine of both vectors, 0 to 1.
    pub similarity: f32,
}

impl Fixed<8> for Neighbour {
    fn number(self) -> u64 {
        let id = u32::try_from(self.id.index()).unwrap_or(u32::MAX);
        joined(id, self.similarity.to_bits())
    }

    fn of_number(number: u64) -> Self {
        let (id, similarity) = parted(number);
        Self {
            id: ArticleId::new(id as usize),
            similarity: f32::from_bits(similarity),
        }
    }
}

/// The nearest articles of one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Nearest {
    /// Nearest first; equally near ones newest first.
    #[serde(with = "fixed")]
    pub list: Vec<Neighbour>,
    /// The least that words in common come to that a neighbour has: nobody with less is one.
    enough: f32,
}

/// The nearest articles of each.
pub fn neighbours(vectors: &[Vector]) -> Vec<Nearest> {
    let index = Index::of(vectors, &|_| true);
    (0..vectors.len())
        .into_par_iter()
        .map_init(
            || Scores::new(vectors.len()),
            |scores, article| index.near(article, vectors, scores, |_, _| {}),
        )
        .collect()
}

/// How it was at another time, in the order of that time.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    pub vectors: &'a [Vector],
    pub nearest: &'a [Nearest],
    /// Where each article of now stood, if it did: in ascending order.
    pub places: &'a [Option<usize>],
}

/// The nearest articles of all that have others than before, or may have. `None` of one whose
/// neighbours are what they were, each of them with the words it had.
pub fn changed_neighbours(vectors: &[Vector], before: Before<'_>) -> Vec<Option<Nearest>> {
    let changes = Changes::of(vectors, before);
    // An edit asks for few of the words, and sorting all of them takes longer than all the rest.
    let mut words = Words::default();
    for (stem, _) in &changes.moved {
        words.add(*stem);
    }
    let is_new = |article: &usize| !changes.same[*article];
    for article in (0..vectors.len()).filter(is_new) {
        words.add_all(&vectors[article]);
    }
    let index = Index::of(vectors, &|stem| words.has(stem));
    let touched: Vec<AtomicBool> = changes
        .same
        .iter()
        .map(|same| AtomicBool::new(!same))
        .collect();
    let touch = |article: usize| touched[article].store(true, Relaxed);
    // A word that comes or goes moves what is within reach of those that have it near there.
    for (stem, article) in &changes.moved {
        for (other, _) in index.within_reach(*stem, *article) {
            touch(*other as usize);
        }
    }
    for (article, place) in before.places.iter().enumerate() {
        let list = place.map(|place| &before.nearest[place].list);
        let mut list = list.into_iter().flatten();
        if list.any(|near| !changes.stayed[near.id.index()]) {
            touch(article);
        }
    }
    // An article with other weights than before may come in where it has enough in common.
    let may_come_in = |article: u32, sum: f32| {
        let article = article as usize;
        if before.places[article].is_some_and(|place| sum >= before.nearest[place].enough) {
            touch(article);
        }
    };
    let scores = || Scores::new(vectors.len());
    let changed = changes.same.par_iter().enumerate();
    let changed: Vec<Option<Nearest>> = changed
        .map_init(scores, |scores, (article, same)| {
            (!same).then(|| index.near(article, vectors, scores, may_come_in))
        })
        .collect();
    // What is touched is compared by all its own words: more than were asked for until now.
    for (article, touched) in touched.iter().enumerate() {
        if touched.load(Relaxed) {
            words.add_all(&vectors[article]);
        }
    }
    let index = Index::of(vectors, &|stem| words.has(stem));
    changed
        .into_par_iter()
        .enumerate()
        .map_init(scores, |scores, (article, changed)| {
            let again = || {
                let touched = touched[article].load(Relaxed);
                touched.then(|| index.near(article, vectors, scores, |_, _| {}))
            };
            changed.or_else(again)
        })
        .collect()
}

/// What is not as it was.
struct Changes {
    /// Whether an article has the words it had, by its number now.
    same: Vec<bool>,
    /// The same, by its number then.
    stayed: Vec<bool>,
    /// Words that an article has lost or got, by the article's number now; those of one that is gone
    /// by the number of the next.
    moved: Vec<(u32, usize)>,
}

impl Changes {
    fn of(vectors: &[Vector], before: Before<'_>) -> Self {
        let mut changes = Self {
            same: vec![false; vectors.len()],
            stayed: vec![false; before.vectors.len()],
            moved: Vec::new(),
        };
        let mut next = 0;
        for (article, place) in before.places.iter().enumerate() {
            let now = &vectors[article];
            let Some(place) = *place else {
                changes.moved(now, None, article);
                continue;
            };
            for gone in &before.vectors[next..place] {
                changes.moved(gone, None, article);
            }
            next = place + 1;
            let then = &before.vectors[place];
            if then.words == now.words {
                changes.same[article] = true;
                changes.stayed[place] = true;
            } else {
                changes.moved(then, Some(now), article);
                changes.moved(now, Some(then), article);
            }
        }
        for gone in &before.vectors[next..] {
            changes.moved(gone, None, vectors.len());
        }
        changes
    }

    /// Notes the words that are in one vector and not in the other.
    fn moved(&mut self, vector: &Vector, other: Option<&Vector>, article: usize) {
        let other = other.map_or(&[][..], |other| &other.words);
        let words = vector.words.iter().map(|word| word.stem);
        let moved =
            words.filter(|stem| other.binary_search_by_key(stem, |word| word.stem).is_err());
        self.moved.extend(moved.map(|stem| (stem, article)));
    }
}

/// Some words, by the lowest bits of their stems: one that isn't among them may seem to be.
struct Words(Vec<bool>);

impl Default for Words {
    fn default() -> Self {
        Self(vec![false; 1 << 16])
    }
}

impl Words {
    fn place(stem: u32) -> usize {
        (stem & 0xffff) as usize
    }

    fn add(&mut self, stem: u32) {
        self.0[Self::place(stem)] = true;
    }

    fn add_all(&mut self, vector: &Vector) {
        for word in &vector.words {
            self.add(word.stem);
        }
    }

    fn has(&self, stem: u32) -> bool {
        self.0[Self::place(stem)]
    }
}

/// Words of articles, by word and then by article. Only what asks for an article all of whose words
/// are in it gets an answer.
struct Index {
    /// An article that has the word, and the word's weight in it.
    postings: Vec<(u32, f32)>,
    /// Each word, and where its postings begin.
    words: Vec<(u32, usize)>,
    /// Where the words of all articles stand among them, in the order of the vectors; of an article
    /// with words that aren't wanted there is nothing to be read here.
    places: Vec<Place>,
    /// Where those of each article begin among these; one more for the end.
    starts: Vec<usize>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    at: u32,
    /// The first and the last posting of the same word that are still looked at from here.
    from: u32,
    to: u32,
}

impl Index {
    /// Of those words of all articles that are wanted.
    fn of(vectors: &[Vector], is_wanted: &dyn Fn(u32) -> bool) -> Self {
        let mut starts = Vec::with_capacity(vectors.len() + 1);
        starts.push(0);
        starts.extend(vectors.iter().scan(0, |sum, vector| {
            *sum += vector.words.len();
            Some(*sum)
        }));
        // One number holds the word and, below it, the article.
        let mut all: Vec<(u64, f32)> = Vec::new();
        for (vector, article) in vectors.iter().zip(0..) {
            let words = vector.words.iter().filter(|word| is_wanted(word.stem));
            all.extend(words.map(|word| (joined(word.stem, article), word.weight)));
        }
        all.par_sort_unstable_by_key(|(word, _)| *word);
        let mut next = starts.clone();
        let mut index = Self {
            postings: Vec::with_capacity(all.len()),
            words: Vec::new(),
            places: vec![Place::default(); starts[vectors.len()]],
            starts,
        };
        for same in all.chunk_by(|one, other| one.0 >> 32 == other.0 >> 32) {
            let first = index.postings.len();
            let last = first + same.len() - 1;
            index.words.push((parted(same[0].0).0, first));
            for (at, (word, weight)) in (first..).zip(same) {
                let [at, from, to] = [
                    at,
                    first.max(at.saturating_sub(REACH)),
                    last.min(at + REACH),
                ]
                .map(|place| u32::try_from(place).expect("fewer than 2^32 words are kept"));
                let (_, article) = parted(*word);
                let place = &mut next[article as usize];
                index.places[*place] = Place { at, from, to };
                *place += 1;
                index.postings.push((article, *weight));
            }
        }
        index
    }

    /// The postings of a word that are within reach of an article, or would be if it had the word.
    fn within_reach(&self, stem: u32, article: usize) -> &[(u32, f32)] {
        let at = self.words.partition_point(|(word, _)| *word < stem);
        let Some((_, start)) = self.words.get(at).filter(|(word, _)| *word == stem) else {
            return &[];
        };
        let end = self.words.get(at + 1).map(|(_, next)| *next);
        let all = &self.postings[*start..end.unwrap_or(self.postings.len())];
        let here = all.partition_point(|(other, _)| (*other as usize) < article);
        &all[here.saturating_sub(REACH)..all.len().min(here + REACH + 1)]
    }

    /// The nearest articles of one; `each` hears of every article within reach what the words in
    /// common come to.
    fn near(
        &self,
        article: usize,
        vectors: &[Vector],
        scores: &mut Scores,
        mut each: impl FnMut(u32, f32),
    ) -> Nearest {
        let places = &self.places[self.starts[article]..self.starts[article + 1]];
        for (place, word) in places.iter().zip(&vectors[article].words) {
            let [at, from, to] = [place.at, place.from, place.to].map(|place| place as usize);
            let newer = self.postings[from..at].iter().rev();
            let older = self.postings[at + 1..=to].iter();
            let both = newer.chain(older);
            both.for_each(|(other, weight)| scores.add(*other, weight * word.weight));
        }
        for other in &scores.touched {
            each(*other, scores.sums[*other as usize]);
        }
        let (best, enough) = scores.best();
        let mut list: Vec<Neighbour> = best
            .into_iter()
            .map(|other| Neighbour {
                id: ArticleId::new(other as usize),
                similarity: cosine(&vectors[article], &vectors[other as usize]),
            })
            .collect();
        list.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.id.cmp(&b.id)));
        Nearest { list, enough }
    }
}

/// Sums by article, with a list of those that are not nothing.
struct Scores {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Scores {
    fn new(articles: usize) -> Self {
        Self {
            sums: vec![0.0; articles],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, article: u32, product: f32) {
        let sum = &mut self.sums[article as usize];
        if *sum == 0.0 {
            self.touched.push(article);
        }
        *sum += product;
    }

    /// Those with the greatest sums, in no order, and the least of these sums where there are as
    /// many as are kept; everything is nothing again after that.
    fn best(&mut self) -> (Vec<u32>, f32) {
        let Self { sums, touched } = self;
        // The bits of positive numbers are in the order of the numbers; the greatest sum comes
        // first, and of equal ones the newest article.
        let key = |article: &u32| joined(!sums[*article as usize].to_bits(), *article);
        let mut best: Vec<u64> = touched.iter().map(key).collect();
        if best.len() > KEPT {
            best.select_nth_unstable(KEPT);
            best.truncate(KEPT);
        }
        let last = best.iter().max().filter(|_| best.len() == KEPT);
        let enough = last.map_or(0.0, |last| f32::from_bits(!parted(*last).0));
        for article in touched.drain(..) {
            sums[article as usize] = 0.0;
        }
        (best.into_iter().map(|key| parted(key).1).collect(), enough)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::vector::Weighted;
    use crate::text::near_duplicate::hash;
    use crate::text::resemblance::Sketch;

    /// An article about a few of these many things. Below 100,000 its number says which; above it,
    /// how it has changed since: weighed otherwise, or with another word.
    fn vector(number: u64, words: u32) -> Vector {
        let (change, article) = (number / 100_000, number % 100_000);
        let random = |times: u64| hash(&(article * 8 + times).to_le_bytes());
        let mut stems: Vec<u32> = (0..4)
            .map(|times| u32::try_from(random(times) % u64::from(words)).unwrap())
            .collect();
        if change == 2 {
            stems[0] = (stems[0] + 1) % words;
        }
        stems.sort_unstable();
        stems.dedup();
        let factor = match change {
            1 => 1.5,
            3 => 0.5,
            _ => 1.0,
        };
        let weight = |stem: u32| factor * (0.3 + f32::from(u16::try_from(stem).unwrap()) / 1000.0);
        let words = stems.into_iter().map(|stem| Weighted {
            stem,
            weight: weight(stem),
        });
        Vector {
            words: words.collect(),
            sketch: Sketch::of(&[]),
        }
    }

    type Edit = (&'static str, fn(&mut Vec<u64>));

    #[test]
    fn only_what_an_edit_touches_is_compared_again_and_comes_out_the_same() {
        let numbers: Vec<u64> = (0..2_000).collect();
        let nothing = "nothing";
        let edits: [Edit; 10] = [
            (nothing, |_| {}),
            ("another article", |numbers| numbers[700] = 9_001),
            ("one gone", |numbers| {
                numbers.remove(1_000);
            }),
            ("a new one", |numbers| numbers.insert(40, 9_002)),
            ("one moved", |numbers| {
                let moved = numbers.remove(1_900);
                numbers.insert(3, moved);
            }),
            ("many gone", |numbers| {
                numbers.drain(500..560);
            }),
            ("greater weights", |numbers| numbers[300] += 100_000),
            ("smaller weights", |numbers| numbers[300] += 300_000),
            ("another word", |numbers| numbers[300] += 200_000),
            ("several things", |numbers| {
                numbers[301] += 200_000;
                numbers[302] += 100_000;
                numbers.remove(303);
                numbers.insert(304, 9_003);
                numbers[1_999] += 100_000;
            }),
        ];
        let of = |numbers: &[u64]| -> Vec<Vector> {
            numbers.iter().map(|number| vector(*number, 40)).collect()
        };
        let then = of(&numbers);
        let known = neighbours(&then);
        for (edit, change) in edits {
            let mut now = numbers.clone();
            change(&mut now);
            let mut next = 0;
            let places: Vec<Option<usize>> = now
                .iter()
                .map(|number| {
                    let place = numbers.iter().position(|known| *known == number % 100_000);
                    // One that was moved far up is new where it stands now.
                    let place = place.filter(|place| (next..next + 100).contains(place))?;
                    next = place + 1;
                    Some(place)
                })
                .collect();
            let vectors = of(&now);
            let before = Before {
                vectors: &then,
                nearest: &known,
                places: &places,
            };
            let changed = changed_neighbours(&vectors, before);
            let touched = changed.iter().flatten().count();
            assert!(touched < 1_500, "{edit} touches {touched}");
            assert_eq!(touched == 0, edit == nothing, "{edit}");
            let new_place = |old: ArticleId| places.iter().position(|p| *p == Some(old.index()));
            for (article, wanted) in neighbours(&vectors).into_iter().enumerate() {
                let found = changed[article].clone().unwrap_or_else(|| {
                    let mut same = known[places[article].unwrap()].clone();
                    for near in &mut same.list {
                        near.id = ArticleId::new(new_place(near.id).unwrap());
                    }
                    same
                });
                assert_eq!(found, wanted, "{edit}, article {article}");
            }
        }
    }
}
