//! `briefbook theme`

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use clap::{Args, Subcommand};

use super::terminal::{Terminal, counted};
use super::theme_check::{Rehearsed, rehearse};
use super::{Outcome, archive_root};
use crate::content::config::Config;
use crate::content::disk::read_config;
use crate::deliver::audit::size::readable;
use crate::diagnostic::{Findings, nearest};
use crate::site::layers::{DEFAULT_NAME, Files, layers, names};
use crate::site::manifest::{API, FILE};

/// What an article's page may have in bytes beside its text, and its style sheets as they are sent:
/// the first packets of a new connection (RFC 6928) carry 14 KB.
const FRAME: usize = 8 * 1024;
const STYLES: usize = 8 * 1024;

/// Look at themes, begin one, take a file over to change it
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the themes that this archive can use, with their parameters
    List,
    /// Begin a theme of your own, which changes only what you put into it
    New {
        /// Its name: the folder below themes/
        name: String,
        /// The theme it begins with
        #[arg(long, value_name = "THEME", default_value = DEFAULT_NAME)]
        extends: String,
    },
    /// Render every kind of page with the theme in use, from articles that have every field and
    /// articles that have none, and say what is wrong, what isn't translated, what nothing uses,
    /// and what a page weighs
    Check,
    /// Copy files of the theme in use into your own, to be changed there
    Eject {
        /// Such as templates/parts/footer.html; without any, the names are listed
        #[arg(value_name = "FILE")]
        files: Vec<String>,
    },
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments { command } = arguments;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    let mut findings = Findings::default();
    let config = read_config(&root).and_then(|source| Config::parse(&source));
    let Some(config) = findings.keep(config) else {
        terminal.show(&findings);
        return Outcome::Faulty;
    };
    match command {
        Command::List => list(&root, &config, terminal),
        Command::New { name, extends } => new(&root, name, extends, terminal),
        Command::Check => check(&root, &config, terminal),
        Command::Eject { files } => eject(&root, &config, files, terminal),
    }
}

fn list(root: &Path, config: &Config, terminal: &Terminal) -> Outcome {
    let mut findings = Findings::default();
    for name in names(root) {
        let mut asked = config.clone();
        asked.theme = toml::Spanned::new(0..0, name.clone());
        let found = layers(root, &asked, &mut findings);
        let used = if *config.theme.get_ref() == name {
            " (in use)"
        } else {
            ""
        };
        terminal.result(&format!("{name}{used}"));
        let Some(manifest) = found.first().and_then(|layer| layer.manifest.as_ref()) else {
            continue;
        };
        let facts = [
            manifest.description.clone(),
            manifest
                .version
                .as_ref()
                .map(|version| format!("version {version}")),
            manifest.license.clone(),
            manifest
                .extends
                .as_ref()
                .map(|parent| format!("extends {}", parent.get_ref())),
        ];
        for fact in facts.into_iter().flatten() {
            terminal.result(&format!("  {fact}"));
        }
        for (name, parameter) in &manifest.parameters {
            let about = parameter.description.as_deref().unwrap_or_default();
            terminal.result(&format!(
                "  [params] {name} = {}  {about}",
                parameter.default
            ));
        }
    }
    terminal.show(&findings);
    if findings.errors() > 0 {
        Outcome::Faulty
    } else {
        Outcome::Done
    }
}

fn new(root: &Path, name: &str, extends: &str, terminal: &Terminal) -> Outcome {
    let sound = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !sound {
        terminal.error(
            &format!("`{name}` can't be the name of a theme"),
            "lower-case letters, digits and `-`: my-institute",
        );
        return Outcome::Mistyped;
    }
    let known = names(root);
    if known.iter().any(|theme| theme == name) {
        terminal.error(
            &format!("there is a theme `{name}` already"),
            "choose another name: nothing that is there is overwritten",
        );
        return Outcome::Faulty;
    }
    if !known.iter().any(|theme| theme == extends) {
        let help = match nearest(extends, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", known.join(", ")),
        };
        terminal.error(&format!("there is no theme `{extends}`"), &help);
        return Outcome::Faulty;
    }
    let folder = root.join("themes").join(name);
    let manifest = format!(
        "name = \"{name}\"\nversion = \"0.1.0\"\n# What templates get changes with this number; \
         briefbook says so.\napi = {API}\n# Every file that isn't in this folder comes from there.\n\
         extends = \"{extends}\"\n"
    );
    let style = "/* Loaded after the theme's own sheet. Its colours are custom properties: */\n\
                 :root {\n}\n";
    let written = write(&folder.join(FILE), manifest.as_bytes())
        .and_then(|()| write(&folder.join("static/custom.css"), style.as_bytes()));
    if let Err(error) = written {
        return unwritten(&folder, &error, terminal);
    }
    terminal.say(&format!(
        "A new theme is in themes/{name}/. Next: `theme = \"{name}\"` in site.toml, then \
         `briefbook serve`"
    ));
    Outcome::Done
}

fn check(root: &Path, config: &Config, terminal: &Terminal) -> Outcome {
    let mut findings = Findings::default();
    let rehearsed = rehearse(root, config, &mut findings);
    terminal.show(&findings);
    let Some(Rehearsed {
        pages,
        unused,
        frame,
        styles,
        untranslated,
    }) = rehearsed
    else {
        return Outcome::Faulty;
    };
    for (language, string) in &untranslated {
        terminal.result(&format!(
            "i18n/{language}.toml lacks `{string}`: English stands in"
        ));
    }
    for template in &unused.templates {
        terminal.result(&format!("{template} is used by no page"));
    }
    for (file, string) in &unused.strings {
        terminal.result(&format!("{file}: `{string}` is said by no template"));
    }
    for (what, bytes, most) in [
        ("An article's page without its text", frame, FRAME),
        (
            "The style sheets of an article, compressed,",
            styles,
            STYLES,
        ),
    ] {
        let verdict = if bytes > most { "more than" } else { "within" };
        terminal.result(&format!(
            "{what} has {}, {verdict} the {} that load quickly on a phone",
            readable(bytes as u64),
            readable(most as u64)
        ));
    }
    terminal.say(&format!(
        "{} rendered with the theme `{}`, {} not translated",
        counted(pages, "file", "files"),
        config.theme.get_ref(),
        counted(untranslated.len(), "string", "strings"),
    ));
    if findings.errors() > 0 {
        Outcome::Faulty
    } else {
        Outcome::Done
    }
}

fn eject(root: &Path, config: &Config, wanted: &[String], terminal: &Terminal) -> Outcome {
    let mut findings = Findings::default();
    let layers = layers(root, config, &mut findings);
    let theme = config.theme.get_ref();
    let mut all = Files::new();
    for layer in layers.into_iter().rev() {
        all.extend(layer.files);
    }
    if wanted.is_empty() {
        for (name, (path, _)) in &all {
            terminal.result(&format!("{name}  {path}"));
        }
        return Outcome::Done;
    }
    let mut done = 0;
    for name in wanted {
        let Some((_, bytes)) = all.get(name) else {
            let help = match nearest(name, all.keys().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`briefbook theme eject` lists all of them".to_owned(),
            };
            terminal.error(&format!("the theme has no file `{name}`"), &help);
            continue;
        };
        let path = root.join("themes").join(theme).join(name);
        match write(&path, bytes) {
            Ok(()) => {
                terminal.say(&format!("themes/{theme}/{name} is yours to change"));
                done += 1;
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => terminal.error(
                &format!("themes/{theme}/{name} is there already"),
                "it is yours and stays as it is; move it away to begin anew",
            ),
            Err(error) => return unwritten(&path, &error, terminal),
        }
    }
    terminal.show(&findings);
    if done == wanted.len() {
        return Outcome::Done;
    }
    terminal.say(&format!("{} copied", counted(done, "file", "files")));
    Outcome::Faulty
}

/// Writes a new file, never over one that is there.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create_new(path)?.write_all(bytes)
}

fn unwritten(path: &Path, error: &io::Error, terminal: &Terminal) -> Outcome {
    terminal.error(
        &format!("cannot write {}: {error}", path.display()),
        "look at the permissions and the free space there",
    );
    Outcome::Faulty
}
