//! `briefbook import`

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::terminal::{Terminal, counted};
use super::{Outcome, archive_root};
use crate::content::config::Config;
use crate::content::disk::{read_config, read_content, relative};
use crate::content::front_matter::Kind;
use crate::content::library::Library;
use crate::diagnostic::Findings;
use crate::import::convert::{Converted, convert};
use crate::import::document::RawDocument;
use crate::import::draft::Setting;
use crate::import::error::ImportError;
use crate::import::place::{Edited, Naming, Placed, Placement, Shelf};
use crate::import::vocabulary::Names;

/// Documents that are converted together: enough for every core, few enough to hold.
const BATCH: usize = 256;

/// Import articles: saved web pages and pasted text become Markdown
///
/// Each document is recognised by its content. A briefing goes to content/briefings/, everything
/// else to content/sources/. What import is not sure of is listed under `review` in the front
/// matter and in the table at the end. Importing the same bytes again changes nothing, and a file
/// that a person has edited is never overwritten.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Files or folders; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<PathBuf>,

    /// Write into this folder instead of the archive's content/
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Name every file after its document instead of after its title
    #[arg(long)]
    keep_names: bool,

    /// Zone of dates that name none, such as Asia/Seoul [default: the archive's, else UTC]
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,

    /// Show what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Overwrite edited files too; the edited text is kept beside them as .md.bak
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Some(target) = target(arguments, root, terminal) else {
        return Outcome::Faulty;
    };
    let mut findings = Findings::default();
    let inputs = gather(&arguments.inputs, &mut findings);
    let naming = if arguments.keep_names {
        Naming::KeepNames
    } else {
        Naming::ByTitle
    };
    let edited = if arguments.force {
        Edited::BackUp
    } else {
        Edited::Keep
    };
    let Target {
        folder,
        setting,
        names,
        mut shelf,
    } = target;
    let bar = terminal.progress(inputs.len() as u64, "Importing");
    let mut done = Vec::new();
    for batch in inputs.chunks(BATCH) {
        let converted: Vec<_> = batch
            .par_iter()
            .map(|path| {
                let result = read(path).and_then(|document| {
                    let Converted { format, drafts } = convert(&document, &setting)?;
                    let drafts: Vec<_> = drafts
                        .into_iter()
                        .map(|draft| (names.find(&draft), draft))
                        .collect();
                    Ok((document, format, drafts))
                });
                bar.inc(1);
                result
            })
            .collect();
        for result in converted {
            let Some((document, format, drafts)) = findings.keep(result) else {
                continue;
            };
            for (part, (terms, draft)) in (1u32..).zip(drafts) {
                let placed = shelf.place(
                    &document,
                    (draft, terms, part),
                    format.name(),
                    naming,
                    edited,
                );
                if !arguments.dry_run && findings.keep(write(&folder, &placed)).is_none() {
                    continue;
                }
                done.push(Imported {
                    from: document.name.clone(),
                    placed,
                });
            }
        }
    }
    bar.finish_and_clear();
    report(&done, &findings, arguments.dry_run, terminal);
    terminal.show(&findings);
    if findings.errors() > 0 {
        Outcome::Faulty
    } else {
        Outcome::Done
    }
}

struct Imported {
    from: String,
    placed: Placed,
}

/// What is imported into, and what is known there.
struct Target {
    folder: PathBuf,
    setting: Setting,
    names: Names,
    shelf: Shelf,
}

fn target(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Option<Target> {
    let typed = arguments.time_zone.as_deref();
    let zone = typed.and_then(|name| TimeZone::get(name).ok());
    if let (Some(name), None) = (typed, &zone) {
        terminal.error(
            &format!("there is no time zone `{name}`"),
            "write a name such as Asia/Seoul, Europe/London or UTC",
        );
        return None;
    }
    if let Some(out) = &arguments.out {
        return Some(Target {
            folder: out.clone(),
            setting: Setting { time_zone: zone },
            names: Names::of(&[]),
            shelf: shelf(out),
        });
    }
    let root = archive_root(root, terminal)?;
    let mut findings = Findings::default();
    let config = findings
        .keep(read_config(&root))
        .and_then(|source| findings.keep(Config::parse(&source)));
    let Some(config) = config else {
        terminal.show(&findings);
        return None;
    };
    let zone = zone.unwrap_or_else(|| config.time_zone.clone());
    // A file that can't be read takes its name all the same; `build` says what is wrong with it.
    let content = read_content(&root, &mut findings);
    let library = Library::parse(config, content, &mut findings);
    let folder = root.join("content");
    Some(Target {
        setting: Setting {
            time_zone: Some(zone),
        },
        names: Names::of(&library.terms),
        shelf: shelf(&folder),
        folder,
    })
}

/// What already stands in the folder.
fn shelf(folder: &Path) -> Shelf {
    let mut shelf = Shelf::default();
    for entry in WalkDir::new(folder).into_iter().flatten() {
        if entry.file_type().is_file() {
            let text = match entry.path().extension() {
                Some(extension) if extension == "md" => fs::read_to_string(entry.path()).ok(),
                _ => None,
            };
            shelf.add(relative(folder, entry.path()), text.unwrap_or_default());
        }
    }
    shelf
}

/// Every file that was named, and every file in the folders that were, in a steady order.
fn gather(inputs: &[PathBuf], findings: &mut Findings) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for input in inputs {
        if !input.is_dir() {
            files.push(input.clone());
            continue;
        }
        for entry in WalkDir::new(input).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let hidden = entry.file_name().to_string_lossy().starts_with('.');
                    if !hidden {
                        files.push(entry.into_path());
                    }
                }
                Ok(_) => {}
                Err(error) => findings.push(ImportError::Unreadable {
                    name: error
                        .path()
                        .map_or_else(|| input.display().to_string(), |p| p.display().to_string()),
                    reason: error.to_string(),
                }),
            }
        }
    }
    files
}

fn read(path: &Path) -> Result<RawDocument, ImportError> {
    let name = path.display().to_string();
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    match bytes {
        Ok(bytes) => Ok(RawDocument { name, bytes }),
        Err(error) => Err(ImportError::Unreadable {
            name,
            reason: error.to_string(),
        }),
    }
}

/// Writes one article's file; a killed program leaves the old one or the new one, whole.
fn write(folder: &Path, placed: &Placed) -> Result<(), ImportError> {
    let path = folder.join(&placed.path);
    let fail = |path: &Path, error: &io::Error| ImportError::Unwritable {
        path: path.display().to_string(),
        reason: error.to_string(),
    };
    match &placed.placement {
        Placement::Unchanged | Placement::KeptEdited => return Ok(()),
        Placement::BackedUp(backup) => {
            let backup = folder.join(backup);
            fs::copy(&path, &backup).map_err(|e| fail(&backup, &e))?;
        }
        Placement::New | Placement::Refreshed => {}
    }
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(|e| fail(parent, &e))?;
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(|e| fail(&path, &e))?;
    io::Write::write_all(&mut file, placed.text.as_bytes()).map_err(|e| fail(&path, &e))?;
    file.persist(&path).map_err(|e| fail(&path, &e.error))?;
    Ok(())
}

/// The table at the end: file, kind, title, date, what needs review.
fn report(done: &[Imported], findings: &Findings, dry_run: bool, terminal: &Terminal) {
    let mut counts = [0usize; 5];
    let mut doubtful = 0;
    for Imported { from, placed } in done {
        let (index, state) = match &placed.placement {
            Placement::New => (0, "new"),
            Placement::Refreshed => (1, "refreshed"),
            Placement::Unchanged => (2, "unchanged"),
            Placement::KeptEdited => (3, "edited, kept"),
            Placement::BackedUp(_) => (4, "edited, backed up"),
        };
        counts[index] += 1;
        let kind = match placed.kind {
            Kind::Briefing => "briefing",
            Kind::Source => "source",
        };
        let date = placed
            .front
            .date
            .map_or("no date".to_owned(), |date| date.printed_day().to_string());
        terminal.say(&format!("{} ({state})", placed.path));
        terminal.say(&format!("  {kind}  {date}  {}", placed.front.title));
        terminal.say(&format!("  from {from}"));
        if !placed.front.review.is_empty() {
            doubtful += 1;
        }
        for doubt in &placed.front.review {
            terminal.say(&format!("  review: {doubt}"));
        }
    }
    let [new, refreshed, unchanged, kept, backed_up] = counts;
    let verb = if dry_run { "Would import" } else { "Imported" };
    terminal.say(&format!(
        "{verb} {}: {new} new, {refreshed} refreshed, {unchanged} unchanged, {} edited by hand; \
         {doubtful} to review, {} failed",
        counted(done.len(), "article", "articles"),
        kept + backed_up,
        findings.errors(),
    ));
    if kept > 0 {
        terminal
            .say("Edited files were left as they are; `--force` overwrites them and keeps a copy.");
    }
}
