//! The shapes a day is printed in, from `26 April 2021` to `令和3年4月26日`.

use jiff::civil::Date;

use super::calendar_words::{month, weekday};
use super::dates::DayMonthOrder;
use super::tokens::Tokens;

/// A day as it was printed: the year may be left to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PrintedDay {
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) day: i8,
    /// Whether day and month could also be read the other way round.
    pub(super) ambiguous: bool,
}

impl PrintedDay {
    fn checked(year: Option<i16>, month: i8, day: i8) -> Option<Self> {
        // A day without a year may be the 29th of February.
        Date::new(year.unwrap_or(2000), month, day).ok()?;
        Some(Self {
            year,
            month,
            day,
            ambiguous: false,
        })
    }
}

/// Reads a day at `at`; gives the position after it.
pub(super) fn day(
    tokens: &Tokens<'_>,
    at: usize,
    order: DayMonthOrder,
) -> Option<(PrintedDay, usize)> {
    if tokens.word(at).is_some() {
        return era(tokens, at).or_else(|| month_first(tokens, at));
    }
    east_asian(tokens, at)
        .or_else(|| numeric(tokens, at, order))
        .or_else(|| year_first(tokens, at))
        .or_else(|| day_first(tokens, at))
}

const DASHES: [char; 4] = ['-', '–', '/', '.'];

/// `April 26, 2021`, `Apr. 26th 2021`, `April 26`, `Mon Apr 26 14:53:00 2021` without its time.
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<(PrintedDay, usize)> {
    let word = tokens.word(at)?;
    let month = month(word)?;
    let mut next = at + 1;
    while next < at + 3
        && (tokens.is_sign(next, &['.', '-', '/']) || tokens.is_word(next, &["the"]))
    {
        next += 1;
    }
    let day = tokens.short_number(next)?;
    next = after_ordinal(tokens, next + 1);
    let mut year_at = next;
    while year_at < next + 2
        && (tokens.is_sign(year_at, &[',', '.', '-', '/'])
            || tokens.is_word(year_at, &["of", "de"]))
    {
        year_at += 1;
    }
    if let Some(year) = tokens
        .year(year_at)
        .filter(|_| tokens.sign(year_at + 1) != Some(':'))
    {
        return Some((PrintedDay::checked(Some(year), month, day)?, year_at + 1));
    }
    // Without a year, `may 4` is more often a verb, and `Mar 26:10` a verse or a clock.
    let upright = word.starts_with(char::is_uppercase);
    let counted = tokens.is_sign(next, &[':', '%'])
        || (tokens.sign(next) == Some('.') && tokens.glued(next + 1));
    (upright && !counted).then(|| Some((PrintedDay::checked(None, month, day)?, next)))?
}

/// `26 April 2021`, `26. April`, `26 de abril de 2021`, `03-Apr-2021`, `26-Apr-21`.
fn day_first(tokens: &Tokens<'_>, at: usize) -> Option<(PrintedDay, usize)> {
    let day = tokens.short_number(at)?;
    let mut next = after_ordinal(tokens, at + 1);
    let dashed = tokens.is_sign(next, &DASHES[..3]);
    let start = next;
    while next < start + 3
        && (tokens.is_sign(next, &['.', '-', '–', '/', '\'', '’'])
            || tokens.is_word(next, &["de", "di", "d", "of", "del"]))
    {
        next += 1;
    }
    let month = month(tokens.word(next)?)?;
    next += 1;
    let mut year_at = next;
    while year_at < next + 3
        && (tokens.is_sign(year_at, &['.', ',', '-', '–', '/', '\'', '’'])
            || tokens.is_word(year_at, &["de", "del", "of"]))
    {
        year_at += 1;
    }
    if let Some(year) = tokens
        .year(year_at)
        .filter(|_| tokens.sign(year_at + 1) != Some(':'))
    {
        return Some((PrintedDay::checked(Some(year), month, day)?, year_at + 1));
    }
    let shortened =
        dashed && year_at > next || tokens.is_sign(year_at.wrapping_sub(1), &['\'', '’']);
    if let Some(year) = short_year(tokens, year_at).filter(|_| shortened) {
        return Some((PrintedDay::checked(Some(year), month, day)?, year_at + 1));
    }
    let end = next + usize::from(tokens.sign(next) == Some('.'));
    Some((PrintedDay::checked(None, month, day)?, end))
}

/// `2021 April 26`, `2021. április 26.`, `2021-Apr-26`.
fn year_first(tokens: &Tokens<'_>, at: usize) -> Option<(PrintedDay, usize)> {
    let year = tokens.year(at)?;
    let at = at + 1 + usize::from(tokens.is_sign(at + 1, &DASHES));
    let month = month(tokens.word(at)?)?;
    let at = at + 1 + usize::from(tokens.is_sign(at + 1, &DASHES));
    let day = tokens.short_number(at)?;
    Some((PrintedDay::checked(Some(year), month, day)?, at + 1))
}

/// `26th`, `1er`, `3º`.
fn after_ordinal(tokens: &Tokens<'_>, at: usize) -> usize {
    let ordinal = tokens.is_word(
        at,
        &["st", "nd", "rd", "th", "er", "re", "º", "ª", "e", "o"],
    ) && tokens.glued(at);
    at + usize::from(ordinal)
}

/// `2021年4月26日`, `2021년 4월 26일`, `4월 26일`.
fn east_asian(tokens: &Tokens<'_>, at: usize) -> Option<(PrintedDay, usize)> {
    let starts = |at, units: [char; 2]| tokens.word(at).is_some_and(|word| word.starts_with(units));
    let (year, at) = if tokens.year(at).is_some() && starts(at + 1, ['年', '년']) {
        (tokens.year(at), at + 2)
    } else {
        (None, at)
    };
    month_and_day(tokens, year, at)
}

fn month_and_day(tokens: &Tokens<'_>, year: Option<i16>, at: usize) -> Option<(PrintedDay, usize)> {
    let unit = |at, units: &[char]| tokens.word(at).is_some_and(|word| word.starts_with(units));
    if !unit(at + 1, &['月', '월']) || !unit(at + 3, &['日', '일', '号', '號']) {
        return None;
    }
    let (month, day) = (tokens.short_number(at)?, tokens.short_number(at + 2)?);
    Some((PrintedDay::checked(year, month, day)?, at + 4))
}

/// A Japanese year counted from the start of a reign: `令和3年4月26日`, `平成元年…`.
fn era(tokens: &Tokens<'_>, at: usize) -> Option<(PrintedDay, usize)> {
    let word = tokens.word(at)?;
    let (before_first, first) = [("令和", 2018), ("平成", 1988), ("昭和", 1925)]
        .into_iter()
        .find_map(|(name, year)| {
            word.strip_suffix("元年")
                .unwrap_or(word)
                .ends_with(name)
                .then_some((year, word.ends_with("元年")))
        })?;
    let (year, at) = if first {
        (before_first + 1, at + 1)
    } else {
        if !tokens.word(at + 2)?.starts_with('年') {
            return None;
        }
        (
            before_first + i16::from(tokens.short_number(at + 1)?),
            at + 3,
        )
    };
    month_and_day(tokens, Some(year), at)
}

/// A year of two digits, in the century around now.
fn short_year(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    let (value, 2) = tokens.number(at)? else {
        return None;
    };
    let value = i16::try_from(value).ok()?;
    Some(if value < 70 {
        2000 + value
    } else {
        1900 + value
    })
}

/// Three numbers: `2021-04-26`, `26.04.2021`, `04/26/2021`, `2021. 4. 26.`, `26.04.21`.
fn numeric(tokens: &Tokens<'_>, at: usize, order: DayMonthOrder) -> Option<(PrintedDay, usize)> {
    let separator = tokens
        .sign(at + 1)
        .filter(|sign| ['-', '.', '/', '‐', '‑', '–', '．', '／'].contains(sign))?;
    if tokens.sign(at + 3) != Some(separator) {
        return None;
    }
    let dotted = matches!(separator, '.' | '/' | '．' | '／');
    let close = (at + 1..at + 5).all(|at| tokens.glued(at));
    if !close && !dotted {
        return None;
    }
    // A longer chain is an address, a version or a phone number.
    let chained = tokens.glued(at)
        && tokens.is_sign(at.wrapping_sub(1), &['-', '.', '/', ':', '+', '#'])
        && at > 1
        && tokens.glued(at - 1)
        // `Date:2021-04-26`: a label's colon is no link of a chain.
        && (tokens.sign(at - 1) != Some(':') || tokens.number(at - 2).is_some())
        || tokens.is_sign(at + 5, &['.', '-', '/'])
            && tokens.glued(at + 5)
            && tokens.glued(at + 6)
            && tokens.number(at + 6).is_some();
    if chained {
        return None;
    }
    let end = at + 5;
    let trailing = end + usize::from(separator == '.' && !close && tokens.sign(end) == Some('.'));
    if let Some(year) = tokens.year(at) {
        let (month, day) = (tokens.short_number(at + 2)?, tokens.short_number(at + 4)?);
        return Some((PrintedDay::checked(Some(year), month, day)?, trailing));
    }
    let (first, second) = (tokens.short_number(at)?, tokens.short_number(at + 2)?);
    let year = tokens.year(at + 4);
    if year.is_none() {
        // Two digits each, or it is rather a score or a version.
        let written = [at, at + 2, at + 4]
            .into_iter()
            .all(|at| tokens.number(at).is_some_and(|(_, digits)| digits == 2));
        if !written || !dotted || !close {
            return None;
        }
        if order == DayMonthOrder::YearFirst
            && let Some(day) = short_year(tokens, at).and_then(|year| {
                PrintedDay::checked(Some(year), second, tokens.short_number(at + 4)?)
            })
        {
            return Some((day, end));
        }
    }
    let year = year.or_else(|| short_year(tokens, at + 4))?;
    let day_first = PrintedDay::checked(Some(year), second, first);
    let month_first = PrintedDay::checked(Some(year), first, second);
    // Dots are a European habit; only slashes and dashes are written month first.
    let month_leads = order != DayMonthOrder::DayFirst && separator != '.';
    let day = match (day_first, month_first) {
        (Some(day), Some(other)) => PrintedDay {
            ambiguous: day != other && separator != '.',
            ..if month_leads { other } else { day }
        },
        (day, other) => day.or(other)?,
    };
    Some((day, end))
}

/// Steps over a weekday before or after a date, with its brackets and commas.
pub(super) fn after_weekday(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let open = tokens.is_sign(at, &['(', '（', '[']);
    let at = at + usize::from(open);
    let word = tokens.word(at)?;
    let short = [
        "월", "화", "수", "목", "금", "토", "일", "月", "火", "水", "木", "金", "土", "日",
    ];
    if weekday(word).is_none() && !(open && short.contains(&word)) {
        return None;
    }
    let mut at = at + 1;
    let close = [')', '）', ']', '.', ',', '-', '–'];
    while tokens.is_sign(at, &close[..if open { 3 } else { 7 }]) {
        at += 1;
    }
    Some(at)
}
