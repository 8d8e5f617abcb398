//! A text holds no character that a page couldn't.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ContentError;
use crate::diagnostic::SourceText;
use crate::text::characters::{is_misplaced, misplaced};

/// The first character of a file that is in no text is an error; in the TOML at `front` it may be
/// written as an escape, too.
pub fn check(source: &SourceText, front: &Range<usize>) -> Result<(), ContentError> {
    let raw = misplaced(source.text()).map(|(at, c)| (at..at + c.len_utf8(), c));
    let Some((at, c)) = raw.or_else(|| escaped(source, front)) else {
        return Ok(());
    };
    Err(ContentError::field(
        source,
        at,
        "this character is in no text",
        format!("U+{:04X}", u32::from(c)),
        Some("delete it; your editor may not show it, or show it as a box or a blank".to_owned()),
    ))
}

/// The value of the front matter with an escape that stands for such a character. What TOML can't
/// read is told elsewhere.
fn escaped(source: &SourceText, front: &Range<usize>) -> Option<(Range<usize>, char)> {
    let toml = source.text().get(front.clone())?;
    if !toml.contains('\\') {
        return None;
    }
    let table = DeTable::parse(toml).ok()?;
    let (at, c) = table.get_ref().values().find_map(in_value)?;
    Some((front.start + at.start..front.start + at.end, c))
}

fn in_value(value: &Spanned<DeValue<'_>>) -> Option<(Range<usize>, char)> {
    match value.get_ref() {
        DeValue::String(text) => {
            let c = text.chars().find(|c| is_misplaced(*c))?;
            Some((value.span(), c))
        }
        DeValue::Array(items) => items.iter().find_map(in_value),
        DeValue::Table(table) => table.values().find_map(in_value),
        _ => None,
    }
}
