//! One branch, from what it has to what it gets.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::process;

use super::super::audit::finding::AuditFinding;
use super::super::audit::seen::Made;
use super::super::error::DeliverError;
use super::base::{Ask, Overwrite, Target, base};
use super::blob::blob_name;
use super::error::GitError;
use super::notes::Notes;
use super::repository::{Repository, said};
use super::spool::{Spool, quoted};
use super::tree::PublishedTree;
use crate::content::publishing::History;
use crate::site::theme::is_fingerprinted;

/// What differs from the last publication, as paths of files.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
    /// No longer part of the site, and left for readers whose browsers hold an older page.
    pub kept: BTreeSet<String>,
    /// What was kept so the last time.
    pub dropped: Vec<String>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// A file of the site, and whether the branch has it already with just these contents.
pub type Placed = (String, bool);

/// A branch that is about to be published to: what it has, and what differs from that.
pub struct Draft {
    repository: Repository,
    target: Target,
    /// The last commit of the branch.
    base: Option<String>,
    before: PublishedTree,
    spool: Spool,
}

impl Draft {
    /// Finds out what a branch of a remote of the repository at `root` has.
    pub fn begin(
        root: &Path,
        remote: &str,
        branch: &str,
        overwrite: Overwrite,
        ask: Ask,
    ) -> Result<Self, GitError> {
        let repository = Repository::find(root)?;
        let target = Target::find(&repository, remote, branch)?;
        let base = base(&repository, &target, overwrite, ask)?;
        let before = match &base {
            Some(commit) => PublishedTree::read(&repository, commit)?,
            None => PublishedTree::default(),
        };
        let spool = Spool::new(&repository.git_folder);
        let spool = spool.map_err(|e| spool_error(&repository, &e))?;
        Ok(Self {
            repository,
            target,
            base,
            before,
            spool,
        })
    }

    /// The addresses that the branch has now.
    pub fn addresses_before(&self) -> Result<BTreeSet<String>, GitError> {
        self.before.addresses(&self.repository)
    }

    /// The files that the branch has now.
    pub fn files_before(&self) -> impl Iterator<Item = &String> {
        self.before.files.keys()
    }

    /// Whether the branch has a page as it was made.
    pub fn has(&self, path: &str, made: &Made) -> bool {
        let blob = made.blob.as_deref();
        blob.is_some_and(|name| self.before.has(path, name))
    }

    /// Takes a file; when it differs from what the branch has, it waits to be sent. Returns the
    /// name git has for its contents with it.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(String, bool), DeliverError> {
        let name = blob_name(self.repository.object_format, bytes);
        let same = self.before.has(path, &name);
        if !same {
            let added = self.spool.add(path, bytes);
            added.map_err(|e| spool_error(&self.repository, &e))?;
        }
        Ok((name, same))
    }

    /// GitHub notes a domain that is chosen in its settings as a file on the branch; a publication
    /// without that file would take the domain off the site.
    pub fn lost_domain(&self, files: &[Placed]) -> Result<Option<AuditFinding>, GitError> {
        let Some(Some(name)) = self.before.files.get(DOMAIN) else {
            return Ok(None);
        };
        if files.iter().any(|(path, _)| path == DOMAIN) {
            return Ok(None);
        }
        let domain = self.repository.ask(&["cat-file", "blob", name])?;
        Ok(Some(AuditFinding::Domain {
            message: format!("the site would lose its domain, {}", domain.trim()),
            help: format!(
                "the branch has a file {DOMAIN} and the site has none: write `domain = \"{}\"` under `[publish]` in site.toml",
                domain.trim()
            ),
        }))
    }

    /// What differs, when these are all files of the site.
    pub fn changes(&self, files: Vec<Placed>) -> Changes {
        compare(&self.before, files)
    }

    /// Makes a commit of the changes and sends it; returns its name. `shards` are the years that
    /// the site has shards for, if this is its front.
    pub fn push(
        self,
        changes: &Changes,
        history: History,
        message: &str,
        shards: BTreeSet<i16>,
    ) -> Result<String, GitError> {
        let Self {
            repository,
            target,
            base,
            before: _,
            spool,
        } = self;
        let spooled = spool.finish().map_err(|e| spool_error(&repository, &e))?;
        let tree = import(&repository, base.as_deref(), changes, spooled)?;
        let parent = match history {
            History::Keep => base.as_deref(),
            History::Squash => None,
        };
        let notes = Notes {
            kept: changes.kept.clone(),
            shards,
        };
        let commit = commit(&repository, &tree, parent, &notes.below(message))?;
        push(&repository, &target, base.as_deref(), &commit)?;
        Ok(commit)
    }
}

fn spool_error(repository: &Repository, error: &io::Error) -> DeliverError {
    DeliverError::io("write to a file in", &repository.git_folder, error)
}

/// The file that tells GitHub Pages a site's domain.
const DOMAIN: &str = "CNAME";

/// What differs between the last publication and these files, each with whether it is the same.
fn compare(before: &PublishedTree, files: Vec<(String, bool)>) -> Changes {
    let mut changes = Changes::default();
    let mut gone: BTreeSet<&String> = before.files.keys().collect();
    for (path, same) in files {
        let was_there = gone.remove(&path);
        if same {
            continue;
        }
        if was_there {
            changes.changed.push(path);
        } else {
            changes.added.push(path);
        }
    }
    // Pages are cached for ten minutes: one from before still asks for the style of before. What
    // was kept for that reason once goes with the next change; it is no change of its own.
    for path in gone {
        if before.notes.kept.contains(path) {
            changes.dropped.push(path.clone());
        } else if is_fingerprinted(path) {
            changes.kept.insert(path.clone());
        } else {
            changes.removed.push(path.clone());
        }
    }
    changes
}

/// The tree of the site, put into the object store under a name that is gone afterwards.
fn import(
    repository: &Repository,
    base: Option<&str>,
    changes: &Changes,
    mut spooled: std::fs::File,
) -> Result<String, GitError> {
    let name = format!("refs/briefbook/import-{}", process::id());
    // Little compression and no deltas: git would take longer over a first publication than it
    // takes to render the site, for a third of its size. The remote packs anew what it keeps.
    let arguments = [
        "-c",
        "core.compression=1",
        "fast-import",
        "--depth=0",
        "--quiet",
        "--done",
        "--force",
    ];
    let imported = repository.tell(&arguments, |stdin| {
        // Nobody sees this commit: it only carries its tree.
        write!(
            stdin,
            "commit {name}\ncommitter briefbook <> 0 +0000\ndata 0\n"
        )?;
        if let Some(base) = base {
            writeln!(stdin, "from {base}")?;
        }
        // Deletions first: a file may make room for a folder of its name.
        for path in changes.removed.iter().chain(&changes.dropped) {
            writeln!(stdin, "D {}", quoted(path))?;
        }
        io::copy(&mut spooled, stdin)?;
        stdin.write_all(b"done\n")
    });
    let tree = imported.and_then(|_| repository.ask(&["rev-parse", &format!("{name}^{{tree}}")]));
    repository.run(&["update-ref", "-d", &name])?;
    tree
}

fn commit(
    repository: &Repository,
    tree: &str,
    parent: Option<&str>,
    message: &str,
) -> Result<String, GitError> {
    let mut arguments = vec!["commit-tree", tree, "-F", "-"];
    if let Some(parent) = parent {
        arguments.extend(["-p", parent]);
    }
    // `git commit` signs by itself where that is configured; `git commit-tree` has to be asked.
    let signed = repository.ask_whether(&["config", "--type=bool", "--get", "commit.gpgSign"])?;
    if signed.as_deref() == Some("true") {
        arguments.push("-S");
    }
    repository.tell(&arguments, |stdin| stdin.write_all(message.as_bytes()))
}

/// Sends the commit, unless the branch has changed since we looked at it.
fn push(
    repository: &Repository,
    target: &Target,
    base: Option<&str>,
    commit: &str,
) -> Result<(), GitError> {
    let head = target.head();
    repository.ask(&["update-ref", &target.pending, commit])?;
    let lease = format!("--force-with-lease={head}:{}", base.unwrap_or_default());
    let what = format!("{commit}:{head}");
    let output = repository.run(&[
        "push",
        "--porcelain",
        "--no-follow-tags",
        "--recurse-submodules=no",
        &lease,
        &target.remote,
        &what,
    ])?;
    if output.status.success() {
        repository.ask(&["update-ref", &target.published, commit])?;
        repository.ask(&["update-ref", "-d", &target.pending])?;
        return Ok(());
    }
    // The pending ref stays: a push can fail after the remote has taken it.
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let refused = text.lines().find_map(|line| line.strip_prefix("!\t"));
    let reason = refused.and_then(|line| line.rsplit('\t').next());
    let (remote, branch) = (target.remote.clone(), target.branch.clone());
    Err(match reason {
        Some(reason) if reason.contains("stale info") => GitError::MovedOn { remote, branch },
        Some(reason) => GitError::Rejected {
            remote,
            reason: reason.to_owned(),
            said: said(&output),
        },
        None => GitError::Failed {
            command: "push".to_owned(),
            said: said(&output),
        },
    })
}
