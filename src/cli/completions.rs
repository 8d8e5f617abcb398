//! `briefbook completions`

use std::io::{Write, stdout};

use clap::Args;
use clap_complete::Shell;

use super::Outcome;

/// Print a script that completes commands and options in your shell
///
/// For bash: `briefbook completions bash > ~/.local/share/bash-completion/completions/briefbook`
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(arguments: &Arguments, mut command: clap::Command) -> Outcome {
    let Arguments { shell } = arguments;
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut command, "briefbook", &mut script);
    // A reader that has gone away (`| head`) is no reason to fail.
    let _ = stdout().write_all(&script);
    Outcome::Done
}
