//! The files of a publication, as git lists them.

use std::collections::{BTreeMap, BTreeSet};

use super::error::GitError;
use super::notes::Notes;
use super::repository::Repository;
use crate::deliver::ledger;

/// A publication.
#[derive(Debug, Default)]
pub struct PublishedTree {
    /// The names of the contents, by path. What is not an ordinary file has none.
    pub files: BTreeMap<String, Option<String>>,
    pub notes: Notes,
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
        let notes = Notes::of(&message);
        Ok(Self { files, notes })
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
