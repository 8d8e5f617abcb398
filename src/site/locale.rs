//! Dates and numbers as a language writes them, by the theme's strings.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::content::date::PublicationDate;

/// How one language writes dates and numbers.
#[derive(Debug, Clone)]
pub struct Locale {
    months: Vec<String>,
    months_short: Vec<String>,
    date_long: String,
    date_short: String,
    date_weekday: String,
    weekdays: Vec<String>,
    month_year: String,
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
        let text = |key: &str, otherwise: &str| {
            let value = strings.get(key).and_then(toml::Value::as_str);
            value.unwrap_or(otherwise).to_owned()
        };
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
            date_long: text("date_long", "{year}-{month_number}-{day}"),
            date_short: text("date_short", "{year}-{month_number}-{day}"),
            date_weekday: text("date_weekday", "{year}-{month_number}-{day}"),
            weekdays: list("weekdays"),
            month_year: text("month_year", "{year}-{month_number}"),
            thousands: text("thousands", ","),
            zone,
        }
    }

    /// A day or a moment as front matter writes it, in words; a moment with its time in the
    /// site's zone. `None` when the text is no date.
    pub fn date(&self, iso: &str, style: Style) -> Option<String> {
        let given: toml::value::Datetime = iso.parse().ok()?;
        let date = PublicationDate::try_from(given).ok()?;
        let pattern = match style {
            Style::Long => &self.date_long,
            Style::Short => &self.date_short,
            Style::Weekday => &self.date_weekday,
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

    fn fill(&self, pattern: &str, date: Date) -> String {
        let named = |names: &[String], index: i8| {
            let index = usize::try_from(index).unwrap_or(0);
            names.get(index).cloned().unwrap_or_default()
        };
        let name = |names: &[String]| named(names, date.month() - 1);
        let weekday = date.weekday().to_monday_zero_offset();
        pattern
            .replace("{year}", &date.year().to_string())
            .replace("{month_number}", &format!("{:02}", date.month()))
            .replace("{month_short}", &name(&self.months_short))
            .replace("{month}", &name(&self.months))
            .replace("{weekday}", &named(&self.weekdays, weekday))
            .replace("{day}", &date.day().to_string())
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
