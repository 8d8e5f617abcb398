//! Sentences of other texts.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::archive::ids::Node;
use crate::archive::linked::Archive;
use crate::archive::quote::sentence;
use crate::text::hash::Fingerprint;

/// The sentence around a place in a text: cut out of it when a template shows it. In the
/// fingerprint of a page the text's own and the place stand for it.
#[derive(Clone, Copy)]
pub struct Sentence<'a> {
    pub archive: &'a Archive,
    pub from: Node,
    /// A byte of the body of `from`.
    pub at: usize,
    /// Of all that can be quoted from there.
    pub quotable: Fingerprint,
}

impl Sentence<'_> {
    /// `None` where no text stands there.
    fn text(&self) -> Option<String> {
        Some(sentence(self.archive, self.from, self.at)).filter(|text| !text.is_empty())
    }
}

impl Serialize for Sentence<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            self.text().serialize(serializer)
        } else {
            (self.quotable, self.at).serialize(serializer)
        }
    }
}

impl fmt::Debug for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text())
    }
}

/// Those of several places, without places where no text stands.
#[derive(Debug)]
pub struct Sentences<'a>(pub Vec<Sentence<'a>>);

impl Serialize for Sentences<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_seq(self.0.iter().filter_map(Sentence::text))
        } else {
            self.0.serialize(serializer)
        }
    }
}
