//! Terms: the topics, people, places, organizations … that articles are grouped by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The front matter of a term's file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TermFrontMatter {
    pub title: String,
    /// Other names, in any language: what the term is found by in text.
    pub names: Vec<String>,
    /// Those of its names (or its title) that stand for other things too, and so become links
    /// only where somebody writes them as links.
    pub ambiguous: Vec<String>,
    /// `false` keeps every name of the term from becoming a link by itself.
    pub mentions: Option<bool>,
    /// Slug of the term above this one.
    pub parent: Option<String>,
    pub description: Option<String>,
    /// Name of the story over months that the articles of this term belong to.
    pub thread: Option<String>,
    /// Old addresses; each becomes a redirect page.
    pub aliases: Vec<String>,
    /// Label to address: Wikidata, a website.
    pub links: BTreeMap<String, String>,
    pub extra: toml::Table,
}
