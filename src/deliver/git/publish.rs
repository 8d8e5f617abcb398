//! A publication from beginning to end.

use std::collections::BTreeSet;
use std::io;
use std::process;

use super::super::audit::finding::AuditFinding;
use super::super::audit::judge::{Rules, judge};
use super::super::audit::reference::Place;
use super::super::audit::size::{Growth, SiteSize};
use super::super::audit::survey::Surveyor;
use super::super::error::DeliverError;
use super::super::rendering::Rendering;
use super::base::{Overwrite, Target, base};
use super::blob::blob_name;
use super::error::GitError;
use super::repository::{Repository, said};
use super::spool::{Spool, quoted};
use super::tree::{PublishedTree, remember_kept};
use crate::content::publishing::{History, Publishing};
use crate::diagnostic::Findings;
use crate::site::theme::is_fingerprinted;

/// What was decided on the command line. What is `None` is as `site.toml` says.
#[derive(Debug, Clone, Copy)]
pub struct Decisions<'a> {
    pub remote: Option<&'a str>,
    pub message: Option<&'a str>,
    pub history: Option<History>,
    pub overwrite: Overwrite,
    pub vanished: Vanished,
    pub run: Run,
}

/// Whether addresses may vanish without a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vanished {
    Refuse,
    Allow,
}

/// Whether it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    Real,
    /// Everything but the commit and the push.
    Dry,
}

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

/// How a publication ended.
#[derive(Debug)]
pub struct Publication {
    pub remote: String,
    pub branch: String,
    pub changes: Changes,
    pub size: SiteSize,
    /// What the remote has now; `None` when nothing was to be done, or nothing was meant.
    pub commit: Option<String>,
}

/// Renders the site, audits it and pushes what differs. `None` when something is wrong with it;
/// `findings` say what, and nothing was sent then.
pub fn publish(
    rendering: &Rendering<'_>,
    place: &Place,
    settings: &Publishing,
    decisions: Decisions<'_>,
    findings: &mut Findings,
) -> Result<Option<Publication>, GitError> {
    let repository = Repository::find(rendering.root)?;
    let Decisions {
        remote,
        message,
        history,
        overwrite,
        vanished,
        run,
    } = decisions;
    let remote = remote.unwrap_or(&settings.remote);
    let target = Target::find(&repository, remote, &settings.branch)?;
    let base = base(&repository, &target, overwrite)?;
    let before = match &base {
        Some(commit) => PublishedTree::read(&repository, commit)?,
        None => PublishedTree::default(),
    };

    let spool_error = |e| DeliverError::io("write to a file in", &repository.git_folder, &e);
    let spool = Spool::new(&repository.git_folder).map_err(spool_error)?;
    let surveyor = Surveyor::new(place);
    let files = rendering.each_file(findings, |file| {
        surveyor.see(&file.path, &file.bytes);
        let name = blob_name(repository.object_format, &file.bytes);
        let same = before.has(&file.path, &name);
        if !same {
            spool.add(&file.path, &file.bytes).map_err(spool_error)?;
        }
        Ok((file.path, same))
    })?;
    let Some(files) = files else {
        return Ok(None);
    };

    let published_before = before.addresses(&repository)?;
    let rules = Rules {
        place,
        host: settings.host,
        published_before: (vanished == Vanished::Refuse).then_some(&published_before),
        growth: Growth::of(rendering.site.archive),
    };
    let size = judge(&surveyor.finish(), &rules, findings);
    if let Some(finding) = example_address(place) {
        findings.push(finding);
    }
    if let Some(finding) = lost_domain(&repository, &before, &files)? {
        findings.push(finding);
    }
    if findings.errors() > 0 {
        return Ok(None);
    }
    let changes = compare(&before, files);
    let commit = if changes.is_empty() || run == Run::Dry {
        None
    } else {
        let spooled = spool.finish().map_err(spool_error)?;
        let tree = import(&repository, base.as_deref(), &changes, spooled)?;
        let parent = match history.unwrap_or(settings.history) {
            History::Keep => base.as_deref(),
            History::Squash => None,
        };
        let text = message.unwrap_or(&settings.message);
        let text = remember_kept(text, &changes.kept);
        let commit = commit(&repository, &tree, parent, &text)?;
        push(&repository, &target, base.as_deref(), &commit)?;
        Some(commit)
    };
    Ok(Some(Publication {
        remote: remote.to_owned(),
        branch: settings.branch.clone(),
        changes,
        size,
        commit,
    }))
}

/// The address that a new archive's settings begin with (RFC 2606 keeps it for examples).
fn example_address(place: &Place) -> Option<AuditFinding> {
    let host = place.host.as_str();
    matches!(host, "example.org" | "example.com" | "example.net").then(|| {
        AuditFinding::ExampleAddress {
            host: host.to_owned(),
        }
    })
}

/// GitHub notes a domain that is chosen in its settings as a file on the branch; a publication
/// without that file would take the domain off the site.
fn lost_domain(
    repository: &Repository,
    before: &PublishedTree,
    files: &[(String, bool)],
) -> Result<Option<AuditFinding>, GitError> {
    let Some(Some(name)) = before.files.get(DOMAIN) else {
        return Ok(None);
    };
    if files.iter().any(|(path, _)| path == DOMAIN) {
        return Ok(None);
    }
    let domain = repository.ask(&["cat-file", "blob", name])?;
    Ok(Some(AuditFinding::Domain {
        message: format!("the site would lose its domain, {}", domain.trim()),
        help: format!(
            "the branch has a file {DOMAIN} and the site has none: write `domain = \"{}\"` under `[publish]` in site.toml",
            domain.trim()
        ),
    }))
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
        if before.kept.contains(path) {
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
    let imported = repository.tell(&["fast-import", "--quiet", "--done", "--force"], |stdin| {
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
    target: &Target<'_>,
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
        target.remote,
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
    let (remote, branch) = (target.remote.to_owned(), target.branch.to_owned());
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
