//! Articles by year, month and ISO week.
//!
//! Previous and next skip gaps: they are simply the neighbours in these maps.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::{Date, ISOWeekDate};

use super::entry::Entry;
use super::ids::ArticleId;

/// An ISO 8601 week: the year it is counted in (not always that of its days) and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week {
    pub year: i16,
    pub number: i8,
}

impl Week {
    pub fn of(day: Date) -> Self {
        let date = ISOWeekDate::from(day);
        Self {
            year: date.year(),
            number: date.week(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    pub year: i16,
    pub number: i8,
}

impl Month {
    pub fn of(day: Date) -> Self {
        Self {
            year: day.year(),
            number: day.month(),
        }
    }
}

/// Where each period's articles stand in the archive, which is in the order of time (newest
/// first), so that a period is a range of ids.
#[derive(Debug, Default)]
pub struct Calendar {
    pub years: BTreeMap<i16, Range<usize>>,
    pub months: BTreeMap<Month, Range<usize>>,
    pub weeks: BTreeMap<Week, Range<usize>>,
    pub days: BTreeMap<Date, Range<usize>>,
}

impl Calendar {
    /// `entries` are sorted newest first, undated last.
    pub fn of(entries: &[Entry]) -> Self {
        fn extend<K: Ord>(map: &mut BTreeMap<K, Range<usize>>, key: K, at: usize) {
            map.entry(key).or_insert(at..at).end = at + 1;
        }
        let mut calendar = Self::default();
        for (at, entry) in entries.iter().enumerate() {
            let Some(day) = entry.day else { break };
            extend(&mut calendar.years, day.year(), at);
            extend(&mut calendar.months, Month::of(day), at);
            extend(&mut calendar.weeks, Week::of(day), at);
            extend(&mut calendar.days, day, at);
        }
        calendar
    }
}

/// The ids of a range of the archive, newest first.
pub fn ids(range: &Range<usize>) -> impl Iterator<Item = ArticleId> + use<> {
    range.clone().map(ArticleId::new)
}

/// The periods before and after `key` that hold articles.
pub fn neighbours<K: Ord + Copy, V>(map: &BTreeMap<K, V>, key: K) -> (Option<K>, Option<K>) {
    use std::ops::Bound::{Excluded, Unbounded};
    (
        map.range(..key).next_back().map(|(k, _)| *k),
        map.range((Excluded(key), Unbounded))
            .next()
            .map(|(k, _)| *k),
    )
}
