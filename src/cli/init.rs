//! `briefbook init`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::tz::TimeZone;

use super::Outcome;
use super::build::today;
use super::terminal::Terminal;

/// Make a new archive
///
/// Writes settings, a first briefing, a topic and a page into a new or empty folder. It builds at
/// once: `briefbook build`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder, made when it isn't there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let folder = &arguments.folder;
    if !is_empty(folder) {
        terminal.error(
            &format!("{} is not empty", folder.display()),
            "name a new folder: nothing that is already there is ever overwritten",
        );
        return Outcome::Faulty;
    }
    let today = today(&TimeZone::UTC);
    let fill = |text: &str| {
        text.replace("{date}", &today.to_string())
            .replace("{year}", &today.year().to_string())
    };
    let briefing = format!("content/briefings/{}/your-first-briefing.md", today.year());
    let files = [
        ("site.toml", include_str!("starter/site.toml").to_owned()),
        (".gitignore", "/public\n/.briefbook\n".to_owned()),
        (&*briefing, fill(include_str!("starter/briefing.md"))),
        (
            "content/topics/getting-started.md",
            include_str!("starter/topic.md").to_owned(),
        ),
        (
            "content/pages/about.md",
            include_str!("starter/about.md").to_owned(),
        ),
    ];
    for (name, text) in files {
        if let Err(error) = write(&folder.join(name), &text) {
            terminal.error(
                &format!("cannot write {}: {error}", folder.join(name).display()),
                "look at the permissions and the free space there",
            );
            return Outcome::Faulty;
        }
    }
    terminal.say(&format!(
        "A new archive is in {}. Next: `cd {0} && briefbook build`",
        folder.display()
    ));
    Outcome::Done
}

fn is_empty(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}
