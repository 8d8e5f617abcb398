//! Which text lay in which file, by the file's size and time of change: a file that looks as it did
//! isn't read until somebody asks for its words.
//!
//! This is how `make` and git know files. A text that is read later and isn't what it was taken for
//! goes into [`Changed`], and nothing comes of what was made meanwhile.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use super::cache::Cache;
use super::error::ContentError;
use crate::diagnostic::SourceText;
use crate::text::hash::{Fingerprint, FingerprintKey};

/// A file that was changed so short a time ago may change once more and look the same: clocks of
/// file systems go in steps of up to 10 ms.
pub const STEP: Duration = Duration::from_millis(20);

/// The name that they are kept under.
const NAME: &str = "files";

/// How a file looks from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    changed: u64,
}

impl Stamp {
    /// That of a file at a moment; `None` of one that can't be known by it.
    pub fn of(path: &Path, now: SystemTime) -> Option<Self> {
        let there = fs::metadata(path).ok()?;
        let changed = there.modified().ok()?;
        if changed + STEP >= now {
            return None;
        }
        let since = changed.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            size: there.len(),
            changed: u64::try_from(since.as_nanos()).ok()?,
        })
    }
}

/// A file as it looked, and the fingerprint of its bytes.
pub type Stamped = (Stamp, Fingerprint);

/// The files of an archive when it was last read, by their paths.
#[derive(Debug, Default)]
pub struct Stamps {
    known: HashMap<String, Stamped>,
    now: Mutex<Option<Vec<(String, Stamped)>>>,
}

impl Stamps {
    pub fn read(cache: &Cache, made_from: Fingerprint) -> Self {
        let bytes = cache.read(NAME, made_from);
        let files = bytes.and_then(|bytes| postcard::from_bytes::<Vec<_>>(&bytes).ok());
        Self {
            known: files.unwrap_or_default().into_iter().collect(),
            now: Mutex::default(),
        }
    }

    /// The fingerprint of what stands in a file, if that looks as it did.
    pub fn print(&self, path: &str, stamp: Stamp) -> Option<Fingerprint> {
        let (then, print) = self.known.get(path)?;
        (*then == stamp).then_some(*print)
    }

    /// How many files are known.
    pub fn count(&self) -> usize {
        self.known.len()
    }

    /// These are the files now.
    pub fn keep(&self, files: Vec<(String, Stamped)>) {
        *self.lock() = Some(files);
    }

    /// Writes them into a cache, where something is new.
    pub fn save(&self, cache: &Cache, made_from: Fingerprint) -> Result<(), ContentError> {
        let Some(files) = self.lock().take() else {
            return Ok(());
        };
        let bytes = postcard::to_stdvec(&files).expect("plain data can always be written");
        cache.write(NAME, made_from, &bytes)
    }

    /// Nothing is to be believed of any file.
    pub fn forget(cache: &Cache) {
        // Where it can't be removed, `--verify` doesn't ask for it.
        let _ = cache.remove(NAME);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<(String, Stamped)>>> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Files that were taken for what they once were, and are something else.
#[derive(Debug, Default)]
pub struct Changed(Mutex<BTreeSet<String>>);

impl Changed {
    /// Their paths.
    pub fn files(&self) -> Vec<String> {
        self.lock().iter().cloned().collect()
    }

    /// The same, and none of them is in it any more.
    pub fn take(&self) -> BTreeSet<String> {
        std::mem::take(&mut self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The text of a file that is known by its stamp; it is read when somebody asks for it.
pub fn unread(
    name: String,
    at: PathBuf,
    (stamp, print): Stamped,
    key: FingerprintKey,
    changed: &Arc<Changed>,
) -> SourceText {
    let changed = Arc::clone(changed);
    let length = usize::try_from(stamp.size).unwrap_or_default();
    let file = name.clone();
    SourceText::unread(name, length, move || {
        let bytes = fs::read(&at).ok();
        let same = bytes.filter(|bytes| key.of_bytes(bytes) == print);
        let text = same.and_then(|bytes| String::from_utf8(bytes).ok());
        if text.is_none() {
            changed.lock().insert(file.clone());
        }
        text
    })
}
