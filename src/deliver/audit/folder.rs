//! A site that lies on disk, surveyed file by file.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::super::error::DeliverError;
use super::super::folder::MANIFEST;
use super::reference::Place;
use super::survey::{Survey, is_read, look, look_at_size};
use crate::diagnostic::Findings;

/// Surveys every file under `folder`. Symbolic links are noted and not followed.
pub fn survey_folder(place: &Place, folder: &Path, findings: &mut Findings) -> Survey {
    let mut survey = Survey::default();
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
            survey.symbolic_links.push(relative.to_path_buf());
        } else if entry.file_type().is_file() {
            let parts: Option<Vec<&str>> = relative
                .components()
                .map(|part| part.as_os_str().to_str())
                .collect();
            match parts.map(|parts| parts.join("/")) {
                // What the build notes for itself is no part of the site.
                Some(path) if path == MANIFEST => {}
                Some(path) => files.push(path),
                None => survey.unreadable_names.push(relative.to_path_buf()),
            }
        }
    }
    let survey = Mutex::new(survey);
    let failures: Vec<DeliverError> = files
        .par_iter()
        .filter_map(|path| add(place, folder, path, &survey).err())
        .collect();
    for failure in failures {
        findings.push(failure);
    }
    survey.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn add(
    place: &Place,
    folder: &Path,
    path: &str,
    survey: &Mutex<Survey>,
) -> Result<(), DeliverError> {
    let file = folder.join(path);
    let unreadable = |e| DeliverError::io("read", &file, &e);
    let (look, bytes) = if is_read(path) {
        let bytes = fs::read(&file).map_err(unreadable)?;
        (look(place, path, &bytes), bytes)
    } else {
        let size = fs::metadata(&file).map_err(unreadable)?.len();
        (look_at_size(path, size), Vec::new())
    };
    let mut survey = survey.lock().unwrap_or_else(PoisonError::into_inner);
    survey.add(look, &bytes);
    Ok(())
}
