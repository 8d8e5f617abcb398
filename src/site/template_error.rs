//! What Tera says about a template, in a theme editor's words and with the place it points at.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{Error, ErrorKind};

use super::error::SiteError;
use crate::diagnostic::{SourceText, nearest, span_within};

type Sources = BTreeMap<String, SourceText>;

/// Everything an error says: Tera gathers unknown filters, functions and includes of all
/// templates into one text.
pub fn explain_all(error: &Error, sources: &Sources) -> Vec<SiteError> {
    let ErrorKind::Msg(text) = error.kind() else {
        return vec![explain(error, sources)];
    };
    let mut found: Vec<SiteError> = Vec::new();
    for report in text.split("error: ").filter(|part| !part.is_empty()) {
        if let Some(fault) = unknown_name(report, sources) {
            found.push(fault);
        }
    }
    if found.is_empty() {
        found.push(explain(error, sources));
    }
    found
}

/// One error.
pub fn explain(error: &Error, sources: &Sources) -> SiteError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let Some(source) = sources.get(report.filename()) else {
                return SiteError::Templates {
                    message: report.message().to_owned(),
                    help: None,
                };
            };
            let at = report.span().range.clone();
            let Told {
                message,
                label,
                help,
            } = tell(report.message(), source.text(), &at);
            SiteError::Template {
                message,
                help,
                label,
                source_code: source.named(),
                span: span_within(source.text(), at).into(),
            }
        }
        ErrorKind::MissingParent { current, parent } => {
            let help =
                nearest(parent, names(sources)).map(|near| format!("did you mean `{near}`?"));
            let message = format!("`{current}` extends `{parent}`, which does not exist");
            match sources.get(current) {
                Some(source) => SiteError::Template {
                    message,
                    label: "no template has this name".to_owned(),
                    help,
                    source_code: source.named(),
                    span: span_within(source.text(), quoted(source.text(), parent)).into(),
                },
                None => SiteError::Templates { message, help },
            }
        }
        ErrorKind::TemplateNotFound(name) => SiteError::Templates {
            message: format!("there is no template `{name}`"),
            help: Some("the default theme has every template: take it from there".to_owned()),
        },
        ErrorKind::CircularExtend {
            tpl,
            inheritance_chain,
        } => circle(tpl, "extends", inheritance_chain, sources),
        ErrorKind::CircularInclude { tpl, include_chain } => {
            circle(tpl, "includes", include_chain, sources)
        }
        _ => SiteError::Templates {
            message: error.to_string(),
            help: None,
        },
    }
}

/// Templates that lead to each other, at the place where one names the next.
fn circle(template: &str, does: &str, chain: &[String], sources: &Sources) -> SiteError {
    let message = format!(
        "`{template}` {does} itself, by way of {}",
        chain.join(" → ")
    );
    let help = Some(
        "under its theme's name the original can be reached: `{% extends \"default/base.html\" %}`"
            .to_owned(),
    );
    let place = sources.get(template).and_then(|source| {
        let mut names = chain.iter().map(String::as_str).chain([template]);
        let at = names.find_map(|name| {
            let bare = name.split_once('/').map_or(name, |(_, bare)| bare);
            let at = [name, bare].map(|name| quoted(source.text(), name));
            at.into_iter().find(|at| !at.is_empty())
        })?;
        Some((source, at))
    });
    match place {
        Some((source, at)) => SiteError::Template {
            message,
            label: "leads back".to_owned(),
            help,
            source_code: source.named(),
            span: span_within(source.text(), at).into(),
        },
        None => SiteError::Templates { message, help },
    }
}

/// The names that templates use for each other, without their theme's.
fn names(sources: &Sources) -> impl Iterator<Item = &str> {
    let bare = |name: &'_ String| name.split_once('/').map_or(0, |(theme, _)| theme.len() + 1);
    sources.keys().map(move |name| &name[bare(name)..])
}

struct Told {
    message: String,
    label: String,
    help: Option<String>,
}

/// A message of Tera's, said so that it helps somebody who has never seen its source.
fn tell(message: &str, text: &str, at: &Range<usize>) -> Told {
    let here = text.get(at.clone()).unwrap_or_default();
    let told = |message: String, label: &str, help: Option<String>| Told {
        message,
        label: label.to_owned(),
        help,
    };
    if let Some(rest) = message.strip_prefix("Field `")
        && let Some((field, fields)) = rest.split_once("` is not defined. Available fields: ")
    {
        let near = nearest(field, fields.split(", "));
        let help = match near {
            Some(near) => format!("did you mean `{near}`? There are: {fields}"),
            None => format!("there are: {fields}"),
        };
        return told(format!("there is no field `{field}` here"), "", Some(help));
    }
    if message.contains("undefined") || message.contains("not defined") {
        let name = expression(text, at.start);
        let help = if name.starts_with("assets[") {
            "the theme has no file of this name below static/: put it there, or mend the name"
                .to_owned()
        } else if name.starts_with("queries.") {
            "`on` of the query in theme.toml names the kinds of page that get it".to_owned()
        } else {
            format!(
                "themes/REFERENCE.md lists the fields that each template gets; one that only some \
                 pages have stands within `{{% if {name} is defined %}}`"
            )
        };
        return told(format!("`{name}` is not defined"), "", Some(help));
    }
    if message == "Unknown tag" && here.starts_with("end") {
        return told(
            format!("`{here}` stands before something above it is closed"),
            "too early",
            Some("look above for an `if`, `for` or `block` without its end".to_owned()),
        );
    }
    if message == "Unexpected end of input" {
        return told(
            "the template ends before everything in it is closed".to_owned(),
            "ends here",
            Some("look for an `if`, `for`, `block` or `{{` without its end".to_owned()),
        );
    }
    if let Some((found, wanted)) = message
        .strip_prefix("Found ")
        .and_then(|rest| rest.split_once(" but expected "))
    {
        let wanted = wanted.trim_end_matches('.').trim_matches('`');
        return told(
            format!("`{wanted}` is expected here, and {found} was found"),
            &format!("`{wanted}` expected"),
            Some("every `{{` needs its `}}`, every `{%` its `%}`".to_owned()),
        );
    }
    told(message.trim_end_matches('.').to_owned(), "here", None)
}

/// The expression that a byte is part of, up to the end of the name there: `article.extra.map`.
fn expression(text: &str, at: usize) -> &str {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '?');
    let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let at = before.len();
    let start = before.len() - before.trim_end_matches(part).len();
    let mut end = rest.find(|c| !part(c)).unwrap_or(rest.len());
    // A name in brackets says what was looked for: `assets[site.params.logo]`.
    if rest[end..].starts_with('[') {
        end = rest.find(']').map_or(end, |close| close + 1);
    }
    &text[at - start..at + end]
}

/// Where a name stands in quotes.
fn quoted(text: &str, name: &str) -> Range<usize> {
    let at = [format!("\"{name}\""), format!("'{name}'")]
        .iter()
        .find_map(|quoted| text.find(quoted.as_str()));
    at.map_or(0..0, |at| at..at + name.len() + 2)
}

/// One report of Tera's: ``Unknown filter `uper`\n --> briefing.html:3:24``.
fn unknown_name(report: &str, sources: &Sources) -> Option<SiteError> {
    let (message, rest) = report.split_once('\n')?;
    let (what, name) = message
        .strip_prefix("Unknown ")?
        .trim_end_matches('`')
        .split_once(" `")?;
    let place = rest.lines().next()?.trim().strip_prefix("--> ")?;
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let source = sources.get(parts.next()?)?;
    let text = source.text();
    // Lines and columns count from 1, columns in characters.
    let line_start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let start = text[line_start..]
        .char_indices()
        .nth(column - 1)
        .map_or(line_start, |(at, _)| line_start + at);
    let quotes = if what == "template" { 2 } else { 0 };
    let help = match what {
        "template" => nearest(name, names(sources)).map(|near| format!("did you mean `{near}`?")),
        _ => Some("themes/README.md lists what templates can use beside Tera's own".to_owned()),
    };
    Some(SiteError::Template {
        message: format!("there is no {what} `{name}`"),
        label: "not known".to_owned(),
        help,
        source_code: source.named(),
        span: span_within(text, start..start + name.len() + quotes).into(),
    })
}
