//! Events: what several publishers report about the same thing within a few days.
//!
//! Reports are grouped, never merged: each stays an article of its own. Front matter goes before
//! what the texts say: `event = "name"` puts an article into the event of that name, and
//! `event = false` keeps it out of all.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::entry::Entry;
use super::ids::ArticleId;
use super::neighbour::Nearest;
use super::references::Source;
use super::vector::{Vector, cosine};
use super::vocabulary::in_words;
use crate::content::article::Article;
use crate::content::front_matter::{Event as Written, Kind};
use crate::text::slug::slug;

/// The same event as several publishers report it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The part of its address.
    pub slug: String,
    /// As front matter gives it; an event that was only found has none.
    pub name: Option<String>,
    /// Oldest first.
    pub reports: Vec<ArticleId>,
    /// Briefings that draw on one of the reports; newest first.
    pub briefings: Vec<ArticleId>,
}

/// Days between the first and the last report of an event that nobody has named.
const DAYS: i32 = 3;
/// Similarity to the nearest report, and on average to all, from which on a report belongs to an
/// event.
const NEAREST: f32 = 0.25;
const AVERAGE: f32 = 0.18;
/// Reports of an event that a new one is compared with.
const COMPARED: usize = 12;

/// An event while it is gathered.
struct Group {
    name: Option<String>,
    first: Option<Date>,
    members: Vec<ArticleId>,
}

/// All events: those with a name, and those that at least two publishers report.
pub fn events(
    entries: &[Entry],
    vectors: &[Vector],
    neighbours: &[Nearest],
    sources: &[Vec<Source>],
) -> Vec<Event> {
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of: Vec<Option<usize>> = vec![None; entries.len()];
    named(entries, &mut groups, &mut group_of);
    // Ids grow towards the past: from the oldest on.
    for id in (0..entries.len()).rev().map(ArticleId::new) {
        let Entry { article, day } = &entries[id.index()];
        let Some(day) = *day else { continue };
        let free = article.kind == Kind::Source
            && article.front.event.is_none()
            && article.front.withdrawn.is_none();
        if !free {
            continue;
        }
        let near = neighbours[id.index()].list.iter();
        let mut best: Option<(f32, usize)> = None;
        let mut tried = HashSet::new();
        for neighbour in near.filter(|near| near.similarity >= NEAREST) {
            let Some(group) = group_of[neighbour.id.index()] else {
                continue;
            };
            if !tried.insert(group) {
                continue;
            }
            let average = average(id, &groups[group], vectors);
            if fits(day, &groups[group], entries)
                && average >= AVERAGE
                && best.is_none_or(|(known, _)| average > known)
            {
                best = Some((average, group));
            }
        }
        let group = best.map_or(groups.len(), |(_, group)| group);
        if group == groups.len() {
            groups.push(Group {
                name: None,
                first: Some(day),
                members: Vec::new(),
            });
        }
        groups[group].members.push(id);
        group_of[id.index()] = Some(group);
    }
    finish(groups, entries, sources)
}

/// Index into `events` of each article that reports one or tells about it.
pub fn event_of(events: &[Event]) -> BTreeMap<ArticleId, usize> {
    let mut of = BTreeMap::new();
    for (index, event) in events.iter().enumerate() {
        for id in event.briefings.iter().chain(&event.reports) {
            of.insert(*id, index);
        }
    }
    of
}

/// Events that front matter names.
fn named(entries: &[Entry], groups: &mut Vec<Group>, group_of: &mut [Option<usize>]) {
    let mut by_slug: BTreeMap<String, usize> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate().rev() {
        let Some(Written::Named(name)) = &entry.article.front.event else {
            continue;
        };
        let Some(slug) = slug(name) else { continue };
        let group = *by_slug.entry(slug).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Group {
                name: Some(in_words(name)),
                first: entry.day,
                members: Vec::new(),
            });
        }
        groups[group].members.push(ArticleId::new(index));
        group_of[index] = Some(group);
    }
}

fn average(id: ArticleId, group: &Group, vectors: &[Vector]) -> f32 {
    let compared = group.members.iter().rev().take(COMPARED);
    let (mut sum, mut count) = (0.0, 0.0);
    for member in compared {
        sum += cosine(&vectors[id.index()], &vectors[member.index()]);
        count += 1.0;
    }
    sum / f32::max(count, 1.0)
}

/// Whether a report of this day is near enough to the others in time.
fn fits(day: Date, group: &Group, entries: &[Entry]) -> bool {
    let days = |other: Date| (day - other).get_days().abs();
    if group.name.is_none() {
        return group.first.is_some_and(|first| days(first) <= DAYS);
    }
    let members = group.members.iter();
    let mut known = members.filter_map(|id| entries[id.index()].day);
    known.any(|other| days(other) <= DAYS)
}

fn finish(groups: Vec<Group>, entries: &[Entry], sources: &[Vec<Source>]) -> Vec<Event> {
    let mut drawing: BTreeMap<ArticleId, Vec<ArticleId>> = BTreeMap::new();
    for (briefing, sources) in sources.iter().enumerate() {
        for source in sources {
            if let Source::Article(id) = source {
                let briefings = drawing.entry(*id).or_default();
                briefings.push(ArticleId::new(briefing));
            }
        }
    }
    let mut taken = HashSet::new();
    let mut events = Vec::new();
    for Group { name, members, .. } in groups {
        let briefing = |id: &ArticleId| entries[id.index()].article.kind == Kind::Briefing;
        let (told, mut reports): (Vec<ArticleId>, Vec<ArticleId>) =
            members.into_iter().partition(briefing);
        reports.sort_unstable_by(|a, b| b.cmp(a));
        let publishers: HashSet<&str> = reports
            .iter()
            .filter_map(|id| publisher(&entries[id.index()].article))
            .collect();
        let first = reports.first().or(told.first());
        let Some(first) = first.filter(|_| name.is_some() || publishers.len() > 1) else {
            continue;
        };
        let wanted = match &name {
            Some(name) => slug(name),
            None => Some(entries[first.index()].article.slug.clone()),
        };
        let Some(slug) = wanted.map(|wanted| free(&wanted, &mut taken)) else {
            continue;
        };
        let mut briefings: Vec<ArticleId> = reports
            .iter()
            .filter_map(|id| drawing.get(id))
            .flatten()
            .copied()
            .chain(told)
            .collect();
        briefings.sort_unstable();
        briefings.dedup();
        events.push(Event {
            slug,
            name,
            reports,
            briefings,
        });
    }
    events.sort_by_key(|event| event.reports.first().or(event.briefings.first()).copied());
    events
}

/// `wanted`, or the first `wanted-2`, `wanted-3` … that no other event has.
fn free(wanted: &str, taken: &mut HashSet<String>) -> String {
    let mut slug = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(slug.clone()) {
        slug = format!("{wanted}-{number}");
        number += 1;
    }
    slug
}

/// Who published an article: by name, else by the host of its address.
fn publisher(article: &Article) -> Option<&str> {
    let front = &article.front;
    let host = || {
        let url = front.provenance.as_ref()?.url.as_deref()?;
        let (_, rest) = url.split_once("://")?;
        rest.split(['/', '?', '#']).next()
    };
    front.publisher.as_deref().or_else(host)
}
