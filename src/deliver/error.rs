//! What can go wrong when pages are written.

use std::io;
use std::path::Path;

use miette::Diagnostic;
use thiserror::Error;

#[derive(Debug, Error, Diagnostic)]
pub enum DeliverError {
    #[error("cannot {action} {path}: {reason}")]
    #[diagnostic(
        code(deliver::io),
        help(
            "look at the permissions and the free space there; what stood there before is as it was"
        )
    )]
    Io {
        action: &'static str,
        path: String,
        reason: String,
    },

    #[error("{path} isn't what it was when it was last read")]
    #[diagnostic(
        code(deliver::changed),
        help(
            "it has changed without looking so from outside (by size and time of change), or just now: build again, and it is read; the site is as it was"
        )
    )]
    Changed { path: String },

    #[error("{path} would be overwritten, and it was not written by briefbook")]
    #[diagnostic(
        code(deliver::foreign_file),
        help("build into another folder with `--out`, or move that file away")
    )]
    ForeignFile { path: String },

    #[error("the site cannot be written into {path}: the archive itself is there")]
    #[diagnostic(
        code(deliver::into_archive),
        help("choose another folder with `--out`")
    )]
    IntoArchive { path: String },

    #[error("the picture {path} can't be worked on: {reason}")]
    #[diagnostic(
        severity(warning),
        code(deliver::picture),
        help(
            "it is published as it is, in one width and with what its camera wrote into it; save it anew with a picture editor"
        )
    )]
    Picture { path: String, reason: String },

    #[error("the ledger {place} cannot be read: {reason}")]
    #[diagnostic(
        code(deliver::no_ledger),
        help(
            "name the `permalinks.txt` of the last publication, as a file or by its address; a \
             first publication has none"
        )
    )]
    NoLedger { place: String, reason: String },

    #[error("changes can't be watched for: {reason}")]
    #[diagnostic(
        severity(warning),
        code(deliver::unwatched),
        help(
            "the site is served, but a change is only seen after `briefbook serve` is started again"
        )
    )]
    Unwatched { reason: String },

    #[error("the site can't be served: {reason}")]
    #[diagnostic(
        code(deliver::not_serving),
        help("choose another `--port` or `--host`")
    )]
    NotServing { reason: String },
}

impl DeliverError {
    pub fn io(action: &'static str, path: &Path, error: &io::Error) -> Self {
        Self::Io {
            action,
            path: path.display().to_string(),
            reason: error.to_string(),
        }
    }
}
