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

use super::audit::survey::Surveyor;
use super::error::DeliverError;
use super::ledger;
use super::manifest::{Left, Manifest, size_and_time};
use super::records::{self, Earlier};
use super::rendering::{Rendered, RenderedFile, Rendering};
use crate::content::cache::Cache;
use crate::diagnostic::Findings;
use crate::site::theme::is_fingerprinted;
use crate::text::hash::Fingerprint;

/// What a build did to its folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    pub files: usize,
    /// New or changed.
    pub written: usize,
    pub removed: usize,
    pub bytes: u64,
}

/// Where a site goes, and how far what an earlier build left there may be trusted.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    pub out: &'a Path,
    pub trust: Trust,
}

/// Whether files that look as the last build left them are taken to be as it left them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// By their size and time of change, as `make` and git do.
    SizeAndTime,
    /// Every page is rendered, every byte compared.
    Nothing,
}

/// What became of one address.
struct Staged {
    file: String,
    left: Left,
    /// Waits in the stage to be moved into place.
    changed: bool,
}

/// A rendered site beside its folder, not yet in place.
pub struct StagedSite<'a> {
    delivery: Delivery<'a>,
    /// Which has rendered it.
    program: String,
    /// Of the archive.
    cache: Cache,
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

/// Renders the whole site beside its folder, under the eyes of a surveyor where there is one.
/// `None` when a page could not be rendered; `findings` say why.
pub fn stage<'a>(
    rendering: &Rendering<'_>,
    delivery: Delivery<'a>,
    surveyor: Option<&Surveyor<'_>>,
    findings: &mut Findings,
) -> Result<Option<StagedSite<'a>>, DeliverError> {
    let Delivery { out, trust } = delivery;
    let program = rendering.program;
    refuse_archive(rendering.root, out)?;
    let cache = Cache::of(rendering.root);
    let before = Manifest::read(out, &cache);
    let stage = stage_beside(out)?;
    let known = |file: &str| match trust {
        Trust::SizeAndTime => {
            let left = before.still(program, out, file)?;
            let print = left.fingerprint;
            let seen = surveyor.is_none_or(|surveyor| surveyor.has_seen(file, print));
            seen.then_some((print, left))
        }
        Trust::Nothing => None,
    };
    let files = rendering.each_changed_file(findings, known, |rendered| match rendered {
        Rendered::Records(file, records) if surveyor.is_none() => {
            let left = match trust {
                Trust::SizeAndTime => before.still(program, out, &file),
                Trust::Nothing => None,
            };
            let earlier = left.and_then(|left| Earlier::of(out, &file, records.form, left, &cache));
            let (site, folders) = (rendering.site, (out, stage.path()));
            let changed = records::stage(site, &records, &file, folders, earlier, &cache)?;
            let file = (file, records.fingerprint);
            staged_one(out, stage.path(), &before, file, changed)
        }
        Rendered::Records(file, records) => {
            let file = rendering.whole(file, &records);
            if let Some(surveyor) = surveyor {
                surveyor.see_rendered(&file, None);
            }
            stage_one(out, stage.path(), &before, file)
        }
        Rendered::Same(file, left) => {
            if let Some(surveyor) = surveyor {
                surveyor.see_again(&file);
            }
            Ok(Staged {
                file,
                left,
                changed: false,
            })
        }
        Rendered::File(file) => {
            if let Some(surveyor) = surveyor {
                surveyor.see_rendered(&file, None);
            }
            stage_one(out, stage.path(), &before, file)
        }
    })?;
    Ok(files.map(|files| StagedSite {
        delivery,
        program: program.to_owned(),
        cache,
        stage,
        before,
        files,
    }))
}

impl StagedSite<'_> {
    /// The files that a folder in it has now, by their paths below that.
    pub fn files_before(&self, folder: &str) -> impl Iterator<Item = &str> {
        let files = self.before.files.keys();
        files.filter_map(move |file| file.strip_prefix(folder))
    }

    /// The addresses that a folder in it has now, by its own ledger, or else by its pages.
    pub fn addresses_before(&self, folder: &str) -> BTreeSet<String> {
        let ledger = self.delivery.out.join(folder).join(ledger::FILE);
        match fs::read_to_string(ledger) {
            Ok(text) => ledger::parse(&text),
            Err(_) => ledger::of_files(self.files_before(folder)),
        }
    }

    /// One more file.
    pub fn add(&mut self, file: RenderedFile) -> Result<(), DeliverError> {
        let staged = stage_one(self.delivery.out, self.stage.path(), &self.before, file)?;
        self.files.push(staged);
        Ok(())
    }

    /// What [`install`](Self::install) would do.
    pub fn preview(&self) -> Delivered {
        let wanted: BTreeSet<&String> = self.files.iter().map(|staged| &staged.file).collect();
        let gone = self
            .before
            .files
            .keys()
            .filter(|file| !wanted.contains(file));
        Delivered {
            files: self.files.len(),
            written: self.files.iter().filter(|staged| staged.changed).count(),
            removed: gone.count(),
            bytes: self.files.iter().map(|staged| staged.left.size).sum(),
        }
    }

    /// Moves what changed into place, then takes away what is no longer wanted.
    pub fn install(
        self,
        old_styles: OldStyles,
        findings: &mut Findings,
    ) -> Result<Delivered, DeliverError> {
        let Self {
            delivery: Delivery { out, trust: _ },
            program,
            cache,
            stage,
            before,
            mut files,
        } = self;
        fs::create_dir_all(out).map_err(|e| DeliverError::io("make the folder", out, &e))?;
        let mut delivered = Delivered {
            files: files.len(),
            bytes: files.iter().map(|staged| staged.left.size).sum(),
            ..Delivered::default()
        };
        // As the manifest has them.
        files.sort_unstable_by(|one, other| one.file.cmp(&other.file));
        let have_changed: Vec<bool> = files.iter().map(|staged| staged.changed).collect();
        let files = files.into_iter();
        let mut after = Manifest {
            program,
            files: files
                .map(|staged| (staged.file, Some(staged.left)))
                .collect(),
            kept: BTreeSet::new(),
        };
        let gone: Vec<&String> = before.files_beside(&after).collect();
        let changes = !gone.is_empty() || have_changed.contains(&true);
        if old_styles == OldStyles::Keep {
            if changes {
                let old = gone.into_iter().filter(|file| is_fingerprinted(file));
                after.kept.extend(old.cloned());
            } else {
                after.kept.clone_from(&before.kept);
            }
        }
        let stale: Vec<String> = before.beside(&after).cloned().collect();
        if after == before && !changes && stale.is_empty() {
            return Ok(delivered);
        }
        // Between these two steps files of both builds are there, so both are ours, and nothing
        // is known of those about to change.
        if changes {
            let changed = changed(&after, &have_changed);
            before.write_with(&after, changed, out, &cache, findings)?;
        }
        for file in changed(&after, &have_changed) {
            let to = out.join(file);
            put(&to, || fs::rename(stage.path().join(file), &to))?;
            delivered.written += 1;
        }
        for stale in &stale {
            if remove(out, stale)? {
                delivered.removed += 1;
            }
        }
        after.write(out, &cache, findings)?;
        Ok(delivered)
    }
}

/// The files of a site that have changed, in their order.
fn changed<'a>(site: &'a Manifest, have_changed: &'a [bool]) -> impl Iterator<Item = &'a str> {
    let files = site.files.keys().zip(have_changed);
    files.filter_map(|(file, has_changed)| has_changed.then_some(file.as_str()))
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
    rendered: RenderedFile,
) -> Result<Staged, DeliverError> {
    let RenderedFile {
        path: file,
        bytes,
        fingerprint,
    } = rendered;
    let (there, staged) = (out.join(&file), stage.join(&file));
    let standing = fs::metadata(&there).ok();
    let changed = !standing.is_some_and(|standing| {
        standing.len() == bytes.len() as u64
            && fs::read(&there).is_ok_and(|standing| standing == bytes)
    });
    if changed {
        put(&staged, || fs::write(&staged, &bytes))?;
    }
    staged_one(out, stage, ours, (file, fingerprint), changed)
}

/// What became of a file that lies in the stage, where it isn't the same as the one in its place.
fn staged_one(
    out: &Path,
    stage: &Path,
    ours: &Manifest,
    (file, fingerprint): (String, Fingerprint),
    changed: bool,
) -> Result<Staged, DeliverError> {
    let (there, staged) = (out.join(&file), stage.join(&file));
    if changed && there.exists() && !ours.has(&file) {
        return Err(DeliverError::ForeignFile {
            path: there.display().to_string(),
        });
    }
    // A file keeps its time of change when it is moved into place.
    let at = if changed { staged } else { there };
    let (size, modified) = size_and_time(&at).map_err(|e| DeliverError::io("read", &at, &e))?;
    Ok(Staged {
        file,
        left: Left {
            size,
            modified,
            fingerprint,
        },
        changed,
    })
}

/// Makes a file, and its folder where that is missing: most files have one already.
fn put(path: &Path, make: impl Fn() -> io::Result<()>) -> Result<(), DeliverError> {
    let made = match make() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let parent = path.parent().unwrap_or(path);
            fs::create_dir_all(parent)
                .map_err(|e| DeliverError::io("make the folder", parent, &e))?;
            make()
        }
        made => made,
    };
    made.map_err(|e| DeliverError::io("write", path, &e))
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
