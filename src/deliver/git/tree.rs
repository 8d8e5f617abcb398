//! The files of a publication, as git lists them.

use std::collections::{BTreeMap, BTreeSet};

use super::error::GitError;
use super::repository::Repository;
use crate::deliver::ledger;

/// The line in a commit's message that names a file kept from the publication before.
const KEPT: &str = "Kept-File: ";

/// A publication.
#[derive(Debug, Default)]
pub struct PublishedTree {
    /// The names of the contents, by path. What is not an ordinary file has none.
    pub files: BTreeMap<String, Option<String>>,
    /// Files that were kept for readers of the publication before, and are no part of this one.
    pub kept: BTreeSet<String>,
}

impl PublishedTree {
    pub fn read(repository: &Repository, commit: &str) -> Result<Self, GitError> {
        let listed = repository.ask(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        let files = listed
            .split_terminator('\0')
            .filter_map(|line| {
                let (about, path) = line.split_once('\t')?;
                let mut about = about.split(' ');
                let ordinary = about.next() == Some("100644") && about.next() == Some("blob");
                let name = about.next().filter(|_| ordinary);
                Some((path.to_owned(), name.map(str::to_owned)))
            })
            .collect();
        let message = repository.ask(&["log", "-1", "--format=%B", commit])?;
        let kept = message
            .lines()
            .filter_map(|line| line.strip_prefix(KEPT))
            .map(str::to_owned)
            .collect();
        Ok(Self { files, kept })
    }

    /// Whether a file is there with just these contents.
    pub fn has(&self, path: &str, name: &str) -> bool {
        self.files
            .get(path)
            .is_some_and(|known| known.as_deref() == Some(name))
    }

    /// The addresses it had, by its own ledger, or else by its pages.
    pub fn addresses(&self, repository: &Repository) -> Result<BTreeSet<String>, GitError> {
        if let Some(Some(name)) = self.files.get(ledger::FILE) {
            return Ok(ledger::parse(&repository.ask(&["cat-file", "blob", name])?));
        }
        Ok(ledger::of_files(self.files.keys().map(String::as_str)))
    }
}

/// A commit's message that remembers which files were kept.
pub fn remember_kept(text: &str, kept: &BTreeSet<String>) -> String {
    let mut message = format!("{}\n", text.trim_end());
    if !kept.is_empty() {
        message.push('\n');
    }
    for path in kept {
        message.push_str(KEPT);
        message.push_str(path);
        message.push('\n');
    }
    message
}
