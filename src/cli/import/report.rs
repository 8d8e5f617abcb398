//! What became of every article: lines for people, or one JSON object a line for programs.

use indicatif::ProgressBar;
use serde_json::{Value, json};

use crate::cli::terminal::{Terminal, counted};
use crate::content::front_matter::Kind;
use crate::diagnostic::Findings;
use crate::import::document::RawDocument;
use crate::import::journal::Undone;
use crate::import::place::{Identity, Placed, Placement};

/// One article, as far as it is told of.
pub struct Imported {
    from: String,
    part: u32,
    format: &'static str,
    path: String,
    state: State,
    kind: &'static str,
    title: String,
    date: Option<String>,
    url: Option<String>,
    review: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Refreshed,
    Unchanged,
    AlreadyThere,
    KeptEdited,
    BackedUp,
}

impl State {
    fn of(placement: &Placement) -> Self {
        match placement {
            Placement::New => Self::New,
            Placement::Refreshed => Self::Refreshed,
            Placement::Unchanged => Self::Unchanged,
            Placement::AlreadyThere(_) => Self::AlreadyThere,
            Placement::KeptEdited => Self::KeptEdited,
            Placement::BackedUp(_) => Self::BackedUp,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Refreshed => "refreshed",
            Self::Unchanged => "unchanged",
            Self::AlreadyThere => "the same text is there already",
            Self::KeptEdited => "edited, kept",
            Self::BackedUp => "edited, backed up",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Refreshed => "refreshed",
            Self::Unchanged => "unchanged",
            Self::AlreadyThere => "already_there",
            Self::KeptEdited => "kept",
            Self::BackedUp => "backed_up",
        }
    }
}

impl Imported {
    pub fn new(document: &RawDocument, identity: &Identity, placed: &Placed) -> Self {
        let front = &placed.front;
        Self {
            from: document.label(),
            part: identity.part,
            format: identity.format.name(),
            path: match &placed.placement {
                Placement::AlreadyThere(path) => path.clone(),
                _ => placed.path.clone(),
            },
            state: State::of(&placed.placement),
            kind: match placed.kind {
                Kind::Briefing => "briefing",
                Kind::Source => "source",
            },
            title: front.title.clone(),
            date: front.date.map(|date| date.to_string()),
            url: front.provenance.as_ref().and_then(|p| p.url.clone()),
            review: front.review.clone(),
        }
    }
}

/// How many articles went which way.
#[derive(Debug, Default)]
pub struct Counts {
    pub batch: Option<String>,
    articles: usize,
    new: usize,
    refreshed: usize,
    unchanged: usize,
    already_there: usize,
    kept: usize,
    backed_up: usize,
    doubtful: usize,
}

impl Counts {
    pub fn add(&mut self, imported: &Imported) {
        self.articles += 1;
        let counts = imported.state != State::AlreadyThere && !imported.review.is_empty();
        self.doubtful += usize::from(counts);
        let count = match imported.state {
            State::New => &mut self.new,
            State::Refreshed => &mut self.refreshed,
            State::Unchanged => &mut self.unchanged,
            State::AlreadyThere => &mut self.already_there,
            State::KeptEdited => &mut self.kept,
            State::BackedUp => &mut self.backed_up,
        };
        *count += 1;
    }
}

/// Tells of an import while it goes on.
pub struct Reporter<'a> {
    terminal: &'a Terminal,
    json: bool,
    dry_run: bool,
}

impl<'a> Reporter<'a> {
    pub fn new(terminal: &'a Terminal, json: bool, dry_run: bool) -> Self {
        Self {
            terminal,
            json,
            dry_run,
        }
    }

    pub fn progress(&self, inputs: u64) -> ProgressBar {
        if self.json {
            ProgressBar::hidden()
        } else {
            self.terminal.progress(inputs, "Importing")
        }
    }

    fn object(&self, object: &Value) {
        self.terminal.say(&object.to_string());
    }

    pub fn article(&self, imported: &Imported) {
        let Imported {
            from,
            part,
            format,
            path,
            state,
            kind,
            title,
            date,
            url,
            review,
        } = imported;
        if self.json {
            self.object(&json!({
                "event": "article", "state": state.key(), "path": path, "kind": kind,
                "title": title, "date": date, "url": url, "from": from, "part": part,
                "format": format, "review": review,
            }));
            return;
        }
        let day = date
            .as_deref()
            .map_or("no date", |date| date.get(..10).unwrap_or(date));
        self.terminal.say(&format!("{path} ({})", state.words()));
        self.terminal.say(&format!("  {kind}  {day}  {title}"));
        self.terminal.say(&format!("  from {from}"));
        for doubt in review {
            self.terminal.say(&format!("  review: {doubt}"));
        }
    }

    /// Tells programs of every finding from the `known`-th on; people see them at the end.
    pub fn findings(&self, findings: &Findings, known: usize) {
        if !self.json {
            return;
        }
        for report in findings.iter().skip(known) {
            let severity = match report.severity() {
                Some(miette::Severity::Advice) => "advice",
                Some(miette::Severity::Warning) => "warning",
                Some(miette::Severity::Error) | None => "error",
            };
            self.object(&json!({
                "event": severity,
                "code": report.code().map(|code| code.to_string()),
                "message": report.to_string(),
                "help": report.help().map(|help| help.to_string()),
            }));
        }
    }

    pub fn summary(&self, counts: &Counts, findings: &Findings) {
        let Counts {
            batch,
            articles,
            new,
            refreshed,
            unchanged,
            already_there,
            kept,
            backed_up,
            doubtful,
        } = counts;
        if self.json {
            self.object(&json!({
                "event": "summary", "batch": batch, "articles": articles, "new": new,
                "refreshed": refreshed, "unchanged": unchanged,
                "already_there": already_there, "kept": kept,
                "backed_up": backed_up, "to_review": doubtful, "failed": findings.errors(),
                "dry_run": self.dry_run,
            }));
            return;
        }
        let verb = if self.dry_run {
            "Would import"
        } else {
            "Imported"
        };
        self.terminal.say(&format!(
            "{verb} {}: {new} new, {refreshed} refreshed, {unchanged} unchanged, {} edited by \
             hand; {doubtful} to review, {} failed",
            counted(*articles, "article", "articles"),
            kept + backed_up,
            findings.errors(),
        ));
        if *already_there > 0 {
            self.terminal.say(&format!(
                "{} not written: the same text is there already, from another document.",
                counted(*already_there, "article was", "articles were"),
            ));
        }
        if *kept > 0 {
            self.terminal.say(
                "Edited files were left as they are; `--force` overwrites them and keeps a copy.",
            );
        }
        if let Some(batch) = batch {
            self.terminal.say(&format!(
                "`briefbook import --undo {batch}` takes this back."
            ));
        }
        self.terminal.show(findings);
    }
}

/// Tells what became of a batch that was taken back.
pub fn undone(undone: &Undone, terminal: &Terminal) {
    let Undone {
        taken_back,
        kept,
        gone,
    } = undone;
    for path in kept {
        terminal.say(&format!("{path} (edited, kept)"));
    }
    terminal.say(&format!(
        "Took back {}; {} edited since and kept, {} no longer there",
        counted(taken_back.len(), "article", "articles"),
        kept.len(),
        gone.len(),
    ));
}
