//! What is imported: files, everything in folders, standard input.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::Findings;
use crate::import::document::RawDocument;
use crate::import::draft::Setting;
use crate::import::error::ImportError;
use crate::import::fetch::client::Fetcher;
use crate::import::pictures::Pictures;
use crate::import::readers::open::{Documents, documents as read, one};

/// One thing to be read.
pub enum Input {
    StandardInput,
    File {
        path: PathBuf,
        /// The folder that it was found in, where an editor named that.
        root: Option<PathBuf>,
    },
    Address(String),
}

impl Input {
    /// The path of a file, as far as it can be written.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::File { path, .. } => path.to_str(),
            Self::StandardInput | Self::Address(_) => None,
        }
    }
}

/// Files that stand beside articles and never are one.
const COMPANIONS: [&str; 9] = [
    "css", "js", "mjs", "map", "woff", "woff2", "ttf", "eot", "ico",
];

/// Everything that was named, and every file in the folders that were, in a steady order.
pub fn gather(inputs: &[PathBuf], findings: &mut Findings) -> Vec<Input> {
    let mut gathered = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            gathered.push(Input::StandardInput);
        } else if let Some(address) = input.to_str().filter(|text| is_address(text)) {
            gathered.push(Input::Address(address.to_owned()));
        } else if input.is_dir() {
            walk(input, &mut gathered, findings);
        } else {
            gathered.push(Input::File {
                path: input.clone(),
                root: None,
            });
        }
    }
    gathered
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn walk(folder: &Path, gathered: &mut Vec<Input>, findings: &mut Findings) {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !(is_hidden(entry) || is_of_page(entry)));
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() && !is_companion(entry.path()) => {
                gathered.push(Input::File {
                    path: entry.into_path(),
                    root: Some(folder.to_path_buf()),
                });
            }
            Ok(_) => {}
            Err(error) => findings.push(ImportError::Unreadable {
                name: error.path().unwrap_or(folder).display().to_string(),
                reason: error.to_string(),
            }),
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether this is the folder that a browser saved a page's pictures and frames in.
fn is_of_page(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let stem = ["_files", ".files", "-Dateien", "_fichiers", "_archivos"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending));
    entry.file_type().is_dir()
        && stem.is_some_and(|stem| {
            ["html", "htm", "xhtml", "mht"].iter().any(|ending| {
                entry
                    .path()
                    .with_file_name(format!("{stem}.{ending}"))
                    .exists()
            })
        })
}

fn is_companion(path: &Path) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| COMPANIONS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// The documents of all inputs, opened one after the other. `bar` counts the inputs.
pub fn documents<'a>(
    inputs: Vec<Input>,
    setting: &'a Setting,
    mut fetcher: Fetcher,
    bar: &'a ProgressBar,
) -> impl Iterator<Item = Result<RawDocument, ImportError>> + 'a {
    inputs.into_iter().flat_map(move |input| {
        bar.inc(1);
        open(&input, setting, &mut fetcher)
    })
}

fn open(input: &Input, setting: &Setting, fetcher: &mut Fetcher) -> Documents {
    let (path, root) = match input {
        Input::StandardInput => return read("-", Box::new(io::stdin()), setting),
        Input::Address(address) => return fetcher.documents(address, setting),
        Input::File { path, root } => (path, root.clone()),
    };
    let name = path.display().to_string();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return one(Err(ImportError::unreadable(&name, &error))),
    };
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let documents = read(&name, Box::new(file), setting);
    Box::new(documents.map(move |document| {
        document.map(|mut document| {
            document.is_named = root.is_none();
            if matches!(document.pictures, Pictures::None) && document.place.is_none() {
                document.pictures = Pictures::Beside {
                    folder: folder.clone(),
                    root: root.clone().unwrap_or_else(|| folder.clone()),
                };
            }
            document
        })
    }))
}
