//! What was made of a text, kept for the next time that this text is met.
//!
//! A value that depends on one text alone is kept under the hash of the text: in memory while
//! `serve` runs, in the archive's cache from one build to the next. So a text that hasn't changed is
//! not worked through again, however its file is called and whatever has changed around it.
//!
//! On disk the values lie on shelves, by what they say of the text and by the first byte of its hash: a
//! changed text has a few of them written again, not all. A shelf is read when something on it is asked
//! for, and held as it was read; a value is taken out when somebody asks for it.
//!
//! What is made of all texts together ([`Kept::together`]) is one value, brought up to date by who
//! made it.

use std::convert::Infallible;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use foldhash::HashMap;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::cache::Cache;
use super::error::ContentError;
use super::front_matter::Kind;
use super::stamps::Stamps;
use crate::diagnostic::Findings;
use crate::text::hash::{Fingerprint, FingerprintKey};

/// A new number for every change of how the shelves are written.
const VERSION: u32 = 4;
/// Few enough to be read at once, and so many that one is small.
const SHELVES: usize = 32;
/// The names of the shelves, by what stands there.
const STANDS: [&str; 3] = ["contents", "words", "names"];

/// What a value says of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Aspect {
    /// What a whole file says as an article, of this kind unless it names another, or as a page;
    /// where articles may have added fields of these names.
    Article(Option<Kind>, Fingerprint),
    /// What a whole file says as that of a term.
    Term,
    /// Its words, counted.
    Words,
    /// Where names stand in it, of all names with this fingerprint.
    Names(Fingerprint),
}

impl Aspect {
    /// Where it stands: a place among [`STANDS`].
    fn stand(self) -> usize {
        match self {
            Self::Article(..) | Self::Term => 0,
            Self::Words => 1,
            Self::Names(_) => 2,
        }
    }
}

/// Values by the texts they were made of.
#[derive(Debug)]
pub struct Kept {
    /// With which the texts are hashed, and all else that is told from one run to the next.
    pub key: FingerprintKey,
    /// Whether a cache has it already.
    key_is_cached: AtomicBool,
    /// The files that the texts stand in.
    pub stamps: Stamps,
    /// Where the shelves are read from, and under which fingerprint.
    cache: Option<(Cache, Fingerprint)>,
    /// Those of each stand, once something on them was asked for.
    shelves: [[OnceLock<Mutex<Shelf>>; SHELVES]; STANDS.len()],
    together: Mutex<Together>,
}

#[derive(Debug, Default)]
struct Shelf {
    /// As it was read.
    read: Vec<u8>,
    values: HashMap<Key, Value>,
    /// Whether there is something new since it was written.
    has_new: bool,
    /// Whether it was put away: it may hold more in the cache than here, and isn't written any more.
    is_away: bool,
}

/// What a value is of.
type Key = (Fingerprint, Aspect);

#[derive(Debug)]
struct Value {
    bytes: Bytes,
    /// Whether anybody has asked for it since the shelves were last saved.
    is_used: bool,
}

#[derive(Debug)]
enum Bytes {
    /// Among those that were read.
    Read(Range<usize>),
    New(Box<[u8]>),
}

/// What was made of all texts together.
#[derive(Debug, Default)]
struct Together {
    bytes: Vec<u8>,
    has_new: bool,
}

impl Kept {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::with_key(None)
    }

    /// Nothing but the key of a cache.
    pub fn key_of(cache: &Cache) -> Self {
        Self::with_key(read_key(cache))
    }

    fn with_key(key: Option<FingerprintKey>) -> Self {
        Self {
            key_is_cached: key.is_some().into(),
            key: key.unwrap_or_else(FingerprintKey::random),
            stamps: Stamps::default(),
            cache: None,
            shelves: Default::default(),
            together: Mutex::default(),
        }
    }

    /// What `program` has kept in a cache; what can't be read there is made again.
    pub fn read(cache: &Cache, program: &str) -> Self {
        let Some(key) = read_key(cache) else {
            return Self::new();
        };
        let made_from = made_by(program);
        let together = Together {
            bytes: cache.read(TOGETHER, made_from).unwrap_or_default(),
            has_new: false,
        };
        Self {
            key,
            key_is_cached: true.into(),
            stamps: Stamps::read(cache, made_from),
            cache: Some((cache.clone(), made_from)),
            shelves: Default::default(),
            together: Mutex::new(together),
        }
    }

    /// The same, but every file is read: who is to change one must have read it.
    #[must_use]
    pub fn without_stamps(self) -> Self {
        Self {
            stamps: Stamps::default(),
            ..self
        }
    }

    /// Whether a value is known of a text. It counts as asked for: it may be the next time.
    pub fn knows(&self, text: Fingerprint, aspect: Aspect) -> bool {
        let mut shelf = self.shelf(text, aspect);
        let value = shelf.values.get_mut(&(text, aspect));
        value.is_some_and(|value| {
            value.is_used = true;
            true
        })
    }

    /// The value that is known of a text, or else that which `make` makes of it.
    pub fn value<T: Serialize + DeserializeOwned>(
        &self,
        text: Fingerprint,
        aspect: Aspect,
        make: impl FnOnce() -> T,
    ) -> T {
        let made = self.try_value(text, aspect, || Ok::<T, Infallible>(make()));
        made.unwrap_or_else(|never| match never {})
    }

    /// The same, where it may be that no value can be made. Why that is so isn't kept.
    pub fn try_value<T: Serialize + DeserializeOwned, E>(
        &self,
        text: Fingerprint,
        aspect: Aspect,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(known) = self.shelf(text, aspect).value(&(text, aspect)) {
            return Ok(known);
        }
        let made = make()?;
        // What can't be written is made anew each time.
        if let Ok(bytes) = postcard::to_stdvec(&made) {
            let mut shelf = self.shelf(text, aspect);
            let value = Value {
                bytes: Bytes::New(bytes.into()),
                is_used: true,
            };
            shelf.values.insert((text, aspect), value);
            shelf.has_new = true;
        }
        Ok(made)
    }

    /// What was last kept of all texts together.
    pub fn together<T: DeserializeOwned>(&self) -> Option<T> {
        postcard::from_bytes(&lock(&self.together).bytes).ok()
    }

    /// Keeps this of all texts together, instead of what was kept before.
    pub fn keep_together(&self, value: &impl Serialize) {
        if let Ok(bytes) = postcard::to_stdvec(value) {
            let has_new = true;
            *lock(&self.together) = Together { bytes, has_new };
        }
    }

    /// Writes what is new into a cache, and forgets what nobody has asked for since the last time.
    /// A warning goes into `findings` when that can't be done: the next run will take longer.
    pub fn save(&self, cache: &Cache, program: &str, findings: &mut Findings) {
        if !self.key_is_cached.swap(true, Ordering::Relaxed) {
            let written = cache.write(KEY, key_version(), &self.key.to_bytes());
            findings.keep(written);
        }
        let made_from = made_by(program);
        for stand in 0..STANDS.len() {
            findings.keep(self.save_stand(stand, cache, made_from));
        }
        findings.keep(self.stamps.save(cache, made_from));
        let mut together = lock(&self.together);
        if together.has_new {
            together.has_new = false;
            findings.keep(cache.write(TOGETHER, made_from, &together.bytes));
        }
    }

    /// Writes what is new of what whole files say, and lets go of all of it: once an archive has been
    /// read, nobody asks for it again.
    pub fn put_away_contents(&self, cache: &Cache, program: &str, findings: &mut Findings) {
        let stand = Aspect::Term.stand();
        findings.keep(self.save_stand(stand, cache, made_by(program)));
        let shelves = self.shelves[stand].par_iter().filter_map(OnceLock::get);
        shelves.for_each(|shelf| {
            *lock(shelf) = Shelf {
                is_away: true,
                ..Shelf::default()
            };
        });
    }

    fn save_stand(
        &self,
        stand: usize,
        cache: &Cache,
        made_from: Fingerprint,
    ) -> Result<(), ContentError> {
        let shelves = self.shelves[stand].par_iter().enumerate();
        let written = shelves.map(|(number, shelf)| {
            let Some(shelf) = shelf.get() else {
                return Ok(());
            };
            let mut shelf = lock(shelf);
            let unused = shelf.values.values().filter(|value| !value.is_used).count();
            let is_stale = shelf.has_new || unused * 2 > shelf.values.len();
            let written = if is_stale && !shelf.is_away {
                shelf.values.retain(|_, value| value.is_used);
                shelf.has_new = false;
                cache.write(&name(stand, number), made_from, &shelf.to_bytes())
            } else {
                Ok(())
            };
            for value in shelf.values.values_mut() {
                value.is_used = false;
            }
            written
        });
        written.collect()
    }

    fn shelf(&self, text: Fingerprint, aspect: Aspect) -> MutexGuard<'_, Shelf> {
        let (stand, number) = (aspect.stand(), usize::from(text.first_byte()) % SHELVES);
        let shelf = self.shelves[stand][number].get_or_init(|| {
            let cache = self.cache.as_ref();
            let bytes = cache.and_then(|(cache, from)| cache.read(&name(stand, number), *from));
            Mutex::new(bytes.and_then(Shelf::read).unwrap_or_default())
        });
        lock(shelf)
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self::new()
    }
}

impl Shelf {
    fn value<T: DeserializeOwned>(&mut self, key: &Key) -> Option<T> {
        let value = self.values.get_mut(key)?;
        let bytes = value.bytes.within(&self.read)?;
        value.is_used = true;
        postcard::from_bytes(bytes).ok()
    }

    /// A list of the values with their lengths stands before them.
    fn read(bytes: Vec<u8>) -> Option<Self> {
        let (list, rest): (Vec<(Key, usize)>, _) = postcard::take_from_bytes(&bytes).ok()?;
        let mut at = bytes.len() - rest.len();
        let values = list.into_iter().map(|(key, length)| {
            let bytes = Bytes::Read(at..at + length);
            at += length;
            let is_used = false;
            (key, Value { bytes, is_used })
        });
        Some(Self {
            values: values.collect(),
            read: bytes,
            has_new: false,
            is_away: false,
        })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let values = self.values.iter();
        let values: Vec<(&Key, &[u8])> = values
            .filter_map(|(key, value)| Some((key, value.bytes.within(&self.read)?)))
            .collect();
        let lengths = values.iter().map(|(key, bytes)| (key, bytes.len()));
        let mut all = postcard::to_stdvec(&lengths.collect::<Vec<_>>())
            .expect("plain data can always be written");
        for (_, bytes) in values {
            all.extend_from_slice(bytes);
        }
        all
    }
}

impl Bytes {
    fn within<'a>(&'a self, read: &'a [u8]) -> Option<&'a [u8]> {
        match self {
            Self::Read(range) => read.get(range.clone()),
            Self::New(bytes) => Some(bytes),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name that the key is kept under.
const KEY: &str = "key";

fn read_key(cache: &Cache) -> Option<FingerprintKey> {
    let bytes = cache.read(KEY, key_version())?;
    Some(FingerprintKey::from_bytes(
        bytes.as_slice().try_into().ok()?,
    ))
}

/// Whoever reads the cache reads the same key: it hides nothing but itself.
fn key_version() -> Fingerprint {
    Fingerprint::of(&1)
}

/// The name that what was made of all texts together is kept under.
const TOGETHER: &str = "together";

/// The name that a shelf is kept under.
fn name(stand: usize, number: usize) -> String {
    format!("{}-{number:02}", STANDS[stand])
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
        let print = kept.key.of_bytes(text.as_bytes());
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
    fn why_there_is_no_value_is_not_kept() {
        let kept = Kept::new();
        let text = Fingerprint::of_bytes(b"one");
        let tried = |made: Result<usize, u8>| kept.try_value(text, Aspect::Words, || made);
        assert_eq!(tried(Err(1)), Err(1));
        assert!(!kept.knows(text, Aspect::Words));
        assert_eq!(tried(Ok(2)), Ok(2));
        assert_eq!(tried(Err(3)), Ok(2));
    }

    #[test]
    fn what_was_made_of_all_texts_is_kept_until_there_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        let mut findings = Findings::default();
        let kept = Kept::new();
        assert_eq!(kept.together::<Vec<u64>>(), None);
        for value in [vec![1_u64, 300], vec![]] {
            kept.keep_together(&value);
            kept.save(&cache, "p", &mut findings);
            let read = Kept::read(&cache, "p");
            assert_eq!(read.together(), Some(value));
            assert_eq!(Kept::read(&cache, "q").together::<Vec<u64>>(), None);
        }
        assert!(findings.is_empty());
    }

    #[test]
    fn what_files_say_is_put_away_and_there_for_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        let mut findings = Findings::default();
        let says = |kept: &Kept, text: &str, make: fn() -> usize| {
            kept.value(kept.key.of_bytes(text.as_bytes()), Aspect::Term, make)
        };
        let kept = Kept::new();
        says(&kept, "one", || 3);
        kept.put_away_contents(&cache, "p", &mut findings);
        // Here it is gone; that it is made again takes nothing from the cache.
        assert_eq!(says(&kept, "one", || 4), 4);
        kept.save(&cache, "p", &mut findings);
        let kept = Kept::read(&cache, "p");
        assert_eq!(says(&kept, "one", never), 3);
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
