//! Files of an archive, read from disk: the only part of this room that touches it.

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

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
    walk(&root.join("content"), "content", &visible, &mut |found| {
        let Some(found) = findings.keep(found) else {
            return;
        };
        if !found.file_type.is_file() {
            return;
        }
        if found.path.extension().is_some_and(|e| e == "md") {
            listing.texts.push(found);
        } else {
            listing.assets.push(Asset {
                size: shown_size(&found.path),
                path: found.name,
            });
        }
    });
    listing
}

/// Hands over every file and link below a folder whose path from the archive's root is `name`, in
/// the order of their names, folder by folder, with what can't be read. Files and folders whose own
/// name doesn't count are passed over.
pub fn walk(
    folder: &Path,
    name: &str,
    counts: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(Result<Listed, ContentError>),
) {
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
            return each(Err(ContentError::Unreadable {
                path: name.to_owned(),
                reason: error.to_string(),
            }));
        }
    };
    listed.sort_unstable_by(|(one, _), (two, _)| one.cmp(two));
    for (own, file_type) in listed {
        let shown = own.to_string_lossy();
        if !counts(&shown) {
            continue;
        }
        let found = Listed {
            path: folder.join(&own),
            name: [name, "/", &shown].concat(),
            file_type,
        };
        if file_type.is_dir() {
            walk(&found.path, &found.name, counts, each);
        } else {
            each(Ok(found));
        }
    }
}

/// A path below `root` as messages and slugs know it: `/` between its parts.
pub fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
