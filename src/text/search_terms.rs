//! The terms that a text is found by.
//!
//! Words of alphabetic scripts are terms as they stand, without case and accents. Korean,
//! Chinese and Japanese are cut into pairs of neighbouring characters: no dictionary is needed,
//! and a name is found with any particle behind it and inside any compound (한국 in 한국은,
//! 미군 in 주한미군사령부). The search page cuts queries by the same rules, in its script.

use unicode_normalization::UnicodeNormalization;

/// Longer words are no words (addresses, hashes); what is searched for is cut here too.
pub const LONGEST: usize = 40;

/// Calls `each` with every term of a text, in its order, repeats included.
pub fn search_terms(text: &str, mut each: impl FnMut(&str)) {
    let folded = fold(text);
    let mut word = String::new();
    let mut pair = PairCutter::default();
    let mut characters = folded.chars().peekable();
    while let Some(c) = characters.next() {
        if is_paired(c) {
            flush(&mut word, &mut each);
            pair.next(c, &mut each);
            continue;
        }
        pair.end(&mut each);
        if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        // U.S. is one word; the dot that ends a sentence ends a word.
        let initials = c == '.' && is_initials(&word) && {
            characters.peek().is_some_and(|next| next.is_alphabetic())
        };
        // Korea's and Korea’s are found as Korea.
        let possessive = matches!(c, '\'' | '’') && characters.peek() == Some(&'s');
        if possessive {
            characters.next();
            if characters.peek().is_some_and(|next| next.is_alphanumeric()) {
                word.push('s');
                continue;
            }
        }
        if initials {
            continue;
        }
        flush(&mut word, &mut each);
    }
    flush(&mut word, &mut each);
    pair.end(&mut each);
}

/// A text without case and accents: NFKD, without combining marks, NFC, lower case.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .nfc()
        .flat_map(char::to_lowercase)
        .collect()
}

/// Scripts that are cut into pairs: Hangul, Han, Kana.
fn is_paired(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a word is one letter, or letters joined over dots so far.
fn is_initials(word: &str) -> bool {
    let mut letters = word.chars();
    let short = letters.next().is_some_and(char::is_alphabetic);
    short && letters.count() < 4
}

fn flush(word: &mut String, each: &mut impl FnMut(&str)) {
    if !word.is_empty() {
        let end = word
            .char_indices()
            .nth(LONGEST)
            .map_or(word.len(), |(at, _)| at);
        each(&word[..end]);
        word.clear();
    }
}

/// Hands on every two neighbours of a run; a run of one as it is.
#[derive(Default)]
struct PairCutter {
    before: Option<char>,
    given: bool,
}

impl PairCutter {
    fn next(&mut self, c: char, each: &mut impl FnMut(&str)) {
        if let Some(before) = self.before {
            let mut bytes = [0; 8];
            let first = before.encode_utf8(&mut bytes).len();
            let second = c.encode_utf8(&mut bytes[first..]).len();
            each(std::str::from_utf8(&bytes[..first + second]).unwrap_or_default());
            self.given = true;
        }
        self.before = Some(c);
    }

    fn end(&mut self, each: &mut impl FnMut(&str)) {
        if let Some(alone) = self.before.take()
            && !self.given
        {
            each(alone.encode_utf8(&mut [0; 4]));
        }
        self.given = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let mut terms = Vec::new();
        search_terms(text, |term| terms.push(term.to_owned()));
        terms
    }

    #[test]
    fn words_lose_case_accents_and_possession() {
        for (text, wanted) in [
            ("Two-plus-Two, again", vec!["two", "plus", "two", "again"]),
            ("Café Müller", vec!["cafe", "muller"]),
            (
                "South Korea’s U.S. ally.",
                vec!["south", "korea", "us", "ally"],
            ),
            ("The end. Next", vec!["the", "end", "next"]),
            ("COVID-19 in 2021", vec!["covid", "19", "in", "2021"]),
            ("don't", vec!["don", "t"]),
        ] {
            assert_eq!(terms(text), wanted, "{text}");
        }
    }

    #[test]
    fn east_asian_text_is_cut_into_pairs() {
        for (text, wanted) in [
            ("한국은", vec!["한국", "국은"]),
            ("중 관세협상", vec!["중", "관세", "세협", "협상"]),
            ("日本、韓国", vec!["日本", "韓国"]),
            ("G7 정상", vec!["g7", "정상"]),
            ("2+2회담", vec!["2", "2", "회담"]),
        ] {
            assert_eq!(terms(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(terms(&"x".repeat(500)), vec!["x".repeat(LONGEST)]);
    }
}
