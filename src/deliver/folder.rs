//! The site as files in a folder: all of it or nothing.
//!
//! Everything is rendered into a folder beside the real one first. Only when every page has come
//! out right are the files that differ moved into place, each in one step, and the files of an
//! earlier build that are no longer wanted taken away. A build that fails or is killed leaves
//! whole files; files that aren't ours are never touched.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use super::error::DeliverError;
use crate::diagnostic::Findings;
use crate::site::address::Address;
use crate::site::error::SiteError;
use crate::site::plan::Site;
use crate::site::render::{Output, Renderer};

/// Lists the files of the last build, so that the next one knows which are its own.
const MANIFEST: &str = ".briefbook-manifest";

/// What a build did to its folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    pub files: usize,
    /// New or changed.
    pub written: usize,
    pub removed: usize,
    pub bytes: u64,
}

/// What became of one address.
struct Staged {
    file: String,
    bytes: u64,
    changed: bool,
}

/// Renders the whole site into `out`. `None` when a page could not be rendered; the folder is
/// as it was then, and `findings` say why.
pub fn deliver(
    site: &Site<'_>,
    renderer: &Renderer<'_>,
    root: &Path,
    out: &Path,
    tick: &(dyn Fn() + Sync),
    findings: &mut Findings,
) -> Result<Option<Delivered>, DeliverError> {
    refuse_archive(root, out)?;
    let ours = manifest(out);
    let stage = stage_beside(out)?;
    let failures = Mutex::new(Failures::default());
    let staged: Vec<Staged> = site
        .contents
        .par_iter()
        .filter_map(|(address, content)| {
            tick();
            match renderer.render(address, content) {
                Ok(output) => Some(stage_one(root, out, stage.path(), &ours, address, output)),
                Err(error) => {
                    lock(&failures).add(address, error);
                    None
                }
            }
        })
        .collect::<Result<_, _>>()?;
    let failures = failures
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if failures.report(findings) {
        return Ok(None);
    }
    install(out, stage.path(), &ours, &staged).map(Some)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// One broken template breaks thousands of pages: each fault is told once, with the first page
/// it was met on.
#[derive(Default)]
struct Failures {
    seen: Vec<(String, Address, SiteError, usize)>,
}

impl Failures {
    fn add(&mut self, address: &Address, error: SiteError) {
        let key = fault_key(&error);
        match self.seen.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, first, kept, count)) => {
                *count += 1;
                if address < first {
                    *first = address.clone();
                    *kept = error;
                }
            }
            None => self.seen.push((key, address.clone(), error, 1)),
        }
    }

    /// Hands everything over, in the order of the addresses; says whether there was anything.
    fn report(mut self, findings: &mut Findings) -> bool {
        self.seen.sort_by(|a, b| a.1.cmp(&b.1));
        let any = !self.seen.is_empty();
        for (_, address, error, count) in self.seen {
            findings.push(error.on_page(&address, count));
        }
        any
    }
}

fn fault_key(error: &SiteError) -> String {
    match error {
        SiteError::Template { message, span, .. } => format!("{message} {span:?}"),
        other => other.to_string(),
    }
}

/// A folder that holds the archive must not be written into: `--out .` would mix both.
fn refuse_archive(root: &Path, out: &Path) -> Result<(), DeliverError> {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let (root, out) = (real(root), real(out));
    if root.starts_with(&out) || out.starts_with(root.join("content")) {
        return Err(DeliverError::IntoArchive {
            path: out.display().to_string(),
        });
    }
    Ok(())
}

fn manifest(out: &Path) -> BTreeSet<String> {
    fs::read_to_string(out.join(MANIFEST))
        .map(|text| text.lines().map(str::to_owned).collect())
        .unwrap_or_default()
}

/// The folder beside `out` that is rendered into, gone when dropped.
fn stage_beside(out: &Path) -> Result<tempfile::TempDir, DeliverError> {
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(|e| io_error("make the folder", parent, &e))?;
    tempfile::Builder::new()
        .prefix(".briefbook-build-")
        .tempdir_in(parent)
        .map_err(|e| io_error("make a folder in", parent, &e))
}

fn stage_one(
    root: &Path,
    out: &Path,
    stage: &Path,
    ours: &BTreeSet<String>,
    address: &Address,
    output: Output,
) -> Result<Staged, DeliverError> {
    let file = address.to_file();
    let (there, staged) = (out.join(&file), stage.join(&file));
    let bytes = match output {
        Output::Bytes(bytes) => bytes,
        Output::CopyOf(path) => {
            let path = root.join(path);
            fs::read(&path).map_err(|e| io_error("read", &path, &e))?
        }
    };
    let length = bytes.len() as u64;
    let changed = !same(&there, &bytes);
    if changed {
        if there.exists() && !ours.contains(&file) {
            return Err(DeliverError::ForeignFile {
                path: there.display().to_string(),
            });
        }
        write_new(&staged, &bytes)?;
    }
    Ok(Staged {
        file,
        bytes: length,
        changed,
    })
}

fn same(path: &Path, bytes: &[u8]) -> bool {
    fs::metadata(path).is_ok_and(|there| there.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|there| there == bytes)
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), DeliverError> {
    let written = match fs::write(path, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_parent(path)?;
            fs::write(path, bytes)
        }
        written => written,
    };
    written.map_err(|e| io_error("write", path, &e))
}

fn make_parent(path: &Path) -> Result<(), DeliverError> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(|e| io_error("make the folder", parent, &e))
}

/// Moves what changed into place, takes away what is no longer wanted, and writes the manifest.
fn install(
    out: &Path,
    stage: &Path,
    ours: &BTreeSet<String>,
    staged: &[Staged],
) -> Result<Delivered, DeliverError> {
    fs::create_dir_all(out).map_err(|e| io_error("make the folder", out, &e))?;
    let wanted: BTreeSet<String> = staged.iter().map(|staged| staged.file.clone()).collect();
    // Between these two steps files of both builds are there, so both are ours.
    let both: BTreeSet<String> = ours.union(&wanted).cloned().collect();
    if both != *ours {
        write_manifest(out, &both)?;
    }
    let mut delivered = Delivered {
        files: staged.len(),
        bytes: staged.iter().map(|staged| staged.bytes).sum(),
        ..Delivered::default()
    };
    for staged in staged.iter().filter(|staged| staged.changed) {
        let to = out.join(&staged.file);
        make_parent(&to)?;
        fs::rename(stage.join(&staged.file), &to).map_err(|e| io_error("write", &to, &e))?;
        delivered.written += 1;
    }
    for stale in ours.difference(&wanted) {
        if remove(out, stale)? {
            delivered.removed += 1;
        }
    }
    if wanted != both {
        write_manifest(out, &wanted)?;
    }
    Ok(delivered)
}

fn write_manifest(out: &Path, files: &BTreeSet<String>) -> Result<(), DeliverError> {
    let path = out.join(MANIFEST);
    let mut text = String::new();
    for file in files {
        text.push_str(file);
        text.push('\n');
    }
    let fail = |e: &io::Error| io_error("write", &path, e);
    let mut file = tempfile::NamedTempFile::new_in(out).map_err(|e| fail(&e))?;
    io::Write::write_all(&mut file, text.as_bytes()).map_err(|e| fail(&e))?;
    file.persist(&path).map_err(|e| fail(&e.error))?;
    Ok(())
}

/// Takes a file away, and the folders it leaves empty. A name in the manifest that leads out of
/// the folder is not followed: the manifest may have been written by anyone.
fn remove(out: &Path, file: &str) -> Result<bool, DeliverError> {
    let relative = PathBuf::from(file);
    let plain = |part| matches!(part, std::path::Component::Normal(_));
    if !relative.components().all(plain) {
        return Ok(false);
    }
    let path = out.join(&relative);
    match fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(io_error("remove", &path, &error)),
    }
    let mut folder = relative.parent();
    while let Some(inner) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        // Refuses folders that still hold something, which is what is wanted.
        if fs::remove_dir(out.join(inner)).is_err() {
            break;
        }
        folder = inner.parent();
    }
    Ok(true)
}

fn io_error(action: &'static str, path: &Path, error: &io::Error) -> DeliverError {
    DeliverError::Io {
        action,
        path: path.display().to_string(),
        reason: error.to_string(),
    }
}
