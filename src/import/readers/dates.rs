//! Dates as machines write them: RFC 3339 and its shorter forms, RFC 2822, the formats of
//! databases; what a program got wrong is read as people print dates.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{Timestamp, ZonedDateTime, tz::Offset};

use crate::content::date::PublicationDate;
use crate::import::date_text::dates::{DayMonthOrder, dates_in, moment};
use crate::import::draft::Setting;

/// RFC 2822 as feeds and mails write it: a wrong weekday is no reason to lose the date.
const MAIL: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// Reads a machine's date. One without a zone is taken in the archive's.
pub fn read(text: &str, setting: &Setting) -> Option<PublicationDate> {
    let text = text.trim();
    if text.is_empty() || text.starts_with("0000") {
        return None;
    }
    if let Ok(zoned) = MAIL.parse_zoned_datetime(text) {
        return Some(of_zoned(&zoned));
    }
    // YAML and Jekyll write a space before the offset.
    let joined = text.replacen(" +", "+", 1).replacen(" -", "-", 1);
    if let Some(date) = rfc3339(&joined) {
        return Some(date);
    }
    if let Ok(date) = text.parse::<Date>()
        && text.len() <= 10
    {
        return Some(PublicationDate::Day(date));
    }
    if let Ok(at) = text.parse::<DateTime>() {
        return Some(moment(at, None, setting).0);
    }
    let found = dates_in(text, DayMonthOrder::DayFirst).into_iter().next()?;
    found.publication(setting).map(|(date, _)| date)
}

/// RFC 3339, with the offset as it was written (`+0900` and `+09` too).
fn rfc3339(text: &str) -> Option<PublicationDate> {
    let at: Timestamp = text.parse().ok()?;
    let (_, time) = text.split_once(['T', 't', ' '])?;
    let offset = match time.rfind(['+', '-']) {
        None => Offset::UTC,
        Some(sign) => {
            let digits: String = time[sign + 1..]
                .chars()
                .filter(char::is_ascii_digit)
                .collect();
            let hours: i32 = digits.get(..2)?.parse().ok()?;
            let minutes: i32 = digits.get(2..4).unwrap_or("0").parse().ok()?;
            let seconds = (hours * 60 + minutes) * 60;
            let seconds = if time[sign..].starts_with('-') {
                -seconds
            } else {
                seconds
            };
            Offset::from_seconds(seconds).ok()?
        }
    };
    // Nobody publishes on the millisecond.
    let at = Timestamp::from_second(at.as_second()).ok()?;
    Some(PublicationDate::Moment(at, offset))
}

/// Seconds since 1970, as JSON has them; milliseconds are seen by their size.
pub fn of_unix(seconds: i64) -> Option<PublicationDate> {
    let seconds = if seconds.abs() > 100_000_000_000 {
        seconds / 1000
    } else {
        seconds
    };
    let at = Timestamp::from_second(seconds).ok()?;
    Some(PublicationDate::Moment(at, Offset::UTC))
}

fn of_zoned(zoned: &ZonedDateTime) -> PublicationDate {
    PublicationDate::Moment(zoned.timestamp(), zoned.offset())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    #[test]
    fn every_way_a_program_writes_a_date() {
        let setting = Setting {
            time_zone: TimeZone::get("Asia/Seoul").ok(),
            ..Setting::default()
        };
        for (text, wanted) in [
            (
                "Thu, 01 Apr 2021 18:30:00 +0900",
                "2021-04-01T18:30:00+09:00",
            ),
            ("Fri, 01 Apr 2021 18:30:00 GMT", "2021-04-01T18:30:00Z"),
            ("2021-04-01T18:30:00+09:00", "2021-04-01T18:30:00+09:00"),
            ("2021-04-01T18:30:00-0330", "2021-04-01T18:30:00-03:30"),
            ("2021-04-01T18:30:00.123Z", "2021-04-01T18:30:00Z"),
            ("2021-04-01 18:30:00 +0900", "2021-04-01T18:30:00+09:00"),
            ("2021-04-01 18:30:00", "2021-04-01T18:30:00+09:00"),
            ("2021-04-01", "2021-04-01"),
            ("1 April 2021", "2021-04-01"),
        ] {
            let read = read(text, &setting).map(|date| date.to_string());
            assert_eq!(read.as_deref(), Some(wanted), "{text}");
        }
        assert_eq!(read("0000-00-00 00:00:00", &setting), None);
        assert_eq!(read("soon", &setting), None);
    }
}
