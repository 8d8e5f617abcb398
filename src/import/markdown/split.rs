//! Front matter of any kind, taken off and read.

use serde_json::{Map, Value};

/// A Markdown file taken apart.
#[derive(Debug, PartialEq)]
pub struct Parts<'a> {
    pub front: Map<String, Value>,
    pub body: &'a str,
}

/// Whether a text is Markdown: it has front matter, or marks of several kinds that nobody types
/// into plain text.
pub fn is_markdown(text: &str) -> bool {
    if matches!(fences(text), Some((_, front, _)) if looks_like_fields(front)) {
        return true;
    }
    if json_end(text).is_some() {
        return true;
    }
    let mut headings = 0;
    let mut links = 0;
    let mut wiki = 0;
    let mut fenced = 0;
    let lines: Vec<&str> = text.lines().take(400).collect();
    for (at, line) in lines.iter().enumerate() {
        // Comments of a script and lists with number signs stand line by line.
        let stands_alone = at
            .checked_sub(1)
            .is_none_or(|above| lines[above].trim().is_empty())
            && lines
                .get(at + 1)
                .is_none_or(|below| level(below) != level(line));
        headings += usize::from(level(line) > 0 && stands_alone);
        links += line.matches("](").count();
        wiki += usize::from(line.contains("[[") && line.contains("]]"));
        fenced += usize::from(line.starts_with("```"));
    }
    let kinds = [headings, links, wiki, fenced];
    kinds.iter().filter(|count| **count > 0).count() >= 2
        || headings >= 2
        || links >= 3
        || wiki >= 2
}

/// The level of the heading that a line may be; 0 if it can't be one.
fn level(line: &str) -> usize {
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    if marks <= 6 && line[marks..].starts_with(' ') {
        marks
    } else {
        0
    }
}

/// `---` and `+++` open lines of text too; front matter has fields.
fn looks_like_fields(front: &str) -> bool {
    let mut lines = front.lines().filter(|line| !line.trim().is_empty());
    lines
        .next()
        .is_none_or(|line| line.contains([':', '=']) || line.starts_with(['[', '#']))
}

/// Takes a file apart; the reason in words where its front matter can't be read.
pub fn split(text: &str) -> Result<Parts<'_>, String> {
    let text = text.trim_start_matches('\u{feff}');
    if let Some((fence, front, body)) = fences(text)
        && looks_like_fields(front)
    {
        let front = if fence == "+++" {
            toml::from_str::<toml::Table>(front)
                .map(table_to_json)
                .map_err(|error| error.to_string())?
        } else {
            yaml(front)?
        };
        return Ok(Parts { front, body });
    }
    if let Some(end) = json_end(text) {
        let front = serde_json::from_str(&text[..end]).map_err(|error| error.to_string())?;
        return Ok(Parts {
            front,
            body: &text[end..],
        });
    }
    Ok(Parts {
        front: Map::new(),
        body: text,
    })
}

/// The fence, what stands between two of them, and the rest.
fn fences(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    let (first, rest) = text.split_once('\n')?;
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let end = line.trim_end();
        if end == fence || (fence == "---" && end == "...") {
            return Some((fence, &rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// Where a JSON object ends that a text begins with and is followed by something else.
fn json_end(text: &str) -> Option<usize> {
    if !text.starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    values.next()?.ok()?;
    let end = values.byte_offset();
    let rest = text[end..].trim_start();
    (!rest.is_empty() && !rest.starts_with(['{', '['])).then_some(end)
}

fn yaml(text: &str) -> Result<Map<String, Value>, String> {
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    let read = |text: &str| serde_saphyr::from_str::<Option<Map<String, Value>>>(text);
    match read(text) {
        Ok(front) => Ok(front.unwrap_or_default()),
        // A title with a colon in it is the commonest fault, and means what it looks like.
        Err(error) => read(&quoted(text))
            .map(Option::unwrap_or_default)
            .map_err(|_| {
                error
                    .to_string()
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            }),
    }
}

/// Values that YAML can't read as they stand, in quotes.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.lines() {
        let field = line.split_once(": ").filter(|(name, value)| {
            let plain = !value
                .trim_start()
                .starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']);
            let bare = name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
            bare && (plain && value.contains(": ")
                || value.starts_with(['@', '`', '%', '*', '&'])
                || value.starts_with("[["))
        });
        match field {
            Some((name, value)) => {
                let value = value.trim().replace('\\', "\\\\").replace('"', "\\\"");
                out.extend([name, ": \"", &value, "\"\n"]);
            }
            None => out.extend([line, "\n"]),
        }
    }
    out
}

/// A TOML table in terms of JSON; dates become text.
fn table_to_json(table: toml::Table) -> Map<String, Value> {
    table
        .into_iter()
        .map(|(name, value)| (name, to_json(value)))
        .collect()
}

fn to_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().map(to_json).collect(),
        toml::Value::Table(table) => Value::Object(table_to_json(table)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn front_matter_of_every_kind_is_read() {
        for (name, text, wanted, body) in [
            (
                "yaml",
                "---\ntitle: Tides\ntags: [a, b]\n---\nText",
                json!({"title": "Tides", "tags": ["a", "b"]}),
                "Text",
            ),
            (
                "toml",
                "+++\ntitle = \"Tides\"\ndate = 2021-04-01\n+++\nText",
                json!({"title": "Tides", "date": "2021-04-01"}),
                "Text",
            ),
            (
                "json",
                "{\n\"title\": \"Tides\"\n}\n\nText",
                json!({"title": "Tides"}),
                "\n\nText",
            ),
            (
                "a colon in the title",
                "---\ntitle: Tides: a story\n---\nText",
                json!({"title": "Tides: a story"}),
                "Text",
            ),
            (
                "a link as a value",
                "---\nauthor: [[Jane Doe]]\nx: a: b\n---\n",
                json!({"author": "[[Jane Doe]]", "x": "a: b"}),
                "",
            ),
            (
                "windows",
                "---\r\ntitle: Tides\r\n---\r\nText",
                json!({"title": "Tides"}),
                "Text",
            ),
            ("nothing in it", "---\n---\nText", json!({}), "Text"),
            ("none", "# Tides\n\nText", json!({}), "# Tides\n\nText"),
            (
                "a rule on top",
                "---\n\nText\n\n---\n",
                json!({}),
                "---\n\nText\n\n---\n",
            ),
        ] {
            let parts = split(text).expect(name);
            assert_eq!(Value::Object(parts.front), wanted, "{name}");
            assert_eq!(parts.body, body, "{name}");
        }
        assert!(split("---\n{ [ :\n---\n").is_err());
    }

    #[test]
    fn markdown_is_told_from_plain_text() {
        for (name, text, wanted) in [
            ("front matter", "---\ntitle: x\n---\n", true),
            (
                "headings and links",
                "# Tides\n\nSee [the map](m.md).",
                true,
            ),
            ("a note", "See [[Tides]] and [[Moon]].\n[[Pier]]", true),
            (
                "a paste",
                "Tides\n\n- first\n- second\n\nBy Jane Doe",
                false,
            ),
            ("a rule", "---\n\nText\n\n---\n", false),
            ("a number sign", "# 1 in the list of ports", false),
            (
                "a list with number signs",
                "The ports\n\n# Oslo\n# Busan\n# Kiel\n\nThree of them.",
                false,
            ),
            (
                "comments of a script",
                "Type this:\n# look for the drive\ndrive -l\n# read the disk\ndrive -r",
                false,
            ),
            ("headings only", "# Tides\n\nText\n\n# Moon\nText", true),
        ] {
            assert_eq!(is_markdown(text), wanted, "{name}");
        }
    }
}
