//! What a person sees: messages, tables, progress. Results go to standard output, everything
//! else to standard error; colours and bars only where a terminal is.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _, stderr, stdout};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::diagnostic::{Findings, Harmless, drawing, harmless};

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Volume {
    Normal,
    /// Only warnings and errors.
    Quiet,
}

/// The terminal a command speaks to.
pub struct Terminal {
    volume: Volume,
    handler: GraphicalReportHandler,
}

impl Terminal {
    pub fn new(volume: Volume) -> Self {
        // https://no-color.org: present and not empty
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = stderr().is_terminal() && !unwanted;
        let theme = if colour {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let width = if stderr().is_terminal() { 100 } else { 120 };
        Self {
            volume,
            handler: drawing(theme, width),
        }
    }

    /// Says how something ended; silent under `--quiet`.
    pub fn say(&self, text: &str) {
        if self.volume == Volume::Normal {
            // A reader that has gone away (`| head`) is no reason to fail.
            let _ = writeln!(stdout(), "{}", harmless(text));
        }
    }

    /// Writes what was asked for, under `--quiet` too.
    pub fn result(&self, text: &str) {
        let _ = writeln!(stdout(), "{}", harmless(text));
    }

    /// Writes a file that was asked for to standard output, as it is.
    pub fn bytes(&self, bytes: &[u8]) {
        let _ = stdout().write_all(bytes);
    }

    /// Shows every finding, then counts them.
    pub fn show(&self, findings: &Findings) {
        let mut text = String::new();
        for report in findings.iter() {
            if self
                .handler
                .render_report(&mut text, &Harmless(report.as_ref()))
                .is_err()
            {
                let _ = writeln!(text, "{}", Harmless(report.as_ref()));
            }
            text.push('\n');
        }
        let (errors, warnings) = (findings.errors(), findings.warnings());
        if errors + warnings > 0 {
            let _ = writeln!(
                text,
                "{}, {}",
                counted(errors, "error", "errors"),
                counted(warnings, "warning", "warnings")
            );
        }
        let _ = stderr().write_all(text.as_bytes());
    }

    /// Says that a command can't be done as typed.
    pub fn error(&self, message: &str, help: &str) {
        let report = miette::MietteDiagnostic::new(message).with_help(help);
        let mut text = String::new();
        if self
            .handler
            .render_report(&mut text, &Harmless(&report))
            .is_err()
        {
            text = harmless(&format!("{message}\n{help}\n")).into_owned();
        }
        let _ = stderr().write_all(text.as_bytes());
    }

    /// A bar for long work, gone when it is finished; invisible under `--quiet` and where no
    /// terminal is.
    pub fn progress(&self, length: u64, what: &'static str) -> ProgressBar {
        let target = match self.volume {
            Volume::Normal if stderr().is_terminal() => ProgressDrawTarget::stderr_with_hz(10),
            _ => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::with_draw_target(Some(length), target);
        if let Ok(style) =
            ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}")
        {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar
    }
}

/// A number with its noun: `1 error`, `3 errors`.
pub fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// A time as a person reads it: `0.42 s`, `3 min 12 s`.
pub fn duration(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.2} s", time.as_secs_f64()),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
