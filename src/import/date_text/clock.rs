//! The time of day and the zone that stand beside a date.

use jiff::civil::Time;
use jiff::tz::{Offset, TimeZone};

use super::tokens::Tokens;

/// What a zone's abbreviation stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Abbreviation {
    /// Minutes east of UTC.
    Fixed(i32),
    /// Says only the region; the date decides between summer and winter.
    Region(&'static str),
}

/// Whether a word that merely begins with the abbreviation has it glued to it: `JSTBEIJING` does,
/// `ESTONIA` doesn't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glue {
    May,
    Never,
}

/// Longer abbreviations first, so that `CEST` isn't read as the start of something else.
/// `CST` is North American here; where Chinese pages use it they mostly name no zone at all.
const ZONES: [(&str, Abbreviation, Glue); 44] = {
    use Abbreviation::{Fixed, Region};
    use Glue::{May, Never};
    [
        ("CEST", Fixed(120), May),
        ("MESZ", Fixed(120), May),
        ("EEST", Fixed(180), May),
        ("WEST", Fixed(60), Never),
        ("AEST", Fixed(600), May),
        ("AEDT", Fixed(660), May),
        ("ACST", Fixed(570), May),
        ("AWST", Fixed(480), May),
        ("NZST", Fixed(720), May),
        ("NZDT", Fixed(780), May),
        ("AKST", Fixed(-540), May),
        ("AKDT", Fixed(-480), May),
        ("JST", Fixed(540), May),
        ("KST", Fixed(540), May),
        ("GMT", Fixed(0), May),
        ("UTC", Fixed(0), May),
        ("BST", Fixed(60), May),
        ("IST", Fixed(330), Never),
        ("HKT", Fixed(480), May),
        ("SGT", Fixed(480), May),
        ("PHT", Fixed(480), May),
        ("ICT", Fixed(420), Never),
        ("WIB", Fixed(420), May),
        ("PKT", Fixed(300), May),
        ("GST", Fixed(240), May),
        ("MSK", Fixed(180), May),
        ("EAT", Fixed(180), Never),
        ("EET", Fixed(120), May),
        ("CET", Fixed(60), Never),
        ("MEZ", Fixed(60), Never),
        ("WET", Fixed(0), Never),
        ("EST", Fixed(-300), Never),
        ("EDT", Fixed(-240), May),
        ("CST", Fixed(-360), May),
        ("CDT", Fixed(-300), May),
        ("MST", Fixed(-420), May),
        ("MDT", Fixed(-360), May),
        ("PST", Fixed(-480), May),
        ("PDT", Fixed(-420), May),
        ("HST", Fixed(-600), May),
        ("BRT", Fixed(-180), May),
        ("ET", Region("America/New_York"), Never),
        ("PT", Region("America/Los_Angeles"), Never),
        ("Z", Fixed(0), Never),
    ]
};

/// A time of day and, where the text names one, its zone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) zone: Option<TimeZone>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// Words that may stand between a date and its time.
const CONNECTORS: [&str; 23] = [
    "at", "um", "à", "a", "as", "às", "las", "alle", "ore", "kl", "klo", "om", "o", "godz", "в",
    "T", "t", "time", "h", "den", "г", "r", "roku",
];

/// Reads a time at `at`, after what may stand between a date and its time; gives the position
/// after it.
pub(super) fn clock_after(tokens: &Tokens<'_>, at: usize) -> Option<(Clock, usize)> {
    for at in at..at + 4 {
        if let Some(found) = clock(tokens, at) {
            return Some(found);
        }
        let passes = tokens.is_sign(at, &[',', '-', '–', '—', '|', '·', '•', '@', '/', ':', '.'])
            || tokens.is_word(at, &CONNECTORS);
        if !passes {
            return None;
        }
    }
    None
}

/// Reads a time at `at`: `14:53`, `2:53 p.m.`, `오후 2시 53분`, `14h53`.
pub(super) fn clock(tokens: &Tokens<'_>, at: usize) -> Option<(Clock, usize)> {
    let (before, at) = match half_before(tokens, at) {
        Some((half, at)) => (Some(half), at),
        None => (None, at),
    };
    let hour = tokens.short_number(at)?;
    let (minute, second, mut at) = minutes(tokens, at + 1, before)?;
    let half = match half_after(tokens, at) {
        Some((half, next)) => {
            at = next;
            Some(half)
        }
        None => before,
    };
    if tokens.is_word(at, &["Uhr", "h", "hrs", "hours", "uur"]) && tokens.sign(at + 1) != Some(':')
    {
        at += 1;
    }
    let hour = match half {
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        Some(Half::Morning) if hour == 12 => 0,
        _ => hour,
    };
    // A leap second or midnight at the end of the day is as near as a civil time can say it.
    let hour = if hour == 24 && minute == 0 { 0 } else { hour };
    let time = Time::new(hour, minute, second.min(59), 0).ok()?;
    let (zone, at) = match zone(tokens, at) {
        Some((zone, at)) => (Some(zone), at),
        None => (None, at),
    };
    Some((Clock { time, zone }, at))
}

/// The minutes and seconds after an hour.
fn minutes(tokens: &Tokens<'_>, at: usize, before: Option<Half>) -> Option<(i8, i8, usize)> {
    let two_digits = |at| tokens.number(at).is_some_and(|(_, digits)| digits == 2);
    let sign = tokens.sign(at);
    if sign == Some(':') || sign == Some('：') {
        if !two_digits(at + 1) {
            return None;
        }
        let minute = tokens.short_number(at + 1)?;
        if tokens.sign(at + 2) == sign && two_digits(at + 3) {
            let second = tokens.short_number(at + 3)?;
            // Fractions of a second say nothing to a reader.
            let fraction = tokens.is_sign(at + 4, &['.', ','])
                && tokens.glued(at + 4)
                && tokens.glued(at + 5)
                && tokens.number(at + 5).is_some();
            return Some((minute, second, at + if fraction { 6 } else { 4 }));
        }
        return Some((minute, 0, at + 2));
    }
    if sign == Some('.') && tokens.glued(at + 1) && two_digits(at + 1) {
        // `14.53 Uhr`, `2.53pm`, `14.53 BST`, `kl. 14.53`: with a dot only beside a word that says
        // it is a time.
        let hour = at - 1;
        let announced = [1, 2].into_iter().any(|back| {
            let word = hour.checked_sub(back);
            word.is_some_and(|word| tokens.is_word(word, &["kl", "klo", "godz", "ore"]))
                && (back == 1 || tokens.sign(hour - 1) == Some('.'))
        });
        let timed = announced
            || tokens.is_word(at + 2, &["Uhr", "uur", "h"])
            || half_after(tokens, at + 2).is_some()
            || zone(tokens, at + 2).is_some();
        return timed.then(|| (tokens.short_number(at + 1).unwrap_or(0), 0, at + 2));
    }
    if tokens.is_word(at, &["h", "u"])
        && tokens.glued(at)
        && tokens.glued(at + 1)
        && two_digits(at + 1)
    {
        let minute = tokens.short_number(at + 1)?;
        return Some((minute, 0, at + 2));
    }
    let unit = tokens.word(at)?;
    if unit.starts_with('시')
        || unit.starts_with('時')
        || unit.starts_with('时')
        || unit.starts_with('點')
        || unit.starts_with('点')
    {
        let minute = tokens
            .word(at + 2)
            .filter(|word| word.starts_with(['분', '分']));
        return match minute {
            Some(_) => Some((tokens.short_number(at + 1)?, 0, at + 3)),
            None => Some((0, 0, at + 1)),
        };
    }
    // A bare hour needs its half of the day: `5 pm`.
    let hour_only = before.is_some() || half_after(tokens, at).is_some() || unit == "Uhr";
    hour_only.then_some((0, 0, at))
}

fn half_before(tokens: &Tokens<'_>, at: usize) -> Option<(Half, usize)> {
    let half = match tokens.word(at)? {
        "오전" | "上午" | "早上" | "凌晨" | "午前" | "AM" => Half::Morning,
        "오후" | "下午" | "晚上" | "晚间" | "午後" | "PM" => Half::Afternoon,
        _ => return None,
    };
    Some((half, at + 1))
}

/// `pm`, `PM`, `p.m.`, `p. m.`; also where a zone or a word is glued to it.
fn half_after(tokens: &Tokens<'_>, at: usize) -> Option<(Half, usize)> {
    let word = tokens.word(at)?;
    let half = |letter: &str| match letter {
        "a" | "A" => Some(Half::Morning),
        "p" | "P" => Some(Half::Afternoon),
        _ => None,
    };
    if word.len() == 2 && word.is_ascii() && word[1..].eq_ignore_ascii_case("m") {
        return Some((half(&word[..1])?, at + 1));
    }
    let half = half(word)?;
    let dotted = tokens.sign(at + 1) == Some('.') && tokens.is_word(at + 2, &["m"]);
    let end = at + 3 + usize::from(tokens.sign(at + 3) == Some('.'));
    dotted.then_some((half, end))
}

/// Reads the zone after a time: `JST`, `(KST)`, `GMT+9`, `+09:00`, `Z`.
fn zone(tokens: &Tokens<'_>, at: usize) -> Option<(TimeZone, usize)> {
    let open = tokens.is_sign(at, &['(', '[']);
    let at = at + usize::from(open);
    let (zone, end) = if let Some(word) = tokens.word(at) {
        let (abbreviation, end) = abbreviation(tokens, at, word)?;
        match (abbreviation, offset(tokens, end)) {
            (Abbreviation::Fixed(0), Some((minutes, end))) => (fixed(minutes)?, end),
            (Abbreviation::Fixed(minutes), _) => (fixed(minutes)?, end),
            (Abbreviation::Region(name), _) => (TimeZone::get(name).ok()?, end),
        }
    } else {
        let (minutes, end) = offset(tokens, at)?;
        (fixed(minutes)?, end)
    };
    let closed = open && tokens.is_sign(end, &[')', ']']);
    Some((zone, end + usize::from(closed)))
}

fn abbreviation(tokens: &Tokens<'_>, at: usize, word: &str) -> Option<(Abbreviation, usize)> {
    ZONES.iter().find_map(|&(name, meaning, glue)| {
        let whole = word == name && (name != "Z" || tokens.glued(at));
        let glued = glue == Glue::May && word.starts_with(name);
        (whole || glued).then_some((meaning, at + 1))
    })
}

/// Where a word that a zone is glued to goes on: the bytes of the abbreviation alone.
pub(super) fn glued_zone(word: &str) -> Option<usize> {
    ZONES
        .iter()
        .find(|(name, _, glue)| *glue == Glue::May && word.starts_with(name) && word != *name)
        .map(|(name, _, _)| name.len())
}

/// An offset from UTC in minutes: `+09:00`, `-0330`, `+9`.
fn offset(tokens: &Tokens<'_>, at: usize) -> Option<(i32, usize)> {
    let sign = match tokens.sign(at)? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    if !tokens.glued(at + 1) {
        return None;
    }
    let (value, digits) = tokens.number(at + 1)?;
    let value = i32::try_from(value).ok()?;
    let (minutes, end) = match digits {
        4 => (value / 100 * 60 + value % 100, at + 2),
        1 | 2 => match (tokens.sign(at + 2), tokens.number(at + 3)) {
            (Some(':'), Some((minutes, 2))) if tokens.glued(at + 2) && tokens.glued(at + 3) => {
                (value * 60 + i32::try_from(minutes).ok()?, at + 4)
            }
            _ => (value * 60, at + 2),
        },
        _ => return None,
    };
    (minutes <= 14 * 60).then_some((sign * minutes, end))
}

fn fixed(minutes: i32) -> Option<TimeZone> {
    Offset::from_seconds(minutes * 60).ok().map(TimeZone::fixed)
}
