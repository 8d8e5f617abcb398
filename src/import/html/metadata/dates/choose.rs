//! When the article was published and changed.
//!
//! Each source offers what it has, and the first plausible offer wins: first what was written for
//! machines about this article, then the address, then what readers see near the title, then what
//! is rather about the record. A date of change never replaces one of publication; alone it serves
//! as both.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::seen::Place;
use super::{address, printed, seen};
use crate::content::date::PublicationDate;
use crate::import::date_text::dates::{DayMonthOrder, TextDate, dates_in};
use crate::import::draft::Setting;
use crate::import::head_line::Label;
use crate::import::html::metadata::schema::Description;
use crate::import::html::metadata::signals::Signals;
use crate::import::html::metadata::title::Title;
use crate::import::html::tree::NodeId;

#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct Dates {
    pub(in super::super) date: Option<PublicationDate>,
    pub(in super::super) updated: Option<PublicationDate>,
    /// The visible lines that dates were read from.
    pub(in super::super) nodes: Vec<NodeId>,
    pub(in super::super) review: Vec<String>,
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

/// The first plausible offer, in the order of the reasons above.
pub(in super::super) fn choose(
    signals: &Signals<'_>,
    title: Option<&Title>,
    language: Option<&str>,
    setting: &Setting,
) -> Dates {
    let order = DayMonthOrder::of_language(language);
    let machine = |text: &str| machine_date(text, order);
    let tags = |names| signals.tags.all(names).find_map(|text| machine(&text));
    let told = |description: Option<&Description>, field: fn(&Description) -> &Option<String>| {
        machine(field(description?).as_ref()?)
    };
    let (article, page, markup) = (
        signals.json_ld.article.as_ref(),
        signals.json_ld.page.as_ref(),
        signals.microdata.as_ref(),
    );
    let seen = seen::read(signals, title, order);
    let address = address::read(signals);
    let day_in_address = address.as_ref().and_then(|address| address.day.clone());
    let of = |label: Label, place: Place| {
        let fitting = || {
            seen.iter()
                .filter(move |seen| seen.label == label && seen.place == place)
        };
        // The month in the address tells the article's date from a book's or a film's.
        fitting()
            .find(|seen| {
                address
                    .as_ref()
                    .is_none_or(|address| address.holds(&seen.date))
            })
            .or_else(|| fitting().next())
            .map(|seen| seen.date.clone())
    };
    let published = [
        told(article, |article| &article.published),
        tags(PUBLISHED),
        told(markup, |markup| &markup.published),
        told(page, |page| &page.published),
        day_in_address.clone(),
        of(Label::Published, Place::Head),
        of(Label::None, Place::Head),
        tags(DATED),
        told(article, |article| &article.created),
        told(markup, |markup| &markup.created),
        of(Label::Published, Place::Elsewhere),
        of(Label::None, Place::Elsewhere),
    ];
    let modified = [
        told(article, |article| &article.modified),
        tags(MODIFIED),
        told(markup, |markup| &markup.modified),
        told(page, |page| &page.modified),
        of(Label::Updated, Place::Head),
        of(Label::Updated, Place::Elsewhere),
    ];
    let mut witnesses: Vec<TextDate> = day_in_address.into_iter().collect();
    witnesses.extend(
        seen.iter()
            .filter(|seen| seen.place == Place::Head)
            .map(|seen| seen.date.clone()),
    );
    let modified = modified
        .into_iter()
        .flatten()
        .next()
        .map(|date| printed::as_printed(date, &witnesses));
    let published = published
        .into_iter()
        .flatten()
        .next()
        .map(|date| printed::as_printed(date, &witnesses))
        .map(|date| shown_instead(&date, modified.as_ref(), &seen).unwrap_or(date));
    let mut found = Dates {
        nodes: seen
            .iter()
            .filter(|seen| seen.place == Place::Head)
            .map(|seen| seen.node)
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
    // "Updated" at the moment of publication says nothing.
    found.updated = updated.filter(|updated| {
        published.is_none_or(|date| date.compare(*updated, &TimeZone::UTC).is_lt())
    });
    found.date = published.or(updated);
    if found.date.is_none() {
        found.review.push("no date was found".to_owned());
    }
    found
}

/// The date beside the title where machines are told another one, unless it is that of the last
/// change: what readers see is corrected more often.
fn shown_instead(
    told: &TextDate,
    modified: Option<&TextDate>,
    seen: &[seen::Seen],
) -> Option<TextDate> {
    let shown = seen
        .iter()
        .find(|seen| seen.place == Place::Head && seen.marked && seen.label != Label::Updated)?;
    let day = shown.date.date()?;
    let is_change = modified.and_then(TextDate::date) == Some(day);
    let near = (told.date()? - day).get_days().abs() <= 1;
    (!is_change && !near).then(|| shown.date.clone())
}

/// A date in a field made for one: ISO 8601, RFC 5322, `20210426`, seconds since 1970, or as
/// printed.
pub(super) fn machine_date(text: &str, order: DayMonthOrder) -> Option<TextDate> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::html::metadata::title;
    use crate::import::html::tree::Tree;

    const PROSE: &str = "<p>The ice in the old harbour has grown so thick since Monday that the \
        ferries to the islands no longer run, the port office said. Nobody can say when they will \
        sail again. The last winter that was as hard as this one lies more than thirty years back, \
        and the two ice breakers of that time were sold long ago.</p>";

    fn dates(head: &str, body: &str) -> Dates {
        let tree = Tree::parse(&format!(
            "<html lang=de><head>{head}</head><body>{body}{PROSE}{PROSE}"
        ));
        let signals = Signals::of(&tree);
        let title = title::choose(&signals);
        choose(
            &signals,
            title.as_ref(),
            Some("de"),
            &Setting { time_zone: None },
        )
    }

    fn date(head: &str, body: &str) -> Option<String> {
        dates(head, body).date.map(|date| date.to_string())
    }

    #[test]
    fn each_source_can_give_the_date() {
        let title = "<h1>Ice in the old harbour</h1>";
        for (case, head, body) in [
            (
                "JSON-LD",
                r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-04-26"}</script>"#,
                "",
            ),
            (
                "a tag",
                "<meta property='article:published_time' content='2021-04-26'>",
                "",
            ),
            (
                "microdata",
                "",
                "<time itemprop=datePublished datetime=2021-04-26>today</time>",
            ),
            (
                "the address",
                "<link rel=canonical href='https://harbour.example/2021/04/26/ice'>",
                "",
            ),
            (
                "the address, day first",
                "<link rel=canonical href='https://harbour.example/ice-26-04-2021.html'>",
                "",
            ),
            ("a visible line", "", "<p>26. April 2021 | Hafen</p>"),
            (
                "a <time>",
                "",
                "<p><time datetime='2021-04-26'>vor zwei Tagen</time></p>",
            ),
            ("a numeric tag", "<meta name=pubdate content=20210426>", ""),
            (
                "a labelled line in a table",
                "",
                "<td>Datum: 26.04.2021</td>",
            ),
        ] {
            assert_eq!(
                date(head, &format!("{title}{body}")).as_deref(),
                Some("2021-04-26"),
                "{case}"
            );
        }
    }

    #[test]
    fn a_date_of_change_never_replaces_one_of_publication() {
        let changed = "<meta property='article:modified_time' content='2021-05-02'>";
        let found = dates(changed, "<h1>Ice</h1><p>26.04.2021</p>");
        assert_eq!(found.date.unwrap().to_string(), "2021-04-26");
        assert_eq!(found.updated.unwrap().to_string(), "2021-05-02");
        let alone = dates(changed, "<h1>Ice</h1>");
        assert_eq!(alone.date, alone.updated);
        assert_eq!(alone.date.unwrap().to_string(), "2021-05-02");
    }

    #[test]
    fn no_date_is_better_than_a_wrong_one() {
        for (case, head, body) in [
            ("a copyright year", "", "<footer>© 2021 Hafenbote</footer>"),
            (
                "the start of Unix time",
                "<meta property='article:published_time' content='1970-01-01T00:00:00Z'>",
                "",
            ),
            (
                "an impossible day",
                "<meta name=pubdate content='2021-02-30'>",
                "",
            ),
            (
                "comments",
                "",
                "<div class=comments><time datetime=2021-05-01>1 May</time></div>",
            ),
            (
                "prose",
                "",
                "<p>The council had promised on 3 March 2019 that the ferries would run in any weather and in every season of the year.</p>",
            ),
        ] {
            let found = dates(head, &format!("<h1>Ice</h1>{PROSE}{body}"));
            assert_eq!(found.date, None, "{case}");
            assert_eq!(found.review, ["no date was found"], "{case}");
        }
    }
}
