//! Dates that pages write for machines.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::import::date_text::dates::{DayMonthOrder, TextDate, dates_in};

/// Metadata under these names is the date of publication.
pub(super) const PUBLISHED: &[&str] = &[
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
pub(super) const DATED: &[&str] = &[
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

/// Under these, the date of the last change.
pub(super) const MODIFIED: &[&str] = &[
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

/// A date in a field made for one: ISO 8601, RFC 5322, `20210426`, seconds since 1970, or as
/// printed.
pub(super) fn date(text: &str, order: DayMonthOrder) -> Option<TextDate> {
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
pub(super) fn is_plausible(date: Date) -> bool {
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
