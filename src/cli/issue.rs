//! `briefbook issue`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::site_arguments::SiteArguments;
use super::terminal::Terminal;
use super::{Outcome, archive_root};
use crate::diagnostic::Findings;
use crate::site::email::Sender;
use crate::{Form, NoIssue, issue};

/// One newsletter issue, to be sent
///
/// Writes the issue's texts as plain text, or as an e-mail that any mail program opens: HTML and
/// plain text in one, with full links. The theme's `email/issue.html` and `email/issue.txt` say how.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The series, as in its address
    series: String,

    /// The issue: its number or name
    issue: String,

    /// As an e-mail (RFC 5322), HTML and plain text in one
    #[arg(long)]
    eml: bool,

    /// Who it is from: `Name <address>` [default: the site, at its `contact`]
    #[arg(long, value_name = "SENDER", requires = "eml")]
    from: Option<String>,

    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    site: SiteArguments,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments {
        series,
        issue: name,
        eml,
        from,
        out,
        site,
    } = arguments;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    let sender = from.as_deref().map(Sender::parse);
    let form = match (eml, &sender) {
        (_, Some(None)) => {
            terminal.error(
                "the sender has no address",
                "write it as `Harbor Desk <desk@harbor.example>`",
            );
            return Outcome::Mistyped;
        }
        (true, sender) => Form::Email(sender.clone().flatten()),
        (false, _) => Form::Text,
    };
    let mut findings = Findings::default();
    let Some(made) = site.resolve(&root, terminal, |options| {
        issue(options, series, name, form, &mut findings)
    }) else {
        return Outcome::Mistyped;
    };
    // What else is wrong with the archive is for `build` and `check` to say.
    if findings.errors() > 0 {
        terminal.show(&findings);
    }
    match made {
        Some(Ok(bytes)) => deliver(&bytes, out.as_deref(), terminal),
        Some(Err(refusal)) => {
            let (message, help) = describe(&refusal, series, name);
            terminal.error(&message, &help);
            Outcome::Mistyped
        }
        None => Outcome::Faulty,
    }
}

fn describe(refusal: &NoIssue, series: &str, issue: &str) -> (String, String) {
    match refusal {
        NoIssue::Series(known) if known.is_empty() => (
            format!("there is no series `{series}`"),
            "an article's `series` field names the newsletter it is part of".to_owned(),
        ),
        NoIssue::Series(known) => (
            format!("there is no series `{series}`"),
            format!("there are: {}", known.join(", ")),
        ),
        NoIssue::Issue(known) => (
            format!("`{series}` has no issue `{issue}`"),
            format!("there are: {}", known.join(", ")),
        ),
    }
}

fn deliver(bytes: &[u8], out: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Some(out) = out else {
        terminal.bytes(bytes);
        return Outcome::Done;
    };
    match fs::write(out, bytes) {
        Ok(()) => {
            terminal.say(&format!("The issue is in {}", out.display()));
            Outcome::Done
        }
        Err(error) => {
            terminal.error(
                &format!("cannot write {}: {error}", out.display()),
                "look at the folder, its permissions and the free space there",
            );
            Outcome::Faulty
        }
    }
}
