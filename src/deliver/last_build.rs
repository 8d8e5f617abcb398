//! What the last build into a folder was made from, and what it said: when nothing of that has
//! changed, and nothing of what it left there, there is nothing to do.
//!
//! Files are known by their size and time of change here, as `make` and git know them.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::folder::{Delivered, Delivery, Trust};
use super::manifest::{Manifest, kept_as};
use super::remembered::Remembered;
use crate::archive::entry::{HeldBackReason, Selection, Unpublished, Waiting};
use crate::content::cache::Cache;
use crate::content::config::FILE;
use crate::content::disk::walk;
use crate::content::error::ContentError;
use crate::content::stamps::STEP;
use crate::diagnostic::Findings;
use crate::site::data;
use crate::text::hash::Fingerprint;

/// A new number for every change of what is kept.
const VERSION: u32 = 1;

/// What a build that is about to begin will be made from.
#[derive(Debug, Clone, Copy)]
pub struct MadeFrom<'a> {
    /// Names the program that renders.
    program: &'a str,
    fingerprint: Fingerprint,
    /// Whether every file is old enough to be known by its time of change.
    is_settled: bool,
    selection: Selection,
}

impl<'a> MadeFrom<'a> {
    /// Looks at every file that a site is made from without reading any. `None` when that can't
    /// be told from outside.
    pub fn look(
        root: &Path,
        program: &'a str,
        base_url: Option<&str>,
        selection: Selection,
    ) -> Option<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        let mut files = Vec::new();
        let mut newest = Duration::ZERO;
        let mut add = |path: String, there: &fs::Metadata| {
            let changed = there.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            newest = newest.max(changed);
            files.push((path, there.len(), changed.as_nanos()));
            Some(())
        };
        add(FILE.to_owned(), &fs::metadata(root.join(FILE)).ok()?)?;
        for name in ["content", "themes", data::FOLDER] {
            let folder = root.join(name);
            if !folder.exists() {
                continue;
            }
            // Hidden files belong to editors and systems, but in a theme they count.
            let counts = |own: &str| name == "themes" || !own.starts_with('.');
            for found in walk(&folder, name, &counts) {
                let found = found.ok()?;
                // What a link leads to isn't looked at here.
                if found.file_type.is_symlink() {
                    return None;
                }
                if found.file_type.is_file() {
                    add(found.name, &fs::symlink_metadata(&found.path).ok()?)?;
                }
            }
        }
        let with_unpublished = selection.unpublished == Unpublished::Include;
        Some(Self {
            program,
            fingerprint: Fingerprint::of(&(VERSION, program, base_url, with_unpublished, files)),
            is_settled: newest + STEP < now,
            selection,
        })
    }
}

/// A build that ended well.
#[derive(Debug, Serialize, Deserialize)]
pub struct LastBuild {
    pub articles: usize,
    pub held_back: Vec<Waiting>,
    warnings: Vec<Remembered>,
    built_on: Date,
}

impl LastBuild {
    /// What a build says again when nothing has changed since, with what it would do to the
    /// folder; its warnings are in `findings` then.
    pub fn recall(
        root: &Path,
        made_from: &MadeFrom<'_>,
        delivery: &Delivery<'_>,
        findings: &mut Findings,
    ) -> Option<(Self, Delivered)> {
        if delivery.trust == Trust::Nothing {
            return None;
        }
        let cache = Cache::of(root);
        let bytes = cache.read(&name(delivery.out), made_from.fingerprint)?;
        let mut last: Self = postcard::from_bytes(&bytes).ok()?;
        if !last.holds_on(made_from.selection.today) {
            return None;
        }
        let delivered = untouched(
            &Manifest::read(delivery.out, &cache),
            made_from.program,
            delivery.out,
        )?;
        let warnings = std::mem::take(&mut last.warnings);
        let warnings: Option<Vec<_>> = warnings.into_iter().map(|w| w.recall(root)).collect();
        for warning in warnings? {
            findings.push(warning);
        }
        Some((last, delivered))
    }

    /// Whether the same articles are of days to come as when it was built.
    fn holds_on(&self, today: Date) -> bool {
        let comes = |waiting: &Waiting| match waiting.reason {
            HeldBackReason::Future(day) => day <= today,
            HeldBackReason::Draft => false,
        };
        today >= self.built_on && !self.held_back.iter().any(comes)
    }

    /// Keeps what a build said for the next one. Nothing is kept when it said what can't be said
    /// again, or when a file was changed at the moment it was read.
    ///
    /// # Errors
    /// A warning when the cache can't be written: the next build will take longer.
    pub fn keep(
        root: &Path,
        made_from: &MadeFrom<'_>,
        out: &Path,
        articles: usize,
        held_back: &[Waiting],
        findings: &Findings,
    ) -> Result<(), ContentError> {
        let warnings = findings.iter().map(|report| Remembered::of(report, root));
        let Some(warnings) = warnings.collect::<Option<_>>() else {
            return Ok(());
        };
        if !made_from.is_settled {
            return Ok(());
        }
        let last = Self {
            articles,
            held_back: held_back.to_vec(),
            warnings,
            built_on: made_from.selection.today,
        };
        let bytes = postcard::to_stdvec(&last).expect("plain data can always be written");
        Cache::of(root).write(&name(out), made_from.fingerprint, &bytes)
    }
}

/// What a build that finds nothing to do says of its folder; `None` when a file there isn't as
/// this very program left it, or has to go.
fn untouched(manifest: &Manifest, program: &str, out: &Path) -> Option<Delivered> {
    if manifest.files.is_empty() || !manifest.kept.is_empty() {
        return None;
    }
    let files: Vec<&String> = manifest.files.keys().collect();
    let sizes: Option<Vec<u64>> = files
        .par_iter()
        .map(|file| Some(manifest.still(program, out, file)?.size))
        .collect();
    let sizes = sizes?;
    Some(Delivered {
        files: sizes.len(),
        bytes: sizes.iter().sum(),
        ..Delivered::default()
    })
}

fn name(out: &Path) -> String {
    format!("last-{}", kept_as(out))
}
