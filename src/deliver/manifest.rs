//! What a build left in its folder, so that the next one knows which files are its own and which
//! of them are still right.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::error::DeliverError;
use crate::content::cache::Cache;
use crate::diagnostic::Findings;
use crate::text::hash::Fingerprint;

/// Its file in the folder itself: a path a line. A line that begins with a tab names a file of
/// the site before, kept for readers of its pages.
///
/// What is known of the files beside their names (time of change above all) stands in the
/// archive's cache, so that two builds of the same archive give equal folders.
pub const FILE: &str = ".briefbook-manifest";

/// A file as it was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: u128,
    /// Of what it was made from.
    pub fingerprint: Fingerprint,
}

/// The files that are ours, by their path from the folder, `/` between the parts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Another program may make other pages of the same input.
    pub program: String,
    /// Of the site; nothing is known of a file that was about to change when a build was killed.
    pub files: BTreeMap<String, Option<Left>>,
    /// Of the site before, kept for readers of its pages.
    pub kept: BTreeSet<String>,
}

impl Manifest {
    /// Reads the manifest of a folder; an empty one where there is none.
    pub fn read(out: &Path, cache: &Cache) -> Self {
        let Ok(text) = fs::read_to_string(out.join(FILE)) else {
            return Self::default();
        };
        let mut manifest = Self::default();
        for line in text.lines() {
            match line.strip_prefix('\t') {
                Some(kept) => drop(manifest.kept.insert(kept.to_owned())),
                None => drop(manifest.files.insert(line.to_owned(), None)),
            }
        }
        let known = cache.read(&kept_as(out), Fingerprint::of_bytes(text.as_bytes()));
        let known = known.and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some((program, lines)) = known.as_deref().and_then(|text| text.split_once('\n')) {
            program.clone_into(&mut manifest.program);
            for (path, left) in lines.lines().filter_map(read_left) {
                manifest.files.insert(path.to_owned(), Some(left));
            }
        }
        manifest
    }

    /// A file that stands there as the last build of `program` left it.
    pub fn still(&self, program: &str, out: &Path, file: &str) -> Option<Left> {
        if self.program != program {
            return None;
        }
        let left = (*self.files.get(file)?)?;
        let there = size_and_time(&out.join(file)).ok()?;
        (there == (left.size, left.modified)).then_some(left)
    }

    pub fn has(&self, file: &str) -> bool {
        self.files.contains_key(file) || self.kept.contains(file)
    }

    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.files.keys().chain(&self.kept)
    }

    /// The same with further files to keep and files of which nothing is known.
    #[must_use]
    pub fn with<'a>(
        &self,
        kept: &BTreeSet<String>,
        unknown: impl Iterator<Item = &'a String>,
    ) -> Self {
        let mut both = self.clone();
        both.kept.extend(kept.iter().cloned());
        both.files.extend(unknown.map(|file| (file.clone(), None)));
        both
    }

    /// Writes the manifest, whole or not at all; what could not be kept beside it is a warning.
    pub fn write(
        &self,
        out: &Path,
        cache: &Cache,
        findings: &mut Findings,
    ) -> Result<(), DeliverError> {
        let path = out.join(FILE);
        let files = self.files.keys().map(|file| format!("{file}\n"));
        let kept = self.kept.iter().map(|file| format!("\t{file}\n"));
        let text: String = files.chain(kept).collect();
        let mut known = String::with_capacity(self.files.len() * 96);
        // Writing to a string cannot fail.
        let _ = writeln!(known, "{}", self.program);
        for (file, left) in &self.files {
            if let Some(Left {
                size,
                modified,
                fingerprint,
            }) = left
            {
                let _ = writeln!(known, "{size}\t{modified}\t{fingerprint}\t{file}");
            }
        }
        let made_from = Fingerprint::of_bytes(text.as_bytes());
        findings.keep(cache.write(&kept_as(out), made_from, known.as_bytes()));
        let fail = |e: &io::Error| DeliverError::io("write", &path, e);
        let mut file = tempfile::NamedTempFile::new_in(out).map_err(|e| fail(&e))?;
        io::Write::write_all(&mut file, text.as_bytes()).map_err(|e| fail(&e))?;
        file.persist(&path).map_err(|e| fail(&e.error))?;
        Ok(())
    }
}

/// The name in the cache of what is known of a folder: every folder has its own.
pub(super) fn kept_as(out: &Path) -> String {
    let real = fs::canonicalize(out).unwrap_or_else(|_| out.to_path_buf());
    let print = Fingerprint::of_bytes(real.to_string_lossy().as_bytes());
    format!("built-{print}")
}

fn read_left(line: &str) -> Option<(&str, Left)> {
    let mut parts = line.splitn(4, '\t');
    let size = parts.next()?.parse().ok()?;
    let modified = parts.next()?.parse().ok()?;
    let fingerprint = parts.next()?.parse().ok()?;
    let left = Left {
        size,
        modified,
        fingerprint,
    };
    Some((parts.next()?, left))
}

/// Size in bytes and time of change in nanoseconds since 1970.
pub fn size_and_time(path: &Path) -> io::Result<(u64, u128)> {
    let there = fs::symlink_metadata(path)?;
    let modified = there.modified()?;
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok((there.len(), since.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let left = Left {
            size: 7,
            modified: 1_700_000_000_123_456_789,
            fingerprint: Fingerprint::of(&1),
        };
        let manifest = Manifest {
            program: "briefbook 1".to_owned(),
            files: BTreeMap::from([
                ("a/index.html".to_owned(), Some(left)),
                ("옛글/index.html".to_owned(), None),
            ]),
            kept: BTreeSet::from(["style.0123abcd.css".to_owned()]),
        };
        let cache = Cache::of(&folder.path().join("archive"));
        let mut findings = Findings::default();
        manifest
            .write(folder.path(), &cache, &mut findings)
            .unwrap();
        assert!(findings.is_empty());
        assert_eq!(Manifest::read(folder.path(), &cache), manifest);
        // Without the cache, the files are still known to be ours.
        let bare = Manifest::read(folder.path(), &Cache::of(Path::new("elsewhere")));
        assert!(bare.has("a/index.html") && bare.files["a/index.html"].is_none());
    }

    #[test]
    fn a_file_that_was_touched_is_no_longer_known() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::write(&path, "one").unwrap();
        let (size, modified) = size_and_time(&path).unwrap();
        let left = Left {
            size,
            modified,
            fingerprint: Fingerprint::of(&1),
        };
        let manifest = Manifest {
            program: "p".to_owned(),
            files: BTreeMap::from([("x".to_owned(), Some(left))]),
            kept: BTreeSet::new(),
        };
        assert_eq!(manifest.still("p", folder.path(), "x"), Some(left));
        assert_eq!(manifest.still("another", folder.path(), "x"), None);
        fs::write(&path, "three").unwrap();
        assert_eq!(manifest.still("p", folder.path(), "x"), None);
    }
}
