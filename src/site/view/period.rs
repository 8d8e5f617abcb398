//! Years, months and ISO weeks.

use serde::Serialize;

use super::card::Card;
use crate::site::address::Address;

/// A link to another year, month or week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period {
    pub year: i16,
    /// Of the month or week; absent for a year.
    pub number: Option<i8>,
}

/// A period before or after, skipping those without articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodLink {
    pub address: Address,
    pub period: Period,
    pub count: usize,
}

/// `year` in `year.html`.
#[derive(Debug, Serialize)]
pub struct YearView {
    pub year: i16,
    pub count: usize,
    /// All twelve, as small calendars: together the year's heatmap.
    pub months: Vec<MonthGrid>,
    pub previous: Option<PeriodLink>,
    pub next: Option<PeriodLink>,
}

/// `month` in `month.html`.
#[derive(Debug, Serialize)]
pub struct MonthView<'a> {
    pub grid: MonthGrid,
    /// Newest day first.
    pub days: Vec<DayView<'a>>,
    pub previous: Option<PeriodLink>,
    pub next: Option<PeriodLink>,
    /// The same part of the year in other years, newest first.
    pub other_years: Vec<PeriodLink>,
}

/// `week` in `week.html`.
#[derive(Debug, Serialize)]
pub struct WeekView<'a> {
    pub year: i16,
    pub number: i8,
    /// Monday and Sunday, `2021-04-12`.
    pub first_day: String,
    pub last_day: String,
    pub count: usize,
    /// Newest day first.
    pub days: Vec<DayView<'a>>,
    pub previous: Option<PeriodLink>,
    pub next: Option<PeriodLink>,
    /// The same part of the year in other years, newest first.
    pub other_years: Vec<PeriodLink>,
}

/// The articles of one day.
#[derive(Debug, Serialize)]
pub struct DayView<'a> {
    /// `2021-04-14`
    pub date: String,
    /// The anchor of this day in its month: `d14`.
    pub id: String,
    pub articles: Vec<&'a Card>,
}

/// A month as a calendar, weeks from Monday to Sunday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthGrid {
    pub year: i16,
    /// 1 to 12.
    pub number: i8,
    /// Absent for a month without articles.
    pub address: Option<Address>,
    pub count: usize,
    pub weeks: Vec<WeekRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekRow {
    /// ISO week number.
    pub number: i8,
    /// Absent for a week without articles.
    pub address: Option<Address>,
    /// Seven; days of other months are absent.
    pub days: Vec<Option<DayCell>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayCell {
    /// 1 to 31.
    pub day: i8,
    pub count: usize,
    /// 0 (nothing) to 4 (as much as the busiest days), for shading.
    pub level: u8,
}
