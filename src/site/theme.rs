//! A theme: templates, static files and strings.
//!
//! The default theme is part of the program. An archive's own `themes/<name>/` is laid over it
//! file by file, so that changing one template means writing one template.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};
use walkdir::WalkDir;

use super::address::Address;
use super::error::SiteError;
use crate::content::config::Config;
use crate::content::disk::relative;
use crate::diagnostic::{Findings, SourceText, span_within};
use crate::text::hash::sha256;

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name under which the embedded theme is known.
pub const DEFAULT_NAME: &str = "default";

/// Everything a theme is made of, in memory.
#[derive(Debug)]
pub struct Theme {
    /// Name (`briefing.html`) to text; the text's own name is the file's path.
    pub templates: BTreeMap<String, SourceText>,
    /// Name (`style.css`) to file.
    pub statics: BTreeMap<String, StaticFile>,
    /// Language to strings, each complete: what a language lacks stands there in English.
    pub strings: BTreeMap<String, toml::Table>,
}

/// A file that is published as it is.
#[derive(Debug)]
pub struct StaticFile {
    /// With a part of its hash in the name, so that a changed file is a new address:
    /// `style.3f2a9c1b.css`.
    pub address: Address,
    pub bytes: Cow<'static, [u8]>,
}

/// Files of a theme by their path within it.
type Files = BTreeMap<String, (String, Cow<'static, [u8]>)>;

impl Theme {
    /// Loads the theme that the archive at `root` names, laid over the embedded one.
    pub fn load(root: &Path, config: &Config, findings: &mut Findings) -> Self {
        let name = config.theme.get_ref();
        let mut files = Files::new();
        embedded(&DEFAULT, &mut files);
        let folder = root.join("themes").join(name);
        if folder.is_dir() {
            on_disk(root, &folder, &mut files, findings);
        } else if name != DEFAULT_NAME {
            findings.push(SiteError::NoTheme {
                name: name.clone(),
                source_code: config.source.named(),
                span: span_within(config.source.text(), config.theme.span()).into(),
            });
        }
        Self::assemble(files, findings)
    }

    fn assemble(files: Files, findings: &mut Findings) -> Self {
        let mut theme = Self {
            templates: BTreeMap::new(),
            statics: BTreeMap::new(),
            strings: BTreeMap::new(),
        };
        for (name, (path, bytes)) in files {
            if let Some(name) = name.strip_prefix("static/") {
                theme.statics.insert(
                    name.to_owned(),
                    StaticFile {
                        address: fingerprinted(name, &bytes),
                        bytes,
                    },
                );
                continue;
            }
            let Ok(text) = String::from_utf8(bytes.into_owned()) else {
                findings.push(SiteError::Unreadable {
                    path,
                    reason: "not valid UTF-8".to_owned(),
                });
                continue;
            };
            let source = SourceText::new(path, text);
            if let Some(name) = name.strip_prefix("templates/") {
                theme.templates.insert(name.to_owned(), source);
            } else if let Some(language) = name
                .strip_prefix("i18n/")
                .and_then(|name| name.strip_suffix(".toml"))
                && let Some(strings) = findings.keep(strings(&source))
            {
                theme.strings.insert(language.to_owned(), strings);
            }
        }
        complete(&mut theme.strings);
        theme
    }

    /// Name (`style.css`) of each style sheet to its address.
    pub fn styles(&self) -> BTreeMap<String, String> {
        self.statics
            .iter()
            .filter(|(name, _)| name.ends_with(".css"))
            .map(|(name, file)| (name.clone(), file.address.as_str().to_owned()))
            .collect()
    }

    /// Whether nothing differs from `other` but what stands in style sheets.
    pub fn differs_in_styles_only(&self, other: &Self) -> bool {
        let same_templates = self.templates.len() == other.templates.len()
            && self
                .templates
                .iter()
                .zip(&other.templates)
                .all(|(a, b)| a.0 == b.0 && a.1.text() == b.1.text());
        let same_statics = self.statics.len() == other.statics.len()
            && self
                .statics
                .iter()
                .zip(&other.statics)
                .all(|(a, b)| a.0 == b.0 && (a.0.ends_with(".css") || a.1.bytes == b.1.bytes));
        same_templates && same_statics && self.strings == other.strings
    }

    /// The strings of a language (BCP 47): its own, those of its primary language, or English.
    pub fn strings_of(&self, language: &str) -> Option<&toml::Table> {
        let primary = language.split('-').next().unwrap_or_default();
        [language, primary, "en"]
            .into_iter()
            .find_map(|key| self.strings.get(key))
    }
}

fn embedded(folder: &'static Dir<'static>, files: &mut Files) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let path = format!("themes/{DEFAULT_NAME}/{name}");
        files.insert(name, (path, Cow::Borrowed(file.contents())));
    }
    for inner in folder.dirs() {
        embedded(inner, files);
    }
}

fn on_disk(root: &Path, folder: &Path, files: &mut Files, findings: &mut Findings) {
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

fn strings(source: &SourceText) -> Result<toml::Table, SiteError> {
    toml::from_str(source.text()).map_err(|error| SiteError::ThemeToml {
        message: error.message().to_owned(),
        source_code: source.named(),
        span: span_within(source.text(), error.span().unwrap_or(0..0)).into(),
    })
}

/// Fills every language up with the English strings it lacks.
fn complete(strings: &mut BTreeMap<String, toml::Table>) {
    let Some(english) = strings.get("en").cloned() else {
        return;
    };
    for table in strings.values_mut() {
        fill(table, &english);
    }
}

fn fill(table: &mut toml::Table, from: &toml::Table) {
    for (key, value) in from {
        match (table.get_mut(key), value) {
            (None, value) => {
                table.insert(key.clone(), value.clone());
            }
            // The forms of a count belong to one language: `one` means nothing in Korean.
            (Some(toml::Value::Table(inner)), toml::Value::Table(from))
                if !inner.contains_key("other") =>
            {
                fill(inner, from);
            }
            (Some(_), _) => {}
        }
    }
}

/// Whether a file's name has a part of its hash in it, so that it never changes under its name.
pub fn is_fingerprinted(path: &str) -> bool {
    let mut parts = path.rsplit('.');
    let (extension, hash) = (parts.next(), parts.next());
    matches!(extension, Some("css" | "js"))
        && parts.next().is_some()
        && hash.is_some_and(|hash| {
            hash.len() == 8 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        })
}

fn fingerprinted(name: &str, bytes: &[u8]) -> Address {
    let hash = &sha256(bytes)[..8];
    // A favicon or a robots file is looked for under its own name.
    let named = match name.rsplit_once('.') {
        Some((stem, extension)) if extension == "css" || extension == "js" => {
            format!("{stem}.{hash}.{extension}")
        }
        _ => name.to_owned(),
    };
    Address::file(&named)
}
