//! Years, months and ISO weeks.

use serde::Serialize;

use super::card::Card;
use crate::site::address::Address;
use crate::site::shared::Shared;

/// A link to another year, month or week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period {
    /// Of a week, its ISO year.
    pub year: i16,
    /// Of the month or week; absent for a year.
    pub number: Option<i8>,
}

/// A period before or after, skipping those without articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodLink {
    /// Relative to the root.
    pub address: Address,
    /// Which it is.
    pub period: Period,
    /// Of articles in it.
    pub count: usize,
}

/// `year` in `year.html`.
#[derive(Debug, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// Of articles in it.
    pub count: usize,
    /// All twelve, as small calendars: together the year's heatmap.
    pub months: Vec<MonthGrid>,
    /// The year before that has articles.
    pub previous: Option<PeriodLink>,
    /// The year after that has articles.
    pub next: Option<PeriodLink>,
}

/// `month` in `month.html`.
#[derive(Debug, Serialize)]
pub struct MonthView<'a> {
    /// The month as a calendar.
    pub grid: MonthGrid,
    /// Newest day first.
    pub days: Vec<DayView<'a>>,
    /// The month before that has articles.
    pub previous: Option<PeriodLink>,
    /// The month after that has articles.
    pub next: Option<PeriodLink>,
    /// The same part of the year in other years, newest first.
    pub other_years: Vec<PeriodLink>,
}

/// `week` in `week.html`.
#[derive(Debug, Serialize)]
pub struct WeekView<'a> {
    /// Its ISO year.
    pub year: i16,
    /// 1 to 53 (ISO 8601).
    pub number: i8,
    /// Its Monday, `2021-04-12`.
    pub first_day: String,
    /// Its Sunday.
    pub last_day: String,
    /// Of articles in it.
    pub count: usize,
    /// Newest day first.
    pub days: Vec<DayView<'a>>,
    /// The week before that has articles.
    pub previous: Option<PeriodLink>,
    /// The week after that has articles.
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
    /// The latest first.
    pub articles: Vec<&'a Shared<Card>>,
}

/// A month as a calendar, weeks from Monday to Sunday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthGrid {
    /// The year it is in.
    pub year: i16,
    /// 1 to 12.
    pub number: i8,
    /// Absent for a month without articles.
    pub address: Option<Address>,
    /// Of articles in it.
    pub count: usize,
    /// From the one with its first day to the one with its last.
    pub weeks: Vec<WeekRow>,
}

/// A week of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekRow {
    /// ISO week number.
    pub number: i8,
    /// Absent for a week without articles.
    pub address: Option<Address>,
    /// Seven; days of other months are absent.
    pub days: Vec<Option<DayCell>>,
}

/// A day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayCell {
    /// 1 to 31.
    pub day: i8,
    /// Of articles on it.
    pub count: usize,
    /// 0 (nothing) to 4 (as much as the busiest days), for shading.
    pub level: u8,
}
