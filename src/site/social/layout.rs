//! Text as large as its place allows, in as many lines as there is room for.

use super::font::width;

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
    let set = |size: f32| Fitted {
        size,
        lines: lines(text, size, measure),
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

/// Broken between words; a word that is wider than the line has one of its own.
fn lines(text: &str, size: f32, measure: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (lines.last_mut(), longer) {
            (Some(line), Some(longer)) if width(&longer, size) <= measure => *line = longer,
            _ => lines.push(word.to_owned()),
        }
    }
    for line in &mut lines {
        if width(line, size) > measure {
            *line = cut(line, size, measure);
        }
    }
    lines
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
    fn a_word_wider_than_its_line_is_cut() {
        let fitted = fit(&"w".repeat(200), &[80.0], 1000.0, 2);
        assert_eq!(fitted.lines.len(), 1);
        assert!(width(&fitted.lines[0], 80.0) <= 1000.0);
    }
}
