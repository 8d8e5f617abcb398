//! What each article is about: its most telling words, weighted.
//!
//! Weights are tf-idf (Salton and Buckley 1988). How rare a word is changes smoothly, adds only
//! so much to what every word counts for, and is measured against a round number of articles: an
//! article more changes similarities so little that what is nearest stays nearest, and pages that
//! have nothing to do with it stay as they are.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::ids::TermId;
use crate::content::article::{Article, Body};
use crate::content::fixed::{self, Fixed, joined, parted};
use crate::content::kept::{Aspect, Kept};
use crate::content::markdown::prose::Place;
use crate::text::resemblance::Sketch;
use crate::text::stems::{hash, stems};

/// Words that stand for an article.
const KEPT: usize = 28;
/// A word of the title counts as often as this in the body; so does a term.
const TITLE: u16 = 3;
const TERM: u16 = 2;
/// Counters of how many articles have a word: words share one when their hashes meet.
const COUNTERS: usize = 1 << 21;
/// Bytes of a body that are read: the beginning says what a long text is about.
const READ: usize = 12_000;

/// A word by its hash, and its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    pub stem: u32,
    pub weight: f32,
}

impl Fixed<8> for Weighted {
    fn number(self) -> u64 {
        joined(self.stem, self.weight.to_bits())
    }

    fn of_number(number: u64) -> Self {
        let (stem, weight) = parted(number);
        Self {
            stem,
            weight: f32::from_bits(weight),
        }
    }
}

/// What one article is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vector {
    /// By stem; together of length 1.
    #[serde(with = "fixed")]
    pub words: Vec<Weighted>,
    pub sketch: Sketch,
}

/// The stems of a text, each with how often it stands there, and its sketch.
#[derive(Debug, Serialize, Deserialize)]
struct Counted {
    /// By stem.
    #[serde(with = "fixed")]
    stems: Vec<(u32, u16)>,
    sketch: Sketch,
}

impl Fixed<6> for (u32, u16) {
    fn number(self) -> u64 {
        let (stem, times) = self;
        u64::from(times) << 32 | u64::from(stem)
    }

    fn of_number(number: u64) -> Self {
        let (times, stem) = parted(number);
        (stem, u16::try_from(times).unwrap_or(u16::MAX))
    }
}

impl Counted {
    fn add(&mut self, stem: u64, times: u16) {
        let stem = short(stem);
        match self.stems.binary_search_by_key(&stem, |(known, _)| *known) {
            Ok(at) => self.stems[at].1 = self.stems[at].1.saturating_add(times),
            Err(at) => self.stems.insert(at, (stem, times)),
        }
    }
}

/// Half of a hash: two words of one archive rarely share it, and a slip makes an article a little
/// more like another.
fn short(stem: u64) -> u32 {
    u32::try_from(stem >> 32).unwrap_or_default()
}

/// How many articles have each word, at some time.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Spread {
    articles: usize,
    /// Counters that are not nothing, by their numbers.
    #[serde(with = "fixed")]
    counts: Vec<(u32, u32)>,
}

impl Fixed<8> for (u32, u32) {
    fn number(self) -> u64 {
        joined(self.0, self.1)
    }

    fn of_number(number: u64) -> Self {
        parted(number)
    }
}

impl Spread {
    fn of(counters: &[AtomicU32], articles: usize) -> Self {
        let counts = (0..).zip(counters);
        let counts = counts.map(|(number, counter)| (number, counter.load(Ordering::Relaxed)));
        Self {
            articles,
            counts: counts.filter(|(_, count)| *count > 0).collect(),
        }
    }

    /// Whether words of each counter weigh otherwise than at another time; `None` if all may.
    fn moved(&self, then: &Self, scale: &Scale) -> Option<Vec<bool>> {
        if Scale::size(self.articles) != Scale::size(then.articles) {
            return None;
        }
        let mut moved = vec![false; COUNTERS];
        let mut before = then.counts.iter().peekable();
        let mut note = |counter: u32, then: u32, now: u32| {
            let place = moved.get_mut(counter as usize);
            if let Some(place) =
                place.filter(|_| scale.rarity(then).to_bits() != scale.rarity(now).to_bits())
            {
                *place = true;
            }
        };
        for (counter, now) in &self.counts {
            while let Some((gone, then)) = before.next_if(|(number, _)| number < counter) {
                note(*gone, *then, 0);
            }
            let then = before.next_if(|(number, _)| number == counter);
            note(*counter, then.map_or(0, |(_, then)| *then), *now);
        }
        for (gone, then) in before {
            note(*gone, *then, 0);
        }
        Some(moved)
    }
}

/// The vectors of all articles, by their ids, with how many have each word. What was `kept` of a
/// body's words isn't counted again; and of articles that are what they were at another `time`, only
/// those are weighed again that have a word which counts for more now, or for less.
pub fn vectors(
    entries: &[Entry],
    terms_of: &[Vec<TermId>],
    term_keys: &[u64],
    kept: &Kept,
    time: Option<Time<'_>>,
) -> (Vec<Vector>, Spread) {
    let counters: Vec<AtomicU32> = (0..COUNTERS).map(|_| AtomicU32::new(0)).collect();
    let counted: Vec<Counted> = entries
        .par_iter()
        .zip(terms_of)
        .map_init(Vec::new, |buffer, (entry, terms)| {
            let keys = terms.iter().map(|term| term_keys[term.index()]);
            let body = &entry.article.body;
            let words = kept.value(body.hash, Aspect::Words, || words(body, buffer));
            let counted = count(&entry.article, keys, words);
            for (stem, _) in &counted.stems {
                counters[counter(*stem)].fetch_add(1, Ordering::Relaxed);
            }
            counted
        })
        .collect();
    let scale = Scale::of(entries.len());
    let spread = Spread::of(&counters, entries.len());
    let moved = time.and_then(|time| spread.moved(time.spread, &scale));
    let known = |article: usize, counted: &Counted| {
        let (time, moved) = (time?, moved.as_ref()?);
        let vector = &time.vectors[time.same[article]?];
        let mut words = counted.stems.iter();
        (!words.any(|(stem, _)| moved[counter(*stem)])).then(|| vector.clone())
    };
    let vectors = counted
        .into_par_iter()
        .enumerate()
        .map(|(article, counted)| {
            known(article, &counted).unwrap_or_else(|| weigh(counted, &counters, &scale))
        });
    (vectors.collect(), spread)
}

/// What articles were about at another time.
#[derive(Debug, Clone, Copy)]
pub struct Time<'a> {
    pub spread: &'a Spread,
    pub vectors: &'a [Vector],
    /// Where the vector of each article of now stood, if the article said the same.
    pub same: &'a [Option<usize>],
}

fn counter(stem: u32) -> usize {
    usize::try_from(stem).unwrap_or_default() % COUNTERS
}

/// The words of a body alone.
fn words(body: &Body, buffer: &mut Vec<u64>) -> Counted {
    buffer.clear();
    let markdown = body.markdown();
    for piece in body.outline.prose.pieces() {
        let range = piece.range();
        if range.start > READ {
            break;
        }
        // What stands in `[[name]]` is an address, not a word.
        if piece.place != Place::LinkName {
            stems(&markdown[range], |stem| buffer.push(stem));
        }
    }
    let sketch = Sketch::of(buffer);
    let mut stems: Vec<u32> = buffer.iter().map(|stem| short(*stem)).collect();
    stems.sort_unstable();
    let stems = stems
        .chunk_by(|one, other| one == other)
        .map(|same| (same[0], u16::try_from(same.len()).unwrap_or(u16::MAX)))
        .collect();
    Counted { stems, sketch }
}

/// The words of a body, with what front matter says beside them.
fn count(article: &Article, terms: impl Iterator<Item = u64>, body: Counted) -> Counted {
    let mut counted = body;
    let front = &article.front;
    stems(&front.title, |stem| counted.add(stem, TITLE));
    for text in front.subtitle.iter().chain(&front.keywords) {
        stems(text, |stem| counted.add(stem, 1));
    }
    for term in terms {
        counted.add(term, TERM);
    }
    counted
}

/// What a term counts as, beside the words of the text.
pub fn term_key(taxonomy: &str, slug: &str) -> u64 {
    hash(format!("{taxonomy}/{slug}").as_bytes())
}

/// How much a word says, by the number of articles that have it and by how often it stands in one.
/// Both are few numbers, and very many words ask for them.
struct Scale {
    /// By the number of articles with the word: nothing for one that more than every fourth has,
    /// and for one that stands nowhere else.
    rarity: Vec<f32>,
    /// By how often it stands in the article.
    often: Vec<f32>,
}

/// Below this many articles, how rare a word is says nothing more about it.
const RAREST: u32 = 8;
/// What every word counts for, in binary logarithms of rarity.
const EVERY_WORD: f32 = 4.0;

impl Scale {
    fn of(articles: usize) -> Self {
        let articles = Self::size(articles);
        let rarity = |with_word: u32| {
            if with_word < 2 {
                return 0.0;
            }
            #[expect(clippy::cast_precision_loss, reason = "a logarithm of it is taken")]
            let ratio = articles as f32 / with_word.max(RAREST) as f32;
            EVERY_WORD + ratio.log2()
        };
        Self {
            rarity: (0..=articles / 4).map(rarity).collect(),
            often: (0..=u8::MAX).map(|times| often(u16::from(times))).collect(),
        }
    }

    /// The number of articles, rounded up to a power of two, so that it rarely changes.
    fn size(articles: usize) -> u32 {
        u32::try_from(articles.next_power_of_two()).unwrap_or(u32::MAX)
    }

    fn rarity(&self, with_word: u32) -> f32 {
        let known = self.rarity.get(with_word as usize);
        known.copied().unwrap_or(0.0)
    }

    fn weight(&self, with_word: u32, times: u16) -> f32 {
        let known = self.often.get(usize::from(times)).copied();
        known.unwrap_or_else(|| often(times)) * self.rarity(with_word)
    }
}

fn often(times: u16) -> f32 {
    1.0 + f32::from(times).ln()
}

fn weigh(counted: Counted, counters: &[AtomicU32], scale: &Scale) -> Vector {
    let Counted { stems, sketch } = counted;
    let mut words: Vec<Weighted> = stems
        .into_iter()
        .map(|(stem, count)| {
            let with_word = counters[counter(stem)].load(Ordering::Relaxed);
            Weighted {
                stem,
                weight: scale.weight(with_word, count),
            }
        })
        .filter(|word| word.weight > 0.0)
        .collect();
    let order =
        |a: &Weighted, b: &Weighted| b.weight.total_cmp(&a.weight).then(a.stem.cmp(&b.stem));
    if words.len() > KEPT {
        words.select_nth_unstable_by(KEPT, order);
        words.truncate(KEPT);
    }
    words.sort_unstable_by_key(|word| word.stem);
    let length = words
        .iter()
        .map(|word| word.weight.powi(2))
        .sum::<f32>()
        .sqrt();
    for word in &mut words {
        word.weight /= length.max(f32::MIN_POSITIVE);
    }
    Vector { words, sketch }
}

/// The cosine of two vectors, 0 to 1.
pub fn cosine(one: &Vector, two: &Vector) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(a), Some(b)) = (one.words.get(i), two.words.get(j)) {
        match a.stem.cmp(&b.stem) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a.weight * b.weight;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}
