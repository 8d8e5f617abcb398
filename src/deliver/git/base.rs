//! What the remote has, and whether it is what this repository knows of it.

use std::collections::BTreeSet;
use std::path::Path;

use super::error::GitError;
use super::notes::Notes;
use super::repository::Repository;
use crate::text::hash::sha256;

/// Where the site goes, and which of our refs remember what is there.
#[derive(Debug)]
pub struct Target {
    /// Its name, or its address.
    pub remote: String,
    pub branch: String,
    /// Where a fetch would put the branch, for a remote that has a name.
    tracking: Option<String>,
    /// The last commit that was published from here.
    pub published: String,
    /// The commit that is being published: when a push is interrupted after the remote took it,
    /// this is how the next one recognises it.
    pub pending: String,
}

impl Target {
    pub fn find(repository: &Repository, remote: &str, branch: &str) -> Result<Self, GitError> {
        let named = repository
            .ask_whether(&["config", "--get", &format!("remote.{remote}.url")])?
            .is_some();
        let is_address = remote.contains('/') || remote.contains(':') || remote.contains('\\');
        if !named && !is_address {
            let known = repository.ask(&["remote"])?;
            return Err(GitError::NoRemote {
                name: remote.to_owned(),
                help: if known.is_empty() {
                    format!("add it: `git remote add {remote} ADDRESS`")
                } else {
                    format!(
                        "name one of these as `remote` under `[publish]` in site.toml: {}",
                        known.replace('\n', ", ")
                    )
                },
            });
        }
        let head = repository.ask_whether(&["symbolic-ref", "--quiet", "HEAD"])?;
        if head.as_deref() == Some(&format!("refs/heads/{branch}")) {
            return Err(GitError::CheckedOut {
                branch: branch.to_owned(),
            });
        }
        // An address may hold what a ref's name may not.
        let key = if named {
            remote.to_owned()
        } else {
            sha256(remote.as_bytes())[..16].to_owned()
        };
        Ok(Self {
            remote: remote.to_owned(),
            branch: branch.to_owned(),
            tracking: named.then(|| format!("refs/remotes/{remote}/{branch}")),
            published: format!("refs/briefbook/published/{key}/{branch}"),
            pending: format!("refs/briefbook/pending/{key}/{branch}"),
        })
    }

    /// Our refs that remember what is there, and the remote's as it was last fetched.
    fn refs(&self) -> impl Iterator<Item = &String> {
        [&self.published, &self.pending]
            .into_iter()
            .chain(&self.tracking)
    }

    /// The branch's full name at the remote.
    pub fn head(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }
}

/// Whether a branch that is not as we left it may be published over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    Refuse,
    /// With its last commit kept as the one before ours.
    Allow,
}

/// Whether the remote is asked what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    Always,
    /// Only when it isn't known what was published there last: whoever has thirty shards changes
    /// one or two. What somebody else has published there since, a push still won't overwrite.
    WhenUnknown,
}

/// The remote's last commit of the branch, present in this repository; `None` when there is no
/// such branch yet.
pub fn base(
    repository: &Repository,
    target: &Target,
    overwrite: Overwrite,
    ask: Ask,
) -> Result<Option<String>, GitError> {
    let commit = |name: &str| repository.ask_whether(&["rev-parse", "--verify", "--quiet", name]);
    // A push that was interrupted may have arrived.
    if ask == Ask::WhenUnknown
        && overwrite == Overwrite::Refuse
        && commit(&target.pending)?.is_none()
        && let Some(published) = commit(&target.published)?
    {
        return Ok(Some(published));
    }
    let listed = repository.ask(&["ls-remote", "--refs", &target.remote, &target.head()])?;
    let Some((tip, _)) = listed.split_once('\t') else {
        return Ok(None);
    };
    let mut known = Vec::new();
    for name in target.refs() {
        known.extend(commit(name)?);
    }
    if !known.iter().any(|known| known == tip) {
        if overwrite == Overwrite::Refuse {
            let (remote, branch) = (target.remote.clone(), target.branch.clone());
            return Err(if known.is_empty() {
                GitError::NeverSeen { remote, branch }
            } else {
                GitError::MovedOn { remote, branch }
            });
        }
        return fetch(repository, target).map(Some);
    }
    Ok(Some(tip.to_owned()))
}

/// The years that had a shard when the front was published to this branch last, as far as this
/// repository knows.
pub fn shards_before(root: &Path, remote: &str, branch: &str) -> Result<BTreeSet<i16>, GitError> {
    let repository = Repository::find(root)?;
    let target = Target::find(&repository, remote, branch)?;
    let mut years = BTreeSet::new();
    for name in target.refs() {
        let message = repository.ask_whether(&["log", "-1", "--format=%B", name, "--"])?;
        years.extend(Notes::of(&message.unwrap_or_default()).shards);
    }
    Ok(years)
}

/// The remote's commit, got into this repository without a trace in its refs.
fn fetch(repository: &Repository, target: &Target) -> Result<String, GitError> {
    let name = format!("refs/briefbook/fetched-{}", std::process::id());
    let what = format!("+{}:{name}", target.head());
    repository.ask(&["fetch", "--quiet", "--no-tags", &target.remote, &what])?;
    let commit = repository.ask(&["rev-parse", &name])?;
    repository.ask(&["update-ref", "-d", &name])?;
    Ok(commit)
}
