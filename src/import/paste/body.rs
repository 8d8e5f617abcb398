//! Which lines of a page tell the article.

use super::line::{Line, is_east_asian};
use super::phrases;

/// For every line, whether it belongs to an article's text.
pub fn telling(lines: &[Line]) -> Vec<bool> {
    lines
        .iter()
        .map(|line| {
            let least = if is_east_asian(&line.text) { 20 } else { 50 };
            (line.chars >= least && (line.ends_sentence() || line.chars >= 4 * least))
                && !(line.chars < 120
                    && phrases::topics(&line.text.to_lowercase())
                        .contains(phrases::Topic::Newsletter))
        })
        .collect()
}
