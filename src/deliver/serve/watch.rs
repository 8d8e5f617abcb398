//! What changed on disk.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::content::config;
use crate::deliver::error::DeliverError;
use crate::diagnostic::Findings;

/// An editor saves in several steps; a change is over when nothing happened for so long.
const SILENCE: Duration = Duration::from_millis(15);
/// However much goes on, the site is looked at again after so long.
const PATIENCE: Duration = Duration::from_millis(150);

/// Folders that the site is made from: those of the theme, and the one of the articles.
const FOLDERS: [&str; 3] = ["themes", "data", ARTICLES];
const ARTICLES: &str = "content";

/// What must be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Templates, static files, strings.
    Theme,
    /// Articles, settings: the whole archive.
    Archive,
}

/// Watches the folders of an archive.
pub struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<notify::Event>>,
}

impl Watch {
    /// Begins to watch the archive at `root`, but for its articles; what can't be watched is told in
    /// `findings`.
    pub fn begin(root: &Path, findings: &mut Findings) -> Result<Self, DeliverError> {
        // Events name files by their full path.
        let root = root
            .canonicalize()
            .map_err(|error| DeliverError::io("read", root, &error))?;
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(sender).map_err(|error| unwatched(&error))?;
        watcher
            .watch(&root, RecursiveMode::NonRecursive)
            .map_err(|error| unwatched(&error))?;
        let mut watch = Self {
            root,
            watcher,
            events,
        };
        for folder in FOLDERS.into_iter().filter(|folder| *folder != ARTICLES) {
            findings.keep(watch.folder(folder));
        }
        Ok(watch)
    }

    /// Begins to watch the articles. Every file that is opened is an event: a hundred thousand while an
    /// archive is read, and more than the system holds.
    pub fn articles(&mut self, findings: &mut Findings) {
        findings.keep(self.folder(ARTICLES));
    }

    fn folder(&mut self, name: &str) -> Result<(), DeliverError> {
        let folder = self.root.join(name);
        if !folder.is_dir() {
            return Ok(());
        }
        self.watcher
            .watch(&folder, RecursiveMode::Recursive)
            .map_err(|error| unwatched(&error))
    }

    /// Waits for the next change; `None` when there will never be one.
    pub fn next(&mut self, findings: &mut Findings) -> Option<Change> {
        let mut change: Option<Change> = None;
        let mut first: Option<Instant> = None;
        loop {
            let event = if change.is_none() {
                self.events.recv().ok()?
            } else {
                let over = first.is_some_and(|first| first.elapsed() > PATIENCE);
                match self.events.recv_timeout(SILENCE) {
                    _ if over => return change,
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => return change,
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            };
            match event {
                Ok(event) => {
                    if let Some(found) = self.change(&event, findings) {
                        first.get_or_insert_with(Instant::now);
                        change = change.max(Some(found));
                    }
                }
                Err(error) => findings.push(unwatched(&error)),
            }
        }
    }

    fn change(&mut self, event: &notify::Event, findings: &mut Findings) -> Option<Change> {
        if !matters(event.kind) {
            return None;
        }
        if event.need_rescan() {
            return Some(Change::Archive);
        }
        let mut change = None;
        for path in &event.paths {
            let Ok(path) = path.strip_prefix(&self.root) else {
                continue;
            };
            let path: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
            if let [folder] = path[..]
                && FOLDERS.contains(&folder)
            {
                findings.keep(self.folder(folder));
            }
            change = change.max(of_path(&path));
        }
        change
    }
}

/// Reading a file changes nothing.
fn matters(kind: EventKind) -> bool {
    !matches!(
        kind,
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_))
    )
}

/// What a changed file asks for, by its path from the archive's root.
fn of_path(path: &[&str]) -> Option<Change> {
    let name = path.last()?;
    // Editors' own files: `.main.swp`, `main.html~`, `4913`.
    if name.starts_with('.') || name.ends_with('~') || *name == "4913" {
        return None;
    }
    match path {
        [config::FILE] | ["content", ..] => Some(Change::Archive),
        ["themes" | "data", ..] => Some(Change::Theme),
        _ => None,
    }
}

fn unwatched(error: &notify::Error) -> DeliverError {
    DeliverError::Unwatched {
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_says_what_must_be_made_again() {
        for (path, wanted) in [
            ("site.toml", Some(Change::Archive)),
            ("content/sources/2021/quad.md", Some(Change::Archive)),
            ("themes/mine/static/style.css", Some(Change::Theme)),
            ("themes/mine/templates/.base.html.swp", None),
            ("content/pages/about.md~", None),
            ("public/index.html", None),
            ("notes.txt", None),
        ] {
            let parts: Vec<&str> = path.split('/').collect();
            assert_eq!(of_path(&parts), wanted, "{path}");
        }
    }
}
