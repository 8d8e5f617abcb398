//! Files of an archive, read from disk: the only part of this room that touches it.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

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

/// Reads every Markdown file under `content/` and lists the files beside them.
pub fn read_content(root: &Path, findings: &mut Findings) -> ContentFolder {
    let Listing { paths, assets } = list_content(root, findings);
    let read: Vec<_> = paths
        .into_par_iter()
        .map(|path| read_file(root, &path))
        .collect();
    ContentFolder {
        files: read
            .into_iter()
            .filter_map(|file| findings.keep(file))
            .collect(),
        assets,
    }
}

/// What is under `content/`: the Markdown files, not yet read, and the others.
#[derive(Debug, Default)]
pub struct Listing {
    pub paths: Vec<PathBuf>,
    pub assets: Vec<Asset>,
}

/// Reads one file of the archive at `root`.
pub fn read_file(root: &Path, path: &Path) -> Result<ContentFile, ContentError> {
    let name = relative(root, path);
    match fs::read(path) {
        Ok(bytes) => Ok(ContentFile { path: name, bytes }),
        Err(error) => Err(ContentError::Unreadable {
            path: name,
            reason: error.to_string(),
        }),
    }
}

/// Lists everything under `content/`, in the order of the paths. Hidden files and folders
/// (`.obsidian`, `.DS_Store`) are passed over.
pub fn list_content(root: &Path, findings: &mut Findings) -> Listing {
    let folder = root.join("content");
    let mut paths = Vec::new();
    let mut assets = Vec::new();
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in WalkDir::new(&folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
    {
        match entry {
            Ok(entry) => {
                if !entry.file_type().is_file() {
                    continue;
                }
                if entry.path().extension().is_some_and(|e| e == "md") {
                    paths.push(entry.into_path());
                } else {
                    assets.push(Asset {
                        path: relative(root, entry.path()),
                        size: shown_size(entry.path()),
                    });
                }
            }
            Err(error) => findings.push(ContentError::Unreadable {
                path: error
                    .path()
                    .map_or("content".to_owned(), |path| relative(root, path)),
                reason: error
                    .io_error()
                    .map_or_else(|| error.to_string(), ToString::to_string),
            }),
        }
    }
    Listing { paths, assets }
}

/// A path below `root` as messages and slugs know it: `/` between its parts.
pub fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
