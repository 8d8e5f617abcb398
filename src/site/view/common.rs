//! What every page has.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::card::Link;
use crate::site::address::Address;

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
    pub address: Address,
    /// Without the site's name; empty on the home page.
    pub title: String,
    pub description: Option<String>,
    /// BCP 47.
    pub language: String,
    /// The full address this page wants to be known by.
    pub canonical: String,
    /// The feed that belongs to this page, relative to the root.
    pub feed: Option<Address>,
    /// The same article as Markdown, relative to the root.
    pub markdown: Option<Address>,
    /// From the home page down, without the page itself.
    pub breadcrumbs: Vec<Crumb>,
}

/// A step of the way down from the home page. Templates name indices and months themselves, in
/// the language of their page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crumb {
    pub address: Address,
    /// Empty for the index of a taxonomy and for a month.
    pub title: String,
    /// Of the title, where it differs from the site's (BCP 47).
    pub language: Option<String>,
    /// `topics`, `people` …: the index of this taxonomy; or `events`, `threads`.
    pub taxonomy: Option<String>,
    /// 1 to 12: a month.
    pub month: Option<i8>,
}

impl From<Link> for Crumb {
    fn from(link: Link) -> Self {
        Self {
            address: link.address,
            title: link.title,
            language: link.language,
            taxonomy: None,
            month: None,
        }
    }
}

/// `site` in every template.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SiteMeta {
    pub title: String,
    pub description: String,
    pub base_url: String,
    pub language: String,
    pub license: Option<String>,
    pub disclaimer: Option<String>,
    pub menu: Vec<MenuLink>,
    /// Where readers can subscribe, and write to.
    pub subscribe: Option<Place>,
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
    pub title: String,
    pub address: Address,
}

/// One entry of the menu: within the site (`address`) or outside it (`url`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MenuLink {
    pub label: String,
    pub address: Option<Address>,
    pub url: Option<String>,
}

/// Within the site (`address`) or outside it (`url`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    pub address: Option<Address>,
    pub url: Option<String>,
}

/// A script that counts visits, say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnalyticsView {
    pub script: String,
    /// What the content security policy must let through.
    pub origin: String,
    /// Attributes of its element, `data-…`.
    pub attributes: BTreeMap<String, String>,
}
