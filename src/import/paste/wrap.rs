//! Hard-wrapped text (mails, wire copy, old pages) has its paragraphs put together again.

use std::borrow::Cow;

/// Lines are wrapped at 60 columns at least and 100 at most.
const COLUMNS: std::ops::RangeInclusive<usize> = 55..=100;

/// How many lines must break off in the middle of a sentence before breaks mean nothing.
const BREAKS: usize = 4;

/// The text with one line a paragraph, if it was wrapped.
pub fn unwrap(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let Some(width) = width(&lines) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        let joins = at > 0 && continues(lines[at - 1], line, width);
        if joins {
            if !out.ends_with('-') && !touches(lines[at - 1], line) {
                out.push(' ');
            }
            out.push_str(line.trim_start());
        } else {
            if at > 0 {
                out.push('\n');
            }
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

/// The column that lines are wrapped at; `None` if they are not.
fn width(lines: &[&str]) -> Option<usize> {
    let mut widths: Vec<usize> = lines
        .iter()
        .map(|line| columns(line))
        .filter(|&columns| columns > 0)
        .collect();
    widths.sort_unstable();
    // A long address or two may stick out.
    let width = *widths.get(widths.len().checked_sub(1)? * 97 / 100)?;
    if !COLUMNS.contains(&width) {
        return None;
    }
    let long = lines.iter().filter(|line| columns(line) > width + 20);
    let breaks = lines
        .windows(2)
        .filter(|pair| breaks_off(pair[0], width) && opens_in_mid_sentence(pair[1]));
    (long.count() * 50 <= widths.len() && breaks.count() >= BREAKS).then_some(width)
}

fn breaks_off(line: &str, width: usize) -> bool {
    columns(line) * 4 >= width * 3 && !super::line::ends_sentence(line)
}

fn opens_in_mid_sentence(line: &str) -> bool {
    line.trim_start()
        .chars()
        .next()
        .is_some_and(|c| c.is_lowercase() || is_wide(c))
}

/// Whether a line goes on where the one before ended: its first word had no room there.
fn continues(before: &str, line: &str, width: usize) -> bool {
    let text = line.trim_start();
    let marker = text.starts_with(['•', '-', '*', '–', '>', '#', '|', '='])
        || text.split(['.', ')']).next().is_some_and(|number| {
            !number.is_empty()
                && number.len() <= 3
                && number.len() < text.len()
                && number.bytes().all(|byte| byte.is_ascii_digit())
        });
    if before.is_empty() || text.is_empty() || marker || before.contains('\t') {
        return false;
    }
    let first: usize = text
        .chars()
        .take_while(|c| !c.is_whitespace())
        .take(if text.starts_with(is_wide) { 1 } else { 200 })
        .map(|c| if is_wide(c) { 2 } else { 1 })
        .sum();
    columns(before) + usize::from(!touches(before, text)) + first > width
}

/// Whether no space belongs between two lines: both sides are written without spaces.
fn touches(before: &str, line: &str) -> bool {
    let unspaced = |c: Option<char>| {
        c.is_some_and(|c| {
            is_wide(c) && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}')
        })
    };
    unspaced(before.chars().next_back()) && unspaced(line.trim_start().chars().next())
}

/// Columns of a line on a terminal.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    crate::text::script::is_east_asian_letter(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_paragraphs_become_one_line_each() {
        let wrapped = "\
The harbour froze on Monday, and for the first time in forty years nobody
could say when it would open again. The ferries lie at the quay, their
crews are at home, and the islands are supplied from the air. The mayor
said that ice breakers would come from the neighbouring port as soon as
the storm was over.

- The first list item is long enough to be wrapped, too, as all of the
  text in this mail is.
- The second is short.

A last line.";
        let lines: Vec<String> = unwrap(wrapped).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 6);
        assert!(lines[0].starts_with("The harbour") && lines[0].ends_with("was over."));
        assert!(lines[2].ends_with("wrapped, too, as all of the text in this mail is."));
        assert_eq!(lines[5], "A last line.");
    }

    #[test]
    fn scripts_without_spaces_join_without_them() {
        let line = "港".repeat(34);
        let wrapped = format!("{line}\n{line}\n{line}\n{line}\n{line}\n結氷。");
        assert_eq!(unwrap(&wrapped), format!("{}結氷。", line.repeat(5)));
    }

    #[test]
    fn text_that_is_not_wrapped_stays() {
        for text in [
            "Harbour freezes\nBy Jane Doe\nThe harbour froze.",
            "one\ntwo\nthree",
            "",
        ] {
            assert_eq!(unwrap(text), text);
        }
    }
}
