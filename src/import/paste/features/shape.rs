//! A line's own look: how long it is, how it starts and ends, what it is strewn with.

use super::group::Group;
use crate::import::paste::line::Line;
use crate::text::script::is_east_asian;

/// A line's coarse shape, by which its neighbours see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    Word,
    ShortOpen,
    ShortSentence,
    MiddleOpen,
    MiddleSentence,
    Long,
}

/// How many shapes there are.
pub const SHAPES: usize = 6;

impl Shape {
    /// Whether such a line is most likely a paragraph.
    pub fn is_prose(self) -> bool {
        self >= Self::MiddleSentence
    }
}

/// A line's length in characters, East Asian ones counted as what they say in others.
pub fn weight(line: &Line) -> usize {
    if is_east_asian(&line.text) {
        line.chars * 5 / 2
    } else {
        line.chars
    }
}

pub fn shape(line: &Line, weight: usize) -> Shape {
    let sentence = line.ends_sentence() && !line.text.ends_with(':');
    match (weight, sentence) {
        (0..=24, _) => Shape::Word,
        (25..=79, false) => Shape::ShortOpen,
        (25..=79, true) => Shape::ShortSentence,
        (80..=199, false) => Shape::MiddleOpen,
        (80..=199, true) => Shape::MiddleSentence,
        _ => Shape::Long,
    }
}

/// Adds what can be seen of the line alone.
pub fn add(line: &Line, weight: usize, found: &mut Vec<u16>) {
    let text = line.text.as_str();
    let mut add = |group: Group, step: usize| found.push(group.feature(step));
    add(
        Group::Length,
        step(weight, &[8, 16, 25, 40, 60, 80, 120, 180, 280, 450, 800]),
    );
    add(Group::Ending, ending(text));
    add(Group::Start, start(text));
    if line.bullet {
        add(Group::Bullet, 0);
    }
    if line.gap {
        add(Group::GapBefore, 0);
    }
    add(Group::Commas, count(text, &[',', '，', '、']));
    let digits = text.bytes().filter(u8::is_ascii_digit).count() * 100 / line.chars.max(1);
    add(Group::Digits, step(digits, &[1, 5, 15, 40]));
    add(Group::Sentences, sentences(text));
    add(
        Group::Separators,
        count(text, &['|', '»', '›', '•', '/', '→', '·', '#']),
    );
    if text.contains('@') {
        add(Group::Mail, 0);
    }
    if text.contains("http") || text.contains("www.") {
        add(Group::Url, 0);
    }
    if has_clock(text) {
        add(Group::Clock, 0);
    }
    if weight < 80 && has_year(text) {
        add(Group::Year, 0);
    }
}

/// How many of the steps a value has reached.
pub fn step(value: usize, steps: &[usize]) -> usize {
    steps.iter().take_while(|&&step| value >= step).count()
}

fn count(text: &str, marks: &[char]) -> usize {
    text.matches(marks).take(4).count()
}

fn ending(text: &str) -> usize {
    let bare = text.trim_end_matches(|c: char| "\"'”’»«)]）」』】 ".contains(c));
    match bare.chars().next_back() {
        Some('.' | '。') => usize::from(bare.ends_with("..")),
        Some('…' | '>' | '›') => 1,
        Some('?' | '!' | '？' | '！') => 2,
        Some(':' | '：') => 3,
        Some(',' | ';') => 4,
        _ => 5,
    }
}

fn start(text: &str) -> usize {
    match text.chars().next() {
        Some('"' | '“' | '„' | '«' | '»' | '‚' | '‘' | '「' | '\'') => 0,
        Some('©') => 1,
        Some('>' | '›' | '|' | '/' | '#' | '+' | '→' | '‹' | '<' | '–' | '-') => 2,
        Some('(' | '[') => 3,
        Some(c) if c.is_numeric() => 4,
        Some(c) if c.is_lowercase() => 5,
        Some(c) if c.is_alphabetic() => 6,
        _ => 7,
    }
}

/// How many sentences end inside the line, up to four.
fn sentences(text: &str) -> usize {
    let mut count = 0;
    let mut before = ' ';
    let mut ended = false;
    for c in text.chars() {
        if ended && c.is_uppercase() || matches!(before, '。' | '！' | '？') {
            count += 1;
        }
        ended = c == ' ' && matches!(before, '.' | '!' | '?' | '”' | '"');
        before = c;
        if count == 4 {
            break;
        }
    }
    count
}

fn has_clock(text: &str) -> bool {
    text.as_bytes().windows(4).any(|w| {
        w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit()
    })
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}
