//! A string that a page hands over becomes one clean line: nobody checked it before us.

use std::borrow::Cow;

use super::super::tree::Tree;

/// The most characters any single field may have: more is no title, name or summary.
const LIMIT: usize = 2_000;

/// The text a reader would see: entities resolved (also where they were encoded twice), tags
/// dropped, white space collapsed, control and invisible characters removed. `None` if nothing
/// readable is left.
pub(super) fn plain(raw: &str) -> Option<String> {
    let mut end = raw.len().min(LIMIT * 4);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    let mut text = Cow::Borrowed(&raw[..end]);
    for _ in 0..2 {
        if !has_markup(&text) {
            break;
        }
        text = Cow::Owned(without_markup(&text));
    }
    let line = one_line(&text);
    line.chars().any(char::is_alphanumeric).then_some(line)
}

/// White space collapsed to single spaces, control and invisible characters removed, cut to the
/// limit.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(256));
    for c in text.chars() {
        match c {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{fffd}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {}
            c if c.is_whitespace() => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c if c.is_control() => {}
            c => line.push(c),
        }
    }
    if let Some((end, _)) = line.char_indices().nth(LIMIT) {
        line.truncate(end);
    }
    line.truncate(line.trim_end().len());
    line
}

fn has_markup(text: &str) -> bool {
    let entity = text.split('&').skip(1).any(|rest| {
        rest.starts_with('#')
            || rest.starts_with(|c: char| c.is_ascii_alphabetic()) && {
                let name = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
                rest[name..].starts_with(';')
            }
    });
    entity
        || text
            .split('<')
            .skip(1)
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'))
}

fn without_markup(text: &str) -> String {
    let tree = Tree::parse(text);
    let mut seen = String::with_capacity(text.len());
    for id in tree.descendants(tree.root()) {
        if let Some(own) = tree.own_text(id) {
            seen.push_str(own);
        } else if matches!(tree.name(id), Some("br" | "p" | "div" | "li")) {
            seen.push(' ');
        }
    }
    seen
}

/// The words of a text in lower case, without punctuation: what two spellings of one title have
/// in common.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else if !key.is_empty() && !key.ends_with(' ') && !matches!(c, '\'' | '’' | '‘') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_becomes_one_readable_line() {
        for (case, raw, wanted) in [
            (
                "white space",
                "  Ice \n\t on the  quay ",
                Some("Ice on the quay"),
            ),
            (
                "entities",
                "Ice &amp; fog &#8211; again",
                Some("Ice & fog – again"),
            ),
            ("encoded twice", "&amp;quot;Ice&amp;quot;", Some("\"Ice\"")),
            ("tags", "Ice<br>and <b>fog</b>", Some("Ice and fog")),
            ("a lone sign", "Q&A: 3 < 4", Some("Q&A: 3 < 4")),
            (
                "invisible characters",
                "Ha\u{ad}fen\u{200b}\u{0}",
                Some("Hafen"),
            ),
            ("right-to-left override", "abc\u{202e}txt", Some("abctxt")),
            ("nothing readable", " — \u{fffd}", None),
            ("empty", "", None),
        ] {
            assert_eq!(plain(raw).as_deref(), wanted, "{case}");
        }
        assert!(plain(&"a ".repeat(100_000)).unwrap().chars().count() <= LIMIT);
    }
}
