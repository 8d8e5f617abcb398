//! `briefbook init`

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::tz::TimeZone;

use super::Outcome;
use super::site_arguments::today;
use super::terminal::Terminal;
use super::workflow::{self, Program};

/// Make a new archive
///
/// Writes settings, a first briefing, a topic and a page into a new or empty folder. It builds at
/// once: `briefbook build`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder, made when it isn't there [default: this one]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Add the GitHub Actions workflow that builds and publishes by itself
    #[arg(long, requires = "program")]
    github: bool,

    /// Where the workflow gets briefbook from: a release (`https://….tar.gz`), a git repository
    /// (`git+https://…`, `#TAG` after it), or a path in your repository
    #[arg(long, value_name = "WHERE", requires = "github")]
    program: Option<Program>,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments {
        folder,
        github,
        program,
    } = arguments;
    let folder = folder.as_deref().or(root).unwrap_or(Path::new("."));
    let shown = folder.display();
    match first_obstacle(folder) {
        Ok(None) => {}
        Ok(Some(name)) => {
            terminal.error(
                &format!("{shown} is not empty: `{name}` is there"),
                "name a new folder (`briefbook init my-archive`): nothing that is already there \
                 is ever overwritten",
            );
            return Outcome::Faulty;
        }
        Err(error) => {
            terminal.error(
                &format!("{shown} cannot be used: {error}"),
                "name a new folder (`briefbook init my-archive`), or look at its permissions",
            );
            return Outcome::Faulty;
        }
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
    let (place, next) = if folder == Path::new(".") {
        ("here".to_owned(), "`briefbook build`".to_owned())
    } else {
        (
            format!("in {shown}"),
            format!("`cd {shown} && briefbook build`"),
        )
    };
    terminal.say(&format!("A new archive is {place}. Next: {next}"));
    match program {
        Some(program) if *github => workflow::write(folder, program, "UTC", terminal),
        _ => Outcome::Done,
    }
}

/// The first name that keeps a folder from becoming an archive. What a fresh git repository
/// holds (hidden files, a readme, a licence) is no obstacle.
fn first_obstacle(folder: &Path) -> std::io::Result<Option<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let harmless = |name: &String| {
        ["README", "LICENSE", "LICENCE", "."]
            .iter()
            .any(|start| name.to_uppercase().starts_with(start))
    };
    Ok(names.into_iter().find(|name| !harmless(name)))
}

/// Writes a new file; one that is there already (a `.gitignore`) stays as it is.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => std::io::Write::write_all(&mut file, text.as_bytes()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
