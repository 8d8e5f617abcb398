//! Texts that are nearly the same, found among many without comparing each with each: only those
//! that share a band of their sketches are compared ([`super::resemblance`]). So the work grows with
//! the number of texts, not with its square, and of each text less than half a kilobyte is kept.

use std::collections::HashMap;

use super::resemblance::{BANDS, SHINGLE, Sketch, mix};
use super::words::is_unspaced;

/// Texts with fewer shingles are alike by chance.
const FEWEST: usize = 24;

/// A text, reduced to what tells how much it is like others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    pub sketch: Sketch,
    /// Of all of its words in their order: equal for texts that differ in marks and spaces only.
    pub exact: u64,
    /// How many words it has (each ideograph is one).
    pub words: usize,
}

impl Signature {
    /// `None` where the text is too short.
    pub fn of(text: &str) -> Option<Self> {
        let words: Vec<u64> = tokens(text).map(|word| hash(word.as_bytes())).collect();
        (words.len() >= FEWEST + SHINGLE).then(|| Self {
            sketch: Sketch::of(&words),
            exact: words.iter().fold(0, |all, word| mix(all ^ word)),
            words: words.len(),
        })
    }
}

/// Sketches of texts with what they stand for.
#[derive(Debug)]
pub struct Index<T> {
    /// By band: the last text with a key.
    last: [HashMap<u32, u32>; BANDS],
    /// By text and band: the text before it with the same key.
    before: Vec<[u32; BANDS]>,
    texts: Vec<(Sketch, T)>,
}

/// No text.
const NONE: u32 = u32::MAX;

impl<T> Default for Index<T> {
    fn default() -> Self {
        Self {
            last: std::array::from_fn(|_| HashMap::new()),
            before: Vec::new(),
            texts: Vec::new(),
        }
    }
}

impl<T> Index<T> {
    pub fn insert(&mut self, sketch: Sketch, text: T) {
        let id = u32::try_from(self.texts.len()).expect("an archive has fewer than 2^32 texts");
        let mut before = [NONE; BANDS];
        for (band, key) in sketch.bands().into_iter().enumerate() {
            if let Some(last) = key.and_then(|key| self.last[band].insert(key, id)) {
                before[band] = last;
            }
        }
        self.before.push(before);
        self.texts.push((sketch, text));
    }

    /// The text most like this one, with their resemblance, if that is at least `enough`; the
    /// earlier of two that are equally near.
    pub fn nearest(&self, sketch: &Sketch, enough: f32) -> Option<(f32, &T)> {
        /// Of a band that more texts share (a notice under every article) only the last count.
        const CROWD: usize = 200;
        let mut candidates: Vec<u32> = Vec::new();
        for (band, key) in sketch.bands().into_iter().enumerate() {
            let last = key.and_then(|key| self.last[band].get(&key)).copied();
            let chain = std::iter::successors(last, |id| {
                Some(self.before[*id as usize][band]).filter(|before| *before != NONE)
            });
            candidates.extend(chain.take(CROWD));
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates
            .into_iter()
            .map(|id| &self.texts[id as usize])
            .map(|(other, text)| (sketch.resemblance(other), text))
            .filter(|(resemblance, _)| *resemblance >= enough)
            .rev()
            .max_by(|(one, _), (two, _)| one.total_cmp(two))
    }
}

/// FNV-1a, 64 bits, mixed: the same on every machine and in every version.
pub fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |all, byte| {
        (all ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mix(fnv)
}

/// The words of a text in lower case, without marks; every ideograph is one.
pub fn tokens(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = rest.chars().next()?;
        let end = if is_unspaced(first) {
            first.len_utf8()
        } else {
            rest.find(|c: char| !c.is_alphanumeric() || is_unspaced(c))
                .unwrap_or(rest.len())
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word.to_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(seed: u64, words: usize) -> Vec<String> {
        let mut value = seed;
        (0..words)
            .map(|_| {
                value = mix(value);
                format!("w{}", value % 5_000)
            })
            .collect()
    }

    fn signature(words: &[String]) -> Signature {
        Signature::of(&words.join(" ")).unwrap()
    }

    #[test]
    fn a_reprint_is_found_among_many() {
        let mut index = Index::default();
        for seed in 0..2_000 {
            index.insert(signature(&story(seed, 300)).sketch, seed);
        }
        let mut reprint = story(1_234, 300);
        reprint.insert(0, "reprinted".to_owned());
        reprint[100] = "changed".to_owned();
        reprint.truncate(290);
        let (resemblance, found) = index.nearest(&signature(&reprint).sketch, 0.7).unwrap();
        assert_eq!(*found, 1_234);
        assert!(resemblance > 0.8, "{resemblance}");
        let other = signature(&story(9_999, 300)).sketch;
        assert!(index.nearest(&other, 0.5).is_none());
    }

    #[test]
    fn most_reprints_are_found_whatever_their_length() {
        let mut index = Index::default();
        let length = |seed: u64| if seed.is_multiple_of(2) { 40 } else { 400 };
        for seed in 0..1_000 {
            index.insert(signature(&story(seed, length(seed))).sketch, seed);
        }
        let found = (0..1_000).filter(|&seed| {
            let mut words = story(seed, length(seed));
            let middle = words.len() / 2;
            words[middle] = "changed".to_owned();
            let nearest = index.nearest(&signature(&words).sketch, 0.5);
            nearest.is_some_and(|(_, found)| *found == seed)
        });
        let found = found.count();
        assert!(found > 980, "{found} of 1000");
    }

    #[test]
    fn marks_and_spaces_make_no_difference() {
        let words = story(1, 100);
        let plain = signature(&words);
        let marked = Signature::of(&words.join(",  **")).unwrap();
        assert_eq!(plain, marked);
    }

    #[test]
    fn every_ideograph_is_a_word() {
        let words: Vec<_> = tokens("한국과 中国 Talks-2").collect();
        assert_eq!(words, ["한국과", "中", "国", "talks", "2"]);
        assert_eq!(Signature::of("short"), None);
    }
}
