//! A text cut into numbers, words and signs, as far as dates need it.
//!
//! Pages glue lines together when they lose their markup (`Si-youngPublished`, `01:30 JST`), so
//! a word also ends where its script or its case changes.

use std::ops::Range;

/// What a token is; white space only separates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its value and how many digits it was written with.
    Number {
        value: u32,
        digits: u8,
    },
    Word,
    Sign(char),
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// A text and its tokens; positions count tokens and may lie beyond the last one.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Upper,
    Lower,
    Han,
    Kana,
    Hangul,
}

fn script(c: char) -> Script {
    match c {
        '\u{3040}'..='\u{30ff}' => Script::Kana,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Script::Han,
        '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' => Script::Hangul,
        c if c.is_uppercase() => Script::Upper,
        _ => Script::Lower,
    }
}

fn joined(before: Script, after: Script) -> bool {
    before == after || (before, after) == (Script::Upper, Script::Lower)
}

/// The value of a digit in the scripts dates are printed in.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

impl<'a> Tokens<'a> {
    pub(super) fn cut(text: &'a str) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        let mut last_script = None;
        let mut last_digit = false;
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if is_invisible(c) {
                continue;
            }
            let (this_digit, this_script) = if let Some(value) = digit(c) {
                match tokens.last_mut() {
                    Some(Token {
                        kind:
                            Kind::Number {
                                value: so_far,
                                digits,
                            },
                        range,
                    }) if last_digit => {
                        *so_far = so_far.saturating_mul(10).saturating_add(value);
                        *digits = digits.saturating_add(1);
                        range.end = end;
                    }
                    _ => tokens.push(Token {
                        kind: Kind::Number { value, digits: 1 },
                        range: at..end,
                    }),
                }
                (true, None)
            } else if c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}') {
                let this = script(c);
                match (tokens.last_mut(), last_script) {
                    (Some(word), Some(before)) if joined(before, this) => word.range.end = end,
                    _ => tokens.push(Token {
                        kind: Kind::Word,
                        range: at..end,
                    }),
                }
                (false, Some(this))
            } else {
                if !c.is_whitespace() {
                    tokens.push(Token {
                        kind: Kind::Sign(c),
                        range: at..end,
                    });
                }
                (false, None)
            };
            (last_digit, last_script) = (this_digit, this_script);
        }
        Self { text, tokens }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn number(&self, at: usize) -> Option<(u32, u8)> {
        match self.tokens.get(at)?.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            Kind::Word | Kind::Sign(_) => None,
        }
    }

    /// A number of one or two digits: a day, a month, an hour.
    pub(super) fn short_number(&self, at: usize) -> Option<i8> {
        let (value, digits) = self.number(at)?;
        (digits <= 2).then(|| i8::try_from(value).ok()).flatten()
    }

    /// A number of four digits that a calendar year can have.
    pub(super) fn year(&self, at: usize) -> Option<i16> {
        let (value, digits) = self.number(at)?;
        (digits == 4 && (1700..2200).contains(&value))
            .then(|| i16::try_from(value).ok())
            .flatten()
    }

    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at)?;
        (token.kind == Kind::Word).then(|| &self.text[token.range.clone()])
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            Kind::Sign(sign) => Some(sign),
            Kind::Number { .. } | Kind::Word => None,
        }
    }

    pub(super) fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        self.sign(at).is_some_and(|sign| signs.contains(&sign))
    }

    pub(super) fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at)
            .is_some_and(|word| words.iter().any(|wanted| wanted.eq_ignore_ascii_case(word)))
    }

    /// Whether nothing stands between a token and the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        at > 0
            && at < self.tokens.len()
            && self.tokens[at - 1].range.end == self.tokens[at].range.start
    }

    /// The bytes of the tokens `from..to`, white space around them aside.
    pub(super) fn range(&self, from: usize, to: usize) -> Range<usize> {
        self.tokens[from].range.start..self.tokens[to - 1].range.end
    }
}
