//! `briefbook review`

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;
use walkdir::{DirEntry, WalkDir};

use super::terminal::{Terminal, counted};
use super::{Outcome, archive_root};
use crate::content::disk::relative;
use crate::content::review::{open_points, settle};
use crate::import::files::write_whole;

/// List what import was not sure of, with file and line; accept it when you have looked
///
/// Every doubt stands under `review` in its article's front matter. Mend the article where the
/// doubt was right; then `--accept` takes the lines away and leaves every other byte as it is.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Only these files or folders [default: all of content/]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Take the review lines out of the files named
    #[arg(long, requires = "files")]
    accept: bool,

    /// How the list is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    /// One object a line.
    Json,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    let named = if arguments.files.is_empty() {
        vec![root.join("content")]
    } else {
        arguments.files.clone()
    };
    let mut outcome = Outcome::Done;
    let mut files = 0;
    let mut points = 0;
    for path in named.iter().flat_map(|path| markdown_files(path)) {
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                terminal.error(
                    &format!("{} cannot be read: {error}", path.display()),
                    "look at its path; a content file is UTF-8",
                );
                outcome = Outcome::Faulty;
                continue;
            }
        };
        let open = open_points(&text);
        if open.is_empty() {
            continue;
        }
        files += 1;
        points += open.len();
        let shown = relative(&root, &path);
        if arguments.accept {
            if let Some(settled) = settle(&text)
                && let Err(error) = write_whole(&path, settled.as_bytes())
            {
                terminal.error(&error.to_string(), "nothing was changed in it");
                outcome = Outcome::Faulty;
                continue;
            }
            if arguments.format == Format::Text {
                let doubts = counted(open.len(), "point", "points");
                terminal.say(&format!("{shown}: {doubts} accepted"));
            }
            continue;
        }
        for point in open {
            match arguments.format {
                Format::Text => terminal.say(&format!("{shown}:{}: {}", point.line, point.text)),
                Format::Json => terminal.say(
                    &json!({"path": shown, "line": point.line, "review": point.text}).to_string(),
                ),
            }
        }
    }
    if arguments.format == Format::Text {
        let state = if arguments.accept { "accepted" } else { "open" };
        terminal.say(&format!(
            "{} {state} in {}",
            counted(points, "point", "points"),
            counted(files, "file", "files")
        ));
    }
    outcome
}

/// A file as it was named; every visible Markdown file of a folder, in a steady order.
fn markdown_files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_path_buf()];
    }
    let visible = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect()
}
