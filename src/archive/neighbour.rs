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
    postings: Vec<(u64, u32, f32)>,
    /// Where each word of each article stands among them, in the order of its vector.
    places: Vec<Vec<u32>>,
}

impl Index {
    fn of(vectors: &[Vector]) -> Self {
        let mut postings: Vec<(u64, u32, f32)> = vectors
            .iter()
            .zip(0_u32..)
            .flat_map(|(vector, article)| {
                let words = vector.words.iter();
                words.map(move |word| (word.stem, article, word.weight))
            })
            .collect();
        postings.par_sort_unstable_by_key(|(stem, article, _)| (*stem, *article));
        let mut places: Vec<Vec<u32>> = vectors
            .iter()
            .map(|vector| Vec::with_capacity(vector.words.len()))
            .collect();
        for ((_, article, _), place) in postings.iter().zip(0_u32..) {
            places[*article as usize].push(place);
        }
        Self { postings, places }
    }

    fn near(&self, article: usize, vectors: &[Vector], scores: &mut Scores) -> Vec<Neighbour> {
        // Postings are in the order of the words, and so are the words of a vector.
        for (place, word) in self.places[article].iter().zip(&vectors[article].words) {
            let place = *place as usize;
            let same = |posting: &&(u64, u32, f32)| posting.0 == word.stem;
            let newer = self.postings[..place]
                .iter()
                .rev()
                .take_while(same)
                .take(REACH);
            let older = self.postings[place + 1..]
                .iter()
                .take_while(same)
                .take(REACH);
            for (_, other, weight) in newer.chain(older) {
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
        let sums = &self.sums;
        let order = |a: &u32, b: &u32| {
            let (one, two) = (sums[*a as usize], sums[*b as usize]);
            two.total_cmp(&one).then(a.cmp(b))
        };
        let mut best = self.touched.clone();
        if best.len() > KEPT {
            best.select_nth_unstable_by(KEPT, order);
            best.truncate(KEPT);
        }
        for article in self.touched.drain(..) {
            self.sums[article as usize] = 0.0;
        }
        best
    }
}
