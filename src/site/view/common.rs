//! What every page has.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::card::Link;
use crate::site::address::Address;
use crate::site::shared::Shared;

/// The kinds of page that every site has: `page.kind`, and what a query can be on.
pub const KINDS: [&str; 19] = [
    "home",
    "briefing",
    "source",
    "page",
    "term",
    "term-year",
    "term-month",
    "taxonomy",
    "issue",
    "event",
    "events",
    "thread",
    "threads",
    "year",
    "month",
    "week",
    "search",
    "corrections",
    "not-found",
];

/// `page` in every template.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageMeta {
    /// `home`, `briefing`, `source`, `page`, `term`, `term-year`, `term-month`, `taxonomy`,
    /// `issue`, `event`, `events`, `thread`, `threads`, `year`, `month`, `week`, `search`,
    /// `corrections`, `not-found`; or the name of a page kind of the theme, and that name with
    /// `-index` after it.
    pub kind: Cow<'static, str>,
    /// Of this page, relative to the root.
    pub address: Address,
    /// Without the site's name; empty on the home page.
    pub title: String,
    /// One sentence for search engines and link previews.
    pub description: Option<String>,
    /// BCP 47.
    pub language: String,
    /// The full address this page wants to be known by.
    pub canonical: String,
    /// The feed that belongs to this page, relative to the root.
    pub feed: Option<Address>,
    /// The same article as Markdown, relative to the root.
    pub markdown: Option<Address>,
    /// The picture that is drawn for previews of links to this page, or to any page without one
    /// of its own; absent where `site.toml` wants none.
    pub social: Option<SocialImage>,
    /// From the home page down, without the page itself.
    pub breadcrumbs: Vec<Crumb>,
}

/// A picture for link previews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SocialImage {
    /// Relative to the root.
    pub address: Address,
    /// What it shows, in words.
    pub alt: String,
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
}

/// A step of the way down from the home page. Templates name indices and months themselves, in
/// the language of their page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crumb {
    /// Relative to the root.
    pub address: Address,
    /// Empty for the index of a taxonomy and for a month.
    pub title: String,
    /// `topics`, `people` …: the index of this taxonomy; or `events`, `threads`.
    pub taxonomy: Option<String>,
    /// 1 to 12: a month.
    pub month: Option<i8>,
}

impl From<&Shared<Link>> for Crumb {
    fn from(link: &Shared<Link>) -> Self {
        Self {
            address: link.address.clone(),
            title: link.title.clone(),
            taxonomy: None,
            month: None,
        }
    }
}

/// `site` in every template.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SiteMeta {
    /// The archive's name: `title` in `site.toml`.
    pub title: String,
    /// One sentence about the archive.
    pub description: String,
    /// Where the site stands, with a `/` at its end.
    pub base_url: String,
    /// Of the site, and of articles that don't name their own (BCP 47).
    pub language: String,
    /// Of the archive's own texts: an SPDX name or words.
    pub license: Option<String>,
    /// What is to stand at the foot of every page.
    pub disclaimer: Option<String>,
    /// The entries of the menu in their order: `[[menu]]`.
    pub menu: Vec<MenuLink>,
    /// Where readers can subscribe.
    pub subscribe: Option<Place>,
    /// Where readers can write to.
    pub contact: Option<Place>,
    /// Whether there is a page `corrections/`.
    pub corrections: bool,
    /// A script of another site on every page.
    pub analytics: Option<AnalyticsView>,
    /// Whether any article has a date, so that the front page leads to years. No year is named
    /// here: a new one would change every page.
    pub dated: bool,
    /// Those that have terms: `topics`, `people` …; `events` and `threads` where there are any.
    pub taxonomies: Vec<String>,
    /// Whether there is a search page.
    pub search: bool,
    /// Indices of the pages that the theme adds: `[[page_kinds]]` of `theme.toml`.
    pub page_kinds: Vec<PageKindLink>,
    /// `[params]` of `site.toml`.
    pub params: Map<String, Value>,
}

/// The index of the pages of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageKindLink {
    /// `page.kind` of those pages.
    pub name: String,
    /// What the index is called.
    pub title: String,
    /// Of the index, relative to the root.
    pub address: Address,
}

/// One entry of the menu: within the site (`address`) or outside it (`url`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MenuLink {
    /// What readers see.
    pub label: String,
    /// Relative to the root.
    pub address: Option<Address>,
    /// A full address of another site.
    pub url: Option<String>,
}

/// Within the site (`address`) or outside it (`url`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Relative to the root.
    pub address: Option<Address>,
    /// A full address of another site, or `mailto:` and an address.
    pub url: Option<String>,
}

/// A script that counts visits, say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnalyticsView {
    /// The full address of the script.
    pub script: String,
    /// What the content security policy must let through.
    pub origin: String,
    /// Attributes of its element, `data-…`.
    pub attributes: BTreeMap<String, String>,
}
