//! What of a theme is used, told from its sources: templates that no page leads to, strings that no
//! template says, and the other way round, what is named and isn't there.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::error::SiteError;
use super::theme::Theme;
use crate::diagnostic::{Findings, SourceText, nearest};

/// The templates that pages and mails are made with, whatever the theme; see `render`.
const PAGES: [&str; 22] = [
    "404.html",
    "briefing.html",
    "corrections.html",
    "email/issue.html",
    "email/issue.txt",
    "email/subject.txt",
    "event.html",
    "home.html",
    "issue.html",
    "month.html",
    "page.html",
    "search.html",
    "source.html",
    "stories.html",
    "taxonomy.html",
    "term.html",
    "term_year.html",
    "thread.html",
    "week.html",
    "year.html",
    // For the page kinds that name none.
    "group.html",
    "groups.html",
];

/// Strings that the program itself reads: patterns of dates, what the text of an article says.
const READ_BY_THE_PROGRAM: [&str; 12] = [
    "months",
    "months_short",
    "weekdays",
    "date_long",
    "date_short",
    "date_weekday",
    "month_year",
    "thousands",
    "footnotes",
    "back_to_text",
    "taxonomies",
    "languages",
];

static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"["']([^"'\n]+\.(?:html|txt))["']"#));
static DEFINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{%-?\s*component\s+(\w+)"));
static SHOWN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?:\{\{-?\s*<|(?:each|once)\(component\s*=\s*["'])(\w+)"#));
static SAID: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^\w.])t(\?)?\.(\w+)"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file")
}

/// What a theme's own files hold that nothing uses.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Unused {
    /// Paths of templates.
    pub templates: Vec<String>,
    /// Path of a file of strings, and the string.
    pub strings: Vec<(String, String)>,
}

/// Holds a theme's parts against each other. A template that every site needs and a string that a
/// template says are errors where they are missing.
pub fn review(theme: &Theme, findings: &mut Findings) -> Unused {
    for name in PAGES {
        if theme.template(name).is_none() {
            findings.push(SiteError::Templates {
                message: format!("there is no `{name}`, and every site needs it"),
                help: Some(
                    "write it, or take it from another theme: `extends = \"default\"` in theme.toml"
                        .to_owned(),
                ),
            });
        }
    }
    let used = reached(theme);
    let mut said: BTreeSet<&str> = READ_BY_THE_PROGRAM.into();
    for name in &used {
        let source = &theme.templates[*name];
        for found in SAID.captures_iter(source.text()) {
            let string = found.get(2).expect("the pattern has two groups");
            said.insert(string.as_str());
            if found.get(1).is_none()
                && let Some(missing) = missing(theme, source, string.range())
            {
                findings.push(missing);
            }
        }
    }
    let own = theme.layers.first().map_or("", String::as_str);
    let of_its_own = |name: &&String| name.split_once('/').is_some_and(|(layer, _)| layer == own);
    let templates = theme.templates.keys().filter(of_its_own);
    let strings = theme.own_strings.iter();
    Unused {
        templates: templates
            .filter(|name| !used.contains(name.as_str()))
            .map(|name| theme.templates[name].name().to_owned())
            .collect(),
        strings: strings
            .filter(|(_, string)| !said.contains(string.as_str()))
            .cloned()
            .collect(),
    }
}

/// The full names of the templates that some page is made with, directly or not.
fn reached(theme: &Theme) -> BTreeSet<&str> {
    let kinds = theme.page_kinds.iter();
    let kinds = kinds.flat_map(|kind| [&kind.template.name, &kind.index_template.name]);
    let roots = PAGES.into_iter().chain(kinds.map(String::as_str));
    // Components are known by name, wherever they stand.
    let mut next: Vec<&str> = roots.filter_map(|name| full_name(theme, name)).collect();
    let mut used = BTreeSet::new();
    while let Some(name) = next.pop() {
        if !used.insert(name) {
            continue;
        }
        let text = theme.templates[name].text();
        let named = QUOTED.captures_iter(text).filter_map(|found| found.get(1));
        next.extend(named.filter_map(|name| full_name(theme, name.as_str())));
        let shown: BTreeSet<&str> = SHOWN
            .captures_iter(text)
            .filter_map(|found| Some(found.get(1)?.as_str()))
            .collect();
        let homes = theme.templates.iter().filter(|(_, source)| {
            let mut defined = DEFINED.captures_iter(source.text());
            defined.any(|found| {
                found
                    .get(1)
                    .is_some_and(|name| shown.contains(name.as_str()))
            })
        });
        next.extend(homes.map(|(name, _)| name.as_str()));
    }
    used
}

/// The name that a template has with its theme's: as templates use it, or written so already.
fn full_name<'t>(theme: &'t Theme, name: &str) -> Option<&'t str> {
    let layers = theme.layers.iter().map(|layer| format!("{layer}/{name}"));
    layers
        .chain([name.to_owned()])
        .find_map(|full| theme.templates.get_key_value(&full))
        .map(|(full, _)| full.as_str())
}

fn missing(theme: &Theme, source: &SourceText, at: std::ops::Range<usize>) -> Option<SiteError> {
    let english = theme.strings.get("en")?;
    let string = &source.text()[at.clone()];
    if english.contains_key(string) {
        return None;
    }
    let near = nearest(string, english.keys().map(String::as_str));
    Some(SiteError::Template {
        message: format!("there is no string `{string}`"),
        label: "in no file of i18n/".to_owned(),
        help: Some(match near {
            Some(near) => format!("did you mean `t.{near}`?"),
            None => format!("add `{string} = \"…\"` to the theme's i18n/en.toml"),
        }),
        source_code: source.named(),
        span: at.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_that_pages_are_made_with_is_known() {
        let render = include_str!("render.rs");
        let named = QUOTED
            .captures_iter(render)
            .map(|found| found[1].to_owned());
        let named: BTreeSet<String> = named.collect();
        let missing: Vec<_> = named
            .iter()
            .filter(|name| !PAGES.contains(&&***name))
            .collect();
        assert!(named.len() > 10 && missing.is_empty(), "{missing:?}");
    }
}
