//! What the page's own data tells of its text: many a site hands the whole article to search
//! engines (`articleBody`), and nearly all of them a summary. Both are beside the markup, so that
//! they speak for a block whatever its place looks like.

use super::block::key;
use super::metadata::Metadata;
use super::row::Row;

/// Fewer letters are no text of an article.
const LEAST: usize = 300;
/// So few stand in any text.
const SHORT: usize = 12;

/// As letters and digits only; empty where the page says nothing.
#[derive(Debug, Default)]
pub struct Told {
    text: String,
    summary: String,
}

impl Told {
    pub fn of(metadata: &Metadata) -> Self {
        let text = metadata.text.as_deref().map(key).unwrap_or_default();
        Self {
            text: if text.len() < LEAST {
                String::new()
            } else {
                text
            },
            summary: metadata.summary.as_deref().map(key).unwrap_or_default(),
        }
    }

    /// What it says of a block with these letters, on a page with so much running text.
    pub fn add(&self, own: &str, prose: usize, row: &mut Row) {
        let is_short = own.len() < SHORT;
        row.add(
            "in the told text",
            if self.text.is_empty() || is_short {
                0.0
            } else if self.text.contains(own) {
                1.0
            } else {
                -1.0
            },
        );
        row.share("told text of page", self.text.len(), prose);
        row.flag("in the summary", !is_short && self.summary.contains(own));
        row.flag(
            "opens with the summary",
            self.summary.len() > 4 * SHORT && own.starts_with(&self.summary),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_told_or_not() {
        let metadata = Metadata {
            text: Some("The ice in the harbour has grown thick. ".repeat(20)),
            summary: Some("Ferries no longer sail since Monday.".to_owned()),
            ..Metadata::default()
        };
        let values = |own: &str, told: &Told| {
            let mut row = Row::default();
            told.add(&key(own), 1_000, &mut row);
            row.values
        };
        let told = Told::of(&metadata);
        assert!((values("The ice in the harbour", &told)[0] - 1.0).abs() < 0.1);
        assert!((values("Subscribe to our letter", &told)[0] + 1.0).abs() < 0.1);
        assert!(values("The ice", &told)[0].abs() < 0.1);
        assert!(values("Subscribe to our letter", &Told::default())[0].abs() < 0.1);
        assert!(values("no longer sail", &told)[2] > 0.5);
    }
}
