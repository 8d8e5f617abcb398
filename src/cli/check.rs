//! `briefbook check`

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use miette::Report;
use serde_json::{Value, json};

use super::build::{read_ledger, say_held_back};
use super::site_arguments::{SiteArguments, today};
use super::terminal::{Terminal, counted};
use super::{Outcome, archive_root};
use crate::archive::entry::waiting;
use crate::archive::loose_ends::{LooseEnd, Reason};
use crate::deliver::audit::judge::what_takes_space;
use crate::deliver::audit::size::{readable, years_left};
use crate::deliver::audit::survey::Sighting;
use crate::deliver::external::{self, Answer, Known, Manners};
use crate::diagnostic::{Findings, is_error, location};
use crate::{Checked, Progress, check};

/// Check the archive and the pages made from it
///
/// Everything that `build` checks, then the rendered pages: dead links and anchors, missing
/// pictures, names and sizes that a host would refuse. Lists what is left to do: reviews, articles
/// without a date or a topic, orphans. No page is written.
///
/// Exit status: 0 when there are no errors, 1 when there are (with `--strict`: or warnings).
#[derive(Debug, Args)]
pub struct Arguments {
    /// Check the pages in this folder instead of rendering them anew
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,

    /// Addresses published before, one a line, in a file or at an address: none may be gone
    /// without a redirect
    #[arg(long, value_name = "FILE|URL")]
    ledger: Option<String>,

    /// Ask other sites whether links to them still lead somewhere
    ///
    /// One request a second to a host at most; answers are kept for days in .briefbook/links.json.
    /// What is found is listed, and is never a reason to fail.
    #[arg(long)]
    external: bool,

    /// Fail on warnings too
    #[arg(long)]
    strict: bool,

    /// List everything left to do, not only the first of each kind
    #[arg(long)]
    all: bool,

    /// How the results are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    #[command(flatten)]
    options: SiteArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For scripts: one JSON object
    Json,
}

/// How many loose ends of a kind are listed without `--all`.
const LISTED: usize = 10;

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments {
        site,
        ledger,
        external,
        strict,
        all,
        format,
        options,
    } = arguments;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    if let Some(folder) = site.as_ref().filter(|folder| !folder.is_dir()) {
        terminal.error(
            &format!("{} is not a folder", folder.display()),
            "name a folder that `briefbook build` wrote, or leave `--site` out",
        );
        return Outcome::Mistyped;
    }
    let before = match read_ledger(ledger.as_deref(), terminal) {
        Ok(before) => before,
        Err(outcome) => return outcome,
    };
    let bar = terminal.progress(0, "Checking");
    let progress = |step: Progress<'_>| match step {
        Progress::Planned(pages) => bar.set_length(pages as u64),
        Progress::Rendered(_) => bar.inc(1),
        Progress::Done(_) => {}
    };
    let mut findings = Findings::default();
    let Some(checked) = options.resolve(&root, terminal, |options| {
        check(
            options,
            site.as_deref(),
            before.as_ref(),
            &progress,
            &mut findings,
        )
    }) else {
        return Outcome::Mistyped;
    };
    bar.finish_and_clear();
    let dead = match &checked {
        Some(checked) if *external => ask_others(&root, &checked.outside, &mut findings, terminal),
        _ => Vec::new(),
    };
    match format {
        Format::Text => {
            terminal.show(&findings);
            if let Some(checked) = &checked {
                say_held_back(&waiting(&checked.held_back), terminal);
                let limit = if *all { usize::MAX } else { LISTED };
                terminal.say(&summary(checked, limit));
            }
            if !dead.is_empty() {
                terminal.say(&format!(
                    "Links to other sites that lead nowhere ({})",
                    dead.len()
                ));
            }
            for DeadLink { url, known, page } in &dead {
                let (since, why) = (known.checked, in_words(&known.answer));
                terminal.say(&format!("  {page}: {url} {why} (asked {since})"));
            }
        }
        Format::Json => terminal.result(&as_json(&findings, checked.as_ref(), &dead)),
    }
    let faulty = findings.errors() > 0 || (*strict && findings.warnings() > 0);
    match (faulty, checked) {
        (false, Some(_)) => Outcome::Done,
        _ => Outcome::Faulty,
    }
}

fn summary(checked: &Checked, limit: usize) -> String {
    let mut text = String::new();
    for reason in Reason::ALL {
        let ends: Vec<&LooseEnd> = checked
            .loose_ends
            .iter()
            .filter(|end| end.reason == reason)
            .collect();
        if ends.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{} ({})", reason.heading(), ends.len());
        for end in ends.iter().take(limit) {
            let _ = writeln!(text, "  {}:{}: {}", end.file, end.line, end.text);
        }
        if ends.len() > limit {
            let _ = writeln!(
                text,
                "  … and {} more (`--all` lists them)",
                ends.len() - limit
            );
        }
    }
    let _ = write!(text, "{}", counted(checked.articles, "article", "articles"));
    if let Some(size) = &checked.size {
        let files = counted(size.files, "file", "files");
        let _ = write!(
            text,
            ", {files}, {} as published ({})",
            readable(size.packed),
            what_takes_space(size)
        );
        let left = checked.growth.and_then(|growth| years_left(size, growth));
        if let Some(years) = left {
            let _ = write!(text, "; at the pace of its last year it reaches 1 GB in ");
            let _ = match years {
                0.0..1.0 => write!(text, "less than a year"),
                1.0..100.0 => write!(text, "{years:.0} years"),
                _ => write!(text, "more than a hundred years"),
            };
        }
    }
    text
}

/// A link to another site that leads nowhere any more.
struct DeadLink {
    url: String,
    known: Known,
    /// The first page that has it.
    page: Box<str>,
}

fn ask_others(
    root: &Path,
    outside: &[(String, Sighting)],
    findings: &mut Findings,
    terminal: &Terminal,
) -> Vec<DeadLink> {
    let urls: Vec<&str> = outside.iter().map(|(url, _)| url.as_str()).collect();
    let bar = terminal.progress(urls.len() as u64, "Asking other sites");
    let known = external::read(root);
    let today = today(&TimeZone::UTC);
    let known = external::ask(&urls, known, today, Manners::default(), &|| bar.inc(1));
    bar.finish_and_clear();
    findings.keep(external::write(root, &known));
    let dead = outside.iter().filter_map(|(url, sighting)| {
        let known = known.get(url.split('#').next()?)?;
        matches!(known.answer, Answer::Dead(_) | Answer::Unreachable(_)).then(|| DeadLink {
            url: url.clone(),
            known: known.clone(),
            page: sighting.first.clone(),
        })
    });
    dead.collect()
}

fn in_words(answer: &Answer) -> String {
    match answer {
        Answer::Alive => "is alive".to_owned(),
        Answer::Dead(status) => format!("is gone: {status}"),
        Answer::Unclear(status) => format!("answered {status}"),
        Answer::Unreachable(reason) => format!("does not answer: {reason}"),
    }
}

fn as_json(findings: &Findings, checked: Option<&Checked>, dead: &[DeadLink]) -> String {
    let found: Vec<Value> = findings.iter().map(finding).collect();
    let mut object = json!({
        "errors": findings.errors(),
        "warnings": findings.warnings(),
        "findings": found,
    });
    if let Some(checked) = checked {
        object["articles"] = json!(checked.articles);
        object["loose_ends"] = json!(checked.loose_ends);
        object["held_back"] = checked
            .held_back
            .iter()
            .map(|held| held.article.body.source.name())
            .collect();
        object["external"] = dead
            .iter()
            .map(|DeadLink { url, known, page }| {
                json!({
                    "url": url,
                    "checked": known.checked,
                    "answer": known.answer,
                    "file": page,
                })
            })
            .collect();
        object["size"] = json!(checked.size);
        object["years_left"] = json!(
            checked
                .size
                .as_ref()
                .zip(checked.growth)
                .and_then(|(size, growth)| years_left(size, growth))
        );
    }
    format!("{object:#}")
}

fn finding(report: &Report) -> Value {
    let labels: Vec<String> = report
        .labels()
        .into_iter()
        .flatten()
        .filter_map(|label| label.label().map(str::to_owned))
        .collect();
    let location = location(report);
    json!({
        "severity": if is_error(report) { "error" } else { "warning" },
        "code": report.code().map(|code| code.to_string()),
        "message": report.to_string(),
        "labels": labels,
        "help": report.help().map(|help| help.to_string()),
        "file": location.as_ref().and_then(|at| at.file.as_deref()),
        "line": location.as_ref().map(|at| at.line),
        "column": location.as_ref().map(|at| at.column),
    })
}
