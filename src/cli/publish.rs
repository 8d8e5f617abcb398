//! `briefbook publish`

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::build::say_held_back;
use super::site_arguments::SiteArguments;
use super::terminal::{Terminal, counted, duration};
use super::workflow::{self, Program};
use super::{Outcome, archive_root};
use crate::archive::entry::waiting;
use crate::content::config::Config;
use crate::content::disk::read_config;
use crate::content::publishing::History;
use crate::deliver::audit::judge::page_address;
use crate::deliver::audit::size::readable;
use crate::deliver::git::base::Overwrite;
use crate::deliver::git::publish::Changes;
use crate::deliver::publish::{Decisions, Destination, Publication, Published, Run, Vanished};
use crate::diagnostic::Findings;
use crate::{Progress, publish};

/// Publish the site
///
/// Builds the site, audits every page of it, and pushes what changed to the branch `gh-pages` of
/// the archive's repository (`[publish]` in site.toml names another), or with `--to` into a folder.
/// When anything is wrong, nothing leaves. Your work tree, index and current branch stay as they
/// are.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Arguments {
    /// Say what would be added, changed and removed, and change nothing
    #[arg(long)]
    dry_run: bool,

    /// Publish over what somebody else has published since
    #[arg(long, conflicts_with = "to")]
    force: bool,

    /// Leave one commit on the branch, this one
    #[arg(long, conflicts_with = "to")]
    squash: bool,

    /// Let addresses vanish that were published before
    #[arg(long)]
    allow_vanished: bool,

    /// Write the site into a folder instead: only what changed, deletions last
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,

    /// A remote's name or address, instead of `remote` under `[publish]`
    #[arg(long, value_name = "REMOTE", conflicts_with = "to")]
    remote: Option<String>,

    /// What the commit says, instead of `message` under `[publish]`
    #[arg(long, short, value_name = "TEXT", conflicts_with = "to")]
    message: Option<String>,

    /// Write the GitHub Actions workflow that builds and publishes by itself, and do nothing else
    #[arg(long, requires = "program", conflicts_with_all = ["to", "dry_run", "force", "squash"])]
    workflow: bool,

    /// Where the workflow gets briefbook from: a release (`https://….tar.gz`), a git repository
    /// (`git+https://…`, `#TAG` after it), or a path in your repository
    #[arg(long, value_name = "WHERE", requires = "workflow")]
    program: Option<Program>,

    #[command(flatten)]
    site: SiteArguments,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments {
        dry_run,
        force,
        squash,
        allow_vanished,
        to,
        remote,
        message,
        workflow,
        program,
        site,
    } = arguments;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    if let (true, Some(program)) = (workflow, program) {
        return write_workflow(&root, program, terminal);
    }
    let run = if *dry_run { Run::Dry } else { Run::Real };
    let vanished = if *allow_vanished {
        Vanished::Allow
    } else {
        Vanished::Refuse
    };
    let overwrite = if *force {
        Overwrite::Allow
    } else {
        Overwrite::Refuse
    };
    let destination = match to {
        Some(folder) => Destination::Folder(folder),
        None => Destination::Branch(Decisions {
            remote: remote.as_deref(),
            message: message.as_deref(),
            history: squash.then_some(History::Squash),
            overwrite,
        }),
    };
    let started = Instant::now();
    let bar = terminal.progress(0, "Rendering");
    let progress = |step: Progress<'_>| match step {
        Progress::Planned(pages) => bar.set_length(pages as u64),
        Progress::Rendered(_) => bar.inc(1),
        Progress::Done(_) => {}
    };
    let mut findings = Findings::default();
    let Some(published) = site.resolve(&root, terminal, |options| {
        publish(
            options,
            destination,
            (run, vanished),
            &progress,
            &mut findings,
        )
    }) else {
        return Outcome::Mistyped;
    };
    bar.finish_and_clear();
    terminal.show(&findings);
    let Some((held_back, published)) = published else {
        return Outcome::Faulty;
    };
    say_held_back(&waiting(&held_back), terminal);
    let took = duration(started.elapsed());
    match published {
        Published::Branches(publications) => say_branches(&publications, run, &took, terminal),
        Published::Folder(delivered, size) => {
            let would = if run == Run::Dry { "would be " } else { "" };
            let into = to.as_deref().unwrap_or(&root).display();
            terminal.say(&format!(
                "{} ({}) in {into}: {} {would}written, {} {would}removed in {took}",
                counted(delivered.files, "file", "files"),
                readable(size.bytes),
                delivered.written,
                delivered.removed,
            ));
        }
    }
    // One shard may have been sent and the next refused.
    if findings.errors() > 0 {
        return Outcome::Faulty;
    }
    Outcome::Done
}

/// Of many shards, those are named that something was done to.
fn say_branches(publications: &[Publication], run: Run, took: &str, terminal: &Terminal) {
    let idle = |publication: &&Publication| publication.changes.is_empty();
    let all_idle = publications.iter().all(|publication| idle(&publication));
    let (front, shards) = match publications {
        [] => return,
        [only] => return say_branch(only, run, took, terminal),
        [shards @ .., front] => (front, shards),
    };
    for publication in shards.iter().filter(|publication| !idle(publication)) {
        say_branch(publication, run, took, terminal);
    }
    if all_idle || !idle(&front) {
        say_branch(front, run, took, terminal);
    }
    let idle = publications.iter().filter(idle).count();
    terminal.say(&format!(
        "{} up to date",
        counted(idle, "shard is", "shards are")
    ));
}

fn write_workflow(root: &Path, program: &Program, terminal: &Terminal) -> Outcome {
    let mut findings = Findings::default();
    let source = findings.keep(read_config(root));
    let config = source.and_then(|source| findings.keep(Config::parse(&source)));
    let Some(config) = config else {
        terminal.show(&findings);
        return Outcome::Faulty;
    };
    let zone = config.time_zone.iana_name().unwrap_or("UTC");
    workflow::write(root, program, zone, terminal)
}

fn say_branch(publication: &Publication, run: Run, took: &str, terminal: &Terminal) {
    let Publication {
        remote,
        branch,
        changes,
        size,
        commit,
    } = publication;
    if run == Run::Dry {
        list(changes, terminal);
    }
    let Changes {
        added,
        changed,
        removed,
        ..
    } = changes;
    let counts = format!(
        "{} added, {} changed, {} removed; {} in all, {}",
        added.len(),
        changed.len(),
        removed.len(),
        counted(size.files, "file", "files"),
        readable(size.packed),
    );
    terminal.say(&match (commit, run) {
        (None, _) if changes.is_empty() => {
            format!("Nothing to publish: {branch} at {remote} is up to date ({took})")
        }
        (Some(commit), _) => format!(
            "Published to {branch} at {remote} as {}: {counts} ({took})",
            commit.get(..10).unwrap_or(commit)
        ),
        (None, _) => format!("Would publish to {branch} at {remote}: {counts}"),
    });
}

/// How many pages of a kind are named.
const NAMED: usize = 30;

fn list(changes: &Changes, terminal: &Terminal) {
    for (sign, paths) in [
        ('+', &changes.added),
        ('~', &changes.changed),
        ('-', &changes.removed),
    ] {
        for path in paths.iter().take(NAMED) {
            terminal.say(&format!("{sign} /{}", page_address(path)));
        }
        if paths.len() > NAMED {
            terminal.say(&format!("{sign} … and {} more", paths.len() - NAMED));
        }
    }
}
