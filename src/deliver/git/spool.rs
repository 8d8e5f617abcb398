//! Changed files on their way to `git fast-import`, in a file until the audit is over: git gets
//! nothing of a site that will not be published, and memory holds one page at a time.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Commands of a commit, without its head (git-fast-import(1), "filemodify").
pub struct Spool(Mutex<BufWriter<File>>);

impl Spool {
    /// A nameless file in `folder`, gone when it is closed.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let file = tempfile::tempfile_in(folder)?;
        Ok(Self(Mutex::new(BufWriter::with_capacity(1 << 20, file))))
    }

    /// Adds a file. May be called from several threads.
    pub fn add(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let head = format!("M 100644 inline {}\ndata {}\n", quoted(path), bytes.len());
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(head.as_bytes())?;
        file.write_all(bytes)?;
        file.write_all(b"\n")
    }

    /// Everything added, from the beginning.
    pub fn finish(self) -> io::Result<File> {
        let writer = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut file = writer
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(file)
    }
}

/// A path as fast-import reads it, whatever is in it.
pub fn quoted(path: &str) -> String {
    let escaped = path
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("\"{escaped}\"")
}
