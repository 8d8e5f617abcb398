//! Sitemaps (sitemaps.org 0.9): an index, a file for every year, one for what has no year, and
//! one for news search (Google's extension).

use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::Date;

use super::address::Address;
use super::feed::atom::xml_text;
use super::feed::entry::latest;
use super::known::Known;
use super::plan::{Content, Site};
use super::render::Output;
use super::shard::Shard;
use crate::archive::calendar::{Month, Week, ids};
use crate::archive::ids::ArticleId;
use crate::content::front_matter::Kind;

/// News search takes articles of two days.
const NEWS_DAYS: i64 = 2;

/// Which pages a sitemap lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Year(i16),
    /// What belongs to no year: home, terms, undated pages.
    Undated,
    News,
}

impl Part {
    /// Those that an archive with these years has.
    pub fn all(years: impl Iterator<Item = i16>) -> impl Iterator<Item = Self> {
        [Self::Undated, Self::News]
            .into_iter()
            .chain(years.map(Self::Year))
    }

    pub fn address(self) -> Address {
        Address::file(&match self {
            Self::Year(year) => format!("sitemap-{year:04}.xml"),
            Self::Undated => "sitemap-undated.xml".to_owned(),
            Self::News => "sitemap-news.xml".to_owned(),
        })
    }
}

/// `sitemap.xml`: where the others are, and when what they list last changed. That of the front
/// names those of all shards.
pub fn index(site: &Site<'_>, shard: Shard) -> String {
    let years = site.archive.calendar.years.keys().copied();
    let mut xml = head("sitemapindex", "");
    let named = |part: &Part| shard == Shard::Front || site.shards.of(&part.address()) == shard;
    for part in Part::all(years).filter(named) {
        let newest = match part {
            Part::Year(year) => newest(site, &Content::Year(year)),
            Part::Undated | Part::News => newest(site, &Content::Home),
        };
        line(&mut xml, "sitemap", &site.url(&part.address()), newest, "");
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// One of the files that the index names.
pub fn sitemap(site: &Site<'_>, part: Part, known: Known<'_>) -> Output {
    let wanted = match part {
        Part::News => return Output::Bytes(news(site).into_bytes()),
        Part::Undated => None,
        Part::Year(year) => Some(year),
    };
    let pages = site.contents.iter().filter(|(address, content)| {
        let is_listed = year(site, content) == wanted;
        is_listed && address.is_page() && is_its_own(site, address, content)
    });
    let pages: Vec<(&Address, Option<Timestamp>)> = pages
        .map(|(address, content)| (address, newest(site, content)))
        .collect();
    let told = pages.iter().map(|(address, changed)| {
        // As numbers: it would be written as a text.
        let changed = changed.map(|at| (at.as_second(), at.subsec_nanosecond()));
        (address, changed)
    });
    known.unless_same(&told.collect::<Vec<_>>(), || {
        let mut xml = head("urlset", "");
        for (address, changed) in &pages {
            line(&mut xml, "url", &site.url(address), *changed, "");
        }
        xml.push_str("</urlset>\n");
        xml
    })
}

/// Own articles of the last days before the newest: a site knows no clock.
fn news(site: &Site<'_>) -> String {
    let config = &site.archive.config;
    let mut xml = head(
        "urlset",
        " xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"",
    );
    let own = site.archive.ids().filter_map(|id| {
        let entry = site.archive.entry(id);
        let told = entry.article.kind == Kind::Briefing && entry.article.front.withdrawn.is_none();
        entry.day.filter(|_| told).map(|day| (id, day))
    });
    let mut newest_day = None;
    for (id, day) in own {
        let newest = *newest_day.get_or_insert(day);
        if (newest - day).get_days() >= i32::try_from(NEWS_DAYS).unwrap_or(i32::MAX) {
            break;
        }
        let card = site.card(id);
        let about = format!(
            "<news:news><news:publication><news:name>{}</news:name><news:language>{}</news:language></news:publication>\
             <news:publication_date>{}</news:publication_date><news:title>{}</news:title></news:news>",
            xml_text(&config.title),
            xml_text(&card.language),
            card.date.as_deref().unwrap_or_default(),
            xml_text(&card.title),
        );
        line(&mut xml, "url", &site.url(&card.address), None, &about);
    }
    xml.push_str("</urlset>\n");
    xml
}

fn head(root: &str, more: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{more}>\n"
    )
}

fn line(xml: &mut String, element: &str, url: &str, changed: Option<Timestamp>, more: &str) {
    for part in ["<", element, "><loc>", &xml_text(url), "</loc>"] {
        xml.push_str(part);
    }
    if let Some(at) = changed {
        // Writing to a string cannot fail.
        let _ = write!(xml, "<lastmod>{at}</lastmod>");
    }
    for part in [more, "</", element, ">\n"] {
        xml.push_str(part);
    }
}

/// A sitemap lists no page that gives another address as its own: neither an old one nor one that
/// only quotes another publisher's article.
fn is_its_own(site: &Site<'_>, address: &Address, content: &Content) -> bool {
    match content {
        Content::Redirect(_) => false,
        Content::Article(id) => site
            .original(*id)
            .is_none_or(|original| original == site.url(address)),
        _ => true,
    }
}

fn year(site: &Site<'_>, content: &Content) -> Option<i16> {
    match content {
        Content::Article(id) => site.archive.entry(*id).day.map(Date::year),
        Content::Year(year)
        | Content::Month(Month { year, .. })
        | Content::TermMonth(_, Month { year, .. })
        | Content::Week(Week { year, .. })
        | Content::GroupYear(_, _, year)
        | Content::TermYear(_, year) => site
            .archive
            .calendar
            .years
            .contains_key(year)
            .then_some(*year),
        _ => None,
    }
}

/// When the articles of a page last changed.
fn newest(site: &Site<'_>, content: &Content) -> Option<Timestamp> {
    let archive = site.archive;
    let calendar = &archive.calendar;
    let latest = |ids: &mut dyn Iterator<Item = ArticleId>| latest(site, ids);
    match content {
        Content::Article(id) => latest(&mut std::iter::once(*id)),
        // The newest ones stand first; a correction to an old one is told by its own year.
        Content::Home => latest(&mut archive.ids().take(1)),
        Content::Term(id) => latest(&mut archive.term(*id).articles.iter().copied()),
        Content::Group(kind, group) => {
            latest(&mut site.groups[*kind][*group].articles.iter().copied())
        }
        Content::Issue(index) => latest(&mut archive.issues[*index].articles.iter().copied()),
        Content::Year(year) => latest(&mut calendar.years.get(year).into_iter().flat_map(ids)),
        Content::Month(month) => latest(&mut calendar.months.get(month).into_iter().flat_map(ids)),
        Content::Week(week) => latest(&mut calendar.weeks.get(week).into_iter().flat_map(ids)),
        _ => None,
    }
}
