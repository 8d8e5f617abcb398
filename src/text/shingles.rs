//! Whether two texts are nearly the same: a wire story as two newspapers print it.

use serde::{Deserialize, Serialize};

/// Words in a shingle.
const WORDS: usize = 4;
/// Shingles that stand for a text.
const KEPT: usize = 32;

/// The smallest hashes of a text's shingles (Broder, On the resemblance and containment of
/// documents, 1997).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// Of a text by the hashes of its words, in order.
    pub fn of(words: &[u64]) -> Self {
        let mut hashes: Vec<u32> = words
            .windows(WORDS)
            .map(|shingle| {
                let mixed = shingle.iter().fold(0_u64, |hash, word| {
                    (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
                });
                // The upper half is the well-mixed one.
                u32::try_from(mixed >> 32).unwrap_or_default()
            })
            .collect();
        if hashes.len() > KEPT {
            hashes.select_nth_unstable(KEPT);
            hashes.truncate(KEPT);
        }
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// Whether one text is a copy of the other: an estimated half of all shingles, or more, is in
    /// both. Two empty texts are none.
    pub fn is_copy(&self, other: &Self) -> bool {
        let (one, two) = (&self.0, &other.0);
        let (mut at, mut there, mut shared, mut alone) = (0, 0, 0, 0);
        // As soon as more than half of all that are looked at stand alone, the answer is known.
        while at + there - shared < KEPT && alone <= KEPT / 2 {
            let (in_one, in_two) = match (one.get(at), two.get(there)) {
                (Some(a), Some(b)) => (a <= b, b <= a),
                (Some(_), None) => (true, false),
                (None, Some(_)) => (false, true),
                (None, None) => break,
            };
            at += usize::from(in_one);
            there += usize::from(in_two);
            shared += usize::from(in_one && in_two);
            alone += usize::from(in_one != in_two);
        }
        shared > 0 && shared >= alone
    }
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
        assert!(sketch(original).is_copy(&sketch(&reprint)));
        assert!(sketch(original).is_copy(&sketch(original)));
        assert!(!sketch(original).is_copy(&sketch(other)));
        assert!(!sketch(original).is_copy(&sketch("")));
        assert!(!sketch("").is_copy(&sketch("")));
    }
}
