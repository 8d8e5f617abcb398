//! Texts that are nearly the same, found among many without comparing each with each.
//!
//! A text is a set of shingles, stretches of four words. Broder's `MinHash` ("On the resemblance and
//! containment of documents", 1997) makes of it a few numbers that agree between two texts as
//! often as their shingles do. Cut into bands, they are keys: texts that share one are candidates
//! (locality-sensitive hashing). So the work grows with the number of texts, not with its square.

use std::collections::HashMap;

use super::words::is_unspaced;

const HASHES: usize = 64;
const ROWS: usize = 4;
const BANDS: usize = HASHES / ROWS;
const SHINGLE: usize = 4;

/// Texts with fewer shingles are alike by chance.
const FEWEST: usize = 24;

/// A text, reduced to what tells how much it is like others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    least: [u32; HASHES],
    /// Of all of its words in their order: equal for texts that differ in marks and spaces only.
    pub exact: u64,
    /// How many words it has (each ideograph is one).
    pub words: usize,
}

impl Signature {
    /// `None` where the text is too short.
    pub fn of(text: &str) -> Option<Self> {
        let words: Vec<u64> = tokens(text).map(|word| hash(word.as_bytes())).collect();
        if words.len() < FEWEST + SHINGLE {
            return None;
        }
        let mut least = [u32::MAX; HASHES];
        for shingle in words.windows(SHINGLE) {
            let whole = shingle.iter().fold(SEED, |all, word| mix(all ^ word));
            let mut value = whole;
            for slot in &mut least {
                value = mix(value);
                // The upper half of a mixed value is as random as all of it.
                *slot = (*slot).min((value >> 32) as u32);
            }
        }
        Some(Self {
            least,
            exact: words.iter().fold(SEED, |all, word| mix(all ^ word)),
            words: words.len(),
        })
    }

    /// An estimate of the share of shingles that two texts have in common, in per cent; its
    /// standard error is 6 at most.
    pub fn resemblance(&self, other: &Self) -> u32 {
        let pairs = self.least.iter().zip(&other.least);
        let same: u32 = pairs.map(|(a, b)| u32::from(a == b)).sum();
        same * 100 / 64
    }

    fn bands(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        self.least.chunks(ROWS).enumerate().map(|(band, rows)| {
            let key = rows
                .iter()
                .fold(SEED, |all, row| mix(all ^ u64::from(*row)));
            (band, key)
        })
    }
}

/// Signatures with what they stand for.
#[derive(Debug)]
pub struct Index<T> {
    bands: [HashMap<u64, Vec<u32>>; BANDS],
    texts: Vec<(Signature, T)>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Self {
            bands: std::array::from_fn(|_| HashMap::new()),
            texts: Vec::new(),
        }
    }
}

impl<T> Index<T> {
    pub fn insert(&mut self, signature: Signature, text: T) {
        let id = u32::try_from(self.texts.len()).expect("an archive has fewer than 2^32 texts");
        for (band, key) in signature.bands() {
            self.bands[band].entry(key).or_default().push(id);
        }
        self.texts.push((signature, text));
    }

    /// The text most like this one, with their resemblance, if that is at least `enough`.
    ///
    /// Of a text that resembles by 80 %, two in ten thousand are missed; by 50 %, a third.
    pub fn nearest(&self, signature: &Signature, enough: u32) -> Option<(u32, &Signature, &T)> {
        /// A band that so many texts share says nothing (a notice under every article).
        const CROWD: usize = 200;
        let mut candidates: Vec<u32> = signature
            .bands()
            .filter_map(|(band, key)| self.bands[band].get(&key))
            .filter(|ids| ids.len() <= CROWD)
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
            .into_iter()
            .map(|id| &self.texts[id as usize])
            .map(|(other, text)| (signature.resemblance(other), other, text))
            .filter(|(resemblance, ..)| *resemblance >= enough)
            // The earlier of two that are equally near.
            .rev()
            .max_by_key(|(resemblance, ..)| *resemblance)
    }
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of `SplitMix64` (Steele, Lea, Flood 2014): every bit depends on every other.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(SEED);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
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
            index.insert(signature(&story(seed, 300)), seed);
        }
        let mut reprint = story(1_234, 300);
        reprint.insert(0, "reprinted".to_owned());
        reprint[100] = "changed".to_owned();
        reprint.truncate(290);
        let (resemblance, _, found) = index.nearest(&signature(&reprint), 70).unwrap();
        assert_eq!(*found, 1_234);
        assert!(resemblance > 80, "{resemblance}");
        assert!(index.nearest(&signature(&story(9_999, 300)), 50).is_none());
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
