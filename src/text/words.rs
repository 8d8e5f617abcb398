//! Counting words and cutting text where a reader would.
//!
//! Korean, Chinese and Japanese are counted as readers and printers there do: Hangul by the
//! spaced word, Han and Kana by the character.

use serde::{Deserialize, Serialize};

/// How much there is to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    /// Words between spaces.
    pub words: usize,
    /// Han and Kana characters, which no space separates.
    pub ideographs: usize,
}

impl Length {
    /// Minutes for a steady reader, at least one: 230 words or 500 characters a minute.
    pub fn minutes(self) -> usize {
        (self.words * 500 + self.ideographs * 230)
            .div_ceil(230 * 500)
            .max(1)
    }
}

/// Counts the words of a text.
pub fn length(text: &str) -> Length {
    let mut length = Length::default();
    // Of the stretch between spaces that has been read so far.
    let (mut is_word, mut has_ideographs) = (false, false);
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        // Most of a text is letters of ASCII: a byte says enough.
        if IS_LETTER[usize::from(*byte)] {
            is_word = true;
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        at += c.len_utf8();
        if c.is_whitespace() {
            length.words += usize::from(is_word && !has_ideographs);
            (is_word, has_ideographs) = (false, false);
        } else if is_unspaced(c) {
            length.ideographs += 1;
            has_ideographs = true;
        } else {
            is_word = is_word || c.is_alphanumeric();
        }
    }
    // The end of the text ends the last word.
    length.words += usize::from(is_word && !has_ideographs);
    length
}

/// Letters and digits of ASCII, by their bytes.
pub const IS_LETTER: [bool; 256] = {
    let mut is_letter = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        is_letter[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    is_letter
};

/// Characters of scripts that are written without spaces between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The first sentences of `text`, as many as fit into `most` characters; when not even one
/// does, the first words and an ellipsis.
pub fn first_sentences(text: &str, most: usize) -> String {
    let text = text.trim();
    let Some(limit) = byte_of(text, most) else {
        return text.to_owned();
    };
    let end = sentence_ends(&text[..limit]).next_back().unwrap_or(0);
    // A very short first sentence ("No.") says too little to stand for the text.
    if text[..end].chars().count() * 4 >= most {
        return text[..end].to_owned();
    }
    first_words(text, limit)
}

/// The byte where the character of a number begins, from 0; `None` where the text has no more.
pub fn byte_of(text: &str, character: usize) -> Option<usize> {
    // Most texts begin with letters of ASCII, and needn't be counted.
    match text.as_bytes().get(..=character) {
        Some(beginning) if beginning.is_ascii() => Some(character),
        _ => text.char_indices().nth(character).map(|(at, _)| at),
    }
}

/// The sentence of `text` that byte `at` stands in; when it has more than `most` characters, the
/// words around `at`, with ellipses.
pub fn sentence_around(text: &str, at: usize, most: usize) -> String {
    // From `at` to both sides: nobody asked for the other sentences of a long paragraph.
    let mut before = (0..at.min(text.len())).rev();
    let stop = before.find_map(|place| sentence_end(text, place).filter(|stop| *stop <= at));
    let start = stop.unwrap_or(0);
    let mut after = start..text.len();
    let stop = after.find_map(|place| sentence_end(text, place).filter(|stop| *stop > at));
    let end = stop.unwrap_or(text.len());
    let sentence = &text[start..end];
    let length = sentence.chars().count();
    if length <= most {
        return sentence.trim().to_owned();
    }
    // Two thirds of the room go to what follows: that is where the point mostly is.
    let there = sentence[..at.clamp(start, end) - start].chars().count();
    let first = there.saturating_sub(most / 3).min(length - most);
    let byte = |n: usize| byte_of(sentence, n).unwrap_or(sentence.len());
    let word = |n: usize| {
        let from = byte(n);
        let space = sentence[from..]
            .find(char::is_whitespace)
            .filter(|gap| *gap < 30);
        from + space.unwrap_or(0)
    };
    let opening = if first == 0 { 0 } else { word(first) };
    let kept = first_words(sentence, byte(first + most));
    let kept = kept.get(opening..).unwrap_or_default().trim_start();
    if first == 0 {
        kept.to_owned()
    } else {
        format!("…{kept}")
    }
}

/// `text` up to the last word that ends before byte `limit`, with an ellipsis.
fn first_words(text: &str, limit: usize) -> String {
    let cut = text[..limit]
        .char_indices()
        .rev()
        .find_map(|(at, c)| match c {
            c if c.is_whitespace() => Some(at),
            c if is_unspaced(c) => Some(at + c.len_utf8()),
            _ => None,
        })
        .unwrap_or(limit);
    let kept = text[..cut].trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c));
    // After a full stop the ellipsis stands for what follows, not for the end of a sentence.
    let space = if kept.ends_with(['.', '!', '?']) {
        " "
    } else {
        ""
    };
    format!("{kept}{space}…")
}

/// The first `most` words of `text` (ideographs count as words), with an ellipsis if any were
/// left out.
pub fn first_n_words(text: &str, most: usize) -> String {
    let mut left = most;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let starts = if is_unspaced(c) {
            inside = false;
            true
        } else if c.is_whitespace() {
            inside = false;
            false
        } else {
            !std::mem::replace(&mut inside, true)
        };
        if starts {
            if left == 0 {
                return first_words(text, at);
            }
            left -= 1;
        }
    }
    text.trim().to_owned()
}

/// Where the sentences of a text end.
fn sentence_ends(text: &str) -> impl DoubleEndedIterator<Item = usize> {
    (0..text.len()).filter_map(|place| sentence_end(text, place))
}

/// The end of the sentence whose last character begins at byte `place`, if one ends there.
fn sentence_end(text: &str, place: usize) -> Option<usize> {
    // The first bytes of all that can end one: most of a text is none of them.
    let first = text.as_bytes()[place];
    if !matches!(first, b'.' | b'!' | b'?' | b'"' | 0xe2 | 0xe3 | 0xef) {
        return None;
    }
    let (before, from) = text.split_at(place);
    let mut following = from.chars();
    let c = following.next()?;
    let ends = ends_sentence(before.chars().next_back(), c, following.next());
    ends.then_some(place + c.len_utf8())
}

fn ends_sentence(before: Option<char>, c: char, next: Option<char>) -> bool {
    match c {
        '。' | '！' | '？' => true,
        '!' | '?' => next.is_none_or(char::is_whitespace),
        // Not after an initial or an abbreviation such as "U.S." or "J. Smith".
        '.' => {
            next.is_none_or(char::is_whitespace)
                && before.is_some_and(|b| !b.is_uppercase() && b != '.')
        }
        '”' | '"' | '’' | '」' => {
            before.is_some_and(|b| ".!?。".contains(b)) && next.is_none_or(char::is_whitespace)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_teaser_ends_with_a_sentence() {
        let text = "The ministers met in Xiamen. They spoke for two hours about the U.S. review \
                    and its timing. Nothing was signed.";
        assert_eq!(first_sentences(text, 60), "The ministers met in Xiamen.");
        assert_eq!(first_sentences(text, 500), text);
    }

    #[test]
    fn a_sentence_is_taken_out_of_its_paragraph() {
        let text = "The U.S. said no. Moon Jae-in said \u{201c}not yet.\u{201d} Then they left.";
        let at = text.find("Moon").unwrap();
        assert_eq!(
            sentence_around(text, at, 200),
            "Moon Jae-in said \u{201c}not yet.\u{201d}"
        );
        assert_eq!(sentence_around(text, 2, 200), "The U.S. said no.");
        assert_eq!(
            sentence_around("회담했다。다음은 없다。", 0, 200),
            "회담했다。"
        );
        assert_eq!(sentence_around("", 0, 200), "");
        let long = format!("{}here {}", "before ".repeat(40), "after ".repeat(40));
        let cut = sentence_around(&long, long.find("here").unwrap(), 60);
        assert!(cut.contains("before here after"), "{cut}");
        assert!(cut.starts_with('…') && cut.ends_with('…'), "{cut}");
        assert!(cut.chars().count() <= 62, "{cut}");
    }

    #[test]
    fn one_long_sentence_is_cut_at_a_word() {
        let text = "The ministers who had met in Xiamen after a long pause spoke for two hours";
        assert_eq!(
            first_sentences(text, 40),
            "The ministers who had met in Xiamen…"
        );
    }

    #[test]
    fn words_are_counted_as_their_readers_do() {
        assert_eq!(length("two words, three – 4").words, 4);
        assert_eq!(length("한국은 오늘 발표했다").words, 3);
        assert_eq!(length("中国外交部").ideographs, 5);
        assert_eq!(length(" ! — \u{3000}2").words, 1);
        // A word with such characters is counted by them.
        assert_eq!(length("G20峰会 in 杭州").words, 1);
        assert_eq!(length("").minutes(), 1);
        assert_eq!(
            Length {
                words: 690,
                ideographs: 0
            }
            .minutes(),
            3
        );
    }

    #[test]
    fn the_first_words_of_an_article() {
        assert_eq!(first_n_words("one two three four", 2), "one two…");
        assert_eq!(first_n_words("one two", 2), "one two");
        assert_eq!(first_n_words("中国外交部", 3), "中国外…");
    }
}
