//! Views of what belongs together: events, threads, what is related.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::super::address::Address;
use super::super::plan::Site;
use super::super::shared::Shared;
use super::super::view::card::{Card, Link};
use super::super::view::period::Period;
use super::super::view::story::{
    DaysView, EventView, HeadlinePart, RelatedView, ReportView, StoriesView, StoryLink,
    ThreadMonth, ThreadView,
};
use crate::archive::event::Event;
use crate::archive::ids::ArticleId;
use crate::archive::related::Relation;
use crate::archive::thread::Thread;
use crate::content::date::PublicationDate;
use crate::text::stems::stems;

/// Articles of each kind of relation that a page shows.
const SHOWN: usize = 3;

/// What to read after an article, without what its page shows already: the nearest of each kind
/// of relation, in the order of time as everywhere, newest first.
pub fn related<'s>(
    site: &'s Site<'_>,
    id: ArticleId,
    shown: &BTreeSet<ArticleId>,
) -> RelatedView<'s> {
    let mut lists = [const { Vec::new() }; 3];
    for (other, relation) in &site.archive.related[id.index()] {
        let list = match relation {
            Relation::Earlier => &mut lists[0],
            Relation::Later => &mut lists[1],
            Relation::Also => &mut lists[2],
        };
        if list.len() < SHOWN && !shown.contains(other) {
            list.push(*other);
        }
    }
    let [earlier, later, also] = lists.map(|mut ids| {
        ids.sort_unstable();
        cards(site, &ids)
    });
    RelatedView {
        earlier,
        later,
        also,
    }
}

/// The title of an event: its name, or the headline of its first report.
pub fn event_title<'a>(site: &'a Site<'_>, event: &'a Event) -> &'a str {
    let first = event.reports.first().or(event.briefings.last());
    match (&event.name, first) {
        (Some(name), _) => name,
        (None, Some(id)) => &site.card(*id).title,
        (None, None) => "",
    }
}

pub fn event_link(site: &Site<'_>, index: usize) -> Link {
    let event = &site.archive.events[index];
    Link {
        address: Address::event(&event.slug),
        title: event_title(site, event).to_owned(),
        language: None,
    }
}

pub fn thread_link(site: &Site<'_>, index: usize) -> Link {
    let thread = &site.archive.threads[index];
    Link {
        address: Address::thread(&thread.slug),
        title: thread.name.clone(),
        language: None,
    }
}

pub fn event<'s>(site: &'s Site<'_>, index: usize) -> EventView<'s> {
    let event = &site.archive.events[index];
    let first = known_first(site, event);
    let titles: Vec<&str> = event
        .reports
        .iter()
        .map(|id| &*site.card(*id).title)
        .collect();
    let headlines = headlines(&titles);
    EventView {
        title: event_title(site, event).to_owned(),
        reports: event
            .reports
            .iter()
            .zip(headlines)
            .map(|(id, headline)| ReportView {
                card: site.card(*id),
                headline,
                first: first == Some(*id),
            })
            .collect(),
        briefings: cards(site, &event.briefings),
        days: days(site, &event.reports),
    }
}

/// The first report, where that is known: it is alone on its day, or all of that day have a time.
fn known_first(site: &Site<'_>, event: &Event) -> Option<ArticleId> {
    let entry = |id: &ArticleId| site.archive.entry(*id);
    let first = event.reports.first()?;
    let day = entry(first).day?;
    let same_day: Vec<_> = event
        .reports
        .iter()
        .filter(|id| entry(id).day == Some(day))
        .collect();
    let timed = |id: &&ArticleId| {
        matches!(
            entry(id).article.front.date,
            Some(PublicationDate::Moment(..))
        )
    };
    (same_day.len() == 1 || same_day.iter().all(timed)).then_some(*first)
}

/// Headlines in pieces: words that stand in no other of them are each headline's own.
fn headlines(titles: &[&str]) -> Vec<Vec<HeadlinePart>> {
    let of = |text: &str| {
        let mut found = Vec::new();
        stems(text, |stem| found.push(stem));
        found
    };
    let mut used: HashMap<u64, usize> = HashMap::new();
    for title in titles {
        for stem in of(title).into_iter().collect::<HashSet<u64>>() {
            *used.entry(stem).or_default() += 1;
        }
    }
    let is_own = |word: &str| {
        let stems = of(word);
        !stems.is_empty() && stems.iter().all(|stem| used.get(stem) == Some(&1))
    };
    titles
        .iter()
        .map(|title| {
            let mut parts: Vec<HeadlinePart> = Vec::new();
            for word in title.split_inclusive(char::is_whitespace) {
                let own = is_own(word);
                match parts.last_mut() {
                    Some(last) if last.own == own => last.text.push_str(word),
                    _ => parts.push(HeadlinePart {
                        text: word.to_owned(),
                        own,
                    }),
                }
            }
            spaces_outside(&mut parts);
            parts
        })
        .collect()
}

/// The space between two pieces belongs to the one that isn't marked.
fn spaces_outside(parts: &mut [HeadlinePart]) {
    let mut at = 0;
    while at + 1 < parts.len() {
        if parts[at].own {
            let text = &mut parts[at].text;
            let gap = text.split_off(text.trim_end().len());
            parts[at + 1].text.insert_str(0, &gap);
        }
        at += 1;
    }
}

pub fn thread<'s>(site: &'s Site<'_>, index: usize) -> ThreadView<'s> {
    let Thread {
        slug: _,
        name,
        term,
        articles,
    } = &site.archive.threads[index];
    let mut months: Vec<ThreadMonth<'s>> = Vec::new();
    let mut undated = Vec::new();
    for id in articles.iter().rev() {
        let Some(day) = site.archive.entry(*id).day else {
            undated.push(site.card(*id));
            continue;
        };
        let month = Period {
            year: day.year(),
            number: Some(day.month()),
        };
        match months.last_mut() {
            Some(last) if last.month == month => last.articles.push(site.card(*id)),
            _ => months.push(ThreadMonth {
                month,
                articles: vec![site.card(*id)],
            }),
        }
    }
    ThreadView {
        title: name.clone(),
        term: term.map(|term| site.term_link(term)),
        count: articles.len(),
        months,
        undated,
        marks: marks(site, articles),
        days: days(site, articles),
    }
}

/// Where articles stand between the first and the last of them, in thousandths.
fn marks(site: &Site<'_>, articles: &[ArticleId]) -> Vec<i16> {
    let dated = articles
        .iter()
        .filter_map(|id| site.archive.entry(*id).day)
        .map(|day| day.duration_since(Date::ZERO).as_hours() / 24);
    let days: BTreeSet<i64> = dated.collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Vec::new();
    };
    let span = (last - first).max(1);
    days.iter()
        .filter_map(|day| i16::try_from((day - first) * 1000 / span).ok())
        .collect()
}

pub fn events(site: &Site<'_>) -> StoriesView {
    let events = &site.archive.events;
    StoriesView {
        name: "events",
        stories: (0..events.len())
            .map(|index| story(event_link(site, index), &events[index].reports, site))
            .collect(),
    }
}

pub fn threads(site: &Site<'_>) -> StoriesView {
    let threads = &site.archive.threads;
    let mut stories: Vec<StoryLink> = (0..threads.len())
        .map(|index| story(thread_link(site, index), &threads[index].articles, site))
        .collect();
    stories.sort_by(|a, b| b.days.last.cmp(&a.days.last).then(a.title.cmp(&b.title)));
    StoriesView {
        name: "threads",
        stories,
    }
}

fn story(link: Link, articles: &[ArticleId], site: &Site<'_>) -> StoryLink {
    StoryLink {
        address: link.address,
        title: link.title,
        count: articles.len(),
        days: days(site, articles),
    }
}

fn days(site: &Site<'_>, articles: &[ArticleId]) -> DaysView {
    let mut days: Vec<_> = articles
        .iter()
        .filter_map(|id| site.archive.entry(*id).day)
        .collect();
    days.sort_unstable();
    DaysView {
        first: days.first().map(ToString::to_string),
        last: days.last().map(ToString::to_string),
    }
}

fn cards<'s>(site: &'s Site<'_>, ids: &[ArticleId]) -> Vec<&'s Shared<Card>> {
    ids.iter().map(|id| site.card(*id)).collect()
}

#[cfg(test)]
mod tests {
    use super::headlines;

    #[test]
    fn a_headline_shows_what_only_it_says() {
        let titles = ["Ministers meet in Xiamen", "Ministers met coldly in Xiamen"];
        let own: Vec<String> = headlines(&titles)
            .iter()
            .map(|parts| {
                let own = parts.iter().filter(|part| part.own);
                own.map(|part| part.text.trim())
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect();
        assert_eq!(own, ["meet", "met coldly"]);
        assert_eq!(headlines(&titles)[1][1].text, "met coldly");
    }
}
