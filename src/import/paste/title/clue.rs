//! What speaks for and against a line as the title, and how much.

use std::sync::LazyLock;

/// What is looked at in a line and around it. Most are 0 or 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clue {
    /// Share of its words that the paragraphs below use.
    Overlap,
    /// … and that they use over and over.
    Central,
    /// A breadcrumb or a menu above holds it within a longer line.
    InBreadcrumb,
    /// The page says the very same elsewhere.
    Copied,
    /// A byline or a date stands between it and the first paragraph below.
    HeadBelow,
    /// Few words, or many: headlines have five to twenty.
    OneWord,
    FewWords,
    HeadlineWords,
    SentenceWords,
    /// Lines to the first paragraph below.
    Paces5,
    Paces9,
    Paces17,
    Paces41,
    /// Thousands of characters of paragraphs in the next, and in the last, fifteen lines.
    ProseBelow,
    ProseAbove,
    /// … and in all lines before, in fives of hundreds.
    ProseBefore,
    /// A paragraph stands right above.
    BehindParagraph,
    /// Share of short lines among the six above, and the six below.
    ShortAbove,
    ShortBelow,
    /// Half as long again as any of the eight lines above.
    Outgrows,
    /// The line below is longer: a deck, or the text.
    LongerBelow,
    /// None of the three lines above reads like a headline.
    OpensRun,
    /// No empty line above.
    Joined,
    FullStop,
    Colon,
    /// It has the signs that part the steps of a breadcrumb.
    Stepped,
    Caption,
    /// A button.
    Furniture,
    /// Looks like a person's name.
    Name,
    Digit,
}

use Clue::{
    BehindParagraph, Caption, Central, Colon, Copied, Digit, FewWords, FullStop, Furniture,
    HeadBelow, HeadlineWords, InBreadcrumb, Joined, LongerBelow, Name, OneWord, OpensRun, Outgrows,
    Overlap, Paces5, Paces9, Paces17, Paces41, ProseAbove, ProseBefore, ProseBelow, SentenceWords,
    ShortAbove, ShortBelow, Stepped,
};

/// Every clue, in the order of [`Clues`] and of the file of weights.
pub const CLUES: [Clue; 30] = [
    Overlap,
    Central,
    InBreadcrumb,
    Copied,
    HeadBelow,
    OneWord,
    FewWords,
    HeadlineWords,
    SentenceWords,
    Paces5,
    Paces9,
    Paces17,
    Paces41,
    ProseBelow,
    ProseAbove,
    ProseBefore,
    BehindParagraph,
    ShortAbove,
    ShortBelow,
    Outgrows,
    LongerBelow,
    OpensRun,
    Joined,
    FullStop,
    Colon,
    Stepped,
    Caption,
    Furniture,
    Name,
    Digit,
];

/// How much there is of each clue.
pub type Clues = [f64; CLUES.len()];

/// What each clue is worth.
pub static WEIGHTS: LazyLock<Clues> = LazyLock::new(|| {
    read_weights(include_str!("weights.txt")).expect("the weights were made for these clues")
});

/// Reads a line a clue, `Name weight`; `None` if they are other clues.
fn read_weights(text: &str) -> Option<Clues> {
    let mut weights = [0.0; CLUES.len()];
    let mut lines = text.lines();
    for (clue, weight) in CLUES.iter().zip(&mut weights) {
        let (name, number) = lines.next()?.split_once(' ')?;
        if name != format!("{clue:?}") {
            return None;
        }
        *weight = number.parse().ok()?;
    }
    lines.next().is_none().then_some(weights)
}

/// How much a line's clues speak for it.
pub fn score(clues: &Clues, weights: &Clues) -> f64 {
    clues
        .iter()
        .zip(weights)
        .map(|(clue, weight)| clue * weight)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_belong_to_the_clues_of_today() {
        assert!(read_weights(include_str!("weights.txt")).is_some());
        assert_eq!(read_weights("Overlap 1.0\n"), None);
        for (at, clue) in CLUES.iter().enumerate() {
            assert_eq!(*clue as usize, at, "{clue:?} stands where its weight does");
        }
    }
}
