//! How much two texts are the same: a wire story as two newspapers print it.
//!
//! A text is a set of shingles, stretches of four words, and two texts resemble each other by the
//! share of shingles that both have (Broder, "On the resemblance and containment of documents",
//! 1997). A sketch of 64 bytes stands for the set. Shingles fall into its bins by their hash, and
//! each bin keeps a byte of the smallest hash in it: bins agree between two texts as often as their
//! shingles do (one permutation hashing: Li, Owen, Zhang 2012; b-bit `MinHash`: Li, König 2010).

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Words in a shingle.
pub const SHINGLE: usize = 4;
const BINS: usize = 64;
/// No shingle fell into a bin.
const EMPTY: u8 = 0;
/// Bins in a band. Texts that resemble each other by 80 % have all bins of some band in common but
/// two times in ten thousand; by 50 %, a third of the times they have not.
const ROWS: usize = 4;
/// Bands in a sketch.
pub const BANDS: usize = BINS / ROWS;

/// What stands for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sketch([u8; BINS]);

impl Sketch {
    /// Of a text by the hashes of its words, in order.
    pub fn of(words: &[u64]) -> Self {
        let mut least = [u32::MAX; BINS];
        let mut bytes = [EMPTY; BINS];
        for shingle in words.windows(SHINGLE) {
            let hash = shingle.iter().fold(SEED, |all, word| mix(all ^ word));
            // The bin, the order in it, and the byte kept, each from bits of its own.
            let bin = usize::try_from(hash >> 58).unwrap_or_default();
            let order = u32::try_from(hash & 0xffff_ffff).unwrap_or_default();
            if order < least[bin] {
                least[bin] = order;
                let kept = (hash >> 40) % 255 + 1;
                bytes[bin] = u8::try_from(kept).unwrap_or(1);
            }
        }
        Self(bytes)
    }

    /// An estimate of the share of shingles that two texts have in common, 0 to 1; its standard
    /// error is 0.06 at most, more for texts of less than a hundred words.
    pub fn resemblance(&self, other: &Self) -> f32 {
        /// How often two different shingles keep the same byte.
        const CHANCE: f32 = 1.0 / 255.0;
        let (mut filled, mut same) = (0_u8, 0_u8);
        for (one, two) in self.0.iter().zip(&other.0) {
            filled += u8::from(*one != EMPTY || *two != EMPTY);
            same += u8::from(*one != EMPTY && one == two);
        }
        let share = f32::from(same) / f32::from(filled.max(1));
        ((share - CHANCE) / (1.0 - CHANCE)).max(0.0)
    }

    /// Whether one text is a copy of the other: an estimated half of all shingles, or more, is in
    /// both. Two empty texts are none.
    pub fn is_copy(&self, other: &Self) -> bool {
        self.resemblance(other) >= 0.5
    }

    /// Keys of which texts that resemble each other have at least one in common
    /// (locality-sensitive hashing); none for a band without a shingle.
    pub fn bands(&self) -> [Option<u32>; BANDS] {
        std::array::from_fn(|band| {
            let rows = &self.0[band * ROWS..(band + 1) * ROWS];
            let key = rows
                .iter()
                .fold(0, |key: u32, row| key << 8 | u32::from(*row));
            (key != 0).then_some(key)
        })
    }
}

impl Serialize for Sketch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Sketch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        bytes.try_into().map(Self).map_err(D::Error::custom)
    }
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of `SplitMix64` (Steele, Lea, Flood 2014): every bit depends on every other.
pub fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(SEED);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::stems::stems;

    fn sketch(text: &str) -> Sketch {
        let mut words = Vec::new();
        stems(text, |stem| words.push(stem));
        Sketch::of(&words)
    }

    #[test]
    fn a_reprint_resembles_its_original_and_another_report_does_not() {
        let original = "The harbour board met on Monday and put off its vote on the new ferry \
                        line until the spring, saying that the dredging must be paid for first \
                        and that nobody had yet offered to pay for it in full or in part";
        let reprint = original.replace("on Monday", "on Monday in closed session");
        let other = "Ferry passengers must wait: the board of the harbour has postponed the \
                     decision about a further line, because the money for dredging is missing \
                     and neither the city nor the operators want to give any this year at all";
        assert!(sketch(original).resemblance(&sketch(&reprint)) > 0.6);
        assert!(sketch(original).resemblance(&sketch(other)) < 0.1);
        assert!(sketch(original).is_copy(&sketch(&reprint)));
        assert!(!sketch(original).is_copy(&sketch(other)));
        assert!(!sketch("").is_copy(&sketch("")));
    }

    #[test]
    fn the_estimate_is_near_the_truth() {
        let text = |from: u64| -> Vec<u64> { (from..from + 2_000).map(mix).collect() };
        let one = text(0);
        for shift in [0, 200, 500, 1_000, 5_000] {
            let shared = 2_000_u64.saturating_sub(shift + 3);
            #[expect(clippy::cast_precision_loss, reason = "small counts")]
            let truth = shared as f32 / (3_994 - shared) as f32;
            let found = Sketch::of(&one).resemblance(&Sketch::of(&text(shift)));
            assert!((found - truth).abs() < 0.15, "{shift}: {found} for {truth}");
        }
    }
}
