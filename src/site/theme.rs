//! A theme: templates, static files and strings.
//!
//! Two themes are part of the program. An archive's own theme extends one, so that changing one
//! template means writing one template, and the original stays within reach under its theme's name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use super::address::Address;
use super::data;
use super::error::SiteError;
use super::layers::{Layer, layers};
use super::manifest::parameters;
use super::page_kind::PageKind;
use super::query::Query;
use super::style::{self, Sheets};
use super::view::common::KINDS;
use crate::content::config::Config;
use crate::content::taxonomy::Taxonomies;
use crate::diagnostic::{Findings, SourceText};
use crate::text::hash::sha256;

/// Everything a theme is made of, in memory.
#[derive(Debug)]
pub struct Theme {
    /// The names of the theme and of those it extends, nearest first.
    pub layers: Vec<String>,
    /// The text of their `theme.toml`, of those that have one.
    pub manifests: Vec<SourceText>,
    /// Name with its theme's (`default/briefing.html`) to text; the text's own name is the file's
    /// path.
    pub templates: BTreeMap<String, SourceText>,
    /// Name (`style.css`) to file.
    pub statics: BTreeMap<String, StaticFile>,
    /// Language to strings, each complete: what a language lacks stands there in English.
    pub strings: BTreeMap<String, toml::Table>,
    /// The strings of the theme itself, without those it extends: path of the file, and name.
    pub own_strings: Vec<(String, String)>,
    /// Language and name of each string that is said in English for want of a translation.
    pub untranslated: Vec<(String, String)>,
    /// Settings from `[params]` of `site.toml`, with the theme's defaults.
    pub params: toml::Table,
    /// What the archive has below `data/` for its templates.
    pub data: serde_json::Map<String, serde_json::Value>,
    /// Articles that templates get beside those of their page, by name.
    pub queries: BTreeMap<String, Query>,
    /// Pages that the theme adds to those that every site has.
    pub page_kinds: Vec<PageKind>,
}

/// A file that is published as it is; a style sheet with what it imports, without comments.
#[derive(Debug)]
pub struct StaticFile {
    /// With a part of its hash in the name, so that a changed file is a new address:
    /// `style.3f2a9c1b.css`.
    pub address: Address,
    pub bytes: Cow<'static, [u8]>,
}

impl Theme {
    /// Loads the theme that the archive at `root` names, with every theme that it extends.
    pub fn load(root: &Path, config: &Config, findings: &mut Findings) -> Self {
        let layers = layers(root, config, findings);
        let mut declared = BTreeMap::new();
        for layer in layers.iter().rev() {
            let own = layer.manifest.iter().flat_map(|m| &m.parameters);
            declared.extend(own.map(|(name, parameter)| (name.clone(), parameter.clone())));
        }
        let params = parameters(&declared, config, findings);
        let page_kinds = page_kinds(&layers, &config.taxonomies, findings);
        let mut theme = Self {
            layers: layers.iter().map(|layer| layer.name.clone()).collect(),
            manifests: layers
                .iter()
                .filter_map(|layer| layer.manifest.as_ref())
                .map(|manifest| manifest.source.clone())
                .collect(),
            templates: BTreeMap::new(),
            statics: BTreeMap::new(),
            strings: BTreeMap::new(),
            own_strings: Vec::new(),
            untranslated: Vec::new(),
            params,
            data: data::read(root, findings),
            queries: queries(&layers, &page_kinds, &config.taxonomies, findings),
            page_kinds,
        };
        theme.fill(layers, findings);
        theme
    }

    /// Takes over the files of its layers, the nearest first.
    fn fill(&mut self, layers: Vec<Layer>, findings: &mut Findings) {
        let mut sheets = Sheets::new();
        for layer in layers {
            for (name, (path, bytes)) in layer.files {
                let published = name.strip_prefix("static/");
                if let Some(name) = published.filter(|name| !name.ends_with(".css")) {
                    let file = || StaticFile {
                        address: fingerprinted(name, &bytes),
                        bytes: bytes.clone(),
                    };
                    self.statics.entry(name.to_owned()).or_insert_with(file);
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
                if let Some(name) = published {
                    sheets.entry(name.to_owned()).or_insert(source);
                } else if let Some(name) = name.strip_prefix("templates/") {
                    let name = format!("{}/{name}", layer.name);
                    self.templates.insert(name, source);
                } else if let Some(language) = name
                    .strip_prefix("i18n/")
                    .and_then(|name| name.strip_suffix(".toml"))
                    && let Some(strings) = findings.keep(strings(&source))
                {
                    if self.layers.first() == Some(&layer.name) {
                        let own = strings.keys();
                        let own = own.map(|string| (source.name().to_owned(), string.clone()));
                        self.own_strings.extend(own);
                    }
                    // A nearer theme's words stand, word by word.
                    let nearer = self.strings.entry(language.to_owned()).or_default();
                    fill(nearer, &strings);
                }
            }
        }
        for name in sheets.keys() {
            let css = style::published(name, &sheets, findings).into_bytes();
            let file = StaticFile {
                address: fingerprinted(name, &css),
                bytes: Cow::Owned(css),
            };
            self.statics.insert(name.clone(), file);
        }
        self.untranslated = complete(&mut self.strings);
    }

    /// The source of a template by the name that templates use: `parts/footer.html` is the nearest
    /// theme's own, `default/parts/footer.html` that of the theme named.
    pub fn template(&self, name: &str) -> Option<&SourceText> {
        let own = self.layers.iter();
        own.map(|layer| format!("{layer}/{name}"))
            .find_map(|name| self.templates.get(&name))
            .or_else(|| self.templates.get(name))
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
        let text = |manifests: &[SourceText]| -> Vec<String> {
            manifests.iter().map(|m| m.text().to_owned()).collect()
        };
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
        same_templates
            && same_statics
            && self.layers == other.layers
            && text(&self.manifests) == text(&other.manifests)
            && self.strings == other.strings
            && self.params == other.params
            && self.data == other.data
    }

    /// The strings of a language (BCP 47): its own, those of its primary language, or English.
    pub fn strings_of(&self, language: &str) -> Option<&toml::Table> {
        let primary = language.split('-').next().unwrap_or_default();
        [language, primary, "en"]
            .into_iter()
            .find_map(|key| self.strings.get(key))
    }
}

fn strings(source: &SourceText) -> Result<toml::Table, SiteError> {
    toml::from_str(source.text()).map_err(|error| SiteError::toml(source, &error, None))
}

/// The page kinds of a theme and of those it extends; of two with one name the nearer theme's.
fn page_kinds(layers: &[Layer], taxonomies: &Taxonomies, findings: &mut Findings) -> Vec<PageKind> {
    let mut kinds: Vec<PageKind> = Vec::new();
    for manifest in layers.iter().filter_map(|layer| layer.manifest.as_ref()) {
        for written in &manifest.page_kinds {
            let kind = PageKind::check(&manifest.source, written.clone(), taxonomies);
            let Some(kind) = findings.keep(kind) else {
                continue;
            };
            if kinds.iter().all(|nearer| nearer.name != kind.name) {
                kinds.push(kind);
            }
        }
    }
    kinds
}

/// The queries of a theme and of those it extends; of two with one name the nearer theme's.
fn queries(
    layers: &[Layer],
    page_kinds: &[PageKind],
    taxonomies: &Taxonomies,
    findings: &mut Findings,
) -> BTreeMap<String, Query> {
    let own = page_kinds
        .iter()
        .flat_map(|kind| [&*kind.name, &*kind.index_name]);
    let kinds: Vec<&str> = KINDS.into_iter().chain(own).collect();
    let mut queries = BTreeMap::new();
    for manifest in layers.iter().filter_map(|layer| layer.manifest.as_ref()) {
        for (name, written) in &manifest.queries {
            let query = Query::check(&manifest.source, written.clone(), taxonomies);
            if let Some(query) = findings.keep(query) {
                query.check_kinds(&kinds, findings);
                queries.entry(name.clone()).or_insert(query);
            }
        }
    }
    queries
}

/// Fills every language up with the English strings it lacks, and says which those are.
fn complete(strings: &mut BTreeMap<String, toml::Table>) -> Vec<(String, String)> {
    let Some(english) = strings.get("en").cloned() else {
        return Vec::new();
    };
    let mut untranslated = Vec::new();
    for (language, table) in strings {
        let lacking = english.keys().filter(|key| !table.contains_key(*key));
        untranslated.extend(lacking.map(|key| (language.clone(), key.clone())));
        fill(table, &english);
    }
    untranslated
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

/// Whether a file's name has a part of its hash in it, so that it never changes under its name:
/// `style.0123abcd.css`, `search/terms-0123abcd.bin`.
pub fn is_fingerprinted(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let hash = match extension {
        "css" | "js" => stem.rsplit_once('.'),
        "bin" | "json" if folder.rsplit('/').next() == Some("search") => stem.rsplit_once('-'),
        _ => None,
    };
    hash.is_some_and(|(_, hash)| {
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
