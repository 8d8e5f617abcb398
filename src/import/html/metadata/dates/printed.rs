//! What machines are told, held against what readers see.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::import::date_text::dates::TextDate;

/// What a machine wrote, as the page prints it.
///
/// Many sites give machines UTC and readers their own clock: where a printed time differs by a
/// zone's offset, that is the offset; where a printed day is the one before or after, it is the
/// day of publication. And where a machine's `11/01/2023` can be read both ways, a printed date
/// decides.
pub(super) fn as_printed(date: TextDate, witnesses: &[TextDate]) -> TextDate {
    let Some(day) = date.date() else { return date };
    if date.ambiguous {
        let swapped = Date::new(day.year(), day.day(), day.month()).ok();
        for witness in witnesses.iter().filter(|witness| !witness.ambiguous) {
            if witness.date() == Some(day) || witness.date() == swapped {
                return TextDate {
                    month: witness.month,
                    day: witness.day,
                    ambiguous: false,
                    ..date
                };
            }
        }
        return date;
    }
    let (Some(time), Some(zone)) = (date.time, &date.zone) else {
        return date;
    };
    if zone.to_fixed_offset().ok() != Some(Offset::UTC) {
        return date;
    }
    let given = day.to_datetime(time.with().second(0).build().unwrap_or(time));
    let printed = || {
        witnesses
            .iter()
            .filter(|witness| witness.zone.is_none())
            .filter_map(|witness| Some((witness, witness.date()?)))
    };
    for (witness, day) in printed() {
        let Some(clock) = witness.time else { continue };
        let apart = day.to_datetime(clock).duration_since(given).as_mins();
        let is_offset = apart != 0 && apart % 15 == 0 && apart.abs() <= 14 * 60;
        let seconds = i32::try_from(apart * 60).unwrap_or_default();
        if is_offset && let Ok(offset) = Offset::from_seconds(seconds) {
            return TextDate {
                zone: Some(TimeZone::fixed(offset)),
                ..witness.clone()
            };
        }
    }
    if printed().any(|(_, printed)| printed == day) {
        return date;
    }
    for (witness, printed) in printed().filter(|(witness, _)| witness.time.is_none()) {
        let next = day.tomorrow().ok() == Some(printed) && time.hour() >= 10;
        let previous = day.yesterday().ok() == Some(printed) && time.hour() < 12;
        if next || previous {
            return witness.clone();
        }
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::date_text::dates::{DayMonthOrder, dates_in};
    use crate::import::draft::Setting;

    fn read(text: &str) -> TextDate {
        dates_in(text, DayMonthOrder::MonthFirst).remove(0)
    }

    fn told_and_printed(told: &str, printed: &str) -> String {
        let (date, _) = as_printed(read(told), &[read(printed)])
            .publication(&Setting::default())
            .unwrap();
        date.to_string()
    }

    #[test]
    fn the_clock_readers_see_tells_the_offset_of_utc() {
        for (case, told, printed, wanted) in [
            (
                "a clock",
                "2021-04-25T22:30:00Z",
                "26 April 2021, 00:30",
                "2021-04-26T00:30:00+02:00",
            ),
            (
                "a day",
                "2021-04-25T22:30:00Z",
                "26 April 2021",
                "2021-04-26",
            ),
            (
                "the same day",
                "2021-04-26T08:30:00Z",
                "26 April 2021",
                "2021-04-26T08:30:00Z",
            ),
            (
                "another day altogether",
                "2021-04-26T08:30:00Z",
                "3 May 2021",
                "2021-04-26T08:30:00Z",
            ),
            (
                "an offset was given",
                "2021-04-25T22:30:00-04:00",
                "26 April 2021",
                "2021-04-25T22:30:00-04:00",
            ),
            (
                "day and month exchanged",
                "11/01/2021",
                "1 November 2021",
                "2021-11-01",
            ),
        ] {
            assert_eq!(told_and_printed(told, printed), wanted, "{case}");
        }
        assert_eq!(
            told_and_printed("11/01/2021", "11 January 2021"),
            "2021-01-11"
        );
    }
}
