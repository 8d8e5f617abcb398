//! `site.toml`: what is true of the archive as a whole.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use super::characters;
use super::error::ContentError;
use super::furniture::{Analytics, WrittenAnalytics, check_place};
use super::permalinks::{self, Permalinks};
use super::publishing::{self, Publishing, normal_base_url};
use super::taxonomy::{self, Taxonomies, Taxonomy};
use crate::diagnostic::SourceText;
use crate::text::slug::is_slug;

/// The name of the file that makes a folder an archive.
pub const FILE: &str = "site.toml";

/// The archive's settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file itself, for messages that point into it.
    pub source: SourceText,
    pub title: String,
    pub description: String,
    /// Where the site will stand, with a `/` at its end: `https://example.org/archive/`.
    pub base_url: String,
    /// BCP 47; the language of menus and lists.
    pub language: String,
    /// Decides which day an article belongs to.
    pub time_zone: TimeZone,
    pub theme: Spanned<String>,
    /// Of the archive's own texts, as an SPDX identifier or in words.
    pub license: Option<String>,
    /// Said at the foot of every page.
    pub disclaimer: Option<String>,
    pub menu: Vec<MenuItem>,
    /// Where readers can subscribe: an address of the site, of the web, or `mailto:`.
    pub subscribe: Option<Spanned<String>>,
    /// Where they can write to.
    pub contact: Option<Spanned<String>>,
    pub analytics: Option<Analytics>,
    pub sources: SourcesPolicy,
    pub permalinks: Permalinks,
    pub search: bool,
    /// Whether pictures for link previews are drawn.
    pub social_images: bool,
    pub exports: Exports,
    pub taxonomies: Taxonomies,
    /// What categories and tags of imported articles become, by their names in small letters.
    pub imported_terms: BTreeMap<String, Mapped>,
    pub publish: Publishing,
    /// Anything for the theme.
    pub params: toml::Table,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    pub label: String,
    pub url: Spanned<String>,
}

/// How much of other people's articles the site shows.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourcesPolicy {
    pub publish: PublishSources,
    /// Licences whose articles may be shown in full.
    pub allow_licenses: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublishSources {
    /// Title, metadata, the first words and the link to the original.
    #[default]
    Excerpt,
    Full,
}

/// The file as it is written, before its values are checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    #[serde(default)]
    description: String,
    base_url: Spanned<String>,
    #[serde(default = "english")]
    language: String,
    time_zone: Option<Spanned<String>>,
    theme: Option<Spanned<String>>,
    license: Option<String>,
    disclaimer: Option<String>,
    #[serde(default)]
    menu: Vec<MenuItem>,
    subscribe: Option<Spanned<String>>,
    contact: Option<Spanned<String>>,
    analytics: Option<WrittenAnalytics>,
    #[serde(default)]
    sources: SourcesPolicy,
    #[serde(default)]
    permalinks: permalinks::Written,
    #[serde(default)]
    search: Switch,
    #[serde(default)]
    social_images: Switch,
    #[serde(default)]
    exports: Exports,
    #[serde(default)]
    taxonomies: Vec<taxonomy::Written>,
    #[serde(default)]
    import: Import,
    #[serde(default)]
    publish: publishing::Written,
    #[serde(default)]
    params: toml::Table,
}

/// A part of the site that is there unless it is switched off.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Switch {
    enabled: bool,
}

impl Default for Switch {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// What a category or tag of an imported article becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapped {
    /// A term, by its taxonomy and slug.
    Term(Taxonomy, String),
    /// Nothing: it is left out.
    Nothing,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Import {
    terms: BTreeMap<String, Spanned<String>>,
}

fn imported_terms(
    source: &SourceText,
    import: &Import,
    taxonomies: &Taxonomies,
) -> Result<BTreeMap<String, Mapped>, ContentError> {
    let mapped = |written: &Spanned<String>| {
        let text = written.get_ref();
        if text.is_empty() {
            return Ok(Mapped::Nothing);
        }
        let term = text.split_once('/').and_then(|(taxonomy, slug)| {
            let taxonomy = taxonomies.find(taxonomy)?;
            (is_slug(slug) && taxonomy.by_slug()).then(|| Mapped::Term(taxonomy, slug.to_owned()))
        });
        term.ok_or_else(|| {
            ContentError::field(
                source,
                written.span(),
                format!("`{text}` is not a term"),
                "a taxonomy and a slug are expected here, or nothing",
                Some("write something like `topics/elections`, or `\"\"` to leave it out".into()),
            )
        })
    };
    let terms = import.terms.iter();
    terms
        .map(|(name, written)| Ok((name.to_lowercase(), mapped(written)?)))
        .collect()
}

/// What is published for programs beside the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exports {
    /// The whole archive as data, in a few files.
    pub enabled: bool,
    /// Each article as Markdown, beside its page.
    pub markdown: bool,
}

impl Default for Exports {
    fn default() -> Self {
        Self {
            enabled: true,
            markdown: false,
        }
    }
}

fn english() -> String {
    "en".to_owned()
}

impl Config {
    /// Reads and checks `site.toml`.
    pub fn parse(source: &SourceText) -> Result<Self, ContentError> {
        let Written {
            title,
            description,
            base_url,
            language,
            time_zone,
            theme,
            license,
            disclaimer,
            menu,
            subscribe,
            contact,
            analytics,
            sources,
            permalinks,
            search,
            social_images,
            exports,
            taxonomies,
            import,
            publish,
            params,
        } = toml::from_str(source.text()).map_err(|e| ContentError::toml(source, 0, &e))?;
        characters::check(source, &(0..source.text().len()))?;
        let time_zone = match time_zone {
            None => TimeZone::UTC,
            Some(name) => TimeZone::get(name.get_ref()).map_err(|_| {
                ContentError::field(
                    source,
                    name.span(),
                    format!("there is no time zone `{}`", name.get_ref()),
                    "not in the IANA time zone database",
                    Some("write a name such as `Asia/Seoul`, `Europe/London` or `UTC`".into()),
                )
            })?,
        };
        let taxonomies = Taxonomies::of(source, taxonomies)?;
        let permalinks = Permalinks::check(source, &permalinks)?;
        let publish = Publishing::check(source, publish, &permalinks)?;
        Ok(Self {
            source: source.clone(),
            title,
            description,
            base_url: check_base_url(source, &base_url)?,
            language,
            time_zone,
            theme: theme.unwrap_or_else(|| Spanned::new(0..0, "default".to_owned())),
            license,
            disclaimer,
            menu,
            subscribe: check_place(source, subscribe)?,
            contact: check_place(source, contact)?,
            analytics: match analytics {
                Some(analytics) => Some(Analytics::check(source, analytics)?),
                None => None,
            },
            sources,
            permalinks,
            search: search.enabled,
            social_images: social_images.enabled,
            exports,
            imported_terms: imported_terms(source, &import, &taxonomies)?,
            taxonomies,
            publish,
            params,
        })
    }
}

fn check_base_url(source: &SourceText, url: &Spanned<String>) -> Result<String, ContentError> {
    normal_base_url(url.get_ref()).ok_or_else(|| {
        ContentError::field(
            source,
            url.span(),
            "this is not an address a site can have",
            "must begin with https:// or http:// and have no ? or #",
            Some("write something like `https://example.org/archive/`".into()),
        )
    })
}
