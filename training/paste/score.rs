//! How well a model finds the article's lines.

#![expect(clippy::cast_precision_loss, reason = "counts are small")]

use std::collections::HashMap;
use std::fmt;

use briefbook::import::paste::body::KEPT;
use briefbook::import::paste::chain;
use briefbook::import::paste::model::Model;

use crate::fit::scored;
use crate::pages::{Labelled, SHINGLE, Wanted, words};

/// Counts over the pages seen so far.
#[derive(Default)]
pub(crate) struct Score {
    pieces: Counts,
    /// Shares of shingles, a page each.
    texts: Vec<Counts>,
}

#[derive(Default, Clone, Copy)]
struct Counts {
    found: f64,
    superfluous: f64,
    missed: f64,
}

impl Score {
    pub(crate) fn add(&mut self, page: &Labelled, model: &Model) {
        let mut links = scored(page, model);
        for link in &mut links {
            link.known = None;
        }
        let telling = chain::posterior(&links, &model.transitions).telling;
        let kept: Vec<&str> = page
            .lines
            .iter()
            .zip(telling)
            .filter(|(_, telling)| *telling >= KEPT)
            .map(|(line, _)| line.text.as_str())
            .collect();
        let kept = kept.join(" ");
        match &page.wanted {
            Wanted::Pieces { with, without } => {
                let has = |piece: &String| f64::from(kept.contains(piece));
                for piece in with {
                    self.pieces.found += has(piece);
                    self.pieces.missed += 1.0 - has(piece);
                }
                self.pieces.superfluous += without.iter().map(has).sum::<f64>();
            }
            Wanted::Text(text) => self.texts.push(shared(text, &kept)),
        }
    }
}

/// Shingles of the wanted and the kept text, as shares of all of them.
fn shared(wanted: &str, kept: &str) -> Counts {
    let (wanted, kept) = (words(wanted), words(kept));
    let mut open: HashMap<&[&str], usize> = HashMap::new();
    for shingle in wanted.windows(SHINGLE) {
        *open.entry(shingle).or_default() += 1;
    }
    let mut counts = Counts::default();
    for shingle in kept.windows(SHINGLE) {
        match open.get_mut(shingle) {
            Some(left) if *left > 0 => {
                *left -= 1;
                counts.found += 1.0;
            }
            _ => counts.superfluous += 1.0,
        }
    }
    counts.missed = open.values().map(|&left| left as f64).sum();
    counts
}

impl Counts {
    fn precision(&self) -> f64 {
        self.found / (self.found + self.superfluous).max(1.0)
    }

    fn recall(&self) -> f64 {
        self.found / (self.found + self.missed).max(1.0)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mean = |of: fn(&Counts) -> f64| {
            self.texts.iter().map(of).sum::<f64>() / (self.texts.len() as f64).max(1.0)
        };
        for (name, precision, recall) in [
            ("pieces", self.pieces.precision(), self.pieces.recall()),
            ("texts", mean(Counts::precision), mean(Counts::recall)),
        ] {
            let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
            write!(
                f,
                "{name} F1 {f1:.3} (precision {precision:.3}, recall {recall:.3})  "
            )?;
        }
        Ok(())
    }
}
