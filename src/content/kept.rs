//! What was made of a text, kept for the next time that this text is met.
//!
//! A value that depends on one text alone is kept under the hash of the text: in memory while
//! `serve` runs, in the archive's cache from one build to the next. So a text that hasn't changed is
//! not worked through again, however its file is called and whatever has changed around it.
//!
//! On disk the values lie on shelves, by the first byte of the text's hash: a changed text has one
//! or two of them written again, not all.

use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::HashMap;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::cache::Cache;
use crate::diagnostic::Findings;
use crate::text::hash::Fingerprint;

/// A new number for every change of how the shelves are written.
const VERSION: u32 = 1;
/// Few enough to be read at once, and so many that one is small.
const SHELVES: u8 = 32;

/// What a value says of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Aspect {
    /// How it is built.
    Outline,
    /// Its words, counted.
    Words,
    /// Where names stand in it, of all names with this fingerprint.
    Names(Fingerprint),
}

/// Values by the texts they were made of.
#[derive(Debug)]
pub struct Kept {
    shelves: Vec<Mutex<Shelf>>,
}

#[derive(Debug, Default)]
struct Shelf {
    values: HashMap<(Fingerprint, Aspect), Value>,
    /// Whether there is something new since it was written.
    has_new: bool,
}

#[derive(Debug)]
struct Value {
    bytes: Box<[u8]>,
    /// Whether anybody has asked for it since the shelves were last saved.
    is_used: bool,
}

impl Kept {
    /// Nothing yet.
    pub fn new() -> Self {
        let shelves = (0..SHELVES).map(|_| Mutex::default());
        Self {
            shelves: shelves.collect(),
        }
    }

    /// What `program` has kept in a cache; what can't be read there is made again.
    pub fn read(cache: &Cache, program: &str) -> Self {
        let made_from = made_by(program);
        let shelves = (0..SHELVES).into_par_iter().map(|number| {
            let bytes = cache.read(&name(number), made_from);
            Mutex::new(
                bytes
                    .and_then(|bytes| Shelf::read(&bytes))
                    .unwrap_or_default(),
            )
        });
        Self {
            shelves: shelves.collect(),
        }
    }

    /// The value that is known of a text, or else that which `make` makes of it.
    pub fn value<T: Serialize + DeserializeOwned>(
        &self,
        text: Fingerprint,
        aspect: Aspect,
        make: impl FnOnce() -> T,
    ) -> T {
        if let Some(known) = self.shelf(text).value(&(text, aspect)) {
            return known;
        }
        let made = make();
        let bytes = postcard::to_stdvec(&made).expect("plain data can always be written");
        let mut shelf = self.shelf(text);
        let value = Value {
            bytes: bytes.into(),
            is_used: true,
        };
        shelf.values.insert((text, aspect), value);
        shelf.has_new = true;
        made
    }

    /// Writes what is new into a cache, and forgets what nobody has asked for since the last time.
    /// A warning goes into `findings` when that can't be done: the next run will take longer.
    pub fn save(&self, cache: &Cache, program: &str, findings: &mut Findings) {
        let made_from = made_by(program);
        let write = |number: u8| {
            let mut shelf = lock(&self.shelves[usize::from(number)]);
            let unused = shelf.values.values().filter(|value| !value.is_used).count();
            let written = if shelf.has_new || unused * 2 > shelf.values.len() {
                shelf.values.retain(|_, value| value.is_used);
                shelf.has_new = false;
                cache.write(&name(number), made_from, &shelf.to_bytes())
            } else {
                Ok(())
            };
            for value in shelf.values.values_mut() {
                value.is_used = false;
            }
            written
        };
        let written = (0..SHELVES).into_par_iter().map(write);
        findings.keep(written.collect::<Result<(), _>>());
    }

    fn shelf(&self, text: Fingerprint) -> MutexGuard<'_, Shelf> {
        lock(&self.shelves[usize::from(text.first_byte() % SHELVES)])
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self::new()
    }
}

impl Shelf {
    fn value<T: DeserializeOwned>(&mut self, key: &(Fingerprint, Aspect)) -> Option<T> {
        let value = self.values.get_mut(key)?;
        value.is_used = true;
        postcard::from_bytes(&value.bytes).ok()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let values: Vec<((Fingerprint, Aspect), &[u8])> = postcard::from_bytes(bytes).ok()?;
        let values = values.into_iter().map(|(key, bytes)| {
            let value = Value {
                bytes: bytes.into(),
                is_used: false,
            };
            (key, value)
        });
        Some(Self {
            values: values.collect(),
            has_new: false,
        })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let values = self.values.iter();
        let values: Vec<_> = values.map(|(key, value)| (key, &*value.bytes)).collect();
        postcard::to_stdvec(&values).expect("plain data can always be written")
    }
}

fn lock(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name that a shelf is kept under.
fn name(number: u8) -> String {
    format!("texts-{number:02}")
}

/// Another program may make other values of the same text.
fn made_by(program: &str) -> Fingerprint {
    Fingerprint::of(&(VERSION, program))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn length(kept: &Kept, text: &str, make: impl FnOnce() -> usize) -> usize {
        let print = Fingerprint::of_bytes(text.as_bytes());
        kept.value(print, Aspect::Words, make)
    }

    fn never() -> usize {
        panic!("this is known already")
    }

    #[test]
    fn what_is_known_of_a_text_is_not_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        let mut findings = Findings::default();
        let kept = Kept::new();
        assert_eq!(length(&kept, "one", || 3), 3);
        assert_eq!(length(&kept, "one", never), 3);
        kept.save(&cache, "p", &mut findings);
        assert_eq!(length(&Kept::read(&cache, "p"), "one", never), 3);
        // Another program knows nothing of it, and another text has nothing to do with it.
        assert_eq!(length(&Kept::read(&cache, "q"), "one", || 4), 4);
        assert_eq!(length(&Kept::read(&cache, "p"), "two", || 5), 5);
        assert!(findings.is_empty());
    }

    #[test]
    fn what_nobody_asks_for_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        let mut findings = Findings::default();
        let kept = Kept::new();
        length(&kept, "one", || 3);
        for _ in 0..2 {
            kept.save(&cache, "p", &mut findings);
        }
        assert_eq!(length(&Kept::read(&cache, "p"), "one", || 4), 4);
    }

    #[test]
    fn a_damaged_shelf_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        let mut findings = Findings::default();
        let kept = Kept::new();
        length(&kept, "one", || 3);
        kept.save(&cache, "p", &mut findings);
        let files = fs::read_dir(folder.path().join(".briefbook/cache")).unwrap();
        for path in files.map(|entry| entry.unwrap().path()) {
            let mut bytes = fs::read(&path).unwrap();
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
            fs::write(&path, bytes).unwrap();
        }
        assert_eq!(length(&Kept::read(&cache, "p"), "one", || 4), 4);
    }
}
