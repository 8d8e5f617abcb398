//! `archive.jsonl`: an object a line, an article a line (JSON Lines).
//!
//! It is as large as all texts together, so nobody holds it as a whole who can do without: it is made
//! line by line, and a line that tells what it told before is the same.

use super::export::Record;
use super::known::Known;
use super::plan::Site;
use crate::archive::ids::{ArticleId, Node};
use crate::text::hash::Fingerprint;
use crate::text::json::write_string;

/// The file before it is made.
#[derive(Debug)]
pub struct JsonLines {
    /// Of all that each line is made from.
    pub lines: Vec<Fingerprint>,
    /// Of all of them.
    pub fingerprint: Fingerprint,
}

impl JsonLines {
    pub fn of(site: &Site<'_>, known: Known<'_>) -> Self {
        let prints = &site.cards.prints;
        let line = |id| {
            let texts = (prints.told(id), prints.quotable(Node::Article(id)));
            known.key.of(&(known.settings, texts))
        };
        let lines: Vec<Fingerprint> = site.archive.ids().map(line).collect();
        Self {
            fingerprint: known.key.of(&lines),
            lines,
        }
    }

    /// The whole file.
    pub fn bytes(&self, site: &Site<'_>) -> Vec<u8> {
        let mut bytes = Vec::new();
        for index in 0..self.lines.len() {
            write_line(site, index, &mut bytes);
        }
        bytes
    }
}

/// Writes one line, by its index.
pub fn write_line(site: &Site<'_>, index: usize, lines: &mut Vec<u8>) {
    let record = Record::of(site, ArticleId::new(index));
    // Strings, lists and options of them always become JSON, and a list of bytes takes it.
    if serde_json::to_writer(&mut *lines, &record).is_err() {
        return;
    }
    if let Some(text) = record.text {
        lines.pop();
        lines.extend_from_slice(b",\"text\":");
        write_string(text, lines);
        lines.push(b'}');
    }
    lines.push(b'\n');
}
