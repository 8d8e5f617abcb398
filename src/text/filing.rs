//! Where a title stands in an index: under which letter, and in which order.
//!
//! Readers look for a title under what they see first: a Latin letter, the initial consonant of
//! Hangul, the row of kana. Han is filed by its reading where that is known, which is in Chinese
//! only; elsewhere it stands together, in the order of its code points, which is that of radicals
//! and strokes.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::slug::slug;

/// A letter of an index, in the order in which letters stand there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letter {
    order: u8,
    /// As readers see it: `Q`, `ㄱ`, `か`, `漢`; `#` for what begins with no letter.
    pub name: String,
}

/// Initial consonants in the order of Unicode; a doubled one is filed with the simple one.
const HANGUL: [&str; 19] = [
    "ㄱ", "ㄱ", "ㄴ", "ㄷ", "ㄷ", "ㄹ", "ㅁ", "ㅂ", "ㅂ", "ㅅ", "ㅅ", "ㅇ", "ㅈ", "ㅈ", "ㅊ", "ㅋ",
    "ㅌ", "ㅍ", "ㅎ",
];

/// Rows of kana, each with the last letter that belongs to it.
const KANA: [(char, &str); 10] = [
    ('お', "あ"),
    ('ご', "か"),
    ('ぞ', "さ"),
    ('ど', "た"),
    ('の', "な"),
    ('ぽ', "は"),
    ('も', "ま"),
    ('よ', "や"),
    ('ろ', "ら"),
    ('ゖ', "わ"),
];

const LATIN: u8 = 1;
const OTHER_ALPHABET: u8 = 2;
const KANA_ROW: u8 = 3;
const HANGUL_INITIAL: u8 = 4;
const HAN: u8 = 5;
const NO_LETTER: u8 = 6;

/// The letter that `title` is filed under in an index whose language (BCP 47) is `language`: the
/// letters of its own script come first.
pub fn letter(title: &str, language: &str) -> Letter {
    let primary = primary(language);
    let Some(first) = filed(title).chars().find(|c| c.is_alphanumeric()) else {
        return named(NO_LETTER, "#");
    };
    let base = first.nfkd().next().map_or(first, to_hiragana);
    let letter = match base {
        '\u{1100}'..='\u{1112}' => {
            let index = usize::try_from(u32::from(base) - 0x1100).unwrap_or(0);
            named(HANGUL_INITIAL, HANGUL[index])
        }
        '\u{3041}'..='\u{3096}' => {
            let row = KANA.iter().find(|(last, _)| base <= *last);
            named(KANA_ROW, row.map_or("わ", |(_, row)| row))
        }
        _ if is_han(base) && primary != "zh" => named(HAN, "漢"),
        _ if base.is_alphabetic() && (is_han(base) || is_latin(base)) => {
            let spelled = any_ascii::any_ascii_char(base);
            let latin = spelled.chars().find(char::is_ascii_alphabetic);
            latin.map_or_else(
                || named(NO_LETTER, "#"),
                |c| named(LATIN, &c.to_ascii_uppercase().to_string()),
            )
        }
        _ if base.is_alphabetic() => named(OTHER_ALPHABET, &base.to_uppercase().to_string()),
        _ => named(NO_LETTER, "#"),
    };
    let own = match primary {
        "ko" => HANGUL_INITIAL,
        "ja" => KANA_ROW,
        _ => LATIN,
    };
    if letter.order == own {
        return Letter { order: 0, ..letter };
    }
    letter
}

/// What titles under one letter are sorted by: no case, no accents, numbers by their value.
pub fn sort_key(title: &str, language: &str) -> String {
    let filed = filed(title);
    let reading = (primary(language) == "zh" && filed.chars().any(is_han))
        .then(|| slug(filed))
        .flatten();
    let mut key = String::with_capacity(title.len() + 16);
    let mut digits = String::new();
    let text = reading.as_deref().unwrap_or(filed);
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        push_number(&mut key, &mut digits);
        key.extend(to_hiragana(c).to_lowercase());
    }
    push_number(&mut key, &mut digits);
    key
}

fn push_number(key: &mut String, digits: &mut String) {
    if !digits.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(key, "{:0>12}", digits.trim_start_matches('0'));
        digits.clear();
    }
}

/// A title without the English article, as library catalogues file it.
fn filed(title: &str) -> &str {
    let title = title.trim_start();
    title.strip_prefix("The ").unwrap_or(title)
}

fn named(order: u8, name: &str) -> Letter {
    Letter {
        order,
        name: name.to_owned(),
    }
}

fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or_default()
}

fn to_hiragana(c: char) -> char {
    match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_filed_under_the_letter_readers_look_for() {
        for (title, language, wanted) in [
            ("Quad", "en", "Q"),
            ("The Harbor Post", "en", "H"),
            ("Élysée", "en", "E"),
            ("Łódź", "en", "L"),
            ("‘Anchor’ talks", "en", "A"),
            ("한미동맹", "ko", "ㅎ"),
            ("까치", "ko", "ㄱ"),
            ("ガス", "ja", "か"),
            ("ぱんだ", "ja", "は"),
            ("外務省", "ja", "漢"),
            ("外交部", "zh", "W"),
            ("Москва", "en", "М"),
            ("2+2", "en", "#"),
        ] {
            assert_eq!(
                letter(title, language).name,
                wanted,
                "{title} in {language}"
            );
        }
    }

    #[test]
    fn the_letters_of_the_sites_own_script_come_first() {
        let mut letters = ["외교", "Quad", "가스", "2+2"].map(|title| letter(title, "ko"));
        letters.sort();
        assert_eq!(letters.map(|letter| letter.name), ["ㄱ", "ㅇ", "Q", "#"]);
    }

    #[test]
    fn titles_stand_in_the_order_of_a_dictionary() {
        let mut titles = ["Track 10", "track 9", "Élan", "Elm", "The Dock"];
        titles.sort_by_cached_key(|title| sort_key(title, "en"));
        assert_eq!(titles, ["The Dock", "Élan", "Elm", "track 9", "Track 10"]);
        let mut titles = ["각", "가나", "가"];
        titles.sort_by_cached_key(|title| sort_key(title, "ko"));
        assert_eq!(titles, ["가", "가나", "각"]);
    }
}
