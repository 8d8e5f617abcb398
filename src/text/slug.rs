//! A title becomes a lower-case ASCII path part.
//!
//! Titles in Korean, Chinese, Japanese or Cyrillic are romanised, never dropped, so that every
//! address can be typed, copied and compared on any file system.

use unicode_normalization::UnicodeNormalization;

/// The longest slug made from a title, in bytes; cut at a word.
const LONGEST: usize = 80;

/// Device names that Windows refuses as file names, whatever their ending.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Lower-case ASCII letters, digits and single hyphens; `None` when nothing of the text can be
/// written that way (a title of punctuation only).
pub fn slug(text: &str) -> Option<String> {
    // Most of what is asked for is one already.
    if text.len() <= LONGEST && is_slug(text) && !RESERVED.contains(&text) {
        return Some(text.to_owned());
    }
    let mut slug = String::with_capacity(text.len().min(LONGEST + 16));
    let mut gap = false;
    // What is written in ASCII alone is composed as it is.
    let ascii = text.is_ascii().then(|| text.chars());
    let other = ascii.is_none().then(|| text.nfc());
    for c in ascii
        .into_iter()
        .flatten()
        .chain(other.into_iter().flatten())
    {
        let ascii = if c.is_ascii() {
            None
        } else {
            // Ideographs and syllables are words of their own: without a gap their readings run
            // together into something nobody can read.
            gap |= is_ideograph(c);
            Some(any_ascii::any_ascii_char(c))
        };
        let mut buffer = [0; 4];
        let spelled: &str = match ascii {
            Some(spelled) => spelled,
            None => c.encode_utf8(&mut buffer),
        };
        for c in spelled.chars() {
            match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' => {
                    if gap && !slug.is_empty() {
                        slug.push('-');
                    }
                    gap = false;
                    slug.push(c.to_ascii_lowercase());
                }
                // "U.S." is one word, and so is "Korea's".
                '.' | '\'' | '\u{2019}' => {}
                _ => gap = true,
            }
        }
        gap |= is_ideograph(c);
        if slug.len() > LONGEST {
            break;
        }
    }
    shorten(&mut slug);
    if RESERVED.contains(&slug.as_str()) {
        slug.push_str("-1");
    }
    (!slug.is_empty()).then_some(slug)
}

/// Whether `text` already is what [`slug`] would make of it.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn shorten(slug: &mut String) {
    if slug.len() > LONGEST {
        let cut = slug[..LONGEST].rfind('-').unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    while slug.ends_with('-') {
        slug.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_path_parts() {
        for (title, wanted) in [
            (
                "Beijing Calibrates Its Approach",
                "beijing-calibrates-its-approach",
            ),
            ("U.S., Japan & S. Korea", "us-japan-s-korea"),
            ("Korea's choice", "koreas-choice"),
            ("한미 정상회담", "hanmi-jeongsanghoedam"),
            ("中国外交", "zhong-guo-wai-jiao"),
            ("Łódź — élan", "lodz-elan"),
            ("../../etc/passwd", "etc-passwd"),
            ("CON", "con-1"),
        ] {
            assert_eq!(slug(title).as_deref(), Some(wanted), "{title}");
            assert!(is_slug(wanted));
        }
    }

    #[test]
    fn a_long_title_is_cut_at_a_word() {
        let long = slug(&"peninsula ".repeat(40)).unwrap();
        assert!(long.len() <= LONGEST && long.ends_with("peninsula"));
    }

    #[test]
    fn a_title_without_a_letter_has_no_slug() {
        assert_eq!(slug("?! --"), None);
        assert!(!is_slug("A b") && !is_slug("") && !is_slug("a--b"));
    }
}
