//! The date in an article's address: publishers rarely change it.

use std::sync::LazyLock;

use regex::Regex;

use super::told::is_plausible;
use crate::import::date_text::dates::{DayMonthOrder, TextDate, dates_in};
use crate::import::html::metadata::canonical;
use crate::import::html::metadata::signals::Signals;

/// What the article's own address says of its date.
#[derive(Debug, Clone)]
pub(super) struct AddressDate {
    pub(super) day: Option<TextDate>,
    year: i16,
    month: i8,
}

impl AddressDate {
    /// Whether it names the month of that date.
    pub(super) fn holds(&self, date: &TextDate) -> bool {
        date.year == Some(self.year) && date.month == self.month
    }
}

/// `/2021/04/26/`, `/2021-04-26-title`, `/20210426/`, `/26-04-2021-title`, or only `/2021/04/`.
pub(super) fn read(signals: &Signals<'_>) -> Option<AddressDate> {
    static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:^|[/_.~-])((?:19|20)\d\d)([/_-]?)(\d{1,2})([/_-]?)(\d{1,2})(?:$|[/_.-])")
    });
    static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:^|[/_.~-])(\d{2})[_.-](\d{2})[_.-]((?:19|20)\d\d)(?:$|[/_.-])")
    });
    static MONTH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"/((?:19|20)\d\d)[/-](\d{1,2})(?:/|$)"));
    let address = canonical::choose(signals)?;
    let path = address.path();
    let year_first = YEAR_FIRST
        .captures_iter(path)
        .filter(|found| found[2] == found[4])
        .filter(|found| !found[2].is_empty() || found[3].len() + found[5].len() == 4)
        .map(|found| format!("{}-{}-{}", &found[1], &found[3], &found[5]));
    let day_first = DAY_FIRST
        .captures_iter(path)
        .map(|found| format!("{}-{}-{}", &found[3], &found[2], &found[1]));
    let day = year_first
        .chain(day_first)
        .filter_map(|day| dates_in(&day, DayMonthOrder::YearFirst).into_iter().next())
        .find(|date| date.date().is_some_and(is_plausible));
    if let Some(day) = day {
        return Some(AddressDate {
            year: day.year?,
            month: day.month,
            day: Some(day),
        });
    }
    let found = MONTH.captures(path)?;
    Some(AddressDate {
        day: None,
        year: found[1].parse().ok()?,
        month: found[2]
            .parse()
            .ok()
            .filter(|month| (1..=12).contains(month))?,
    })
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in this file is valid")
}
