//! `briefbook build`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::site_arguments::SiteArguments;
use super::terminal::{Terminal, counted, duration};
use super::timings::{Format, Timings};
use super::{Outcome, archive_root};
use crate::archive::entry::{HeldBackReason, Waiting};
use crate::deliver::folder::{Delivery, Trust};
use crate::deliver::ledger;
use crate::diagnostic::Findings;
use crate::{Built, Progress, build};

/// Build the site
///
/// Renders the whole archive into a folder. When anything is wrong, everything that is wrong is
/// listed, and the site that stood there before stays as it was.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Where the site is written [default: public/ in the archive]
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Trust nothing an earlier build left: render every page and compare every byte
    #[arg(long)]
    verify: bool,

    /// The `permalinks.txt` of the last publication, a file or its address: none of the addresses
    /// in it may be gone
    #[arg(long, value_name = "FILE|URL")]
    ledger: Option<String>,

    /// Render every page, and say what that cost by stage and template, with the slowest pages
    #[arg(
        long,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text"
    )]
    timings: Option<Format>,

    #[command(flatten)]
    site: SiteArguments,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments {
        out,
        verify,
        ledger,
        timings,
        site,
    } = arguments;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    let before = match read_ledger(ledger.as_deref(), terminal) {
        Ok(before) => before,
        Err(outcome) => return outcome,
    };
    let out = out.clone().unwrap_or_else(|| root.join("public"));
    let started = Instant::now();
    let bar = terminal.progress(0, "Rendering");
    let mut findings = Findings::default();
    let measured = Timings::begin();
    let progress = |step: Progress<'_>| {
        match step {
            Progress::Planned(pages) => bar.set_length(pages as u64),
            Progress::Rendered(_) => bar.inc(1),
            Progress::Done(_) => {}
        }
        if timings.is_some() {
            measured.hear(step);
        }
    };
    let delivery = Delivery {
        out: &out,
        trust: if *verify || timings.is_some() {
            Trust::Nothing
        } else {
            Trust::SizeAndTime
        },
    };
    let Some(built) = site.resolve(&root, terminal, |options| {
        build(options, delivery, before.as_ref(), &progress, &mut findings)
    }) else {
        return Outcome::Mistyped;
    };
    bar.finish_and_clear();
    terminal.show(&findings);
    match built {
        Some(built) => {
            if let Some(format) = timings {
                measured.tell(*format, &built, terminal);
            }
            // Nothing but the object is for scripts.
            if *timings != Some(Format::Json) {
                summary(&built, &out, started, terminal);
            }
            Outcome::Done
        }
        None => Outcome::Faulty,
    }
}

/// The addresses of a ledger, where one is named; an error has been said.
pub(super) fn read_ledger(
    ledger: Option<&str>,
    terminal: &Terminal,
) -> Result<Option<BTreeSet<String>>, Outcome> {
    ledger.map(ledger::read).transpose().map_err(|error| {
        let mut findings = Findings::default();
        findings.push(error);
        terminal.show(&findings);
        Outcome::Mistyped
    })
}

fn summary(built: &Built, out: &Path, started: Instant, terminal: &Terminal) {
    let Built {
        articles,
        held_back,
        delivered,
    } = built;
    say_held_back(held_back, terminal);
    terminal.say(&format!(
        "{} in {} ({} written, {} removed) at {} in {}",
        counted(*articles, "article", "articles"),
        counted(delivered.files, "file", "files"),
        delivered.written,
        delivered.removed,
        out.display(),
        duration(started.elapsed()),
    ));
}

/// Names what is not in the site yet: nothing is left out silently.
pub fn say_held_back(held_back: &[Waiting], terminal: &Terminal) {
    for Waiting { path, reason } in held_back {
        let why = match reason {
            HeldBackReason::Draft => "draft".to_owned(),
            HeldBackReason::Future(day) => format!("dated {day}"),
        };
        terminal.say(&format!("Held back: {path} ({why})"));
    }
}
