//! Files of an archive, read from disk: the only part of this room that touches it.

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::article::Asset;
use super::config::FILE;
use super::error::ContentError;
use super::parse::ContentFile;
use super::picture_size::shown_size;
use crate::diagnostic::{Findings, SourceText};

/// The nearest folder from `start` upward that holds a `site.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|folder| folder.join(FILE).is_file())
        .map(Path::to_path_buf)
}

/// Reads `site.toml`.
pub fn read_config(root: &Path) -> Result<SourceText, ContentError> {
    let bytes = fs::read(root.join(FILE)).map_err(|error| ContentError::Unreadable {
        path: FILE.to_owned(),
        reason: error.to_string(),
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid_up_to = error.utf8_error().valid_up_to();
        ContentError::not_utf8(FILE, error.as_bytes(), valid_up_to)
    })?;
    Ok(SourceText::new(FILE, text))
}

/// Everything under `content/`, in the order of the paths.
#[derive(Debug, Default)]
pub struct ContentFolder {
    pub files: Vec<ContentFile>,
    pub assets: Vec<Asset>,
}

/// What is under `content/`: the Markdown files, not yet read, and the others.
#[derive(Debug, Default)]
pub struct Listing {
    pub texts: Vec<Listed>,
    pub assets: Vec<Asset>,
}

/// A file that was found in a folder.
#[derive(Debug)]
pub struct Listed {
    pub path: PathBuf,
    /// Its path from the archive's root, as messages and slugs know it: `/` between its parts.
    pub name: String,
    /// Of the file itself, not of what a link leads to.
    pub file_type: FileType,
}

/// Reads one file of the archive.
pub fn read_file(file: Listed) -> Result<ContentFile, ContentError> {
    match fs::read(&file.path) {
        Ok(bytes) => Ok(ContentFile {
            path: file.name,
            bytes,
        }),
        Err(error) => Err(ContentError::Unreadable {
            path: file.name,
            reason: error.to_string(),
        }),
    }
}

/// Lists everything under `content/`, in the order of the paths. Hidden files and folders
/// (`.obsidian`, `.DS_Store`) are passed over.
pub fn list_content(root: &Path, findings: &mut Findings) -> Listing {
    let mut listing = Listing::default();
    let visible = |name: &str| !name.starts_with('.');
    for found in walk(&root.join("content"), "content", &visible) {
        let Some(found) = findings.keep(found) else {
            continue;
        };
        if !found.file_type.is_file() {
            continue;
        }
        if found.path.extension().is_some_and(|e| e == "md") {
            listing.texts.push(found);
        } else {
            listing.assets.push(Asset {
                size: shown_size(&found.path),
                path: found.name,
            });
        }
    }
    listing
}

/// Every file and link below a folder whose path from the archive's root is `name`, in the order of
/// their names, folder by folder, with what can't be read. Files and folders whose own name doesn't
/// count are passed over.
pub fn walk(
    folder: &Path,
    name: &str,
    counts: &(dyn Fn(&str) -> bool + Sync),
) -> Vec<Result<Listed, ContentError>> {
    let listed = fs::read_dir(folder).and_then(|entries| {
        let entries = entries.map(|entry| {
            let entry = entry?;
            Ok((entry.file_name(), entry.file_type()?))
        });
        entries.collect::<io::Result<Vec<_>>>()
    });
    let mut listed = match listed {
        Ok(listed) => listed,
        Err(error) => {
            return vec![Err(ContentError::Unreadable {
                path: name.to_owned(),
                reason: error.to_string(),
            })];
        }
    };
    listed.sort_unstable_by(|(one, _), (two, _)| one.cmp(two));
    let found = listed.into_iter().filter_map(|(own, file_type)| {
        let shown = own.to_string_lossy();
        counts(&shown).then(|| Listed {
            path: folder.join(&own),
            name: [name, "/", &shown].concat(),
            file_type,
        })
    });
    let found: Vec<Listed> = found.collect();
    let is_folder = |found: &&Listed| found.file_type.is_dir();
    let folders: Vec<&Listed> = found.iter().filter(is_folder).collect();
    let below = folders.into_par_iter();
    let below = below.map(|folder| walk(&folder.path, &folder.name, counts));
    let mut below = below.collect::<Vec<_>>().into_iter();
    let mut all = Vec::with_capacity(found.len());
    for found in found {
        if is_folder(&&found) {
            all.extend(below.next().into_iter().flatten());
        } else {
            all.push(Ok(found));
        }
    }
    all
}

/// A path below `root` as messages and slugs know it: `/` between its parts.
pub fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
