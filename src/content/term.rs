//! Terms: the topics, people, places, organizations … that articles are grouped by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A way of grouping articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Taxonomy {
    Topics,
    People,
    Places,
    Organizations,
    Series,
    Publishers,
    Authors,
}

impl Taxonomy {
    pub const ALL: [Self; 7] = [
        Self::Topics,
        Self::People,
        Self::Places,
        Self::Organizations,
        Self::Series,
        Self::Publishers,
        Self::Authors,
    ];

    /// The name in front matter, in folders and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::People => "people",
            Self::Places => "places",
            Self::Organizations => "organizations",
            Self::Series => "series",
            Self::Publishers => "publishers",
            Self::Authors => "authors",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

    /// Whether front matter names its terms by slug (and not by a name as printed).
    pub fn by_slug(self) -> bool {
        !matches!(self, Self::Series | Self::Publishers | Self::Authors)
    }
}

/// The front matter of a term's file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TermFrontMatter {
    pub title: String,
    /// Other names, in any language: what the term is found by in text.
    pub names: Vec<String>,
    /// Slug of the term above this one.
    pub parent: Option<String>,
    pub description: Option<String>,
    /// Old addresses; each becomes a redirect page.
    pub aliases: Vec<String>,
    /// Label to address: Wikidata, a website.
    pub links: BTreeMap<String, String>,
    pub extra: toml::Table,
}
