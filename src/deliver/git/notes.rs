//! What a publication's commit notes for the next one, as trailers of its message.

use std::collections::BTreeSet;

/// Names a file kept from the publication before.
const KEPT: &str = "Kept-File: ";
/// Names a year that has a shard of its own.
const SHARD: &str = "Shard: ";

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Files that were kept for readers of the publication before, and are no part of this one.
    pub kept: BTreeSet<String>,
    /// The years that the site has shards for, noted with its front.
    pub shards: BTreeSet<i16>,
}

impl Notes {
    /// Those in a commit's message.
    pub fn of(message: &str) -> Self {
        let lines = |name: &'static str| {
            let lines = message.lines();
            lines.filter_map(move |line| line.strip_prefix(name))
        };
        Self {
            kept: lines(KEPT).map(str::to_owned).collect(),
            shards: lines(SHARD).filter_map(|year| year.parse().ok()).collect(),
        }
    }

    /// A commit's message with these.
    pub fn below(&self, text: &str) -> String {
        let kept = self.kept.iter().map(|path| format!("{KEPT}{path}\n"));
        let shards = self.shards.iter().map(|year| format!("{SHARD}{year:04}\n"));
        let trailers: String = kept.chain(shards).collect();
        let text = text.trim_end();
        if trailers.is_empty() {
            format!("{text}\n")
        } else {
            format!("{text}\n\n{trailers}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_is_read_again() {
        let notes = Notes {
            kept: BTreeSet::from(["style.0a1b.css".to_owned()]),
            shards: BTreeSet::from([2020, 2021]),
        };
        let message = notes.below("Publish the site\n");
        assert_eq!(
            message,
            "Publish the site\n\nKept-File: style.0a1b.css\nShard: 2020\nShard: 2021\n"
        );
        assert_eq!(Notes::of(&message), notes);
        assert_eq!(Notes::default().below("Publish\n\n"), "Publish\n");
    }
}
