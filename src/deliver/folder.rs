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

use super::error::DeliverError;
use super::rendering::{RenderedFile, Rendering};
use crate::diagnostic::Findings;

/// Lists the files of the last build, so that the next one knows which are its own.
pub const MANIFEST: &str = ".briefbook-manifest";

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
    rendering: &Rendering<'_>,
    out: &Path,
    findings: &mut Findings,
) -> Result<Option<Delivered>, DeliverError> {
    refuse_archive(rendering.root, out)?;
    let ours = manifest(out);
    let stage = stage_beside(out)?;
    let staged = rendering.each_file(findings, |file| stage_one(out, stage.path(), &ours, file))?;
    match staged {
        Some(staged) => install(out, stage.path(), &ours, &staged).map(Some),
        None => Ok(None),
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
    fs::create_dir_all(parent).map_err(|e| DeliverError::io("make the folder", parent, &e))?;
    tempfile::Builder::new()
        .prefix(".briefbook-build-")
        .tempdir_in(parent)
        .map_err(|e| DeliverError::io("make a folder in", parent, &e))
}

fn stage_one(
    out: &Path,
    stage: &Path,
    ours: &BTreeSet<String>,
    file: RenderedFile,
) -> Result<Staged, DeliverError> {
    let RenderedFile { path: file, bytes } = file;
    let (there, staged) = (out.join(&file), stage.join(&file));
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
        bytes: bytes.len() as u64,
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
    written.map_err(|e| DeliverError::io("write", path, &e))
}

fn make_parent(path: &Path) -> Result<(), DeliverError> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(|e| DeliverError::io("make the folder", parent, &e))
}

/// Moves what changed into place, takes away what is no longer wanted, and writes the manifest.
fn install(
    out: &Path,
    stage: &Path,
    ours: &BTreeSet<String>,
    staged: &[Staged],
) -> Result<Delivered, DeliverError> {
    fs::create_dir_all(out).map_err(|e| DeliverError::io("make the folder", out, &e))?;
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
        fs::rename(stage.join(&staged.file), &to)
            .map_err(|e| DeliverError::io("write", &to, &e))?;
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
    let fail = |e: &io::Error| DeliverError::io("write", &path, e);
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
        Err(error) => return Err(DeliverError::io("remove", &path, &error)),
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
