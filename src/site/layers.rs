//! The files of a theme and of every theme that it extends, nearest first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};
use walkdir::WalkDir;

use super::error::SiteError;
use super::manifest::{self, Manifest};
use crate::content::config::Config;
use crate::content::disk::relative;
use crate::diagnostic::{Findings, SourceText, nearest, span_within};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");
static PLAIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/plain");

/// The theme of an archive that names none.
pub const DEFAULT_NAME: &str = "default";

/// The themes that are part of the program.
pub fn embedded() -> [(&'static str, &'static Dir<'static>); 2] {
    [(DEFAULT_NAME, &DEFAULT), ("plain", &PLAIN)]
}

/// Name of a file within its theme to its path, for messages, and its bytes.
pub type Files = BTreeMap<String, (String, Cow<'static, [u8]>)>;

/// One theme's own files.
#[derive(Debug)]
pub struct Layer {
    pub name: String,
    pub files: Files,
    pub manifest: Option<Manifest>,
}

/// The theme that the archive at `root` names, then the one it extends, and so on. A folder
/// without a `theme.toml` extends the default theme; one that has the name of a theme of the
/// program is laid over it file by file.
pub fn layers(root: &Path, config: &Config, findings: &mut Findings) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut next = Some(config.theme.get_ref().clone());
    while let Some(name) = next.take() {
        let Some(layer) = load(root, &name, findings) else {
            findings.push(not_there(root, config, &name, layers.last()));
            if name != DEFAULT_NAME && layers.iter().all(|layer| layer.name != DEFAULT_NAME) {
                next = Some(DEFAULT_NAME.to_owned());
            }
            continue;
        };
        let parent = match &layer.manifest {
            Some(manifest) => manifest.extends.clone(),
            None if name == DEFAULT_NAME => None,
            None => Some(toml::Spanned::new(0..0, DEFAULT_NAME.to_owned())),
        };
        layers.push(layer);
        let Some(parent) = parent else { break };
        if layers.iter().any(|layer| layer.name == *parent.get_ref()) {
            findings.push(circle(&layers, &parent));
            break;
        }
        next = Some(parent.into_inner());
    }
    layers
}

fn load(root: &Path, name: &str, findings: &mut Findings) -> Option<Layer> {
    let mut files = Files::new();
    let program = embedded().into_iter().find(|(known, _)| *known == name);
    if let Some((_, folder)) = program {
        read_embedded(name, folder, &mut files);
    }
    // A name is one folder, never a way out of `themes/`.
    let sound = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    let folder = root.join("themes").join(name);
    if sound && folder.is_dir() {
        read_disk(root, &folder, &mut files, findings);
    } else if program.is_none() {
        return None;
    }
    let manifest = files.remove(manifest::FILE).and_then(|(path, bytes)| {
        let Ok(text) = String::from_utf8(bytes.into_owned()) else {
            findings.push(SiteError::Unreadable {
                path,
                reason: "not valid UTF-8".to_owned(),
            });
            return None;
        };
        findings.keep(Manifest::parse(&SourceText::new(path, text)))
    });
    Some(Layer {
        name: name.to_owned(),
        files,
        manifest,
    })
}

/// Names of all themes that an archive can use: those of the program, then its own.
pub fn names(root: &Path) -> Vec<String> {
    let mut names: Vec<String> = embedded().map(|(name, _)| name.to_owned()).into();
    let folders = WalkDir::new(root.join("themes")).min_depth(1).max_depth(1);
    for entry in folders.sort_by_file_name().into_iter().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_dir() && !name.starts_with('.') && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn not_there(root: &Path, config: &Config, name: &str, child: Option<&Layer>) -> SiteError {
    let names = names(root);
    let help = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "a theme is a folder `themes/{name}/`; there are: {}",
            names.join(", ")
        ),
    };
    let by_child = child.and_then(|layer| {
        let manifest = layer.manifest.as_ref()?;
        Some((&manifest.source, manifest.extends.as_ref()?.span()))
    });
    let (source, span) = by_child.unwrap_or((&config.source, config.theme.span()));
    SiteError::NoTheme {
        name: name.to_owned(),
        help,
        source_code: source.named(),
        span: span_within(source.text(), span).into(),
    }
}

fn circle(layers: &[Layer], parent: &toml::Spanned<String>) -> SiteError {
    let mut way: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    way.push(parent.get_ref());
    let source = layers.last().and_then(|layer| layer.manifest.as_ref());
    let message = format!("a theme extends itself: {}", way.join(" → "));
    match source {
        Some(manifest) => SiteError::Parameter {
            message,
            label: "leads back".to_owned(),
            help: Some("take this line out, or name another theme".to_owned()),
            source_code: manifest.source.named(),
            span: span_within(manifest.source.text(), parent.span()).into(),
        },
        None => SiteError::Templates {
            message,
            help: None,
        },
    }
}

fn read_embedded(theme: &str, folder: &'static Dir<'static>, files: &mut Files) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let path = format!("themes/{theme}/{name}");
        files.insert(name, (path, Cow::Borrowed(file.contents())));
    }
    for inner in folder.dirs() {
        read_embedded(theme, inner, files);
    }
}

fn read_disk(root: &Path, folder: &Path, files: &mut Files, findings: &mut Findings) {
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let read = entry.map_err(|error| (relative(root, folder), error.to_string()));
        let read = read.and_then(|entry| {
            if !entry.file_type().is_file() {
                return Ok(None);
            }
            let path = relative(root, entry.path());
            match fs::read(entry.path()) {
                Ok(bytes) => Ok(Some((relative(folder, entry.path()), path, bytes))),
                Err(error) => Err((path, error.to_string())),
            }
        });
        match read {
            Ok(Some((name, path, bytes))) => {
                files.insert(name, (path, Cow::Owned(bytes)));
            }
            Ok(None) => {}
            Err((path, reason)) => findings.push(SiteError::Unreadable { path, reason }),
        }
    }
}
