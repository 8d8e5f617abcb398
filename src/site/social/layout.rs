//! Text as large as its place allows, in as many lines as there is room for.

use std::ops::Range;

use super::font::{Placed, pixels, set, width};

/// A text in lines.
#[derive(Debug, PartialEq)]
pub struct Fitted {
    /// In pixels.
    pub size: f32,
    pub lines: Vec<String>,
}

/// Sets a text in the largest of `sizes` (descending) in which it takes no more than `most` lines
/// of `measure` pixels; in the smallest it is cut short.
pub fn fit(text: &str, sizes: &[f32], measure: f32, most: usize) -> Fitted {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words(&text);
    let set = |size: f32| Fitted {
        size,
        lines: lines(&text, &words, size, measure),
    };
    let fits = |fitted: &Fitted| fitted.lines.len() <= most;
    if let Some(fitted) = sizes.iter().map(|size| set(*size)).find(fits) {
        return fitted;
    }
    let mut fitted = set(sizes.last().copied().unwrap_or(24.0));
    fitted.lines.truncate(most);
    if let Some(last) = fitted.lines.last_mut() {
        *last = cut(last, fitted.size, measure);
    }
    fitted
}

/// A word, or several in a line.
#[derive(Debug, Clone)]
struct Stretch {
    letters: Range<usize>,
    /// Where it begins and ends in a line of the whole text, in units of the font: these are the
    /// same in every size, so that a text is measured once.
    units: Range<i32>,
}

fn words(text: &str) -> Vec<Stretch> {
    let placed: Vec<Placed> = set(text).collect();
    let is_space = |placed: &Placed| text[placed.letter..].starts_with(' ');
    let stretches = placed.split(is_space);
    let words = stretches.filter_map(|word| {
        let (first, last) = (word.first()?, word.last()?);
        let rest = &text[last.letter..];
        let end = rest.find(' ').unwrap_or(rest.len());
        Some(Stretch {
            letters: first.letter..last.letter + end,
            units: first.at..last.end,
        })
    });
    words.collect()
}

/// Broken between words; a word that is wider than the line has one of its own.
fn lines(text: &str, words: &[Stretch], size: f32, measure: f32) -> Vec<String> {
    let is_wide = |units: i32| pixels(units, size) > measure;
    let mut lines: Vec<Stretch> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if !is_wide(word.units.end - line.units.start) => {
                line.letters.end = word.letters.end;
                line.units.end = word.units.end;
            }
            _ => lines.push(word.clone()),
        }
    }
    let lines = lines.into_iter().map(|Stretch { letters, units }| {
        let line = &text[letters];
        if is_wide(units.end - units.start) {
            cut(line, size, measure)
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

/// As much of a text as there is room for before an ellipsis.
fn cut(text: &str, size: f32, measure: f32) -> String {
    let mut kept = text.trim_end_matches(['.', ',', ';', ':', ' ', '–', '—']);
    loop {
        let shortened = format!("{kept}…");
        if width(&shortened, size) <= measure || kept.is_empty() {
            return shortened;
        }
        // A whole word goes, or the end of the only one.
        let end = kept
            .rfind(' ')
            .or(kept.char_indices().last().map(|(at, _)| at));
        kept = kept[..end.unwrap_or(0)].trim_end_matches(['.', ',', ';', ':', ' ', '–', '—']);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_title_is_large_and_a_long_one_is_smaller_then_cut() {
        let fitted = |words: usize| fit(&"harbor ".repeat(words), &[80.0, 50.0], 1000.0, 2);
        assert_eq!((fitted(3).size, fitted(3).lines.len()), (80.0, 1));
        assert_eq!((fitted(9).size, fitted(9).lines.len()), (50.0, 2));
        let long = fitted(60);
        assert_eq!((long.size, long.lines.len()), (50.0, 2));
        assert!(long.lines[1].ends_with("harbor…"), "{long:?}");
        for line in &long.lines {
            assert!(width(line, 50.0) <= 1000.0, "{line}");
        }
    }

    #[test]
    fn a_line_holds_the_words_that_it_has_room_for_and_no_more() {
        let text = "Łódź  “AV” To the\nÇeşme: 7 years’ work";
        for measure in (300..900).step_by(50) {
            let measure = f32::from(u16::try_from(measure).expect("small"));
            let lines = fit(text, &[60.0], measure, 20).lines;
            assert_eq!(lines.join(" "), "Łódź “AV” To the Çeşme: 7 years’ work");
            for (line, next) in lines.iter().zip(&lines[1..]) {
                assert!(width(line, 60.0) <= measure, "{line} in {measure}");
                let word = next.split(' ').next().expect("a word");
                assert!(width(&format!("{line} {word}"), 60.0) > measure, "{line}");
            }
        }
    }

    #[test]
    fn a_word_wider_than_its_line_is_cut() {
        let fitted = fit(&"w".repeat(200), &[80.0], 1000.0, 2);
        assert_eq!(fitted.lines.len(), 1);
        assert!(width(&fitted.lines[0], 80.0) <= 1000.0);
    }
}
