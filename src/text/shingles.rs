//! Whether two texts are nearly the same: a wire story as two newspapers print it.

/// Words in a shingle.
const WORDS: usize = 4;
/// Shingles that stand for a text.
const KEPT: usize = 32;

/// The smallest hashes of a text's shingles (Broder, On the resemblance and containment of
/// documents, 1997).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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

    /// Estimated share of shingles that both texts have, 0 to 1.
    pub fn resemblance(&self, other: &Self) -> f32 {
        let (mut one, mut two) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut seen, mut shared) = (0_u16, 0_u16);
        while usize::from(seen) < KEPT {
            match (one.peek(), two.peek()) {
                (Some(a), Some(b)) if a == b => {
                    shared += 1;
                    one.next();
                    two.next();
                }
                (Some(a), Some(b)) if a < b => drop(one.next()),
                (_, Some(_)) => drop(two.next()),
                (Some(_), None) => drop(one.next()),
                (None, None) => break,
            }
            seen += 1;
        }
        f32::from(shared) / f32::from(seen.max(1))
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
        assert!(sketch(original).resemblance(&sketch(&reprint)) > 0.6);
        assert!(sketch(original).resemblance(&sketch(other)) < 0.1);
        assert!(sketch("").resemblance(&sketch("")) < 0.1);
    }
}
