//! Changing a content file without touching anything else that stands in it.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::split::split;

/// A replacement of some bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub text: String,
}

/// The text with all edits made. They are of the same text and don't overlap.
pub fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    edits.dedup();
    let mut result = String::with_capacity(text.len() + 64);
    let mut from = 0;
    for Edit { range, text: new } in edits {
        if range.start < from {
            continue;
        }
        result.push_str(&text[from..range.start]);
        result.push_str(&new);
        from = range.end;
    }
    result.push_str(&text[from..]);
    result
}

/// The strings of a front-matter field, a list or a single one, each with its bytes in the file.
pub fn strings(text: &str, field: &str) -> Vec<(Range<usize>, String)> {
    let Ok(parts) = split(text) else {
        return Vec::new();
    };
    let offset = parts.front.start;
    let Ok(table) = DeTable::parse(&text[parts.front]) else {
        return Vec::new();
    };
    let in_file = |range: Range<usize>| range.start + offset..range.end + offset;
    match table.get_ref().get(field) {
        None => Vec::new(),
        Some(value) => match value.get_ref() {
            DeValue::String(string) => vec![(in_file(value.span()), string.to_string())],
            DeValue::Array(list) => list
                .iter()
                .filter_map(|item| match item.get_ref() {
                    DeValue::String(string) => Some((in_file(item.span()), string.to_string())),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        },
    }
}

/// A string as TOML writes it.
pub fn quoted(value: &str) -> String {
    toml::Value::from(value).to_string()
}

/// Takes the entry at `range` out of the list it stands in, with the comma that goes with it.
pub fn without(text: &str, range: Range<usize>) -> Edit {
    let after = &text[range.end..];
    let gap = after.len() - after.trim_start().len();
    if after[gap..].starts_with(',') {
        let rest = &after[gap + 1..];
        let end = range.end + gap + 1 + (rest.len() - rest.trim_start_matches(' ').len());
        return Edit {
            range: range.start..end,
            text: String::new(),
        };
    }
    let before = text[..range.start].trim_end();
    let start = before.strip_suffix(',').map_or(range.start, str::len);
    Edit {
        range: start..range.end,
        text: String::new(),
    }
}

/// Adds entries to a list of the front matter, which is made when it isn't there; entries that
/// it has already are left out. `None` when nothing is to be added or the file has no front
/// matter.
pub fn with(text: &str, field: &str, values: &[String]) -> Option<Edit> {
    let known = strings(text, field);
    let new: Vec<String> = values
        .iter()
        .filter(|value| known.iter().all(|(_, known)| known != *value))
        .map(|value| quoted(value))
        .collect();
    let parts = split(text).ok().filter(|_| !new.is_empty())?;
    if let Some((range, _)) = known.last() {
        return Some(Edit {
            range: range.end..range.end,
            text: format!(", {}", new.join(", ")),
        });
    }
    let front = &text[parts.front.clone()];
    let line = format!("{field} = [{}]", new.join(", "));
    let table = DeTable::parse(front).ok()?;
    if let Some(value) = table.get_ref().get(field) {
        // An empty list.
        let span = value.span();
        return Some(Edit {
            range: parts.front.start + span.start..parts.front.start + span.end,
            text: format!("[{}]", new.join(", ")),
        });
    }
    // Before the first table: below it, a line would belong to that table.
    let at = first_table(front).map_or(parts.front.end, |at| parts.front.start + at);
    let break_before = if text[..at].ends_with('\n') { "" } else { "\n" };
    Some(Edit {
        range: at..at,
        text: format!("{break_before}{line}\n"),
    })
}

/// Where the first table header of a TOML document stands: the first line that opens with `[` and
/// ends a document that is whole without what follows.
fn first_table(front: &str) -> Option<usize> {
    let mut at = 0;
    for line in front.split_inclusive('\n') {
        if line.trim_start().starts_with('[') && DeTable::parse(&front[..at]).is_ok() {
            // An empty line above the header stays with it.
            return Some(front[..at].trim_end().len() + usize::from(at > 0)).map(|end| end.min(at));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "+++\ntitle = \"A\"  # ours\ntopics = [\"quad\", 'trade' , \"x\"]\n\n[extra]\naliases = 1\n+++\n\nText.\n";

    #[test]
    fn an_entry_is_replaced_where_it_stands() {
        let at = strings(FILE, "topics")[1].0.clone();
        let edit = Edit {
            range: at,
            text: quoted("regional-trade"),
        };
        let wanted = FILE.replace("'trade'", "\"regional-trade\"");
        assert_eq!(edited(FILE, vec![edit]), wanted);
    }

    #[test]
    fn an_entry_is_taken_out_with_its_comma() {
        for (entry, wanted) in [
            ("quad", "topics = ['trade' , \"x\"]"),
            ("trade", "topics = [\"quad\", \"x\"]"),
            ("x", "topics = [\"quad\", 'trade' ]"),
        ] {
            let found = strings(FILE, "topics");
            let (range, _) = found.iter().find(|(_, name)| name == entry).unwrap();
            let text = edited(FILE, vec![without(FILE, range.clone())]);
            assert!(text.contains(wanted), "{text}");
        }
    }

    #[test]
    fn a_list_is_added_to_or_made_above_the_tables() {
        let old = ["/old/".to_owned()];
        let made = edited(FILE, vec![with(FILE, "aliases", &old).unwrap()]);
        let again = with(&made, "aliases", &old);
        assert_eq!(again, None);
        let wanted = "\"x\"]\naliases = [\"/old/\"]\n\n[extra]\naliases = 1\n";
        assert!(made.contains(wanted), "{made}");
        let longer = edited(
            &made,
            vec![with(&made, "aliases", &["/b/".to_owned()]).unwrap()],
        );
        assert!(
            longer.contains("aliases = [\"/old/\", \"/b/\"]"),
            "{longer}"
        );
        let bare = "+++\ntitle = \"A\"\n+++\n";
        let made = edited(bare, vec![with(bare, "aliases", &old).unwrap()]);
        assert_eq!(made, "+++\ntitle = \"A\"\naliases = [\"/old/\"]\n+++\n");
    }
}
