//! What the TOML reader says to programmers, said to editors.

use crate::diagnostic::nearest;

/// A message, the label on its span, and what to try.
#[derive(Debug, PartialEq, Eq)]
pub struct Explained {
    pub message: String,
    pub label: String,
    pub help: Option<String>,
}

const DATES: &str =
    "dates stand without quotes: `2021-04-26`, or with time and offset `2021-04-26T14:53:00+09:00`";

/// Explains a message about the field called `field` (empty where it isn't known). `own` is the
/// table for fields of one's own, in files that have one.
pub fn explain(message: &str, field: &str, own: Option<&str>) -> Explained {
    let message = message.lines().next().unwrap_or_default();
    unknown_field(message, own)
        .or_else(|| missing_field(message))
        .or_else(|| unknown_choice(message))
        .or_else(|| wrong_type(message, field))
        .or_else(|| date(message))
        .or_else(|| syntax(message, field))
        .unwrap_or_else(|| explained(message, "here", None))
}

fn explained(
    message: impl Into<String>,
    label: impl Into<String>,
    help: impl Into<Option<String>>,
) -> Explained {
    Explained {
        message: message.into(),
        label: label.into(),
        help: help.into(),
    }
}

fn unknown_field(message: &str, own: Option<&str>) -> Option<Explained> {
    let (field, known) = message.strip_prefix("unknown field `")?.split_once('`')?;
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let help = match (nearest(field, known.iter().copied()), own) {
        (Some(near), Some(own)) => {
            format!("did you mean `{near}`? Fields of your own go under `[{own}]`")
        }
        (Some(near), None) => format!("did you mean `{near}`?"),
        (None, Some(own)) => format!(
            "fields of your own go under `[{own}]`; known here: {}",
            known.join(", ")
        ),
        (None, None) => format!("known here: {}", known.join(", ")),
    };
    Some(explained(
        format!("there is no field `{field}`"),
        "not a field briefbook knows",
        help,
    ))
}

fn missing_field(message: &str) -> Option<Explained> {
    let field = message
        .strip_prefix("missing field `")?
        .trim_end_matches('`');
    Some(explained(
        format!("the field `{field}` is missing"),
        "in here",
        format!("add `{field} = …`"),
    ))
}

/// ``unknown variant `all`, expected `excerpt` or `full` ``
fn unknown_choice(message: &str) -> Option<Explained> {
    let (written, choices) = message.strip_prefix("unknown variant `")?.split_once('`')?;
    let choices: Vec<String> = choices
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|choice| format!("`\"{choice}\"`"))
        .collect();
    Some(explained(
        format!("`{written}` is none of the values that can stand here"),
        "not a known value",
        format!("write {}", choices.join(" or ")),
    ))
}

/// ``invalid type: string "quad", expected a sequence``
fn wrong_type(message: &str, field: &str) -> Option<Explained> {
    let rest = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.split_once(", expected ")?;
    let field = if field.is_empty() { "…" } else { field };
    // What was found is named by its kind and shown: string "quad", integer `3`.
    let value = found.split_once(' ').map_or(found, |(_, value)| value);
    let value = value.trim_matches('`');
    let (kind, help) = match expected {
        "a sequence" => ("a list", format!("write `{field} = [{value}]`")),
        "a string" => (
            "text",
            format!("put it between quotes: `{field} = \"{value}\"`"),
        ),
        "a boolean" => (
            "true or false",
            format!("write `{field} = true` or `{field} = false`, without quotes"),
        ),
        "a map" => (
            "a table",
            format!("write `[{field}]` on a line of its own and its fields below it"),
        ),
        expected if expected.contains("datetime") => ("a date", DATES.to_owned()),
        expected if expected.starts_with("struct ") => (
            "a table",
            format!("write `[{field}]` on a line of its own and its fields below it"),
        ),
        _ => return None,
    };
    Some(explained(
        format!("`{field}` is {kind}"),
        format!("{kind} is expected here"),
        help,
    ))
}

/// Dates that no calendar has, and those that our own reader refuses.
fn date(message: &str) -> Option<Explained> {
    for (what, start) in [
        ("day", "invalid date, "),
        ("time", "invalid time, "),
        ("offset from UTC", "invalid time offset, "),
        ("date", "invalid datetime, "),
    ] {
        if let Some(expected) = message.strip_prefix(start) {
            let expected = expected.replacen("expected ", "", 1);
            return Some(explained(
                format!("there is no such {what}"),
                format!("expected: {expected}"),
                DATES.to_owned(),
            ));
        }
    }
    let (problem, advice) = message.split_once(": ")?;
    let ours = problem.starts_with("a date-time") || problem.starts_with("a time alone");
    ours.then(|| explained(problem, "this date", advice.to_owned()))
}

fn syntax(message: &str, field: &str) -> Option<Explained> {
    if message.starts_with("invalid basic string") || message.starts_with("invalid literal string")
    {
        return Some(explained(
            "this text has no end",
            "the closing quote is expected here",
            "close it with the quote it began with; inside \"…\", write \\\" for a quote and \\\\ for a backslash"
                .to_owned(),
        ));
    }
    if message.contains("string values must be quoted") {
        let help = if field == "date" || field == "updated" {
            DATES.to_owned()
        } else {
            let field = if field.is_empty() { "…" } else { field };
            format!("put text between quotes: `{field} = \"…\"`")
        };
        return Some(explained("this value has no quotes", "here", help));
    }
    if message.starts_with("duplicate key") {
        return Some(explained(
            "this field is there twice",
            "the second one",
            "keep one of them; a list holds several values: `topics = [\"one\", \"two\"]`"
                .to_owned(),
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::front_matter::FrontMatter;

    fn told(line: &str) -> (String, String) {
        let error = toml::from_str::<FrontMatter>(line).unwrap_err();
        let field = line.split_once('=').map_or("", |(name, _)| name.trim());
        let told = explain(error.message(), field, Some("extra"));
        (told.message, told.help.unwrap_or_default())
    }

    #[test]
    fn every_common_slip_gets_a_sentence_an_editor_can_act_on() {
        for (line, message, help) in [
            (
                "topics = \"quad\"",
                "`topics` is a list",
                "write `topics = [\"quad\"]`",
            ),
            (
                "title = 2021",
                "`title` is text",
                "put it between quotes: `title = \"2021\"`",
            ),
            (
                "draft = \"yes\"",
                "`draft` is true or false",
                "write `draft = true` or `draft = false`, without quotes",
            ),
            ("date = \"2021-04-26\"", "`date` is a date", DATES),
            ("date = 26 April 2021", "this value has no quotes", DATES),
            ("date = 2021-13-01", "there is no such day", DATES),
            (
                "kind = \"report\"",
                "`report` is none of the values that can stand here",
                "write `\"briefing\"` or `\"source\"`",
            ),
            (
                "provenance = \"x\"",
                "`provenance` is a table",
                "write `[provenance]` on a line of its own and its fields below it",
            ),
            (
                "title = Quad",
                "this value has no quotes",
                "put text between quotes: `title = \"…\"`",
            ),
            (
                "title = 'a'\ntitle = 'b'",
                "this field is there twice",
                "keep one of them; a list holds several values: `topics = [\"one\", \"two\"]`",
            ),
        ] {
            assert_eq!(told(line), (message.to_owned(), help.to_owned()), "{line}");
        }
    }
}
