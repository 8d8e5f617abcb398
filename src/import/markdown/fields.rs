//! Front matter of other programs in our terms.
//!
//! Each row of the tables is one of our fields with the names that it goes by elsewhere, the
//! commonest first. What is in no table is kept under `[extra]`.

use serde_json::{Map, Value};

use crate::content::front_matter::{FrontMatter, Kind, Provenance};
use crate::import::draft::Setting;
use crate::import::readers::dates;

const TITLE: &[&str] = &["title", "name"];
const SUBTITLE: &[&str] = &["subtitle", "sub_title", "subheading", "deck"];
const SUMMARY: &[&str] = &["description", "summary", "excerpt", "abstract"];
const DATE: &[&str] = &[
    "date",
    "publishdate",
    "published",
    "pubdate",
    "created",
    "created_at",
];
const UPDATED: &[&str] = &[
    "updated",
    "lastmod",
    "modified",
    "last_modified_at",
    "updated_at",
];
const AUTHORS: &[&str] = &["authors", "author"];
const PUBLISHER: &[&str] = &["publisher", "site_name", "publication"];
const LANGUAGE: &[&str] = &["language", "lang", "locale"];
const SERIES: &[&str] = &["series"];
const LICENSE: &[&str] = &["license", "licence"];
/// Where somebody else's text came from.
const SOURCE: &[&str] = &[
    "source",
    "source_url",
    "original",
    "original_url",
    "canonical_url",
    "canonicalurl",
    "canonical",
    "url",
];
const KEYWORDS: &[&str] = &[
    "tags",
    "keywords",
    "categories",
    "category",
    "topics",
    "tag",
];
const ALIASES: &[&str] = &["aliases", "redirect_from", "permalink", "url"];
const SLUG: &[&str] = &["slug"];

/// What front matter says, in our terms.
#[derive(Debug, Default)]
pub struct Fields {
    pub front: FrontMatter,
    /// The last part of the address that it asks for.
    pub slug: Option<String>,
}

/// Brings front matter into our terms.
pub fn fields(given: Map<String, Value>, setting: &Setting) -> Fields {
    let mut fields = Fields::default();
    let mut rest = Rest::new(given);
    let front = &mut fields.front;
    front.title = rest.text(TITLE).unwrap_or_default();
    front.subtitle = rest.text(SUBTITLE);
    front.summary = rest.text(SUMMARY);
    front.date = rest.take(DATE, |value| dates::read(value.as_str()?, setting));
    front.updated = rest
        .take(UPDATED, |value| dates::read(value.as_str()?, setting))
        .filter(|updated| Some(*updated) != front.date);
    front.authors = rest.take(AUTHORS, names).unwrap_or_default();
    front.publisher = rest.text(PUBLISHER);
    front.language = rest.text(LANGUAGE);
    front.series = rest.take(SERIES, |value| names(value)?.into_iter().next());
    front.draft = rest.take(&["draft"], Value::as_bool).unwrap_or(false)
        // Jekyll and Obsidian say it the other way round.
        || rest.take(&["published", "publish"], Value::as_bool) == Some(false);
    front.kind = rest.take(&["kind", "type"], |value| match value.as_str()? {
        "briefing" => Some(Kind::Briefing),
        "source" => Some(Kind::Source),
        _ => None,
    });
    let license = rest.text(LICENSE);
    let source = rest.take(SOURCE, |value| {
        let address = value.as_str()?.trim();
        address.starts_with("http").then(|| address.to_owned())
    });
    if license.is_some() || source.is_some() {
        front.provenance = Some(Box::new(Provenance {
            url: source,
            license,
            ..Provenance::default()
        }));
    }
    for name in KEYWORDS {
        front
            .keywords
            .extend(rest.take(&[name], keywords).unwrap_or_default());
    }
    for name in ALIASES {
        front
            .aliases
            .extend(rest.take(&[name], addresses).unwrap_or_default());
    }
    fields.slug = rest.text(SLUG);
    // Zola sorts its taxonomies into a table of their own.
    if let Some(Value::Object(taxonomies)) = rest.given.remove("taxonomies") {
        for value in taxonomies.values() {
            front.keywords.extend(keywords(value).unwrap_or_default());
        }
    }
    let mut seen = Vec::new();
    front.keywords.retain(|keyword| {
        let new = !seen.contains(keyword);
        seen.push(keyword.clone());
        new
    });
    for nested in ["extra", "params"] {
        if let Some(Value::Object(inner)) = rest.given.remove(nested) {
            extend(&mut front.extra, inner);
        }
    }
    extend(&mut front.extra, rest.given);
    fields
}

/// Fields that nothing has been made of yet.
struct Rest {
    given: Map<String, Value>,
}

impl Rest {
    fn new(given: Map<String, Value>) -> Self {
        Self { given }
    }

    /// The first field of these names that can be read; it is taken, the others stay.
    fn take<T>(&mut self, names: &[&str], read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        names.iter().find_map(|name| {
            let key = self
                .given
                .keys()
                .find(|key| key.to_lowercase().replace('-', "_") == *name)?
                .clone();
            let value = read(self.given.get(&key)?)?;
            self.given.remove(&key);
            Some(value)
        })
    }

    fn text(&mut self, names: &[&str]) -> Option<String> {
        self.take(names, |value| match value {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }
}

/// One name, several, or objects with a name; `[[Jane Doe]]` is a name too.
fn names(value: &Value) -> Option<Vec<String>> {
    let name = |text: &str| {
        let text = text.trim();
        let inner = text
            .strip_prefix("[[")
            .and_then(|text| text.strip_suffix("]]"));
        let text = inner.unwrap_or(text);
        let shown = text.rsplit('|').next().unwrap_or(text).trim();
        (!shown.is_empty()).then(|| shown.to_owned())
    };
    let names: Vec<String> = match value {
        Value::String(text) => name(text).into_iter().collect(),
        Value::Array(values) => values
            .iter()
            .filter_map(|value| match value {
                Value::String(text) => name(text),
                Value::Object(object) => name(object.get("name")?.as_str()?),
                _ => None,
            })
            .collect(),
        Value::Object(object) => name(object.get("name")?.as_str()?).into_iter().collect(),
        _ => return None,
    };
    (!names.is_empty()).then_some(names)
}

/// A list of words; a text is one with commas, or with spaces where there are no commas.
fn keywords(value: &Value) -> Option<Vec<String>> {
    let word = |text: &str| text.trim().trim_start_matches('#').to_owned();
    let words: Vec<String> = match value {
        Value::String(text) if text.contains(',') => text.split(',').map(word).collect(),
        Value::String(text) => text.split_whitespace().map(word).collect(),
        Value::Array(values) => values
            .iter()
            .filter_map(|value| match value {
                Value::String(text) => Some(word(text)),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            })
            .collect(),
        Value::Null => Vec::new(),
        _ => return None,
    };
    Some(words.into_iter().filter(|word| !word.is_empty()).collect())
}

/// Old addresses: paths of the site. An alias that is a name (Obsidian) is none, and neither is
/// one with a placeholder.
fn addresses(value: &Value) -> Option<Vec<String>> {
    let is_path =
        |text: &str| text.starts_with('/') && text.len() > 1 && !text.contains([':', '?']);
    let paths: Vec<String> = match value {
        Value::String(text) => vec![text.trim().to_owned()],
        Value::Array(values) => values
            .iter()
            .filter_map(|value| Some(value.as_str()?.trim().to_owned()))
            .collect(),
        _ => return None,
    };
    (!paths.is_empty() && paths.iter().all(|path| is_path(path))).then_some(paths)
}

fn extend(extra: &mut toml::Table, more: Map<String, Value>) {
    for (name, value) in more {
        if let Some(value) = to_toml(value) {
            extra.insert(name, value);
        }
    }
}

/// TOML has no null: a field without a value says nothing.
fn to_toml(value: Value) -> Option<toml::Value> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(flag) => flag.into(),
        Value::Number(number) => match number.as_i64() {
            Some(number) => number.into(),
            None => number.as_f64()?.into(),
        },
        Value::String(text) => text.into(),
        Value::Array(values) => values
            .into_iter()
            .filter_map(to_toml)
            .collect::<Vec<_>>()
            .into(),
        Value::Object(object) => {
            let mut table = toml::Table::new();
            extend(&mut table, object);
            table.into()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> Fields {
        let Value::Object(given) = value else {
            panic!("an object");
        };
        fields(given, &Setting::default())
    }

    #[test]
    fn fields_of_every_program_find_their_place() {
        let hugo = read(json!({
            "title": "Tides", "date": "2021-04-01T18:30:00+09:00", "lastmod": "2021-05-01",
            "draft": true, "tags": ["moon"], "categories": ["ports"], "aliases": ["/old/tides/"],
            "author": "Jane Doe", "weight": 3, "params": {"desk": "east"},
        }));
        let front = &hugo.front;
        assert_eq!(front.date.unwrap().to_string(), "2021-04-01T18:30:00+09:00");
        assert_eq!(front.updated.unwrap().to_string(), "2021-05-01");
        assert!(front.draft);
        assert_eq!(front.keywords, ["moon", "ports"]);
        assert_eq!(front.aliases, ["/old/tides/"]);
        assert_eq!(front.authors, ["Jane Doe"]);
        assert_eq!(front.extra["weight"].as_integer(), Some(3));
        assert_eq!(front.extra["desk"].as_str(), Some("east"));

        let jekyll = read(json!({
            "layout": "post", "title": "Tides", "date": "2021-04-01 18:30:00 +0900",
            "categories": "ports trade", "published": false, "redirect_from": "/tides.html",
        }));
        assert_eq!(jekyll.front.keywords, ["ports", "trade"]);
        assert!(jekyll.front.draft);
        assert_eq!(jekyll.front.aliases, ["/tides.html"]);
        assert_eq!(jekyll.front.extra["layout"].as_str(), Some("post"));

        let zola = read(json!({
            "title": "Tides", "taxonomies": {"tags": ["moon"], "people": ["Jane Doe"]},
            "extra": {"toc": true},
        }));
        assert_eq!(zola.front.keywords, ["Jane Doe", "moon"]);
        assert_eq!(zola.front.extra["toc"].as_bool(), Some(true));

        let obsidian = read(json!({
            "aliases": ["High water"], "tags": ["#moon"], "author": "[[Jane Doe]]",
            "source": "https://pier.example/tides", "created": "2021-04-01", "empty": null,
        }));
        assert_eq!(obsidian.front.authors, ["Jane Doe"]);
        assert_eq!(obsidian.front.keywords, ["moon"]);
        assert!(obsidian.front.aliases.is_empty());
        assert!(
            obsidian.front.extra.contains_key("aliases"),
            "a name is no address"
        );
        let url = obsidian.front.provenance.unwrap().url;
        assert_eq!(url.as_deref(), Some("https://pier.example/tides"));
    }
}
