//! The commands: what was typed becomes calls of the library, findings become messages.
//!
//! One command, one file, one `run`; the doc comment of its arguments is its help text.
//!
//! - [`init`]: a new archive
//! - [`import`]: articles become content files
//! - [`review`]: what import was not sure of
//! - [`new`]: a briefing's skeleton
//! - [`terms`]: the vocabulary, listed and mended; [`mv`]: one thing renamed everywhere; [`edits`]:
//!   how both change files
//! - [`build`]: the site in a folder; [`timings`]: what that cost
//! - [`serve`]: the site in a browser, made again after each change
//! - [`theme`]: themes to choose from, a new one, a file to change
//! - [`theme_check`]: a theme, held against the archive [`rehearsal`], in which everything occurs
//! - [`check`]: what is wrong, in the archive and in its site, and what is left to do
//! - [`completions`]: what a shell needs to complete all of these
//! - [`issue`]: one newsletter issue as an e-mail
//! - [`publish`]: the site on a branch or in a folder, once it is sound
//! - [`workflow`]: how GitHub builds and publishes by itself
//! - [`jobs`]: how many processors a command works on
//! - [`site_arguments`]: what all commands that make the site can be told
//! - [`terminal`]: messages, colours, progress bars

pub mod build;
pub mod check;
pub mod completions;
pub mod edits;
pub mod import;
pub mod init;
pub mod issue;
pub mod jobs;
pub mod mv;
pub mod new;
pub mod publish;
pub mod rehearsal;
pub mod review;
pub mod serve;
pub mod site_arguments;
pub mod terminal;
pub mod terms;
pub mod theme;
pub mod theme_check;
pub mod timings;
pub mod workflow;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::content::disk::find_root;
use terminal::{Terminal, Volume};

/// Turns source articles into a briefing archive: clean Markdown in, a static site out.
///
/// Exit status: 0 when all is well, 1 when something in the archive is wrong (the messages say
/// what, where, and what to try), 2 when the command itself was mistyped.
#[derive(Debug, Parser)]
#[command(name = "briefbook", version, max_term_width = 100)]
struct Arguments {
    /// The archive's folder [default: the nearest folder upward with a site.toml]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "For every command"
    )]
    root: Option<PathBuf>,

    /// Say nothing but warnings and errors
    #[arg(long, short, global = true, help_heading = "For every command")]
    quiet: bool,

    /// Work on so many processors at once, and no more [default: all there are]
    #[arg(
        long,
        short,
        global = true,
        value_name = "N",
        env = "BRIEFBOOK_JOBS",
        help_heading = "For every command"
    )]
    jobs: Option<String>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Arguments),
    Import(import::Arguments),
    Review(review::Arguments),
    New(new::Arguments),
    Terms(terms::Arguments),
    Mv(mv::Arguments),
    Build(build::Arguments),
    Serve(serve::Arguments),
    Theme(theme::Arguments),
    Check(check::Arguments),
    Issue(issue::Arguments),
    Publish(publish::Arguments),
    Completions(completions::Arguments),
}

/// How a command ended.
pub enum Outcome {
    Done,
    /// Something is wrong with the archive; it has been said.
    Faulty,
    /// The command made no sense as it was typed; it has been said.
    Mistyped,
}

/// Reads the command line, runs the command, and says how it ended.
pub fn main() -> ExitCode {
    let Arguments {
        root,
        quiet,
        jobs,
        command,
    } = Arguments::parse();
    let terminal = Terminal::new(if quiet { Volume::Quiet } else { Volume::Normal });
    let limited = jobs::limit(jobs.as_deref(), &terminal);
    let outcome = limited.map_or_else(
        |outcome| outcome,
        |()| run(command, root.as_deref(), &terminal),
    );
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Faulty => ExitCode::FAILURE,
        // The status that clap gives to what it cannot read.
        Outcome::Mistyped => ExitCode::from(2),
    }
}

fn run(command: Command, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    match command {
        Command::Init(arguments) => init::run(&arguments, root, terminal),
        Command::Import(arguments) => import::run(&arguments, root, terminal),
        Command::Review(arguments) => review::run(&arguments, root, terminal),
        Command::New(arguments) => new::run(&arguments, root, terminal),
        Command::Terms(arguments) => terms::run(&arguments, root, terminal),
        Command::Mv(arguments) => mv::run(&arguments, root, terminal),
        Command::Build(arguments) => build::run(&arguments, root, terminal),
        Command::Serve(arguments) => serve::run(&arguments, root, terminal),
        Command::Theme(arguments) => theme::run(&arguments, root, terminal),
        Command::Check(arguments) => check::run(&arguments, root, terminal),
        Command::Issue(arguments) => issue::run(&arguments, root, terminal),
        Command::Publish(arguments) => publish::run(&arguments, root, terminal),
        Command::Completions(arguments) => completions::run(&arguments, Arguments::command()),
    }
}

/// The archive a command works on; says so when there is none.
fn archive_root(given: Option<&Path>, terminal: &Terminal) -> Option<PathBuf> {
    let start = match given {
        Some(folder) if folder.join(crate::content::config::FILE).is_file() => {
            return Some(folder.to_path_buf());
        }
        Some(folder) => {
            terminal.error(
                &format!("there is no site.toml in {}", folder.display()),
                "`briefbook init DIR` makes a new archive",
            );
            return None;
        }
        None => std::env::current_dir().ok()?,
    };
    let found = find_root(&start);
    if found.is_none() {
        terminal.error(
            "there is no site.toml here or in any folder above",
            "go into an archive, name one with `--root DIR`, or make one with `briefbook init DIR`",
        );
    }
    found
}
