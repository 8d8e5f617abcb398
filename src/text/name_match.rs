//! Whether a name found in running text stands there as a name: as a word of its own, and not as
//! a part of another word or of an address.

use super::words::is_unspaced;

/// What Korean sets behind a noun without a space: particles, the copula, and what is said of
/// persons and groups. Longer ones are chains of these: 에서는, 으로부터의.
const PARTICLES: [&str; 52] = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "도",
    "로",
    "만",
    "나",
    "랑",
    "께",
    "야",
    "여",
    "으로",
    "에서",
    "에게",
    "한테",
    "께서",
    "부터",
    "까지",
    "마저",
    "조차",
    "처럼",
    "보다",
    "대로",
    "밖에",
    "이나",
    "이란",
    "이라",
    "라는",
    "라고",
    "이라는",
    "이라고",
    "이며",
    "이고",
    "이다",
    "인",
    "입니다",
    "였다",
    "이었다",
    "들",
    "씨",
    "측",
    "발",
    "산",
    "식",
    "간",
];

/// Whether `text[start..end]` is a name that stands alone: no letter or digit touches it, but for
/// a Korean particle behind it; in Chinese and Japanese, which have no spaces, anything may.
pub fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = &text[end..];
    let (Some(first), Some(last)) = (
        text[start..end].chars().next(),
        text[start..end].chars().next_back(),
    ) else {
        return false;
    };
    let clear_before = match before {
        Some(c) if is_hangul(first) => !c.is_alphanumeric(),
        Some(c) if is_unspaced(first) => is_unspaced(c) || !c.is_alphanumeric(),
        Some(c) => !is_latin_like(c),
        None => true,
    };
    let clear_after = if is_unspaced(last) {
        true
    } else {
        after.chars().next().is_none_or(|c| !is_latin_like(c)) && is_particles(after)
    };
    clear_before && clear_after && !in_address(text, start, end)
}

/// Whether the Hangul that `after` begins with is nothing but particles; a chain of more than
/// eight syllables is none.
fn is_particles(after: &str) -> bool {
    let end = after.find(|c| !is_hangul(c)).unwrap_or(after.len());
    let word = &after[..end];
    word.chars().nth(8).is_none() && is_chain(word)
}

fn is_chain(word: &str) -> bool {
    let mut particles = PARTICLES.iter();
    word.is_empty() || particles.any(|particle| word.strip_prefix(particle).is_some_and(is_chain))
}

/// Whether the name is a part of a web or mail address, a file name or a tag: `www.seoul.go.kr`,
/// `seoul@example.org`, `#Seoul`.
fn in_address(text: &str, start: usize, end: usize) -> bool {
    let word_start = text[..start].rfind(char::is_whitespace).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let word_end = text[end..]
        .find(char::is_whitespace)
        .map_or(text.len(), |at| end + at);
    let word = &text[word_start..word_end];
    if word.contains("://") || word.contains('@') || word.starts_with("www.") {
        return true;
    }
    let touches_before = text[word_start..start].ends_with(['/', '\\', '#', '_', '=', '&'])
        || text[word_start..start].ends_with('.') && start > word_start + 1;
    let mut after = text[end..word_end].chars();
    let touches_after = match (after.next(), after.next()) {
        (Some('/' | '\\' | '_' | '='), Some(c)) => c.is_ascii_lowercase(),
        (Some('.'), Some(c)) => c.is_ascii_lowercase() || c.is_ascii_digit(),
        _ => false,
    };
    touches_before || touches_after
}

pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}')
}

/// A letter or digit of a script that sets spaces between words, Hangul aside.
fn is_latin_like(c: char) -> bool {
    c.is_alphanumeric() && !is_hangul(c) && !is_unspaced(c)
}

#[cfg(test)]
mod tests {
    use super::stands_alone;

    #[test]
    fn a_name_is_found_as_a_word() {
        for (text, name, wanted) in [
            ("the Quad said", "Quad", true),
            ("Quadrilateral", "Quad", false),
            ("the Quad's leaders", "Quad", true),
            ("(Quad)", "Quad", true),
            ("Quad.", "Quad", true),
            ("a US-ROK exercise", "US", true),
            ("서울은 오늘", "서울", true),
            ("국회에서 열린", "국회", true),
            ("국회에서는 아직", "국회", true),
            ("서울대 교수", "서울", false),
            ("북서울 꿈", "서울", false),
            ("문재인 대통령", "문재인", true),
            ("中国外交部", "中国", true),
            ("韓国の文在寅大統領", "文在寅", true),
            ("한국과 US가", "US", true),
            ("Việt Namese", "Việt Nam", false),
        ] {
            let start = text.find(name).unwrap();
            let found = stands_alone(text, start, start + name.len());
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_name_in_an_address_is_no_name() {
        for text in [
            "see https://example.org/Seoul/news",
            "see www.Seoul.example",
            "write to Seoul@example.org",
            "see Seoul.go.kr",
            "tagged #Seoul",
            "in /etc/Seoul",
        ] {
            let start = text.find("Seoul").unwrap();
            assert!(!stands_alone(text, start, start + 5), "{text}");
        }
        let text = "in Tokyo/Seoul/Beijing";
        assert!(stands_alone(text, 3, 8), "{text}");
    }
}
