//! When the article was published and changed.
//!
//! Each source offers what it has, and the first plausible offer wins: first what was written for
//! machines about this article, then the address, then what readers see near the title, then what
//! is rather about the record; at last what is called a date of publication anywhere on the page or
//! in its scripts, if there is but one. A date of change never replaces one of publication; alone
//! it serves as both.

use std::borrow::Cow;

use jiff::tz::{Offset, TimeZone};

use super::seen::{Place, Seen};
use super::{address, printed, scripted, seen, told};
use crate::content::date::PublicationDate;
use crate::import::date_text::dates::{DayMonthOrder, TextDate};
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

/// What every source offers.
struct Offers {
    published: Option<TextDate>,
    modified: Option<TextDate>,
    seen: Vec<Seen>,
    /// Dates that readers see, and the one in the address.
    witnesses: Vec<TextDate>,
}

/// The first plausible offer, in the order of the reasons above.
fn offers(signals: &Signals<'_>, title: Option<&Title>, order: DayMonthOrder) -> Offers {
    let tags = |names| {
        signals
            .tags
            .all(names)
            .find_map(|text| told::date(&text, order))
    };
    let told = |description: Option<&Description>, field: fn(&Description) -> &Option<String>| {
        told::date(field(description?).as_ref()?, order)
    };
    let (article, page, markup) = (
        signals.json_ld.article.as_ref(),
        signals.json_ld.page.as_ref(),
        signals.microdata.as_ref(),
    );
    let seen = seen::read(signals, title, order);
    let address = address::read(signals);
    let day_in_address = address.as_ref().and_then(|address| address.day.clone());
    let shown = |label: Label, place: Place| {
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
        tags(told::PUBLISHED),
        told(markup, |markup| &markup.published),
        told(page, |page| &page.published),
        day_in_address.clone(),
        shown(Label::Published, Place::Head),
        shown(Label::None, Place::Head),
        tags(told::DATED),
        told(article, |article| &article.created),
        told(markup, |markup| &markup.created),
        shown(Label::Published, Place::Elsewhere),
        shown(Label::None, Place::Elsewhere),
    ];
    let modified = [
        told(article, |article| &article.modified),
        tags(told::MODIFIED),
        told(markup, |markup| &markup.modified),
        told(page, |page| &page.modified),
        shown(Label::Updated, Place::Head),
        shown(Label::Updated, Place::Elsewhere),
    ];
    let published = published.into_iter().flatten().next();
    let published = published
        .or_else(|| seen::anywhere(signals, Label::Published, order))
        .or_else(|| seen::in_title(signals, order))
        .or_else(|| scripted::published(signals, order));
    let modified = modified.into_iter().flatten().next().or_else(|| {
        if published.is_some() {
            None
        } else {
            seen::anywhere(signals, Label::Updated, order)
        }
    });
    let at_head = seen.iter().filter(|seen| seen.place == Place::Head);
    Offers {
        published,
        modified,
        witnesses: day_in_address
            .into_iter()
            .chain(at_head.map(|seen| seen.date.clone()))
            .collect(),
        seen,
    }
}

/// The dates of the article, and what is doubtful about them.
pub(in super::super) fn choose(
    signals: &Signals<'_>,
    title: Option<&Title>,
    language: Option<&str>,
    setting: &Setting,
) -> Dates {
    let order = DayMonthOrder::of_language(language);
    let Offers {
        published,
        modified,
        seen,
        witnesses,
    } = offers(signals, title, order);
    let modified = modified.map(|date| printed::as_printed(date, &witnesses));
    let told = published.map(|date| printed::as_printed(date, &witnesses));
    let shown = told
        .as_ref()
        .and_then(|told| shown_instead(told, modified.as_ref(), &seen));
    let setting = setting.in_language(language);
    let setting = match offset_of_page([&told, &modified, &shown]) {
        Some(zone) => Cow::Owned(Setting {
            time_zone: Some(zone),
            ..setting.into_owned()
        }),
        None => setting,
    };
    let mut review = Vec::new();
    let mut taken = |date: &TextDate| {
        let (date, doubt) = date.publication(&setting)?;
        review.extend(doubt);
        Some(date)
    };
    let updated = modified.as_ref().and_then(&mut taken);
    let published = shown.as_ref().or(told.as_ref()).and_then(&mut taken);
    review.dedup();
    if let (Some(shown), Some(told)) = (
        shown.and_then(|date| date.date()),
        told.and_then(|date| date.date()),
    ) {
        review.push(format!(
            "date: the page shows {shown} to readers and tells machines {told}"
        ));
    }
    match (published, updated) {
        (None, None) => review.push("no date was found".to_owned()),
        (None, Some(_)) => review.push("date: the page says only when it was changed".to_owned()),
        (Some(_), _) => {}
    }
    Dates {
        // "Updated" at the moment of publication says nothing.
        updated: updated.filter(|updated| {
            published.is_none_or(|date| date.compare(*updated, &TimeZone::UTC).is_lt())
        }),
        date: published.or(updated),
        nodes: seen
            .iter()
            .filter(|seen| seen.place == Place::Head)
            .map(|seen| seen.node)
            .collect(),
        review,
    }
}

/// The offset that one of a page's dates names goes for the others, too: what readers see names it
/// seldom. UTC is only what machines are told.
fn offset_of_page(dates: [&Option<TextDate>; 3]) -> Option<TimeZone> {
    let mut zones = dates.into_iter().flatten().filter_map(|date| {
        let fixed = date.zone.as_ref()?.to_fixed_offset().ok()?;
        (fixed != Offset::UTC).then(|| TimeZone::fixed(fixed))
    });
    zones.next()
}

/// The date beside the title where machines are told another one, unless it is that of the last
/// change: what readers see is corrected more often.
fn shown_instead(told: &TextDate, modified: Option<&TextDate>, seen: &[Seen]) -> Option<TextDate> {
    let shown = seen
        .iter()
        .find(|seen| seen.place == Place::Head && seen.marked && seen.label != Label::Updated)?;
    let day = shown.date.date()?;
    let is_change = modified.and_then(TextDate::date) == Some(day);
    let near = (told.date()? - day).get_days().abs() <= 1;
    (!is_change && !near).then(|| shown.date.clone())
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
        choose(&signals, title.as_ref(), Some("de"), &Setting::default())
    }

    fn date(head: &str, body: &str) -> Option<String> {
        dates(head, body).date.map(|date| date.to_string())
    }

    #[test]
    fn a_clock_that_names_no_zone_is_that_of_the_page() {
        let korean = |head: &str, setting: Setting| {
            let tree = Tree::parse(&format!(
                "<html lang=ko><head>{head}<body><h1>항구가 얼었다</h1>\
                 <p>입력 2024-03-14 18:21 | 수정 2024-03-14 19:02</p>{PROSE}"
            ));
            let signals = Signals::of(&tree);
            let title = title::choose(&signals);
            let dates = choose(&signals, title.as_ref(), Some("ko"), &setting);
            [dates.date, dates.updated].map(|date| date.map(|date| date.to_string()))
        };
        let told = "<meta property='article:published_time' content='2024-03-14T18:21:00+01:00'>";
        let utc = Setting {
            time_zone: Some(TimeZone::UTC),
            is_chosen: true,
        };
        for (case, head, setting, wanted) in [
            ("the language tells it", "", Setting::default(), "+09:00"),
            (
                "another date of the page does",
                told,
                Setting::default(),
                "+01:00",
            ),
            ("the editor does", "", utc, "Z"),
        ] {
            let clocks = ["2024-03-14T18:21:00", "2024-03-14T19:02:00"];
            let wanted = clocks.map(|clock| Some(format!("{clock}{wanted}")));
            assert_eq!(korean(head, setting), wanted, "{case}");
        }
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
            (
                "a date as the first sentence",
                "",
                "<p>26. April 2021. Das Eis im alten Hafen ist seit Montag so dick, dass keine Fähre \
                 mehr zu den Inseln fährt, teilt das Hafenamt mit. Wann wieder eine ablegt, weiß \
                 dort niemand, und auch die beiden Eisbrecher, die noch vor dreißig Jahren hier \
                 lagen, sind längst verkauft.</p>",
            ),
            (
                "marks between words",
                "",
                "<p>⋅ April 26, 2021 ⋅ Mail this post ⋅ Print this page ⋅ Reply to it ⋅ Share ⋅</p>",
            ),
            (
                "a title with its date",
                "<title>26.04.2021 | Ice in the old harbour</title>",
                "",
            ),
            (
                "what a script draws the page from",
                r#"<script>var port = {"id": 7, "published_at": "2021-04-26"}</script>"#,
                "",
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
    fn the_foot_and_the_margin_of_a_page_speak_of_its_article() {
        for (case, body, wanted) in [
            (
                "the footer",
                "<footer><p>Erschienen am: 26.04.2021</p></footer>",
                Some("2021-04-26"),
            ),
            (
                "a label in the line above",
                "<div><div>Letzte Änderung:</div><div>26.04.2021 um 09:25</div></div>",
                Some("2021-04-26T09:25:00Z"),
            ),
            (
                "the verb behind the date",
                "<aside>Eis im Hafen wurde am 26. April 2021 gepostet und unter Hafen abgelegt.</aside>",
                Some("2021-04-26"),
            ),
            (
                "an entry that speaks of itself",
                "<div class=sidebar>This entry was posted on April 26, 2021 and is filed under Harbour. \
                 You can follow any responses to this entry through the feed, or leave a trackback \
                 from your own harbour.</div>",
                Some("2021-04-26"),
            ),
            (
                "a list of other articles",
                "<footer><p>Posted on: 26.04.2021</p><p>Posted on: 27.04.2021</p></footer>",
                None,
            ),
        ] {
            let found = date(
                "",
                &format!("<h1>Ice in the old harbour</h1>{PROSE}{PROSE}{body}"),
            );
            assert_eq!(found.as_deref(), wanted, "{case}");
        }
    }

    #[test]
    fn the_day_a_page_was_saved_is_not_its_articles() {
        let today = "<div><time datetime=2021-04-26>Monday, 26 April</time></div>";
        let menu = "<li>Quay</li>".repeat(20);
        assert_eq!(
            date("", &format!("{today}{menu}<h1>Ice in the old harbour</h1>")),
            None
        );
    }

    #[test]
    fn a_theme_that_calls_every_date_updated_is_not_believed() {
        let time = "<time class=updated datetime=2021-04-26 pubdate>26 April</time>";
        let found = dates("", &format!("<h1>Ice</h1><p>{time}</p>"));
        assert_eq!(found.date.unwrap().to_string(), "2021-04-26");
        assert_eq!(found.updated, None);
    }

    #[test]
    fn a_title_without_a_heading_has_its_date_beside_it_too() {
        let head = "<title>Ice in the old harbour</title>";
        let body = "<table><tr><td><b>Ice in the old harbour</b></td></tr><tr><td>Port Gazette \
                    ( 2021-04-26 09:20 ) Source: Quay</td></tr></table>";
        assert!(date(head, body).unwrap().starts_with("2021-04-26"));
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
                "a birth before the web",
                "",
                "<li>Born 28 January 1975</li>",
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
