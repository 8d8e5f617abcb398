//! The words of a text, brought to their stems and hashed: what texts are compared by.
//!
//! Light stemming is enough to tell what texts are about: it only has to bring "signed",
//! "signing" and "signs" together, not to find a word in a dictionary. Korean words, Chinese and
//! Japanese runs are taken by pairs of characters, which need no dictionary either.

use super::name_match::is_hangul;
use super::words::{IS_LETTER, is_unspaced};

/// Hands over the hash of every stem of a text, in order. Single letters are left out.
pub fn stems(text: &str, mut each: impl FnMut(u64)) {
    let mut word: Vec<u8> = Vec::with_capacity(32);
    let mut before: Option<char> = None;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        // Most of a text is letters of ASCII: a byte says enough.
        if IS_LETTER[usize::from(*byte)] {
            word.push(byte.to_ascii_lowercase());
            before = None;
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        at += c.len_utf8();
        if !c.is_ascii() && is_part_of_word(c) {
            if is_hangul(c) || is_unspaced(c) {
                end_word(&mut word, &mut each);
                if let Some(before) = before {
                    let mut pair = [0; 8];
                    let first = before.encode_utf8(&mut pair).len();
                    let second = c.encode_utf8(&mut pair[first..]).len();
                    each(hash(&pair[..first + second]));
                }
                before = Some(c);
            } else {
                before = None;
                let mut buffer = [0; 4];
                for lower in c.to_lowercase() {
                    word.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
                }
            }
            continue;
        }
        before = None;
        end_word(&mut word, &mut each);
    }
    end_word(&mut word, &mut each);
}

/// Letters and digits. Unicode's tables are asked last: a search in them takes long, and of some
/// scripts every character would be one.
fn is_part_of_word(c: char) -> bool {
    is_hangul(c)
        || matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
        || c.is_alphanumeric()
}

fn end_word(word: &mut Vec<u8>, each: &mut impl FnMut(u64)) {
    if word.len() > 1 {
        each(hash(stem(word)));
    }
    word.clear();
}

/// The part of a lower-case English word that its forms share; other words mostly stay whole.
fn stem(word: &[u8]) -> &[u8] {
    let mut stem = word;
    if stem.len() > 3 && stem.ends_with(b"s") && !stem.ends_with(b"ss") {
        stem = &stem[..stem.len() - 1];
    }
    stem = match stem {
        [rest @ .., b'e', b'm', b'e', b'n', b't']
        | [rest @ .., b'm', b'e', b'n', b't']
        | [rest @ .., b'i', b'n', b'g']
        | [rest @ .., b'i', b'o', b'n']
        | [rest @ .., b'e', b'd']
        | [rest @ .., b'e' | b'o', b'r']
        | [rest @ .., b'l', b'y']
        | [rest @ .., b'a', b'l']
            if rest.len() >= 4 =>
        {
            rest
        }
        _ => stem,
    };
    while let [rest @ .., b'e' | b'i' | b'y'] = stem {
        if rest.len() < 3 {
            break;
        }
        stem = rest;
    }
    match stem {
        [rest @ .., a, b] if a == b && rest.len() > 1 => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// FNV-1a (Fowler, Noll, Vo), its bits mixed once more so that any part of it can be used.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<u64> {
        let mut found = Vec::new();
        stems(text, |stem| found.push(stem));
        found
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in [
            "sign signs signed signing",
            "negotiate negotiates negotiated negotiating negotiation negotiator",
            "agree agreed agreement agreements",
            "policy policies",
            "plan planned planning",
            "base basement",
            "summit Summits",
        ] {
            let found = of(forms);
            assert!(found.iter().all(|stem| *stem == found[0]), "{forms}");
        }
        assert_ne!(of("north"), of("south"));
        assert_ne!(of("nation"), of("note"));
    }

    #[test]
    fn scripts_without_spaces_are_taken_by_pairs() {
        assert_eq!(of("国会议").len(), 2);
        assert_eq!(of("국회에서 국회는")[0], of("국회")[0]);
        assert_eq!(of("中国 US").len(), 2);
        assert!(of("a 1 ! 国").is_empty());
    }
}
