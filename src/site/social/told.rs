//! What a drawn picture tells, and of what.
//!
//! Only what the font has letters for is told. A topic with a Korean title is told by another of
//! its names, an issue by the headlines that can be set, a date in figures; where nothing can be
//! set, the bars still say how much there was when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::super::address::Address;
use super::super::locale::{Locale, Style};
use super::super::plan::{Content, Site, address};
use super::font;
use crate::archive::ids::{ArticleId, Node, TermId};
use crate::archive::linked::Archive;
use crate::content::taxonomy::Taxonomy;

/// What a picture is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Site,
    Topic(TermId),
    /// Index into the archive's issues.
    Issue(usize),
}

/// All that is drawn, and so all that a picture is made from beside its colours.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Whose it is.
    pub kicker: Option<String>,
    pub title: Option<String>,
    /// Further headlines, or a sentence on what this is.
    pub more: Vec<String>,
    /// How much there is, and from when.
    pub facts: String,
    /// Publications a year, a month or an issue, the oldest first; the last one is what this
    /// picture is about, or the newest.
    pub bars: Vec<usize>,
}

/// How many further headlines are told.
const HEADLINES: usize = 3;
/// Bars beyond these would be hairlines: the oldest are left out.
const BARS: usize = 40;
/// Fewer years than these are told by the month.
const YEARS: usize = 3;

impl Subject {
    /// Those of an archive that wants pictures: its topics and issues, and all the rest of it.
    pub fn all(archive: &Archive) -> impl Iterator<Item = Self> {
        let wanted = archive.config.social_images;
        let topics = archive.terms.iter().enumerate();
        let topics = topics
            .filter(|(_, term)| term.taxonomy == Taxonomy::TOPICS)
            .map(|(index, _)| Self::Topic(TermId::new(index)));
        let issues = (0..archive.issues.len()).map(Self::Issue);
        let all = std::iter::once(Self::Site).chain(topics).chain(issues);
        all.filter(move |_| wanted)
    }

    /// What the picture of a page is about.
    pub fn of(archive: &Archive, content: &Content) -> Self {
        match content {
            Content::Term(id) | Content::TermYear(id, _) | Content::TermMonth(id, _)
                if archive.term(*id).taxonomy == Taxonomy::TOPICS =>
            {
                Self::Topic(*id)
            }
            Content::Issue(index) => Self::Issue(*index),
            _ => Self::Site,
        }
    }

    /// Where its picture stands.
    pub fn address(self, archive: &Archive) -> Address {
        Address::social_image(&match self {
            Self::Site => Address::home(),
            Self::Topic(id) => address(archive, Node::Term(id)),
            Self::Issue(index) => {
                let issue = &archive.issues[index];
                Address::issue(&archive.term(issue.series).slug, &issue.slug)
            }
        })
    }

    /// What the picture shows, in words.
    pub fn alt(self, archive: &Archive) -> String {
        match self {
            Self::Site => archive.config.title.clone(),
            Self::Topic(id) => archive.term(id).title.clone(),
            Self::Issue(index) => {
                let issue = &archive.issues[index];
                format!("{} {}", archive.term(issue.series).title, issue.name)
            }
        }
    }

    pub fn told(self, site: &Site<'_>) -> Told {
        match self {
            Self::Site => of_site(site),
            Self::Topic(id) => of_topic(site, id),
            Self::Issue(index) => of_issue(site, index),
        }
    }
}

fn of_site(site: &Site<'_>) -> Told {
    let archive = site.archive;
    let days = days(archive, archive.ids());
    Told {
        kicker: None,
        title: settable(&archive.config.title),
        more: settable(&archive.config.description).into_iter().collect(),
        facts: facts(site, archive.entries.len(), &span(&days)),
        bars: bars(&days),
    }
}

fn of_topic(site: &Site<'_>, id: TermId) -> Told {
    let archive = site.archive;
    let term = archive.term(id);
    let description = term
        .file
        .as_ref()
        .and_then(|(front, _)| front.description.as_deref());
    let days = days(archive, term.articles.iter().copied());
    Told {
        kicker: settable(&archive.config.title),
        title: term.names().find_map(settable),
        more: description.and_then(settable).into_iter().collect(),
        facts: facts(site, term.articles.len(), &span(&days)),
        bars: bars(&days),
    }
}

fn of_issue(site: &Site<'_>, index: usize) -> Told {
    let archive = site.archive;
    let issue = &archive.issues[index];
    let series = archive.term(issue.series);
    let strings = site.theme.strings_of(&archive.config.language);
    // A name that begins otherwise, like `2021-W15`, is one without this.
    let numbered =
        issue.name.starts_with(|c: char| c.is_ascii_digit()) && !issue.name.contains('-');
    let name = strings
        .and_then(|strings| strings.get("issue_number")?.as_str())
        .filter(|_| numbered)
        .map(|pattern| pattern.replace("{name}", &issue.name));
    let name = name
        .filter(|name| font::has(name))
        .or_else(|| settable(&issue.name));
    let kicker = [series.names().find_map(settable), name]
        .into_iter()
        .flatten();
    let kicker = kicker.collect::<Vec<_>>().join(" ");
    let mut headlines = issue
        .articles
        .iter()
        .filter_map(|id| settable(&archive.article(*id).front.title));
    let day = archive.entry(issue.articles[0]).day;
    let before = archive.issues[..=index].iter().rev();
    let mut bars: Vec<usize> = before
        .take_while(|other| other.series == issue.series)
        .take(BARS)
        .map(|other| other.articles.len())
        .collect();
    bars.reverse();
    Told {
        kicker: Some(kicker).filter(|kicker| !kicker.is_empty()),
        title: headlines.next(),
        more: headlines.take(HEADLINES).collect(),
        facts: facts(
            site,
            issue.articles.len(),
            &day.map_or(String::new(), |day| long(site, day)),
        ),
        bars,
    }
}

/// A text as it is set: in one line of single spaces, where the font has its letters.
fn settable(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty() && font::has(text))
}

/// "12 publications · 2018–2021".
fn facts(site: &Site<'_>, count: usize, when: &str) -> String {
    let language = &site.archive.config.language;
    let strings = site.theme.strings_of(language);
    let number = locale(site).number(count as u64);
    let forms = strings.and_then(|strings| strings.get("publications")?.as_table());
    let form = |name: &str| forms?.get(name)?.as_str();
    let form = form("one").filter(|_| count == 1).or_else(|| form("other"));
    let counted = form.map(|form| form.replace("{n}", &number));
    let counted = counted.filter(|text| font::has(text)).unwrap_or(number);
    match when {
        "" => counted,
        when => format!("{counted} · {when}"),
    }
}

fn locale(site: &Site<'_>) -> Locale {
    let config = &site.archive.config;
    let none = toml::Table::new();
    let strings = site.theme.strings_of(&config.language).unwrap_or(&none);
    Locale::new(strings, config.time_zone.clone())
}

/// A day in words, or in figures.
fn long(site: &Site<'_>, day: Date) -> String {
    let figures = day.to_string();
    let words = locale(site).date(&figures, Style::Long);
    words.filter(|words| font::has(words)).unwrap_or(figures)
}

/// The days of articles that have one, newest first.
fn days(archive: &Archive, ids: impl Iterator<Item = ArticleId>) -> Vec<Date> {
    ids.filter_map(|id| archive.entry(id).day).collect()
}

/// From which year to which.
fn span(days: &[Date]) -> String {
    match (days.last(), days.first()) {
        (Some(first), Some(last)) if first.year() == last.year() => last.year().to_string(),
        (Some(first), Some(last)) => format!("{}–{}", first.year(), last.year()),
        _ => String::new(),
    }
}

/// How much there was a year, or a month where there are few years; those with nothing between
/// others too.
fn bars(days: &[Date]) -> Vec<usize> {
    let years = count(days, |day| i32::from(day.year()));
    if years.len() >= YEARS {
        return years;
    }
    count(days, |day| {
        i32::from(day.year()) * 12 + i32::from(day.month())
    })
}

fn count(days: &[Date], period: impl Fn(&Date) -> i32) -> Vec<usize> {
    let mut counted: BTreeMap<i32, usize> = BTreeMap::new();
    for day in days {
        *counted.entry(period(day)).or_default() += 1;
    }
    let (Some(first), Some(last)) = (
        counted.keys().next().copied(),
        counted.keys().next_back().copied(),
    ) else {
        return Vec::new();
    };
    let first = first.max(last.saturating_sub(i32::try_from(BARS).unwrap_or(i32::MAX) - 1));
    let periods = first..=last;
    periods
        .map(|period| counted.get(&period).copied().unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn bars_leave_no_gap_and_end_with_the_newest() {
        let days = [
            date(2021, 3, 1),
            date(2020, 1, 2),
            date(2020, 1, 1),
            date(2017, 5, 5),
        ];
        assert_eq!(bars(&days), [1, 0, 0, 2, 1]);
        // Two years are told by the month.
        assert_eq!(bars(&days[..2]).len(), 15);
        assert_eq!(bars(&[]), [0; 0]);
        assert_eq!(
            bars(&[date(2021, 1, 1), date(1900, 1, 1), date(1899, 1, 1)]).len(),
            BARS
        );
    }

    #[test]
    fn years_are_told_as_a_span() {
        let days = [date(2021, 3, 1), date(2017, 5, 5)];
        assert_eq!(span(&days), "2017–2021");
        assert_eq!(span(&days[..1]), "2021");
        assert_eq!(span(&[]), "");
    }

    #[test]
    fn what_the_font_has_no_letters_for_is_not_told() {
        assert_eq!(settable(" Narrow\nSeas "), Some("Narrow Seas".to_owned()));
        assert_eq!(settable("대만해협 문안"), None);
        assert_eq!(settable(" "), None);
    }
}
