//! Views of years, months and ISO weeks.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::super::address::Address;
use super::super::plan::Site;
use super::super::view::period::{
    DayCell, DayView, MonthGrid, MonthView, Period, PeriodLink, WeekRow, WeekView, YearView,
};
use crate::archive::calendar::{Calendar, Month, Week, ids, neighbours};

pub fn year(site: &Site<'_>, year: i16) -> YearView {
    let calendar = &site.archive.calendar;
    let (previous, next) = neighbours(&calendar.years, year);
    let link = |year: i16| PeriodLink {
        address: Address::year(year),
        period: Period { year, number: None },
        count: calendar.years[&year].len(),
    };
    YearView {
        year,
        count: calendar.years.get(&year).map_or(0, Range::len),
        months: (1..=12)
            .map(|number| grid(calendar, Month { year, number }))
            .collect(),
        previous: previous.map(link),
        next: next.map(link),
    }
}

pub fn month<'s>(site: &'s Site<'_>, month: Month) -> MonthView<'s> {
    let calendar = &site.archive.calendar;
    let (previous, next) = neighbours(&calendar.months, month);
    let link = |month: Month| PeriodLink {
        address: Address::month(month),
        period: Period {
            year: month.year,
            number: Some(month.number),
        },
        count: calendar.months[&month].len(),
    };
    MonthView {
        grid: grid(calendar, month),
        days: days(site, calendar.months.get(&month)),
        previous: previous.map(link),
        next: next.map(link),
        other_years: calendar
            .months
            .keys()
            .rev()
            .filter(|other| other.number == month.number && other.year != month.year)
            .map(|other| link(*other))
            .collect(),
    }
}

pub fn week<'s>(site: &'s Site<'_>, week: Week) -> WeekView<'s> {
    let calendar = &site.archive.calendar;
    let (previous, next) = neighbours(&calendar.weeks, week);
    let link = |week: Week| PeriodLink {
        address: Address::week(week),
        period: Period {
            year: week.year,
            number: Some(week.number),
        },
        count: calendar.weeks[&week].len(),
    };
    let range = calendar.weeks.get(&week);
    let (first_day, last_day) = span(week);
    WeekView {
        year: week.year,
        number: week.number,
        first_day,
        last_day,
        count: range.map_or(0, Range::len),
        days: days(site, range),
        previous: previous.map(link),
        next: next.map(link),
        other_years: calendar
            .weeks
            .keys()
            .rev()
            .filter(|other| other.number == week.number && other.year != week.year)
            .map(|other| link(*other))
            .collect(),
    }
}

/// Monday and Sunday of a week; empty where the calendar ends.
fn span(week: Week) -> (String, String) {
    let day = |weekday| {
        ISOWeekDate::new(week.year, week.number, weekday)
            .map_or(String::new(), |date| date.date().to_string())
    };
    (day(Weekday::Monday), day(Weekday::Sunday))
}

/// The articles of a range of the archive by day, newest first.
fn days<'s>(site: &'s Site<'_>, range: Option<&Range<usize>>) -> Vec<DayView<'s>> {
    let mut days: Vec<DayView<'s>> = Vec::new();
    for id in range.into_iter().flat_map(ids) {
        let Some(day) = site.archive.entry(id).day else {
            continue;
        };
        let date = day.to_string();
        match days.last_mut() {
            Some(last) if last.date == date => last.articles.push(site.card(id)),
            _ => days.push(DayView {
                date,
                id: format!("d{}", day.day()),
                articles: vec![site.card(id)],
            }),
        }
    }
    days
}

/// A month as a calendar.
pub fn grid(calendar: &Calendar, month: Month) -> MonthGrid {
    let range = calendar.months.get(&month);
    let mut weeks: BTreeMap<Week, WeekRow> = BTreeMap::new();
    let busiest = busiest_day(calendar, month.year);
    let mut day = Date::new(month.year, month.number, 1).ok();
    while let Some(date) = day.filter(|date| date.month() == month.number) {
        let count = calendar.days.get(&date).map_or(0, Range::len);
        let row = weeks
            .entry(Week::of(date))
            .or_insert_with_key(|week| WeekRow {
                number: week.number,
                address: calendar
                    .weeks
                    .contains_key(week)
                    .then(|| Address::week(*week)),
                days: vec![None; 7],
            });
        let column = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        row.days[column] = Some(DayCell {
            day: date.day(),
            count,
            level: level(count, busiest),
        });
        day = date.checked_add(1.day()).ok();
    }
    MonthGrid {
        year: month.year,
        number: month.number,
        address: range.map(|_| Address::month(month)),
        count: range.map_or(0, Range::len),
        weeks: weeks.into_values().collect(),
    }
}

fn busiest_day(calendar: &Calendar, year: i16) -> usize {
    let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
        return 0;
    };
    calendar
        .days
        .range(first..=last)
        .map(|(_, range)| range.len())
        .max()
        .unwrap_or(0)
}

/// How dark a count is shown: 0 to 4, by quarters of the busiest day or month. Where no more than
/// a few came out at a time, one is still little.
pub fn level(count: usize, busiest: usize) -> u8 {
    match (count * 4).div_ceil(busiest.max(4)) {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 3,
        _ => 4,
    }
}
