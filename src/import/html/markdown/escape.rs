//! What Markdown would misread in plain text, and nothing else, gets a backslash.

/// Where a piece of text stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// What is written before and behind it; a line's start and end count as punctuation.
    pub before: char,
    pub after: char,
    pub in_link: bool,
    pub in_table: bool,
}

/// Appends `text`, without its line breaks, to `out`.
pub fn escape(text: &str, place: Place, out: &mut String) {
    let mut before = place.before;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let after = rest.peek().map_or(place.after, |&(_, next)| next);
        let behind = &text[at + c.len_utf8()..];
        let marks = match c {
            '`' => true,
            '*' => !(before.is_whitespace() && after.is_whitespace()),
            // Between letters an underscore is only itself.
            '_' => {
                !(before.is_alphanumeric() && after.is_alphanumeric()
                    || before.is_whitespace() && after.is_whitespace())
            }
            // One or two strike text out; an opening one does nothing without a closing one.
            '~' => !(before.is_whitespace() && after.is_alphanumeric()),
            '[' => place.in_link || opens_bracket(behind, before),
            ']' => place.in_link,
            '<' => {
                after.is_ascii_alphabetic() || "/!?".contains(after) || opens_mailbox(behind, place)
            }
            '&' => is_entity(behind),
            '\\' => after.is_ascii_punctuation() || behind.is_empty(),
            '|' => place.in_table,
            '!' => behind.is_empty() && after == '[',
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

/// Whether a `[` could open a link, a footnote or a wiki link. `[sic]` and `[…]` can't.
fn opens_bracket(behind: &str, before: char) -> bool {
    let Some(end) = behind.find(['[', ']']) else {
        return true;
    };
    let closed = behind.as_bytes()[end] == b']';
    let next = behind[end + 1..].chars().next();
    !closed
        || end <= 1
        || before == '!'
        || behind.starts_with('^')
        || next.is_none_or(|c| matches!(c, '(' | '[' | ':' | ']'))
}

/// Whether a `<` with this behind it could open a mail address: its first part may begin with
/// nearly any sign (`CommonMark` 0.31, 6.5). A word that goes on behind the text might.
fn opens_mailbox(behind: &str, place: Place) -> bool {
    match behind.find([' ', '\t', '<', '>']) {
        Some(end) => behind[..end].find('@').is_some_and(|at| at > 0),
        None => behind.contains('@') || !place.after.is_whitespace(),
    }
}

/// Whether an `&` with this behind it is a character reference; the longest has 32 characters.
fn is_entity(behind: &str) -> bool {
    let bytes = behind.as_bytes();
    let Some(end) = bytes.iter().take(33).position(|byte| *byte == b';') else {
        return false;
    };
    let name = bytes[..end].strip_prefix(b"#").unwrap_or(&bytes[..end]);
    !name.is_empty() && name.iter().all(u8::is_ascii_alphanumeric)
}

/// A line that text alone would open as a heading, a list, a quote, a rule or a table gets a
/// backslash there.
pub fn open_line(line: &mut String) {
    let Some(first) = line.chars().next() else {
        return;
    };
    let mark_end = |end: usize| line[end..].is_empty() || line[end..].starts_with(' ');
    let only = |allowed: &[char]| line.chars().all(|c| allowed.contains(&c));
    let at = match first {
        '#' => {
            let hashes = line.len() - line.trim_start_matches('#').len();
            (hashes <= 6 && mark_end(hashes)).then_some(0)
        }
        '>' | '|' | ':' => Some(0),
        '+' => mark_end(1).then_some(0),
        '-' => (mark_end(1) || only(&['-', ' ', '|', ':'])).then_some(0),
        '=' => only(&['=', ' ']).then_some(0),
        '0'..='9' => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let delimited = line[digits..].starts_with(['.', ')']);
            (digits <= 9 && delimited && mark_end(digits + 1)).then_some(digits)
        }
        _ => None,
    };
    if let Some(at) = at {
        line.insert(at, '\\');
    }
}

/// An address as it stands in the parentheses of a link.
pub fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '&' if is_entity(&address[at + 1..]) => out.push_str("&amp;"),
            c if c.is_whitespace() => {
                let mut bytes = [0; 4];
                let encoded = c.encode_utf8(&mut bytes).bytes();
                out.extend(encoded.map(|byte| format!("%{byte:02X}")));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
