//! `briefbook import`
//!
//! 1. [`target`]: what is imported into
//! 2. [`inputs`]: what is imported
//! 3. the import itself: a batch converted, placed, written, and told of; then the next
//! 4. [`report`]: what became of every article, for people or for programs

pub mod inputs;
pub mod report;
pub mod target;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;

use super::terminal::Terminal;
use super::{Outcome, archive_root};
use crate::diagnostic::Findings;
use crate::import::batch::{Batches, Conversion, Found, convert_all};
use crate::import::error::ImportError;
use crate::import::fetch::client::Fetcher;
use crate::import::files;
use crate::import::journal::{Journal, undo};
use crate::import::markdown::links::Linkable;
use crate::import::overrides::Overrides;
use crate::import::place::{Edited, Naming};
use inputs::Input;
use report::{Counts, Imported, Reporter};
use target::Target;

/// Import articles: pages, pastes, feeds, mails, archives and old blogs become Markdown
///
/// Every file is recognised by its content: saved web pages (HTML, MHTML, WARC), pasted text,
/// feeds (RSS, Atom, JSON Feed), mail (.eml, mbox), WordPress exports, JSON lines, and Markdown of
/// Hugo, Jekyll, Zola and Obsidian. A briefing goes to content/briefings/, everything else to
/// content/sources/. What import is not sure of is listed under `review` in the front matter and
/// by `briefbook review`. Importing the same bytes again changes nothing, and a file that a person
/// has edited is never overwritten.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch on the command line"
)]
pub struct Arguments {
    /// Files, folders or addresses (https://…); `-` reads standard input
    #[arg(required_unless_present = "undo", value_name = "FILE")]
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

    /// Set a field of the front matter in every article: publisher="Harbour Times"
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,

    /// Keep the raw documents, compressed, in .briefbook/raw/
    #[arg(long)]
    keep_raw: bool,

    /// Show what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Overwrite edited files too; the edited text is kept beside them as .md.bak
    #[arg(long)]
    force: bool,

    /// Least time between two requests to one site, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0)]
    delay: f64,

    /// Report to programs: one JSON object a line
    #[arg(long)]
    json: bool,

    /// Take back an earlier import, but for what was edited since
    #[arg(long, value_name = "BATCH", conflicts_with_all = ["inputs", "set", "keep_raw", "dry_run"])]
    undo: Option<String>,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    if let Some(batch) = &arguments.undo {
        return take_back(arguments, batch, root, terminal);
    }
    let overrides = match Overrides::parse(&arguments.set) {
        Ok(overrides) => overrides,
        Err(error) => {
            terminal.error(&error.to_string(), "docs/front-matter.md names every field");
            return Outcome::Mistyped;
        }
    };
    let mut target = match target::find(arguments, root, terminal) {
        Ok(target) => target,
        Err(outcome) => return outcome,
    };
    let mut findings = Findings::default();
    let reporter = Reporter::new(terminal, arguments.json, arguments.dry_run);
    let counts = import(arguments, &overrides, &mut target, &reporter, &mut findings);
    reporter.summary(&counts, &findings);
    if findings.errors() > 0 {
        Outcome::Faulty
    } else {
        Outcome::Done
    }
}

fn import(
    arguments: &Arguments,
    overrides: &Overrides,
    target: &mut Target,
    reporter: &Reporter<'_>,
    findings: &mut Findings,
) -> Counts {
    let inputs = inputs::gather(&arguments.inputs, findings);
    let bar = reporter.progress(inputs.len() as u64);
    let setting = target.setting.clone();
    let names = inputs.iter().filter_map(Input::path);
    let linkable = Linkable::of(names.chain(target.shelf.paths()));
    let fetcher = Fetcher::new(Duration::from_secs_f64(arguments.delay.clamp(0.0, 60.0)));
    let documents = inputs::documents(inputs, &setting, fetcher, &bar);
    let mut journal = Journal::new(&target.state, Timestamp::now());
    let mut counts = Counts::default();
    for batch in Batches::new(documents) {
        let conversion = Conversion {
            setting: &setting,
            names: &target.names,
            overrides,
            linkable: &linkable,
            classifier: target.classifier.as_ref(),
        };
        for found in convert_all(batch, &conversion, &|| {}) {
            let known = findings.len();
            if let Some(found) = findings.keep(found) {
                for imported in settle(found, arguments, target, &mut journal, findings) {
                    bar.suspend(|| reporter.article(&imported));
                    counts.add(&imported);
                }
            }
            bar.suspend(|| reporter.findings(findings, known));
        }
    }
    bar.finish_and_clear();
    counts.batch = journal.batch().map(str::to_owned);
    counts
}

/// Places and writes the articles of one document.
fn settle(
    found: Found,
    arguments: &Arguments,
    target: &mut Target,
    journal: &mut Journal,
    findings: &mut Findings,
) -> Vec<Imported> {
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
    let Found { document, articles } = found;
    let mut settled = Vec::with_capacity(articles.len());
    let mut wrote = false;
    for located in articles {
        let identity = located.identity.clone();
        let placed = target.shelf.place(&document, located, naming, edited);
        if !arguments.dry_run {
            let written = files::write(&target.folder, &placed).and_then(|entry| match &entry {
                Some(entry) => journal.record(entry).map(|()| true),
                None => Ok(false),
            });
            match findings.keep(written) {
                Some(written) => wrote |= written,
                None => continue,
            }
        }
        settled.push(Imported::new(&document, &identity, &placed));
    }
    if wrote && arguments.keep_raw {
        findings.keep(files::keep_raw(&target.state.join("raw"), &document));
    }
    settled
}

fn take_back(
    arguments: &Arguments,
    batch: &str,
    root: Option<&Path>,
    terminal: &Terminal,
) -> Outcome {
    let (state, content) = match &arguments.out {
        Some(out) => (out.join(target::STATE), out.clone()),
        None => match archive_root(root, terminal) {
            Some(root) => (root.join(target::STATE), root.join("content")),
            None => return Outcome::Faulty,
        },
    };
    let mut findings = Findings::default();
    let undone: Result<_, ImportError> = undo(&state, &content, batch);
    let Some(undone) = findings.keep(undone) else {
        terminal.show(&findings);
        return Outcome::Faulty;
    };
    report::undone(&undone, terminal);
    Outcome::Done
}
