//! Which articles are about the same things.
//!
//! An inverted index over the most telling words of each article. A word that very many share is
//! looked up only near the article in time, so that the work grows with the number of articles
//! and not with its square. What is found that way is then compared in full.

use rayon::prelude::*;

use super::ids::ArticleId;
use super::vector::{Vector, cosine};

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

/// The nearest articles of each, nearest first; equally near ones newest first.
pub fn neighbours(vectors: &[Vector]) -> Vec<Vec<Neighbour>> {
    let index = Index::of(vectors);
    (0..vectors.len())
        .into_par_iter()
        .map_init(
            || Scores::new(vectors.len()),
            |scores, article| index.near(article, vectors, scores),
        )
        .collect()
}

/// Every word of every article, by word and then by article.
struct Index {
    /// An article that has the word, and the word's weight in it.
    postings: Vec<(u32, f32)>,
    /// Where each word of each article stands among them, in the order of its vector.
    places: Vec<Vec<Place>>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    at: u32,
    /// The first and the last posting of the same word that are still looked at from here.
    from: u32,
    to: u32,
}

impl Index {
    fn of(vectors: &[Vector]) -> Self {
        let mut words: Vec<(u32, u32, f32)> = vectors
            .iter()
            .zip(0_u32..)
            .flat_map(|(vector, article)| {
                let words = vector.words.iter();
                words.map(move |word| (word.stem, article, word.weight))
            })
            .collect();
        words.par_sort_unstable_by_key(|(stem, article, _)| (*stem, *article));
        let mut places: Vec<Vec<Place>> = vectors
            .iter()
            .map(|vector| Vec::with_capacity(vector.words.len()))
            .collect();
        let mut first = 0;
        for same in words.chunk_by(|one, other| one.0 == other.0) {
            let last = first + same.len() - 1;
            for (at, (_, article, _)) in (first..).zip(same) {
                let [at, from, to] = [
                    at,
                    first.max(at.saturating_sub(REACH)),
                    last.min(at + REACH),
                ]
                .map(|place| u32::try_from(place).expect("fewer than 2^32 words are kept"));
                places[*article as usize].push(Place { at, from, to });
            }
            first = last + 1;
        }
        let postings = words
            .into_iter()
            .map(|(_, article, weight)| (article, weight));
        Self {
            postings: postings.collect(),
            places,
        }
    }

    fn near(&self, article: usize, vectors: &[Vector], scores: &mut Scores) -> Vec<Neighbour> {
        // Postings are in the order of the words, and so are the words of a vector.
        for (place, word) in self.places[article].iter().zip(&vectors[article].words) {
            let [at, from, to] = [place.at, place.from, place.to].map(|place| place as usize);
            let newer = self.postings[from..at].iter().rev();
            let older = self.postings[at + 1..=to].iter();
            for (other, weight) in newer.chain(older) {
                scores.add(*other, weight * word.weight);
            }
        }
        let mut best: Vec<Neighbour> = scores
            .best()
            .into_iter()
            .map(|other| Neighbour {
                id: ArticleId::new(other as usize),
                similarity: cosine(&vectors[article], &vectors[other as usize]),
            })
            .collect();
        best.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.id.cmp(&b.id)));
        best
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

    /// Those with the greatest sums, in no order; everything is nothing again after that.
    fn best(&mut self) -> Vec<u32> {
        let Self { sums, touched } = self;
        // The bits of positive numbers are in the order of the numbers; the greatest sum comes
        // first, and of equal ones the newest article.
        let key = |article: &u32| {
            let sum = !sums[*article as usize].to_bits();
            (u64::from(sum) << 32) | u64::from(*article)
        };
        let mut best: Vec<u64> = touched.iter().map(key).collect();
        if best.len() > KEPT {
            best.select_nth_unstable(KEPT);
            best.truncate(KEPT);
        }
        for article in touched.drain(..) {
            sums[article as usize] = 0.0;
        }
        best.into_iter()
            .map(|key| u32::try_from(key & u64::from(u32::MAX)).unwrap_or_default())
            .collect()
    }
}
