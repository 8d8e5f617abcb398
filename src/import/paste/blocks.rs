//! The lines of an article become blocks: paragraphs, headings, lists, quotes, tables.

use super::body::Telling;
use super::line::Line;
use super::markdown::Block;
use crate::text::script::is_east_asian;

/// One line of an article, with its text as it is to be written.
#[derive(Debug, Clone)]
pub struct Passage<'a> {
    pub line: &'a Line,
    pub telling: Telling,
    pub text: String,
}

/// The blocks of an article's lines.
pub fn blocks(told: &[Passage<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < told.len() {
        let rows = table_rows(&told[at..]);
        if rows >= 2 {
            let row = |told: &Passage<'_>| told.line.cells.clone();
            blocks.push(Block::Table(told[at..at + rows].iter().map(row).collect()));
            at += rows;
            continue;
        }
        let items = numbered_items(&told[at..]);
        if items >= 2 {
            for told in &told[at..at + items] {
                if let Some((number, text)) = numbered(&told.text) {
                    blocks.push(Block::NumberedItem(number, text.to_owned()));
                }
            }
            at += items;
            continue;
        }
        blocks.push(block(told, at));
        at += 1;
    }
    blocks
}

fn block(told: &[Passage<'_>], at: usize) -> Block {
    let here = &told[at];
    let text = here.text.clone();
    if here.line.bullet {
        return Block::Item(text);
    }
    if let Some(quoted) = text
        .strip_prefix("> ")
        .filter(|_| here.telling == Telling::Paragraph)
    {
        return Block::Quote(quoted.to_owned());
    }
    if here.line.underlined || is_heading(told, at) {
        return Block::Heading(text.trim_start_matches(['#', ' ']).to_owned());
    }
    Block::Paragraph(text)
}

/// A heading is short, no sentence, and has a paragraph below it.
fn is_heading(told: &[Passage<'_>], at: usize) -> bool {
    let here = &told[at];
    let text = here.text.as_str();
    let most = if is_east_asian(text) { 35 } else { 90 };
    let Some(below) = told.get(at + 1) else {
        return false;
    };
    let opens = below.telling == Telling::Paragraph
        || below.line.bullet
        || below.line.cells.len() > 1
        || numbered(&below.text).is_some();
    let ends_openly = !text.ends_with([
        '.', '!', '…', ':', ';', ',', '。', '！', '：', '，', '、', '"', '”', '“', '»', ')', '-',
        '–',
    ]);
    here.telling == Telling::Line
        && here.line.chars <= most
        && ends_openly
        && opens
        && text.chars().next().is_some_and(|c| !c.is_lowercase() && (c.is_alphanumeric() || "#¿¡„“\"«「‘'".contains(c)))
        && text.chars().filter(|c| c.is_alphabetic()).count() * 2 > here.line.chars
        // In a list of short lines, none is the heading of the next.
        && at.checked_sub(1).is_none_or(|above| {
            let above = &told[above];
            above.telling == Telling::Paragraph
                || above.line.bullet
                || above.line.cells.len() > 1
                || numbered(&above.text).is_some()
        })
}

/// How many lines from here on are rows of one table.
fn table_rows(told: &[Passage<'_>]) -> usize {
    let width = told[0].line.cells.len();
    if width < 2 {
        return 0;
    }
    told.iter()
        .take_while(|told| told.line.cells.len() == width)
        .count()
}

/// How many lines from here on are numbered one after the other.
fn numbered_items(told: &[Passage<'_>]) -> usize {
    let Some((first, _)) = numbered(&told[0].text) else {
        return 0;
    };
    told.iter()
        .zip(first..)
        .take_while(|(told, number)| numbered(&told.text).is_some_and(|(n, _)| n == *number))
        .count()
}

/// "3. Ice" or "3) Ice": the number and what stands behind it.
fn numbered(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let rest = text[digits..].strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    let number = text[..digits].parse().ok()?;
    (!rest.is_empty()).then_some((number, rest))
}
