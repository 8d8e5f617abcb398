//! What is worth keeping from one run to the next, below `.briefbook/cache/` in the archive.
//!
//! Everything in it can be made again: losing it costs time, never content. Each value is kept
//! under a name with the fingerprint of all it was made from, and is good only for that; a checksum
//! tells a file that was damaged.

use std::fs::{self, File};
use std::hash::BuildHasher;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use foldhash::quality::FixedState;

use super::error::ContentError;
use crate::text::hash::Fingerprint;

/// A folder of values.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache of the archive at `root`.
    pub fn of(root: &Path) -> Self {
        Self {
            folder: root.join(".briefbook").join("cache"),
        }
    }

    /// The value kept under `name`, if it was made from what has this fingerprint.
    pub fn read(&self, name: &str, made_from: Fingerprint) -> Option<Vec<u8>> {
        let mut file = File::open(self.folder.join(name)).ok()?;
        let mut stands = [0; HEAD];
        file.read_exact(&mut stands).ok()?;
        let mut value = Vec::new();
        file.read_to_end(&mut value).ok()?;
        (stands == head(made_from, &value).as_bytes()).then_some(value)
    }

    /// Forgets what is kept under `name`.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.folder.join(name))
    }

    /// Keeps a value, whole or not at all.
    ///
    /// # Errors
    /// A warning when the folder can't be written into: the next run will take longer.
    pub fn write(
        &self,
        name: &str,
        made_from: Fingerprint,
        bytes: &[u8],
    ) -> Result<(), ContentError> {
        let write = || -> io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            // What can be made again has no place in a repository.
            let ignore = self.folder.join(".gitignore");
            if !ignore.exists() {
                fs::write(ignore, "*\n")?;
            }
            let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
            file.write_all(head(made_from, bytes).as_bytes())?;
            file.write_all(bytes)?;
            file.persist(self.folder.join(name))?;
            Ok(())
        };
        write().map_err(|error| ContentError::NotKept {
            folder: self.folder.display().to_string(),
            reason: error.to_string(),
        })
    }
}

/// Bytes of a file before its value.
const HEAD: usize = 32 + 16;

/// What stands before a value: what it was made from, and its checksum.
fn head(made_from: Fingerprint, value: &[u8]) -> String {
    format!(
        "{made_from}{:016x}",
        FixedState::with_seed(0).hash_one(value)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_good_only_for_what_it_was_made_from() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        let [one, two] = ["one", "two"].map(|text| Fingerprint::of_bytes(text.as_bytes()));
        assert_eq!(cache.read("index", one), None);
        cache.write("index", one, b"value").unwrap();
        assert_eq!(cache.read("index", one).as_deref(), Some(&b"value"[..]));
        assert_eq!(cache.read("index", two), None);
    }

    #[test]
    fn a_damaged_value_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        let made_from = Fingerprint::of_bytes(b"one");
        cache.write("index", made_from, b"value").unwrap();
        let path = folder.path().join(".briefbook/cache/index");
        let whole = fs::read(&path).unwrap();
        for damaged in [&whole[..whole.len() - 1], &whole[..20], b""] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(cache.read("index", made_from), None);
        }
    }
}
