//! Whether a word that is a name stands there as a part of a longer one: the China of the South
//! China Sea is not the country, nor is a Korea Herald in Korea.
//!
//! In English a capital on the next word says that the name goes on, with exceptions that are no
//! names: offices ("Seoul Mayor Oh"), days and months ("in Seoul Tuesday"), and whatever else is
//! known to be a name of its own ("in Xiamen Wang Yi said").

use std::ops::Range;

/// Offices as they follow the name of the place or body they belong to.
const OFFICES: [&str; 27] = [
    "Ambassador",
    "Bishop",
    "Chairman",
    "Chairwoman",
    "Chancellor",
    "Chief",
    "Commander",
    "Commissioner",
    "Consul",
    "Director",
    "Emperor",
    "Envoy",
    "Governor",
    "King",
    "Leader",
    "Mayor",
    "Minister",
    "Premier",
    "President",
    "Prince",
    "Prosecutor",
    "Queen",
    "Representative",
    "Secretary",
    "Senator",
    "Speaker",
    "Spokesperson",
];
/// "China Vice Foreign Minister": an office has so many words at the most.
const OFFICE_WORDS: usize = 3;

const DAYS_AND_MONTHS: [&str; 19] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Words that make another name of the name behind them: "North Korea", "New Delhi".
const BEFORE: [&str; 14] = [
    "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central",
    "New", "Upper", "Lower", "Inner", "Outer",
];

/// Whether the single word with a capital at `name` belongs to a longer name. `is_name` says
/// whether a name begins at a byte of the text.
pub fn is_part_of_longer(text: &str, name: &Range<usize>, is_name: impl Fn(usize) -> bool) -> bool {
    const SPACES: [char; 2] = [' ', '\u{a0}'];
    let own = &text[name.clone()];
    if own.contains(SPACES) || !own.starts_with(char::is_uppercase) {
        return false;
    }
    let before = text[..name.start].strip_suffix(SPACES).map(last_word);
    if before.is_some_and(|word| BEFORE.contains(&word)) {
        return true;
    }
    let Some(after) = text[name.end..].strip_prefix(SPACES) else {
        return false;
    };
    let mut next = after
        .split(SPACES)
        .map(first_word)
        .take_while(|word| word.starts_with(char::is_uppercase))
        .take(OFFICE_WORDS)
        .peekable();
    next.peek()
        .is_some_and(|word| !DAYS_AND_MONTHS.contains(word))
        && !next.any(|word| OFFICES.contains(&word))
        && !is_name(text.len() - after.len())
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric());
    &text[..end.unwrap_or(text.len())]
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|c: char| !c.is_alphanumeric());
    let start = start.map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::is_part_of_longer;

    #[test]
    fn a_longer_name_is_told_from_two_beside_each_other() {
        for (text, name, wanted) in [
            ("the South China Sea", "China", true),
            ("in the China Daily", "China", true),
            ("North Korea said", "Korea", true),
            ("trade with Korea and", "Korea", false),
            ("Seoul Mayor Oh", "Seoul", false),
            ("China Vice Foreign Minister Le", "China", false),
            ("the China Foreign Trade Centre", "China", true),
            ("met in Seoul Tuesday", "Seoul", false),
            ("in Seoul, Moon said", "Seoul", false),
            ("in Xiamen Wang Yi said", "Xiamen", false),
            ("the Seoul–Tokyo road", "Seoul", false),
            ("the Northwest China route", "China", false),
            ("서울 Forum", "서울", false),
            ("Seoul Forum people", "Seoul Forum", false),
        ] {
            let start = text.find(name).unwrap();
            let known = |at: usize| text[at..].starts_with("Wang Yi");
            let found = is_part_of_longer(text, &(start..start + name.len()), known);
            assert_eq!(found, wanted, "{text}");
        }
    }
}
