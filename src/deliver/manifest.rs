//! What a build left in its folder, so that the next one knows which files are its own and which
//! of them are still right.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::iter;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

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

/// A new number for every change of what is kept in the cache.
const VERSION: u32 = 2;

/// A file as it was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: u64,
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
        let known = cache.read(&kept_as(out), made_from(&text));
        let known = known.and_then(|bytes| postcard::from_bytes(&bytes).ok());
        let (program, lefts): (String, Vec<Option<Left>>) = known.unwrap_or_default();
        let (kept, files): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| line.starts_with('\t'));
        let lefts = lefts.into_iter().chain(iter::repeat(None));
        let files = files.into_iter().map(str::to_owned).zip(lefts);
        let kept = kept.into_iter().map(|line| line[1..].to_owned());
        Self {
            program,
            files: files.collect(),
            kept: kept.collect(),
        }
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

    /// Files of the site that are none of another one.
    pub fn files_beside<'a>(&'a self, other: &Self) -> impl Iterator<Item = &'a String> {
        let mut others = other.files.keys().peekable();
        // Both are in one order.
        self.files.keys().filter(move |file| {
            while others.next_if(|other| other < file).is_some() {}
            others.next_if(|other| other == file).is_none()
        })
    }

    /// All of ours that another one has neither as files of the site nor for readers of the site
    /// before.
    pub fn beside<'a>(&'a self, other: &Self) -> impl Iterator<Item = &'a String> {
        let kept = self.kept.iter();
        let kept = kept.filter(|file| !other.files.contains_key(*file));
        let all = self.files_beside(other).chain(kept);
        all.filter(|file| !other.kept.contains(*file))
    }

    /// Writes the manifest, whole or not at all; what could not be kept beside it is a warning.
    pub fn write(
        &self,
        out: &Path,
        cache: &Cache,
        findings: &mut Findings,
    ) -> Result<(), DeliverError> {
        let files = self.files.iter().map(|(file, left)| (file.as_str(), *left));
        let kept = self.kept.iter().map(String::as_str);
        write((&self.program, files, kept), out, cache, findings)
    }

    /// Writes one of this site and the one `after` it, while files of both are there: nothing is known
    /// of those that have `changed`.
    pub fn write_with<'a>(
        &'a self,
        after: &'a Self,
        changed: impl Iterator<Item = &'a str>,
        out: &Path,
        cache: &Cache,
        findings: &mut Findings,
    ) -> Result<(), DeliverError> {
        let files = self.files.iter().map(|(file, left)| (file.as_str(), *left));
        let changed = changed.map(|file| (file, None));
        let files: BTreeMap<&str, Option<Left>> = files.chain(changed).collect();
        let files = files.iter().map(|(file, left)| (*file, *left));
        let kept = self.kept.union(&after.kept).map(String::as_str);
        write((&self.program, files, kept), out, cache, findings)
    }
}

/// Writes a manifest of a program's files and of what is kept beside them.
fn write<'a>(
    (program, files, kept): (
        &str,
        impl Iterator<Item = (&'a str, Option<Left>)> + Clone,
        impl Iterator<Item = &'a str>,
    ),
    out: &Path,
    cache: &Cache,
    findings: &mut Findings,
) -> Result<(), DeliverError> {
    let path = out.join(FILE);
    let lines = files.clone().flat_map(|(file, _)| [file, "\n"]);
    let text: String = lines
        .chain(kept.flat_map(|file| ["\t", file, "\n"]))
        .collect();
    // What is known of each file, in the order of the lines.
    let lefts: Vec<_> = files.map(|(_, left)| left).collect();
    let known = postcard::to_stdvec(&(program, lefts));
    let known = known.expect("plain data can always be written");
    findings.keep(cache.write(&kept_as(out), made_from(&text), &known));
    let fail = |e: &io::Error| DeliverError::io("write", &path, e);
    let mut file = tempfile::NamedTempFile::new_in(out).map_err(|e| fail(&e))?;
    io::Write::write_all(&mut file, text.as_bytes()).map_err(|e| fail(&e))?;
    file.persist(&path).map_err(|e| fail(&e.error))?;
    Ok(())
}

/// The name in the cache of what is known of a folder: every folder has its own.
pub(super) fn kept_as(out: &Path) -> String {
    let real = fs::canonicalize(out).unwrap_or_else(|_| out.to_path_buf());
    let print = Fingerprint::of_bytes(real.to_string_lossy().as_bytes());
    format!("built-{print}")
}

/// Under which what is known of the files that `text` names is kept.
fn made_from(text: &str) -> Fingerprint {
    Fingerprint::of(&(VERSION, text))
}

/// Size in bytes and time of change in nanoseconds since 1970.
pub fn size_and_time(path: &Path) -> io::Result<(u64, u64)> {
    let there = fs::symlink_metadata(path)?;
    let modified = there.modified()?;
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    // Enough for five hundred years.
    let nanoseconds = u64::try_from(since.as_nanos()).unwrap_or(u64::MAX);
    Ok((there.len(), nanoseconds))
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
