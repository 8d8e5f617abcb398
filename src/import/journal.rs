//! What an import did, so that it can be taken back.
//!
//! One JSON object a line in `.briefbook/imports/<batch>.jsonl`, written as the import goes: after
//! a crash it says what was done until then.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::ImportError;
use super::files::{unwritable, write_whole};
use crate::text::hash::sha256;

/// One file that an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Relative to the folder that was imported into.
    pub path: String,
    /// Of the file as it was written.
    pub sha256: String,
    /// The text that it took the place of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<String>,
    /// Where that text was kept for the editor.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub backup: Option<String>,
    /// Pictures written beside it, each with its hash.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub pictures: Vec<(String, String)>,
}

/// The journal of an import that is going on. Its file is made with the first entry.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    started: Timestamp,
    file: Option<(String, File)>,
}

impl Journal {
    /// `state` is the archive's `.briefbook` folder.
    pub fn new(state: &Path, started: Timestamp) -> Self {
        Self {
            folder: folder(state),
            started,
            file: None,
        }
    }

    /// The name of the batch, once something was written.
    pub fn batch(&self) -> Option<&str> {
        self.file.as_ref().map(|(batch, _)| &**batch)
    }

    pub fn record(&mut self, entry: &Entry) -> Result<(), ImportError> {
        if self.file.is_none() {
            self.file = Some(self.open()?);
        }
        let Some((_, file)) = &mut self.file else {
            return Ok(());
        };
        let mut line = serde_json::to_vec(entry).expect("an entry is plain data");
        line.push(b'\n');
        file.write_all(&line)
            .map_err(|error| unwritable(&self.folder, &error))
    }

    /// Named by the second it started in; a second import in the same one gets a number.
    fn open(&self) -> Result<(String, File), ImportError> {
        let fail = |error: std::io::Error| unwritable(&self.folder, &error);
        fs::create_dir_all(&self.folder).map_err(fail)?;
        let stamp = self.started.strftime("%Y%m%d-%H%M%S").to_string();
        let mut number = 1;
        loop {
            let batch = match number {
                1 => stamp.clone(),
                number => format!("{stamp}-{number}"),
            };
            match File::create_new(self.folder.join(format!("{batch}.jsonl"))) {
                Ok(file) => return Ok((batch, file)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(fail(error)),
            }
        }
    }
}

fn folder(state: &Path) -> PathBuf {
    state.join("imports")
}

/// Every batch that can be taken back, the oldest first.
pub fn batches(state: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder(state)) else {
        return Vec::new();
    };
    let mut batches: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_suffix(".jsonl").map(str::to_owned)
        })
        .collect();
    batches.sort();
    batches
}

/// What became of the files of a batch.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Removed, or as they were before.
    pub taken_back: Vec<String>,
    /// Edited since, and left alone.
    pub kept: Vec<String>,
    /// Removed by somebody else already.
    pub gone: Vec<String>,
}

/// Takes back what a batch wrote, unless somebody has edited it since. What was kept stays in the
/// journal.
pub fn undo(state: &Path, content: &Path, batch: &str) -> Result<Undone, ImportError> {
    let path = folder(state).join(format!("{batch}.jsonl"));
    let unknown = || ImportError::NoBatch {
        batch: batch.to_owned(),
        known: batches(state).join(", "),
    };
    // A batch is a name in that folder and nothing else.
    if batch.contains(['/', '\\']) {
        return Err(unknown());
    }
    let text = fs::read_to_string(&path).map_err(|_| unknown())?;
    let mut undone = Undone::default();
    let mut left = Vec::new();
    // A line that a crash cut off says nothing about a file that was written whole: the file is
    // written before its line.
    let entries: Vec<Entry> = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    for entry in entries.into_iter().rev() {
        let target = content.join(&entry.path);
        match fs::read(&target) {
            Err(_) => undone.gone.push(entry.path),
            Ok(bytes) if sha256(&bytes) == entry.sha256 => {
                take_back(content, &target, &entry)?;
                undone.taken_back.push(entry.path);
            }
            Ok(_) => {
                undone.kept.push(entry.path.clone());
                left.push(entry);
            }
        }
    }
    if left.is_empty() {
        fs::remove_file(&path).map_err(|error| unwritable(&path, &error))?;
    } else {
        left.reverse();
        let lines: Vec<String> = left
            .iter()
            .map(|entry| serde_json::to_string(entry).expect("an entry is plain data"))
            .collect();
        write_whole(&path, (lines.join("\n") + "\n").as_bytes())?;
    }
    Ok(undone)
}

fn take_back(content: &Path, target: &Path, entry: &Entry) -> Result<(), ImportError> {
    let remove = |path: &Path| fs::remove_file(path).map_err(|error| unwritable(path, &error));
    match &entry.before {
        Some(before) => write_whole(target, before.as_bytes())?,
        None => remove(target)?,
    }
    let backup = entry.backup.as_ref().map(|name| content.join(name));
    if let Some(backup) = backup.filter(|backup| backup.exists()) {
        remove(&backup)?;
    }
    for (name, hash) in &entry.pictures {
        let picture = content.join(name);
        if fs::read(&picture).is_ok_and(|bytes| sha256(&bytes) == *hash) {
            remove(&picture)?;
        }
    }
    // Folders that are empty now were made for these files.
    let folders = entry
        .pictures
        .iter()
        .map(|(name, _)| name)
        .chain([&entry.path])
        .filter_map(|name| name.rsplit_once('/'))
        .map(|(folder, _)| folder);
    for folder in folders {
        let mut folder = content.join(folder);
        while folder != content && folder.starts_with(content) && fs::remove_dir(&folder).is_ok() {
            folder.pop();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, text: &str, before: Option<&str>) -> Entry {
        Entry {
            path: path.to_owned(),
            sha256: sha256(text.as_bytes()),
            before: before.map(str::to_owned),
            backup: None,
            pictures: Vec::new(),
        }
    }

    #[test]
    fn an_import_is_taken_back_but_for_what_was_edited() {
        let archive = tempfile::tempdir().unwrap();
        let (state, content) = (
            archive.path().join(".briefbook"),
            archive.path().join("content"),
        );
        let put =
            |path: &str, text: &str| write_whole(&content.join(path), text.as_bytes()).unwrap();
        put("sources/2021/new.md", "new");
        put("sources/2020/refreshed.md", "after");
        put("sources/2021/edited.md", "edited by hand");
        let mut journal = Journal::new(&state, Timestamp::UNIX_EPOCH);
        for entry in [
            entry("sources/2021/new.md", "new", None),
            entry("sources/2020/refreshed.md", "after", Some("before")),
            entry("sources/2021/edited.md", "as imported", None),
            entry("sources/2021/removed.md", "x", None),
        ] {
            journal.record(&entry).unwrap();
        }
        assert_eq!(journal.batch(), Some("19700101-000000"));

        let undone = undo(&state, &content, "19700101-000000").unwrap();
        assert_eq!(
            undone.taken_back,
            ["sources/2020/refreshed.md", "sources/2021/new.md"]
        );
        assert_eq!(undone.kept, ["sources/2021/edited.md"]);
        assert_eq!(undone.gone, ["sources/2021/removed.md"]);
        assert!(!content.join("sources/2021/new.md").exists());
        let refreshed = fs::read_to_string(content.join("sources/2020/refreshed.md")).unwrap();
        assert_eq!(refreshed, "before");

        put("sources/2021/edited.md", "as imported");
        let rest = undo(&state, &content, "19700101-000000").unwrap();
        assert_eq!(rest.taken_back, ["sources/2021/edited.md"]);
        assert!(batches(&state).is_empty());
        assert!(
            !content.join("sources/2021").exists(),
            "an empty folder goes too"
        );
    }

    #[test]
    fn a_batch_is_no_path() {
        let archive = tempfile::tempdir().unwrap();
        let error = undo(archive.path(), archive.path(), "../imports/x").unwrap_err();
        assert!(matches!(error, ImportError::NoBatch { .. }));
    }
}
