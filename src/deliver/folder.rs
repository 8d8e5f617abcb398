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

use super::audit::judge::page_address;
use super::error::DeliverError;
use super::rendering::{RenderedFile, Rendering};
use crate::diagnostic::Findings;
use crate::site::theme::is_fingerprinted;

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

/// A rendered site beside its folder, not yet in place.
pub struct StagedSite<'a> {
    out: &'a Path,
    stage: tempfile::TempDir,
    before: Manifest,
    files: Vec<Staged>,
}

/// What becomes of styles and scripts that the site has no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldStyles {
    Remove,
    /// Until the next delivery that changes something: browsers keep pages for a while, and an
    /// older page asks for the style of its time.
    Keep,
}

/// Renders the whole site beside `out`; `see` gets every file. `None` when a page could not be
/// rendered; `findings` say why.
pub fn stage<'a>(
    rendering: &Rendering<'_>,
    out: &'a Path,
    see: &(dyn Fn(&RenderedFile) + Sync),
    findings: &mut Findings,
) -> Result<Option<StagedSite<'a>>, DeliverError> {
    refuse_archive(rendering.root, out)?;
    let before = Manifest::read(out);
    let stage = stage_beside(out)?;
    let files = rendering.each_file(findings, |file| {
        see(&file);
        stage_one(out, stage.path(), &before, file)
    })?;
    Ok(files.map(|files| StagedSite {
        out,
        stage,
        before,
        files,
    }))
}

impl StagedSite<'_> {
    /// The addresses of the pages that stand in the folder now.
    pub fn addresses_before(&self) -> BTreeSet<String> {
        let pages = self.before.files.iter();
        pages
            .filter(|path| path.ends_with(".html") && *path != "404.html")
            .map(|path| page_address(path).to_owned())
            .collect()
    }

    /// What [`install`](Self::install) would do.
    pub fn preview(&self) -> Delivered {
        let wanted: BTreeSet<&String> = self.files.iter().map(|staged| &staged.file).collect();
        let gone = self
            .before
            .files
            .iter()
            .filter(|file| !wanted.contains(file));
        Delivered {
            files: self.files.len(),
            written: self.files.iter().filter(|staged| staged.changed).count(),
            removed: gone.count(),
            bytes: self.files.iter().map(|staged| staged.bytes).sum(),
        }
    }

    /// Moves what changed into place, then takes away what is no longer wanted.
    pub fn install(self, old_styles: OldStyles) -> Result<Delivered, DeliverError> {
        let Self {
            out,
            stage,
            before,
            files,
        } = self;
        fs::create_dir_all(out).map_err(|e| DeliverError::io("make the folder", out, &e))?;
        let wanted: BTreeSet<String> = files.iter().map(|staged| staged.file.clone()).collect();
        let mut after = Manifest {
            files: wanted,
            kept: BTreeSet::new(),
        };
        let gone: BTreeSet<&String> = before.files.difference(&after.files).collect();
        let changes = !gone.is_empty() || files.iter().any(|staged| staged.changed);
        if old_styles == OldStyles::Keep {
            if changes {
                let old = gone.into_iter().filter(|file| is_fingerprinted(file));
                after.kept.extend(old.cloned());
            } else {
                after.kept.clone_from(&before.kept);
            }
        }
        // Between these two steps files of both builds are there, so both are ours.
        let both = before.with(&after);
        if both != before {
            both.write(out)?;
        }
        let mut delivered = Delivered {
            files: files.len(),
            bytes: files.iter().map(|staged| staged.bytes).sum(),
            ..Delivered::default()
        };
        for staged in files.iter().filter(|staged| staged.changed) {
            let to = out.join(&staged.file);
            make_parent(&to)?;
            fs::rename(stage.path().join(&staged.file), &to)
                .map_err(|e| DeliverError::io("write", &to, &e))?;
            delivered.written += 1;
        }
        for stale in both.all().filter(|file| !after.has(file)) {
            if remove(out, stale)? {
                delivered.removed += 1;
            }
        }
        if after != both {
            after.write(out)?;
        }
        Ok(delivered)
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

/// The files that are ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Manifest {
    /// Of the site.
    files: BTreeSet<String>,
    /// Of the site before, kept for readers of its pages. Written with a tab before each.
    kept: BTreeSet<String>,
}

impl Manifest {
    fn read(out: &Path) -> Self {
        let text = fs::read_to_string(out.join(MANIFEST)).unwrap_or_default();
        let mut manifest = Self::default();
        for line in text.lines() {
            match line.strip_prefix('\t') {
                Some(kept) => manifest.kept.insert(kept.to_owned()),
                None => manifest.files.insert(line.to_owned()),
            };
        }
        manifest
    }

    fn write(&self, out: &Path) -> Result<(), DeliverError> {
        let path = out.join(MANIFEST);
        let files = self.files.iter().map(|file| format!("{file}\n"));
        let kept = self.kept.iter().map(|file| format!("\t{file}\n"));
        let text: String = files.chain(kept).collect();
        let fail = |e: &io::Error| DeliverError::io("write", &path, e);
        let mut file = tempfile::NamedTempFile::new_in(out).map_err(|e| fail(&e))?;
        io::Write::write_all(&mut file, text.as_bytes()).map_err(|e| fail(&e))?;
        file.persist(&path).map_err(|e| fail(&e.error))?;
        Ok(())
    }

    fn has(&self, file: &str) -> bool {
        self.files.contains(file) || self.kept.contains(file)
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.files.union(&self.kept)
    }

    fn with(&self, other: &Self) -> Self {
        Self {
            files: self.files.union(&other.files).cloned().collect(),
            kept: self.kept.union(&other.kept).cloned().collect(),
        }
    }
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
    ours: &Manifest,
    file: RenderedFile,
) -> Result<Staged, DeliverError> {
    let RenderedFile { path: file, bytes } = file;
    let (there, staged) = (out.join(&file), stage.join(&file));
    let changed = !same(&there, &bytes);
    if changed {
        if there.exists() && !ours.has(&file) {
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
