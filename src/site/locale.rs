//! Dates and numbers as a language writes them, by the theme's strings.

use std::fmt::Write;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::content::date::PublicationDate;

/// How one language writes dates and numbers.
#[derive(Debug, Clone)]
pub struct Locale {
    months: Vec<String>,
    months_short: Vec<String>,
    weekdays: Vec<String>,
    long: Pattern,
    short: Pattern,
    weekday: Pattern,
    month_year: Pattern,
    thousands: String,
    zone: TimeZone,
}

/// What a date says and how much room it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Long,
    Short,
    /// A day with its weekday, without its year: for lists under a month or a week.
    Weekday,
}

impl Locale {
    /// Reads the patterns out of a theme's strings; what is missing is written as ISO 8601.
    pub fn new(strings: &toml::Table, zone: TimeZone) -> Self {
        let text = |key: &str| strings.get(key).and_then(toml::Value::as_str);
        let pattern = |key: &str| Pattern::new(text(key).unwrap_or("{year}-{month_number}-{day}"));
        let list = |key: &str| {
            let value = strings.get(key).and_then(toml::Value::as_array);
            value
                .into_iter()
                .flatten()
                .map(|name| name.as_str().unwrap_or_default().to_owned())
                .collect()
        };
        Self {
            months: list("months"),
            months_short: list("months_short"),
            weekdays: list("weekdays"),
            long: pattern("date_long"),
            short: pattern("date_short"),
            weekday: pattern("date_weekday"),
            month_year: Pattern::new(text("month_year").unwrap_or("{year}-{month_number}")),
            thousands: text("thousands").unwrap_or(",").to_owned(),
            zone,
        }
    }

    /// A day or a moment as front matter writes it, in words; a moment with its time in the
    /// site's zone. `None` when the text is no date.
    pub fn date(&self, iso: &str, style: Style) -> Option<String> {
        let given: toml::value::Datetime = iso.parse().ok()?;
        let date = PublicationDate::try_from(given).ok()?;
        let pattern = match style {
            Style::Long => &self.long,
            Style::Short => &self.short,
            Style::Weekday => &self.weekday,
        };
        let mut text = self.fill(pattern, date.day(&self.zone));
        if let (Style::Long, Some(time)) = (style, date.time(&self.zone)) {
            text.push_str(&self.time(time, date));
        }
        Some(text)
    }

    fn time(&self, time: Time, date: PublicationDate) -> String {
        let at = date.instant(&self.zone);
        let zone = self.zone.to_offset_info(at).abbreviation().to_owned();
        format!(", {:02}:{:02} {zone}", time.hour(), time.minute())
    }

    /// A month with its year.
    pub fn month_year(&self, year: i16, month: i8) -> Option<String> {
        Date::new(year, month, 1)
            .ok()
            .map(|date| self.fill(&self.month_year, date))
    }

    /// The name of a month, 1 to 12.
    pub fn month(&self, number: usize) -> Option<&str> {
        self.months.get(number.checked_sub(1)?).map(String::as_str)
    }

    /// Digits in groups of three.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + 4);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(&self.thousands);
            }
            text.push(digit);
        }
        text
    }

    fn fill(&self, pattern: &Pattern, date: Date) -> String {
        fn named(names: &[String], index: i8) -> &str {
            let index = usize::try_from(index).unwrap_or(0);
            names.get(index).map_or("", String::as_str)
        }
        let weekday = date.weekday().to_monday_zero_offset();
        let mut text = String::with_capacity(24);
        for piece in &pattern.0 {
            // Writing to a string cannot fail.
            let _ = match piece {
                Piece::Text(words) => text.write_str(words),
                Piece::Year => write!(text, "{}", date.year()),
                Piece::MonthNumber => write!(text, "{:02}", date.month()),
                Piece::MonthShort => text.write_str(named(&self.months_short, date.month() - 1)),
                Piece::Month => text.write_str(named(&self.months, date.month() - 1)),
                Piece::Weekday => text.write_str(named(&self.weekdays, weekday)),
                Piece::Day => write!(text, "{}", date.day()),
            };
        }
        text
    }
}

/// A way to write dates, such as `{day} {month} {year}`.
#[derive(Debug, Clone)]
struct Pattern(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    Year,
    MonthNumber,
    MonthShort,
    Month,
    Weekday,
    Day,
}

impl Pattern {
    /// What stands in braces and is no part of a date stays as it is.
    fn new(written: &str) -> Self {
        let mut pieces = Vec::new();
        let mut text = String::new();
        for part in written.split_inclusive('}') {
            let (before, name) = part.rfind('{').map_or((part, ""), |at| part.split_at(at));
            let piece = match name {
                "{year}" => Piece::Year,
                "{month_number}" => Piece::MonthNumber,
                "{month_short}" => Piece::MonthShort,
                "{month}" => Piece::Month,
                "{weekday}" => Piece::Weekday,
                "{day}" => Piece::Day,
                _ => {
                    text.push_str(part);
                    continue;
                }
            };
            text.push_str(before);
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(piece);
        }
        pieces.push(Piece::Text(text));
        Self(pieces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(strings: &str) -> Locale {
        let zone = TimeZone::get("Asia/Seoul").unwrap();
        Locale::new(&toml::from_str(strings).unwrap(), zone)
    }

    #[test]
    fn dates_are_written_as_the_theme_says() {
        let korean = locale(
            "date_long = '{year}년 {month_number}월 {day}일'\ndate_short = '{month_number}.{day}'",
        );
        let moment = "2021-04-03T15:30:00Z";
        assert_eq!(
            korean.date(moment, Style::Long).unwrap(),
            "2021년 04월 4일, 00:30 KST"
        );
        assert_eq!(korean.date("2021-04-14", Style::Short).unwrap(), "04.14");
        assert_eq!(korean.date("soon", Style::Long), None);

        let english = locale(
            "date_weekday = '{weekday}, {day} {month}'\nmonths = ['Jan.', 'Feb.', 'Mar.', 'April']\n\
             weekdays = ['Monday', 'Tuesday', 'Wednesday']",
        );
        assert_eq!(
            english.date("2021-04-14", Style::Weekday).unwrap(),
            "Wednesday, 14 April"
        );
    }

    #[test]
    fn numbers_are_grouped() {
        let english = locale("");
        assert_eq!(english.number(5819), "5,819");
        assert_eq!(english.number(12), "12");
        assert_eq!(english.number(1_000_000), "1,000,000");
    }
}
