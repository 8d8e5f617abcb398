//! Which of many names look like a given one, without comparing it with each.
//!
//! Names that look alike share most of their trigrams, stretches of three characters (Ukkonen,
//! "Approximate string-matching with q-grams and maximal matches", 1992). An index from trigram to
//! names finds those few among a hundred thousand; what is found is then worth an exact comparison.

use std::collections::HashMap;

/// Names by their trigrams.
#[derive(Debug)]
pub struct TrigramIndex {
    /// Sorted, each once, with the number of its trigrams.
    names: Vec<(String, usize)>,
    postings: HashMap<[char; 3], Vec<u32>>,
}

/// Names that are handed out for one that is looked up.
const ALIKE: usize = 48;

impl TrigramIndex {
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        names.dedup();
        let mut postings: HashMap<[char; 3], Vec<u32>> = HashMap::new();
        let names = (0..)
            .zip(names)
            .map(|(number, name)| {
                let trigrams = trigrams(name);
                for trigram in &trigrams {
                    postings.entry(*trigram).or_default().push(number);
                }
                (name.to_owned(), trigrams.len())
            })
            .collect();
        Self { names, postings }
    }

    /// The names that share most with `wanted`, the most alike first.
    pub fn like(&self, wanted: &str) -> impl Iterator<Item = &str> {
        let trigrams = trigrams(wanted);
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for trigram in &trigrams {
            for number in self.postings.get(trigram).into_iter().flatten() {
                *shared.entry(*number).or_default() += 1;
            }
        }
        // Dice's coefficient, in thousandths.
        let mut alike: Vec<(usize, u32)> = shared
            .into_iter()
            .map(|(number, shared)| {
                let both = trigrams.len() + self.names[number as usize].1;
                (2_000 * shared / both, number)
            })
            .collect();
        alike.sort_unstable_by_key(|(dice, number)| (std::cmp::Reverse(*dice), *number));
        alike.truncate(ALIKE);
        alike
            .into_iter()
            .map(|(_, number)| &*self.names[number as usize].0)
    }
}

/// The trigrams of a name in small letters, each once. The beginning counts for more: it stands
/// behind two spaces.
fn trigrams(name: &str) -> Vec<[char; 3]> {
    let padded: Vec<char> = [' ', ' ']
        .into_iter()
        .chain(name.chars().flat_map(char::to_lowercase))
        .chain([' '])
        .collect();
    let mut trigrams: Vec<[char; 3]> = padded
        .windows(3)
        .map(|three| [three[0], three[1], three[2]])
        .collect();
    trigrams.sort_unstable();
    trigrams.dedup();
    trigrams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_comes_first_and_what_shares_nothing_does_not_come() {
        let names = [
            "sodium-ion-batteries",
            "solid-state-batteries",
            "quad-dialogue",
            "한국은행",
        ];
        let index = TrigramIndex::of(names);
        let like = |wanted| index.like(wanted).collect::<Vec<_>>();
        assert_eq!(like("sodium-batteries")[..2], names[..2]);
        assert_eq!(like("Qaud-Dialogue")[0], "quad-dialogue");
        assert_eq!(like("한국은헹"), ["한국은행"]);
        assert!(like("zzz").is_empty());
    }
}
