//! BibTeX, as BibLaTeX and reference managers read it: an `@online` entry.

use std::borrow::Cow;

use super::reference::Reference;

/// Writes one entry, with a line break at its end.
pub fn bibtex(reference: &Reference<'_>) -> String {
    let mut entry = format!("@online{{{},\n", reference.key);
    let mut field = |name: &str, value: &str| {
        for part in ["  ", name, " = {", value, "},\n"] {
            entry.push_str(part);
        }
    };
    // A second pair of braces keeps a title's capitals, and a house from being taken apart.
    field("title", &format!("{{{}}}", escaped(reference.title)));
    let authors: Vec<String> = reference
        .authors
        .iter()
        .map(|name| match &name.given {
            Some(given) => format!("{}, {}", escaped(&name.family), escaped(given)),
            None => format!("{{{}}}", escaped(&name.family)),
        })
        .collect();
    if !authors.is_empty() {
        field("author", &authors.join(" and "));
    }
    field("organization", &escaped(reference.publication));
    if let Some(day) = reference.day {
        field("date", &day.to_string());
        field("year", &day.year().to_string());
    }
    field("url", &address(&reference.url));
    field("langid", &escaped(reference.language));
    entry.push_str("}\n");
    entry
}

/// Text in a field: what TeX would take for a command is escaped, line breaks are spaces.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" .,:;?!'\"()-".contains(&byte);
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if c.is_control() || c.is_whitespace() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// An address is taken literally; what would end its field is percent-encoded.
fn address(url: &str) -> String {
    let mut written = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' => written.push_str("%7B"),
            '}' => written.push_str("%7D"),
            '\\' => written.push_str("%5C"),
            c if c.is_whitespace() => written.push_str("%20"),
            c => written.push(c),
        }
    }
    written
}
