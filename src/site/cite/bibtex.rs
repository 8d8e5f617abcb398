//! BibTeX, as BibLaTeX and reference managers read it: an `@online` entry.

use std::fmt::Write;

use super::reference::Reference;

/// Writes one entry, with a line break at its end.
pub fn bibtex(reference: &Reference<'_>) -> String {
    let mut entry = format!("@online{{{},\n", reference.key);
    let mut field = |name: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(entry, "  {name} = {{{value}}},");
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
fn escaped(text: &str) -> String {
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
    escaped
}

/// An address is taken literally; what would end its field is percent-encoded.
fn address(url: &str) -> String {
    url.replace('{', "%7B")
        .replace('}', "%7D")
        .replace('\\', "%5C")
        .replace(char::is_whitespace, "%20")
}
