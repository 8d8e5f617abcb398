//! What can go wrong between us and a branch.

use miette::Diagnostic;
use thiserror::Error;

use super::super::error::DeliverError;

#[derive(Debug, Error, Diagnostic)]
pub enum GitError {
    #[error("git cannot be run: {reason}")]
    #[diagnostic(
        code(publish::no_git),
        help("install git, or publish into a folder with `--to DIR`")
    )]
    NoGit { reason: String },

    #[error("the archive is in no git repository")]
    #[diagnostic(
        code(publish::no_repository),
        help(
            "make one (`git init`, then `git remote add origin ADDRESS`), or publish into a folder with `--to DIR`"
        )
    )]
    NoRepository,

    #[error("nothing says where the site's shards are published")]
    #[diagnostic(
        code(publish::no_shard_remote),
        help(
            "write `shard_remote = \"git@github.com:editor/archive-{{year}}.git\"` under `[publish]` in site.toml, or publish into a folder with `--to DIR`"
        )
    )]
    NoShardRemote,

    #[error("the repository of a shard can't be reached: {remote}")]
    #[diagnostic(
        code(publish::no_shard),
        help(
            "make it first, empty (on GitHub: `gh repo create NAME --public`), and choose its branch {branch} under Pages once it is published. What git said:\n{said}"
        )
    )]
    NoShard {
        remote: String,
        branch: String,
        said: String,
    },

    #[error("there is no remote `{name}`")]
    #[diagnostic(code(publish::no_remote))]
    NoRemote {
        name: String,
        #[help]
        help: String,
    },

    #[error("the branch {branch} of {remote} has moved on: somebody else has published since")]
    #[diagnostic(
        code(publish::moved_on),
        help(
            "get their articles first (`git pull`), look at what they published (`git fetch {remote} {branch}`), then publish again; `--force` publishes over it, and keeps their commit as the one before"
        )
    )]
    MovedOn { remote: String, branch: String },

    #[error("{remote} has a branch {branch} that this repository has never seen")]
    #[diagnostic(
        code(publish::never_seen),
        help(
            "fetch it first: `git fetch {remote} {branch}:refs/remotes/{remote}/{branch}`; if it may be replaced, `--force` publishes over it, and keeps its last commit as the one before"
        )
    )]
    NeverSeen { remote: String, branch: String },

    #[error("the branch {branch} is checked out here")]
    #[diagnostic(
        code(publish::checked_out),
        help(
            "it is for the site, not for the archive: go to the archive's branch (`git switch main`), or name another one under `[publish]`"
        )
    )]
    CheckedOut { branch: String },

    #[error("{remote} did not take the site: {reason}")]
    #[diagnostic(
        code(publish::rejected),
        help("nothing was changed there. What was said:\n{said}")
    )]
    Rejected {
        remote: String,
        reason: String,
        said: String,
    },

    #[error("`git {command}` failed")]
    #[diagnostic(code(publish::git), help("what git said:\n{said}"))]
    Failed { command: String, said: String },

    #[error(transparent)]
    #[diagnostic(transparent)]
    Deliver(#[from] DeliverError),
}
