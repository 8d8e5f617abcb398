//! Every date of a short text, and what each says as a date of publication.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::content::date::PublicationDate;
use crate::import::draft::Setting;

use super::clock::{Clock, clock, clock_after, glued_zone};
use super::day::{PrintedDay, after_weekday, day};
use super::tokens::Tokens;

/// How a text whose numbers could be read either way is likely to order them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayMonthOrder {
    /// `26/04/2021`: most of the world.
    #[default]
    DayFirst,
    /// `04/26/2021`: the United States.
    MonthFirst,
    /// `21.04.26`: Korea, Japan, China, Hungary; `04/26/2021` where the year stands last.
    YearFirst,
}

impl DayMonthOrder {
    /// The habit of a language (BCP 47); English without a country is taken for American.
    pub fn of_language(language: Option<&str>) -> Self {
        let tag = language
            .unwrap_or_default()
            .to_ascii_lowercase()
            .replace('_', "-");
        let mut parts = tag.split('-');
        match (parts.next().unwrap_or_default(), parts.next_back()) {
            ("en", None | Some("us" | "ph")) => Self::MonthFirst,
            ("ko" | "ja" | "zh" | "hu" | "lt" | "mn", _) => Self::YearFirst,
            _ => Self::DayFirst,
        }
    }
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextDate {
    /// The bytes it takes in the text, with its weekday, time and zone.
    pub range: Range<usize>,
    /// Absent where the text leaves the year to the reader (`April 2`).
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
    pub time: Option<Time>,
    /// The zone the text names beside the time.
    pub zone: Option<TimeZone>,
    /// Whether the language alone decided which number is the month.
    pub ambiguous: bool,
}

impl TextDate {
    /// The day, where the text names the year too.
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day).ok()
    }

    /// The day in a year known from elsewhere; the text's own year goes before it.
    pub fn date_in(&self, year: i16) -> Option<Date> {
        Date::new(self.year.unwrap_or(year), self.month, self.day).ok()
    }

    /// The date as one of publication, with a sentence for `review` where something had to be
    /// assumed; nothing without a year.
    pub fn publication(&self, setting: &Setting) -> Option<(PublicationDate, Option<String>)> {
        let date = self.date()?;
        let doubt = self
            .ambiguous
            .then(|| format!("date: {date} could also be read with day and month exchanged"));
        let Some(time) = self.time else {
            return Some((PublicationDate::Day(date), doubt));
        };
        let (at, zone_doubt) = moment(date.to_datetime(time), self.zone.as_ref(), setting);
        Some((at, doubt.or(zone_doubt)))
    }
}

/// The moment a clock shows as `at` in the zone the source names, else in the archive's, else in
/// UTC: then with a sentence for `review`.
pub fn moment(
    at: DateTime,
    zone: Option<&TimeZone>,
    setting: &Setting,
) -> (PublicationDate, Option<String>) {
    match zone.or(setting.time_zone.as_ref()) {
        Some(zone) => (PublicationDate::in_zone(at, zone), None),
        None => (
            PublicationDate::in_zone(at, &TimeZone::UTC),
            Some(format!(
                "date: {at} names no time zone and was taken as UTC"
            )),
        ),
    }
}

/// Every date in a short text, in the order they stand in. What cannot be (30 February) is none.
///
/// A numeric date that can only be read one way (`04/13/2021`) decides for its neighbours.
pub fn dates_in(text: &str, order: DayMonthOrder) -> Vec<TextDate> {
    let tokens = Tokens::cut(text);
    let found = scan(&tokens, order);
    if !found.iter().any(|date| date.ambiguous) {
        return found;
    }
    match proven_order(&tokens) {
        Some(proven) => {
            let mut found = scan(&tokens, proven);
            for date in &mut found {
                date.ambiguous = false;
            }
            found
        }
        None => found,
    }
}

/// The order that some date of the text can't be read without, if no other contradicts it.
fn proven_order(tokens: &Tokens<'_>) -> Option<DayMonthOrder> {
    let by_month = scan(tokens, DayMonthOrder::MonthFirst);
    let by_day = scan(tokens, DayMonthOrder::DayFirst);
    let mut proof = None;
    for date in by_month.iter().filter(|date| !date.ambiguous) {
        if !by_day.iter().any(|other| other == date) {
            continue;
        }
        let order = match slashed(tokens, date) {
            Some((first, _)) if first > 12 => DayMonthOrder::DayFirst,
            Some((_, second)) if second > 12 => DayMonthOrder::MonthFirst,
            _ => continue,
        };
        if proof.is_some_and(|known| known != order) {
            return None;
        }
        proof = Some(order);
    }
    proof
}

/// The first two numbers of a date whose year stands last.
fn slashed(tokens: &Tokens<'_>, date: &TextDate) -> Option<(i8, i8)> {
    (0..tokens.len())
        .skip_while(|&at| tokens.range(at, at + 1).start < date.range.start)
        .take_while(|&at| tokens.range(at, at + 1).end <= date.range.end)
        .find_map(|at| {
            let slash = tokens.is_sign(at + 1, &['/', '-']) && tokens.is_sign(at + 3, &['/', '-']);
            let pair = (tokens.short_number(at)?, tokens.short_number(at + 2)?);
            slash.then_some(pair)
        })
}

fn scan(tokens: &Tokens<'_>, order: DayMonthOrder) -> Vec<TextDate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match date_at(tokens, at, order) {
            Some((date, end)) => {
                found.push(date);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn date_at(tokens: &Tokens<'_>, start: usize, order: DayMonthOrder) -> Option<(TextDate, usize)> {
    // `2:53 PM EDT, Mon April 26, 2021`: some put the time first.
    if let Some((time, at)) = clock(tokens, start)
        && let Some((day, end)) = day_after(tokens, at, order)
    {
        return Some(complete(tokens, start, end, day, Some(time)));
    }
    let at = after_weekday(tokens, start).unwrap_or(start);
    let (day, at) = day(tokens, at, order)?;
    let past_weekday = after_weekday(tokens, at).unwrap_or(at);
    let Some((time, end)) = clock_after(tokens, past_weekday) else {
        return Some(complete(tokens, start, at, day, None));
    };
    // `Apr 26 14:53:00 KST 2021`, as machines print it.
    match (day.year, tokens.year(end)) {
        (None, Some(year)) if Date::new(year, day.month, day.day).is_ok() => {
            let day = PrintedDay {
                year: Some(year),
                ..day
            };
            Some(complete(tokens, start, end + 1, day, Some(time)))
        }
        _ => Some(complete(tokens, start, end, day, Some(time))),
    }
}

/// A day after a time, with what may stand between them.
fn day_after(tokens: &Tokens<'_>, at: usize, order: DayMonthOrder) -> Option<(PrintedDay, usize)> {
    let mut at = at;
    for _ in 0..4 {
        if let Some(found) = day(tokens, at, order).filter(|(day, _)| day.year.is_some()) {
            return Some(found);
        }
        at = if let Some(next) = after_weekday(tokens, at) {
            next
        } else if tokens.is_sign(at, &[',', '-', '–', '|', '·', '/'])
            || tokens.is_word(at, &["on", "am", "le", "el", "il"])
        {
            at + 1
        } else {
            return None;
        };
    }
    None
}

fn complete(
    tokens: &Tokens<'_>,
    start: usize,
    end: usize,
    day: PrintedDay,
    clock: Option<Clock>,
) -> (TextDate, usize) {
    let (time, zone) = match clock {
        Some(Clock { time, zone }) => (Some(time), zone),
        None => (None, None),
    };
    let PrintedDay {
        year,
        month,
        day,
        ambiguous,
    } = day;
    let mut range = tokens.range(start, end);
    // `01:30 JSTBEIJING`: what the zone is glued to is no part of the date.
    if let Some(last) = end.checked_sub(1)
        && zone.is_some()
        && let Some(length) = tokens.word(last).and_then(glued_zone)
    {
        range.end = tokens.range(last, end).start + length;
    }
    let date = TextDate {
        range,
        year,
        month,
        day,
        time,
        zone,
        ambiguous,
    };
    (date, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A date in a form that shows everything it knows: `2021-04-26 14:53 +09:00`.
    fn shown(date: &TextDate) -> String {
        let day = match date.year {
            Some(year) => format!("{year:04}-{:02}-{:02}", date.month, date.day),
            None => format!("{:02}-{:02}", date.month, date.day),
        };
        let time = date
            .time
            .map(|time| format!(" {:02}:{:02}", time.hour(), time.minute()));
        let zone = date.zone.as_ref().map(|zone| match zone.to_fixed_offset() {
            Ok(offset) => format!(" {offset}"),
            Err(_) => format!(" {}", zone.iana_name().unwrap_or("?")),
        });
        format!(
            "{day}{}{}",
            time.unwrap_or_default(),
            zone.unwrap_or_default()
        )
    }

    fn all(text: &str, language: &str) -> Vec<String> {
        let order = DayMonthOrder::of_language(Some(language));
        dates_in(text, order).iter().map(shown).collect()
    }

    #[test]
    fn dates_are_read_in_many_languages() {
        for (text, language, wanted) in [
            ("April 26, 2021 - 14:53", "en", "2021-04-26 14:53"),
            ("Apr. 4, 2021 1:30 p.m. JST", "en", "2021-04-04 13:30 +09"),
            ("26 April 2021", "en", "2021-04-26"),
            ("03-Apr-2021", "en", "2021-04-03"),
            ("Thu, October 28, 2021", "en", "2021-10-28"),
            ("the 3rd of May, 2021", "en", "2021-05-03"),
            (
                "May 3rd 2021, 5pm ET",
                "en",
                "2021-05-03 17:00 America/New_York",
            ),
            (
                "2:53 PM EDT, Mon April 26, 2021",
                "en",
                "2021-04-26 14:53 -04",
            ),
            ("Mon Apr 26 14:53:00 KST 2021", "en", "2021-04-26 14:53 +09"),
            (
                "Mon, 26 Apr 2021 14:53:00 +0900",
                "en",
                "2021-04-26 14:53 +09",
            ),
            ("APRIL 2", "en", "04-02"),
            ("2021-04-26", "en", "2021-04-26"),
            (
                "2021-04-26T14:53:00.000+09:00",
                "en",
                "2021-04-26 14:53 +09",
            ),
            ("2021-04-26T05:53:00Z", "en", "2021-04-26 05:53 +00"),
            ("2021/4/26 05:53", "ja", "2021-04-26 05:53"),
            ("26. April 2021 um 14.53 Uhr", "de", "2021-04-26 14:53"),
            (
                "Montag, 26.04.2021, 14:53 Uhr MESZ",
                "de",
                "2021-04-26 14:53 +02",
            ),
            ("Mon 26 Apr 2021 14.53 BST", "en", "2021-04-26 14:53 +01"),
            ("26. april 2021 kl. 14.53", "da", "2021-04-26 14:53"),
            ("26.4.2021 klo 14.53", "fi", "2021-04-26 14:53"),
            ("26.04.21", "de", "2021-04-26"),
            ("1er avril 2021 à 14h53", "fr", "2021-04-01 14:53"),
            ("26 de abril de 2021", "es", "2021-04-26"),
            ("26 de abril de 2021 às 14h53", "pt", "2021-04-26 14:53"),
            ("lunedì 26 aprile 2021", "it", "2021-04-26"),
            ("26 april 2021", "nl", "2021-04-26"),
            ("26 kwietnia 2021, godz. 14:53", "pl", "2021-04-26 14:53"),
            ("26 апреля 2021 г., 14:53", "ru", "2021-04-26 14:53"),
            ("2021. április 26.", "hu", "2021-04-26"),
            ("26. dubna 2021", "cs", "2021-04-26"),
            ("2021년 4월 26일", "ko", "2021-04-26"),
            ("2021.04.26 오후 2:53", "ko", "2021-04-26 14:53"),
            ("입력 2021-04-26 14:53", "ko", "2021-04-26 14:53"),
            ("2021. 4. 26. 오후 2시 53분", "ko", "2021-04-26 14:53"),
            ("21.04.26", "ko", "2021-04-26"),
            ("2021年4月26日", "zh", "2021-04-26"),
            ("2021年04月26日 14:53 来源", "zh", "2021-04-26 14:53"),
            ("2021年4月26日（月） 14時53分", "ja", "2021-04-26 14:53"),
            ("令和3年4月26日", "ja", "2021-04-26"),
            ("令和元年5月1日", "ja", "2019-05-01"),
            ("２０２１年４月２６日", "ja", "2021-04-26"),
        ] {
            assert_eq!(all(text, language), [wanted], "{text}");
        }
    }

    #[test]
    fn glued_text_does_not_hide_a_date() {
        for (text, wanted) in [
            (
                "By Han Ga-onPublished : April 26, 2021 - 14:53",
                "2021-04-26 14:53",
            ),
            ("4 Apr 2021 01:30 JSTBEIJING/SEOUL", "2021-04-04 01:30 +09"),
            ("Date:2021-04-26", "2021-04-26"),
            ("UpdatedApril 26, 2021Share", "2021-04-26"),
        ] {
            assert_eq!(all(text, "en"), [wanted], "{text}");
        }
    }

    #[test]
    fn what_cannot_be_a_date_is_none() {
        for text in [
            "2021-02-30",
            "31/31/2021",
            "version 10.4.2021.3",
            "call 02-2011-1234",
            "April 2021",
            "they may 4 times",
            "in 2021",
            "10:30",
            "3.2.1",
            "Mark 12 Marketing",
        ] {
            assert_eq!(all(text, "en"), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_follows_language_and_neighbours() {
        assert_eq!(all("04/05/2021", "en-US"), ["2021-04-05"]);
        assert_eq!(all("04/05/2021", "en-GB"), ["2021-05-04"]);
        assert_eq!(all("04/05/2021", "fr"), ["2021-05-04"]);
        assert_eq!(
            all("04/05/2021, updated 04/13/2021", "fr"),
            ["2021-04-05", "2021-04-13"]
        );
        let doubtful = dates_in("04/05/2021", DayMonthOrder::MonthFirst);
        assert!(doubtful[0].ambiguous);
        let setting = Setting::default();
        let (_, review) = doubtful[0].publication(&setting).unwrap();
        assert!(review.unwrap().contains("day and month exchanged"));
    }

    #[test]
    fn the_range_covers_weekday_and_time() {
        let text = "Posted on Monday, 26 April 2021 at 2:53 pm by Han Ga-on";
        let dates = dates_in(text, DayMonthOrder::DayFirst);
        assert_eq!(
            &text[dates[0].range.clone()],
            "Monday, 26 April 2021 at 2:53 pm"
        );
        let text = "April 4, 2021 01:30 JSTOSLO -- Ice";
        let dates = dates_in(text, DayMonthOrder::MonthFirst);
        assert_eq!(&text[dates[0].range.clone()], "April 4, 2021 01:30 JST");
    }

    #[test]
    fn a_time_without_a_zone_is_the_archives_or_flagged() {
        let dates = dates_in("2021-04-26 00:30", DayMonthOrder::YearFirst);
        let seoul = Setting {
            time_zone: Some(TimeZone::get("Asia/Seoul").unwrap()),
            ..Setting::default()
        };
        let (date, review) = dates[0].publication(&seoul).unwrap();
        assert_eq!(date.to_string(), "2021-04-26T00:30:00+09:00");
        assert_eq!(review, None);
        let (date, review) = dates[0].publication(&Setting::default()).unwrap();
        assert_eq!(date.to_string(), "2021-04-26T00:30:00Z");
        assert!(review.unwrap().contains("UTC"));
    }
}
