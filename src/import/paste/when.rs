//! When the articles of a page were published: what each says about itself, and what its
//! neighbours on the page say where it leaves out the year or the day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::content::date::PublicationDate;
use crate::import::date_text::dates::TextDate;
use crate::import::draft::Setting;

/// What one article's lines say about its date.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    pub published: Option<TextDate>,
    pub updated: Option<TextDate>,
    /// In the dateline; rarely with a year.
    pub filed: Option<TextDate>,
    /// The weekday its first sentences speak of.
    pub weekday: Option<Weekday>,
    /// Beside the title but not certainly the article's.
    pub doubtful: Option<TextDate>,
    /// Dates of the page around the article.
    pub page: Vec<TextDate>,
}

/// What front matter says about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dated {
    pub date: Option<PublicationDate>,
    pub updated: Option<PublicationDate>,
    pub review: Vec<String>,
}

/// Resolves the dates of all articles of a page.
pub fn resolve(evidence: &[Evidence], setting: &Setting) -> Vec<Dated> {
    let known: Vec<Option<Date>> = evidence
        .iter()
        .map(|one| {
            [&one.published, &one.updated, &one.filed]
                .into_iter()
                .flatten()
                .find_map(TextDate::date)
        })
        .collect();
    let before = nearest(known.iter());
    let mut behind = nearest(known.iter().rev());
    behind.reverse();
    evidence
        .iter()
        .zip(before.into_iter().zip(behind))
        .map(|(one, (before, behind))| {
            let neighbour = match (before, behind) {
                (Some((near, day)), Some((far, _))) if near <= far => Some(day),
                (_, Some((_, day))) | (Some((_, day)), None) => Some(day),
                (None, None) => None,
            };
            resolve_one(one, neighbour, setting)
        })
        .collect()
}

/// For each article of a walk, the last day known before it, and how many articles back.
fn nearest<'a>(walk: impl Iterator<Item = &'a Option<Date>>) -> Vec<Option<(usize, Date)>> {
    let mut last: Option<(usize, Date)> = None;
    walk.map(|known| {
        let before = last.map(|(back, day)| (back + 1, day));
        last = known.map(|day| (0, day)).or(before);
        before
    })
    .collect()
}

fn resolve_one(one: &Evidence, neighbour: Option<Date>, setting: &Setting) -> Dated {
    let mut review = Vec::new();
    let mut moment = |date: &Option<TextDate>| {
        date.as_ref()
            .and_then(|date| taken(date, setting, &mut review))
    };
    let updated = moment(&one.updated);
    if let Some(date) = moment(&one.published).or(updated) {
        return Dated {
            date: Some(date),
            updated,
            review,
        };
    }
    let yearless = [&one.published, &one.filed, &one.updated]
        .into_iter()
        .flatten()
        .next();
    if let Some(filed) = yearless {
        return from_filed(filed, one.weekday, neighbour);
    }
    if let (Some(weekday), Some(neighbour)) = (one.weekday, neighbour) {
        let day = last_before(neighbour, weekday);
        return Dated {
            date: Some(PublicationDate::Day(day)),
            updated: None,
            review: vec![format!(
                "the date {day} is inferred: the text says only “{}”, and an article beside it on the page is of {neighbour}",
                weekday_name(weekday)
            )],
        };
    }
    if let Some(date) = moment(&one.doubtful) {
        review.push(format!(
            "the date {} stands above the title and may be the page's own",
            date.printed_day()
        ));
        return Dated {
            date: Some(date),
            updated: None,
            review,
        };
    }
    let mut days: Vec<String> = one
        .page
        .iter()
        .filter_map(TextDate::date)
        .map(|day| day.to_string())
        .collect();
    days.dedup();
    let review = if days.is_empty() {
        "no date was found".to_owned()
    } else {
        format!(
            "no date was found for the article itself: {} stands on the page around it",
            days.join(", ")
        )
    };
    Dated {
        date: None,
        updated: None,
        review: vec![review],
    }
}

/// A day without a year (or with one) from the dateline, held against the weekday that the text
/// names.
fn from_filed(filed: &TextDate, weekday: Option<Weekday>, neighbour: Option<Date>) -> Dated {
    if let Some(day) = filed.date() {
        return Dated {
            date: Some(PublicationDate::Day(day)),
            ..Dated::default()
        };
    }
    let printed = format!("{:02}-{:02}", filed.month, filed.day);
    let nearest = neighbour.and_then(|neighbour| {
        (-1..=1)
            .filter_map(|years| filed.date_in(neighbour.year() + years))
            .min_by_key(|day| (neighbour - *day).get_days().abs())
    });
    let Some(day) = nearest else {
        return Dated {
            review: vec![format!("the date has no year on the page: {printed}")],
            ..Dated::default()
        };
    };
    let confirmed = weekday == Some(day.weekday());
    Dated {
        date: Some(PublicationDate::Day(day)),
        updated: None,
        review: if confirmed {
            Vec::new()
        } else {
            vec![format!(
                "the year of the date {day} is taken from an article beside it on the page; its own says only {printed}"
            )]
        },
    }
}

fn taken(date: &TextDate, setting: &Setting, review: &mut Vec<String>) -> Option<PublicationDate> {
    let (date, doubt) = date.publication(setting)?;
    review.extend(doubt);
    Some(date)
}

/// The last such weekday on or before a day.
fn last_before(day: Date, weekday: Weekday) -> Date {
    let back = i32::from(day.weekday().since(weekday));
    day.checked_sub(back.days()).unwrap_or(day)
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
