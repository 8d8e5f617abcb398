//! What is imported into: an archive, or any folder.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use walkdir::{DirEntry, WalkDir};

use super::Arguments;
use crate::cli::terminal::Terminal;
use crate::cli::{Outcome, archive_root};
use crate::content::config::Config;
use crate::content::disk::{read_config, relative};
use crate::content::kept::Kept;
use crate::content::recent::Recent;
use crate::diagnostic::Findings;
use crate::import::draft::Setting;
use crate::import::place::Shelf;
use crate::import::topics::Classifier;
use crate::import::vocabulary::Names;

/// The folder, in an archive's root, of what isn't content: journals, raw documents.
pub const STATE: &str = ".briefbook";

/// What is imported into, and what is known there.
pub struct Target {
    pub folder: PathBuf,
    pub state: PathBuf,
    pub setting: Setting,
    pub names: Names,
    pub shelf: Shelf,
    pub classifier: Option<Classifier>,
}

pub fn find(
    arguments: &Arguments,
    root: Option<&Path>,
    terminal: &Terminal,
) -> Result<Target, Outcome> {
    let typed = arguments.time_zone.as_deref();
    let zone = typed.and_then(|name| TimeZone::get(name).ok());
    if let (Some(name), None) = (typed, &zone) {
        terminal.error(
            &format!("there is no time zone `{name}`"),
            "write a name such as Asia/Seoul, Europe/London or UTC",
        );
        return Err(Outcome::Mistyped);
    }
    if let Some(out) = &arguments.out {
        return Ok(Target {
            folder: out.clone(),
            state: out.join(STATE),
            setting: Setting {
                is_chosen: zone.is_some(),
                time_zone: zone,
            },
            names: Names::none(),
            shelf: shelf(out),
            classifier: None,
        });
    }
    let root = archive_root(root, terminal).ok_or(Outcome::Faulty)?;
    let mut findings = Findings::default();
    let config = findings
        .keep(read_config(&root))
        .and_then(|source| findings.keep(Config::parse(&source)));
    let Some(config) = config else {
        terminal.show(&findings);
        return Err(Outcome::Faulty);
    };
    let is_chosen = zone.is_some();
    let zone = zone.unwrap_or_else(|| config.time_zone.clone());
    // A file that can't be read takes its name all the same; `build` says what is wrong with it.
    let library = Recent::default().library(&root, config, &Kept::new(), &mut findings);
    let folder = root.join("content");
    let labelled = library.articles.iter();
    let classifier = Classifier::learn(
        labelled.map(|article| (article.body.markdown(), &*article.front.topics)),
    );
    Ok(Target {
        state: root.join(STATE),
        setting: Setting {
            time_zone: Some(zone),
            is_chosen,
        },
        names: Names::of(&library.config, &library.terms),
        shelf: shelf(&folder),
        classifier,
        folder,
    })
}

/// What already stands in the folder.
fn shelf(folder: &Path) -> Shelf {
    let mut shelf = Shelf::default();
    let visible = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in WalkDir::new(folder)
        .into_iter()
        .filter_entry(visible)
        .flatten()
    {
        if entry.file_type().is_file() {
            let text = match entry.path().extension() {
                Some(extension) if extension == "md" => fs::read_to_string(entry.path()).ok(),
                _ => None,
            };
            shelf.add(&relative(folder, entry.path()), &text.unwrap_or_default());
        }
    }
    shelf
}
