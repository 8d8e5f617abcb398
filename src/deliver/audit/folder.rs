//! A site that lies on disk, surveyed file by file.

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::super::error::DeliverError;
use super::super::manifest::FILE as MANIFEST;
use super::look::is_read;
use super::reference::Places;
use super::seen::Seen;
use super::survey::{Survey, Surveyor};
use crate::diagnostic::Findings;

/// Surveys every file under `folder`. Symbolic links are noted and not followed.
pub fn survey_folder(places: &Places, folder: &Path, findings: &mut Findings) -> Survey {
    let (mut symbolic_links, mut unreadable_names) = (Vec::new(), Vec::new());
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                findings.push(DeliverError::Io {
                    action: "read",
                    path: error.path().unwrap_or(folder).display().to_string(),
                    reason: error.to_string(),
                });
                continue;
            }
        };
        let Ok(relative) = entry.path().strip_prefix(folder) else {
            continue;
        };
        if entry.file_type().is_symlink() {
            symbolic_links.push(relative.to_path_buf());
        } else if entry.file_type().is_file() {
            let parts: Option<Vec<&str>> = relative
                .components()
                .map(|part| part.as_os_str().to_str())
                .collect();
            match parts.map(|parts| parts.join("/")) {
                // What the build notes for itself is no part of the site.
                Some(path) if path == MANIFEST => {}
                Some(path) => files.push(path),
                None => unreadable_names.push(relative.to_path_buf()),
            }
        }
    }
    let surveyor = Surveyor::new(places, Seen::default());
    let failures: Vec<DeliverError> = files
        .par_iter()
        .filter_map(|path| see(&surveyor, folder, path).err())
        .collect();
    for failure in failures {
        findings.push(failure);
    }
    let mut survey = surveyor.into_survey();
    survey.symbolic_links = symbolic_links;
    survey.unreadable_names = unreadable_names;
    survey
}

fn see(surveyor: &Surveyor<'_>, folder: &Path, path: &str) -> Result<(), DeliverError> {
    let file = folder.join(path);
    let unreadable = |e| DeliverError::io("read", &file, &e);
    if is_read(path) {
        surveyor.see(path, &fs::read(&file).map_err(unreadable)?);
    } else {
        surveyor.see_size(path, fs::metadata(&file).map_err(unreadable)?.len());
    }
    Ok(())
}
