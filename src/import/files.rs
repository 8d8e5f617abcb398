//! What an import writes, whole or not at all: a killed program leaves the old file or the new.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::document::RawDocument;
use super::error::ImportError;
use super::journal::Entry;
use super::place::{Placed, Placement};
use crate::text::hash::sha256;

/// Writes one article with its pictures; `None` where nothing was to be written.
pub fn write(folder: &Path, placed: &Placed) -> Result<Option<Entry>, ImportError> {
    let path = folder.join(&placed.path);
    let before = match placed.placement {
        Placement::Unchanged | Placement::KeptEdited | Placement::AlreadyThere(_) => {
            return Ok(None);
        }
        Placement::New => None,
        Placement::Refreshed | Placement::BackedUp(_) => fs::read_to_string(&path).ok(),
    };
    let mut backup = None;
    if let (Placement::BackedUp(name), Some(text)) = (&placed.placement, &before) {
        write_whole(&folder.join(name), text.as_bytes())?;
        backup = Some(name.clone());
    }
    let mut pictures = Vec::new();
    let beside = placed.path.strip_suffix(".md").unwrap_or(&placed.path);
    for picture in &placed.pictures {
        let name = format!("{beside}/{}", picture.name);
        let target = folder.join(&name);
        if !target.exists() {
            write_whole(&target, &picture.bytes)?;
            pictures.push((name, sha256(&picture.bytes)));
        }
    }
    write_whole(&path, placed.text.as_bytes())?;
    Ok(Some(Entry {
        path: placed.path.clone(),
        sha256: sha256(placed.text.as_bytes()),
        before,
        backup,
        pictures,
    }))
}

/// Keeps the raw bytes of a document, compressed, as `<folder>/<sha256>.gz`.
pub fn keep_raw(folder: &Path, document: &RawDocument) -> Result<(), ImportError> {
    let path = folder.join(format!("{}.gz", document.sha256()));
    if path.exists() {
        return Ok(());
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    let packed = packed
        .write_all(&document.bytes)
        .and_then(|()| packed.finish())
        .map_err(|error| unwritable(&path, &error))?;
    write_whole(&path, &packed)
}

/// Writes a file so that it is never seen half.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), ImportError> {
    let fail = |error: io::Error| unwritable(path, &error);
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(fail)?;
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

pub fn unwritable(path: &Path, error: &io::Error) -> ImportError {
    ImportError::Unwritable {
        path: path.display().to_string(),
        reason: error.to_string(),
    }
}
