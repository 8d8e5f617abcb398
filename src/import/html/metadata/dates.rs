//! When the article was published and changed.
//!
//! Each source offers what it has, and the first plausible offer wins: first what was written for
//! machines about this article, then the address, then what readers see near the title, then what
//! is rather about the record. A date of change never replaces one of publication; alone it serves
//! as both.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use regex::Regex;

use super::super::tree::NodeId;
use super::address;
use super::head;
use super::signals::Signals;
use super::title::Title;
use crate::content::date::PublicationDate;
use crate::import::date_text::dates::{DayMonthOrder, TextDate, dates_in};
use crate::import::draft::Setting;
use crate::import::head_line::{Label, label};

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Dates {
    pub(super) date: Option<PublicationDate>,
    pub(super) updated: Option<PublicationDate>,
    /// The visible lines that dates were read from.
    pub(super) nodes: Vec<NodeId>,
    pub(super) review: Vec<String>,
}

/// Metadata under these names is the date of publication.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "published_time",
    "og:pubdate",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "prism.publicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date.issued",
    "dc.date.published",
    "dc.date.publication",
    "shareaholic:article_published_time",
    "publishdate",
    "publish_date",
    "publish-date",
    "published-date",
    "published_date",
    "publication_date",
    "publication-date",
    "pubdate",
    "pub_date",
    "article_date_original",
    "article.published",
    "originalpublicationdate",
    "vr:published-time",
    "bt:pubdate",
    "rbpubdate",
    "sw-pubdate",
    "ptime",
    "displaydate",
    "iso-8601-publish-date",
    "og:article:time",
    "firstpublished",
];

/// Under these, often that date, sometimes that of the record.
const DATED: &[&str] = &[
    "date",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "dc:date.created",
    "dc.created",
    "created",
    "article:created",
    "article_date",
    "creation_date",
    "time",
];

const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "article:modified",
    "modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "dc:date.modified",
    "shareaholic:article_modified_time",
    "updated_time",
    "lastmod",
    "last-modified",
    "last_modified",
    "revised",
];

/// What readers see near the title.
#[derive(Debug, Default)]
struct Seen {
    published: Option<(TextDate, NodeId)>,
    unlabelled: Option<(TextDate, NodeId)>,
    updated: Option<(TextDate, NodeId)>,
}

pub(super) fn choose(
    signals: &Signals<'_>,
    title: Option<&Title>,
    language: Option<&str>,
    setting: &Setting,
) -> Dates {
    let order = DayMonthOrder::of_language(language);
    let machine = |text: &str| machine_date(text, order);
    let tags = |names| signals.tags.all(names).find_map(|text| machine(&text));
    let told = |field: fn(&super::schema::Description) -> Option<&String>| {
        signals
            .articles()
            .find_map(|article| machine(field(article)?))
    };
    let page = |field: fn(&super::schema::Description) -> Option<&String>| {
        machine(field(signals.json_ld.page.as_ref()?)?)
    };
    let seen = seen(signals, title, order);
    let published = told(|article| article.published.as_ref())
        .or_else(|| tags(PUBLISHED))
        .or_else(|| page(|page| page.published.as_ref()))
        .or_else(|| in_address(signals))
        .or_else(|| seen.published.as_ref().map(|(date, _)| date.clone()))
        .or_else(|| seen.unlabelled.as_ref().map(|(date, _)| date.clone()))
        .or_else(|| tags(DATED))
        .or_else(|| told(|article| article.created.as_ref()));
    let modified = told(|article| article.modified.as_ref())
        .or_else(|| tags(MODIFIED))
        .or_else(|| page(|page| page.modified.as_ref()))
        .or_else(|| seen.updated.as_ref().map(|(date, _)| date.clone()));
    let mut found = Dates {
        nodes: [&seen.published, &seen.unlabelled, &seen.updated]
            .into_iter()
            .flatten()
            .map(|(_, node)| *node)
            .collect(),
        ..Dates::default()
    };
    let mut take = |date: &TextDate| {
        let (date, doubt) = date.publication(setting)?;
        found.review.extend(doubt);
        Some(date)
    };
    let updated = modified.as_ref().and_then(&mut take);
    let published = published.as_ref().and_then(&mut take);
    found.review.dedup();
    found.date = published.or(updated);
    found.updated = updated;
    if found.date.is_none() {
        found.review.push("no date was found".to_owned());
    }
    found
}

/// A date in a field made for one: ISO 8601, RFC 5322, `20210426`, seconds since 1970, or as
/// printed.
fn machine_date(text: &str, order: DayMonthOrder) -> Option<TextDate> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    let found = if text.bytes().all(|b| b.is_ascii_digit()) {
        digits(text)
    } else {
        dates_in(text, order)
            .into_iter()
            .find(|date| date.year.is_some())
    };
    found.filter(|date| date.date().is_some_and(is_plausible))
}

/// The start of Unix time and the years before are what software writes when it has no date.
fn is_plausible(date: Date) -> bool {
    (1850..=2100).contains(&date.year()) && date != Date::constant(1970, 1, 1)
}

/// `20210426`, `20210426145300`, `1619413980`, `1619413980000`.
fn digits(text: &str) -> Option<TextDate> {
    let dashed = |year: &str, month: &str, day: &str| {
        dates_in(&format!("{year}-{month}-{day}"), DayMonthOrder::YearFirst)
            .into_iter()
            .next()
    };
    match text.len() {
        8 | 14 if text.starts_with(['1', '2']) => dashed(&text[..4], &text[4..6], &text[6..8]),
        10 | 13 => {
            let seconds: i64 = text[..10].parse().ok()?;
            let at = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
            dates_in(&format!("{at}Z"), DayMonthOrder::YearFirst)
                .into_iter()
                .next()
        }
        _ => None,
    }
}

/// `/2021/04/26/`, `/2021-04-26-title`, `/20210426/` in the article's own address.
fn in_address(signals: &Signals<'_>) -> Option<TextDate> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[/_.-])((?:19|20)\d\d)([/_-]?)(\d{2})([/_-]?)(\d{2})(?:$|[/_.-])")
            .expect("a pattern written in this file is valid")
    });
    let address = address::choose(signals)?;
    let path = address.path();
    DAY.captures_iter(path)
        .filter(|found| found[2] == found[4])
        .find_map(|found| {
            let (year, month, day) = (&found[1], &found[3], &found[5]);
            dates_in(&format!("{year}-{month}-{day}"), DayMonthOrder::YearFirst)
                .into_iter()
                .next()
        })
        .filter(|date| date.date().is_some_and(is_plausible))
}

fn seen(signals: &Signals<'_>, title: Option<&Title>, order: DayMonthOrder) -> Seen {
    let mut seen = Seen::default();
    for at in head::lines(signals, title) {
        let block = &signals.blocks[at];
        let mut offer = |label: Label, date: TextDate| {
            let place = match label {
                Label::Published => &mut seen.published,
                Label::None => &mut seen.unlabelled,
                Label::Updated => &mut seen.updated,
            };
            place.get_or_insert((date, block.node));
        };
        let text = &block.text;
        if text.len() <= 300 {
            let dates = dates_in(text, order);
            let rest: usize = text.split_whitespace().count();
            let mut from = 0;
            for date in dates {
                let before = &text[from..date.range.start];
                from = date.range.end;
                let label = label(before);
                let room = if label == Label::None { 14 } else { 22 };
                if date.date().is_some_and(is_plausible) && rest <= room {
                    offer(label, date);
                }
            }
        }
        for id in std::iter::once(block.node).chain(signals.tree.descendants(block.node)) {
            if signals.tree.name(id) == Some("time")
                && let Some(date) = signals
                    .tree
                    .attribute(id, "datetime")
                    .and_then(|text| machine_date(text, order))
            {
                let updated = head::is_marked(signals, id, &["updated", "modified"])
                    && !head::is_marked(signals, id, &["published"]);
                offer(if updated { Label::Updated } else { Label::None }, date);
            }
        }
    }
    seen
}
