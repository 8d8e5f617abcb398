//! When something was published: a day, or a moment.
//!
//! Newspapers print a day, wires print a minute and a zone. Both are kept as they were given:
//! a bare date is never turned into a midnight. Only the archive, which knows the site's time
//! zone, decides which day a moment falls on.

use std::cmp::Ordering;
use std::fmt;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use toml::value::{self, Datetime};

/// A date of publication as front matter gives it: `2021-04-26` or `2021-04-26T14:53:00+09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PublicationDate {
    /// That day, in the site's time zone.
    Day(civil::Date),
    /// A moment, with the offset from UTC it was given in.
    Moment(Timestamp, Offset),
}

impl PublicationDate {
    /// The moment that a clock in `zone` shows as `at`.
    ///
    /// A time skipped or repeated by a change of clocks is resolved as RFC 5545 does: with the
    /// offset in force before the change.
    pub fn in_zone(at: civil::DateTime, zone: &TimeZone) -> Self {
        match zone.to_ambiguous_zoned_datetime(at).compatible() {
            Ok(zoned) => Self::Moment(zoned.timestamp(), zoned.offset()),
            // Only a date at the very end of the representable range (year 9999) gets here.
            Err(_) => Self::Day(at.date()),
        }
    }

    /// The day this falls on in `zone`: an article of 00:30 in Seoul is not yesterday's there.
    pub fn day(self, zone: &TimeZone) -> civil::Date {
        match self {
            Self::Day(date) => date,
            Self::Moment(at, _) => at.to_zoned_datetime(zone.clone()).date(),
        }
    }

    /// The day as the source printed it, in its own offset.
    pub fn printed_day(self) -> civil::Date {
        match self {
            Self::Day(date) => date,
            Self::Moment(at, offset) => offset.to_datetime(at).date(),
        }
    }

    /// The wall-clock time of a moment in `zone`; a bare date has none.
    pub fn time(self, zone: &TimeZone) -> Option<civil::Time> {
        match self {
            Self::Day(_) => None,
            Self::Moment(at, _) => Some(at.to_zoned_datetime(zone.clone()).time()),
        }
    }

    /// The instant this stands for in an ordering or a feed: a bare date counts as the start of
    /// that day in `zone`.
    pub fn instant(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Moment(at, _) => at,
            Self::Day(date) => date
                .to_zoned_datetime(zone.clone())
                .map_or(Timestamp::MAX, |zoned| zoned.timestamp()),
        }
    }

    /// Orders by instant; a bare date stands before the moments of its day.
    pub fn compare(self, other: Self, zone: &TimeZone) -> Ordering {
        self.instant(zone).cmp(&other.instant(zone))
    }
}

/// ISO 8601, as in front matter and in `<time datetime>`.
impl fmt::Display for PublicationDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Moment(at, offset) if *offset == Offset::UTC => {
                write!(f, "{}Z", offset.to_datetime(*at))
            }
            Self::Moment(at, offset) => {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
                let at = offset.to_datetime(*at);
                write!(f, "{at}{sign}{hours:02}:{minutes:02}")
            }
        }
    }
}

/// As it is kept, where no person reads it.
#[derive(Serialize, Deserialize)]
enum Compact {
    Day(i16, i8, i8),
    /// Seconds since 1970, and seconds east of UTC.
    Moment(i64, i32),
}

impl Serialize for PublicationDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return Datetime::from(*self).serialize(serializer);
        }
        let compact = match self {
            Self::Day(day) => Compact::Day(day.year(), day.month(), day.day()),
            Self::Moment(at, offset) => Compact::Moment(at.as_second(), offset.seconds()),
        };
        compact.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PublicationDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Self::try_from(Datetime::deserialize(deserializer)?).map_err(D::Error::custom);
        }
        let read = match Compact::deserialize(deserializer)? {
            Compact::Day(year, month, day) => civil::Date::new(year, month, day).map(Self::Day),
            Compact::Moment(second, east) => Timestamp::from_second(second)
                .and_then(|at| Ok(Self::Moment(at, Offset::from_seconds(east)?))),
        };
        read.map_err(D::Error::custom)
    }
}

/// Why a TOML date cannot be a date of publication; the text is shown to editors as it stands.
#[derive(Debug, thiserror::Error)]
pub enum DateError {
    #[error(
        "a date-time needs an offset from UTC: write `{0}+09:00` (or `Z`), or the bare date for the whole day"
    )]
    NoOffset(Datetime),
    #[error("a time alone is not a date: write `2021-04-26` or `2021-04-26T14:53:00+09:00`")]
    NoDay,
    #[error("there is no such day or time: {0}")]
    Impossible(#[from] jiff::Error),
}

impl TryFrom<Datetime> for PublicationDate {
    type Error = DateError;

    fn try_from(given: Datetime) -> Result<Self, DateError> {
        let Some(date) = given.date else {
            return Err(DateError::NoDay);
        };
        let date = civil::Date::new(
            i16::try_from(date.year).unwrap_or(i16::MAX),
            i8::try_from(date.month).unwrap_or(i8::MAX),
            i8::try_from(date.day).unwrap_or(i8::MAX),
        )?;
        let Some(time) = given.time else {
            return Ok(Self::Day(date));
        };
        let Some(offset) = given.offset else {
            return Err(DateError::NoOffset(given));
        };
        let second = time.second.unwrap_or(0);
        let time = civil::Time::new(
            i8::try_from(time.hour).unwrap_or(i8::MAX),
            i8::try_from(time.minute).unwrap_or(i8::MAX),
            i8::try_from(second).unwrap_or(i8::MAX),
            0,
        )?;
        let offset = match offset {
            value::Offset::Z => Offset::UTC,
            value::Offset::Custom { minutes } => Offset::from_seconds(i32::from(minutes) * 60)?,
        };
        let at = offset.to_timestamp(date.to_datetime(time))?;
        Ok(Self::Moment(at, offset))
    }
}

impl From<PublicationDate> for Datetime {
    fn from(date: PublicationDate) -> Self {
        date.to_string()
            .parse()
            .expect("what Display writes is a TOML date-time (RFC 3339)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Serialize, Deserialize)]
    struct Holder {
        date: PublicationDate,
    }

    fn parse(text: &str) -> Result<PublicationDate, toml::de::Error> {
        toml::from_str::<Holder>(text).map(|holder| holder.date)
    }

    #[test]
    fn what_is_read_is_written_again() {
        for text in [
            "date = 2021-04-26\n",
            "date = 2021-04-26T14:53:00+09:00\n",
            "date = 2021-04-26T14:53:00Z\n",
            "date = 2021-04-26T14:53:00-03:30\n",
        ] {
            let date = parse(text).expect(text);
            assert_eq!(toml::to_string(&Holder { date }).unwrap(), text);
        }
    }

    #[test]
    fn half_past_midnight_in_seoul_is_not_yesterday_there() {
        let seoul = TimeZone::get("Asia/Seoul").unwrap();
        let date = parse("date = 2021-04-04T00:30:00+09:00").unwrap();
        assert_eq!(date.day(&seoul).to_string(), "2021-04-04");
        assert_eq!(date.day(&TimeZone::UTC).to_string(), "2021-04-03");
    }

    #[test]
    fn a_date_that_cannot_be_is_refused_with_advice() {
        for (text, advice) in [
            ("date = 2021-04-26T14:53:00", "needs an offset"),
            ("date = 14:53:00", "a time alone is not a date"),
        ] {
            let message = parse(text).unwrap_err().message().to_owned();
            assert!(message.contains(advice), "{text}: {message}");
        }
        assert!(parse("date = 2021-02-30").is_err());
    }
}
