//! JSON-LD: the description search engines ask for, in `<script type="application/ld+json">`.
//!
//! <https://www.w3.org/TR/json-ld11/>, <https://schema.org/Article>

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::tree::Tree;
use super::json;
use super::plain::{key, plain};
use super::schema::{Agent, AgentKind, Description, Picture, fitness};

/// What the JSON-LD of a page says.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub(super) article: Option<Description>,
    /// The page the article stands on: its dates are often the article's own.
    pub(super) page: Option<Description>,
    /// The name of the `WebSite`.
    pub(super) site: Option<String>,
}

/// Objects more than these are a catalogue.
const OBJECTS: usize = 2_000;

type Object = Map<String, Value>;

/// Reads every block of the page; `titles` are what the page calls itself elsewhere and tell the
/// article from its neighbours where several are described.
pub(super) fn read(tree: &Tree, titles: &[&str]) -> JsonLd {
    let values: Vec<Value> = tree
        .elements("script")
        .filter(|&id| {
            tree.attribute(id, "type")
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
        })
        .flat_map(|id| json::read(&tree.text(id)))
        .collect();
    let objects = objects(&values);
    let by_id: HashMap<&str, &Object> = objects
        .iter()
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .filter(|(_, object)| object.len() > 1)
        .collect();
    let reader = Reader { by_id };
    let titles: Vec<String> = titles.iter().map(|title| key(title)).collect();
    let best = |wanted: &dyn Fn(u8) -> bool| {
        let fitting: Vec<(u8, &Object)> = objects
            .iter()
            .filter_map(|object| Some((kind(object)?, *object)))
            .filter(|(fitness, _)| wanted(*fitness))
            .collect();
        let named = |object: &Object| {
            reader
                .line(object, &["headline", "name"])
                .is_some_and(|name| {
                    let name = key(&name);
                    !name.is_empty() && titles.iter().any(|title| title.contains(&name))
                })
        };
        // A page that describes many articles, none of them under its own title, is a list.
        if fitting.len() > 3 && !fitting.iter().any(|(_, object)| named(object)) {
            return None;
        }
        fitting
            .iter()
            .enumerate()
            .max_by_key(|(at, (fitness, object))| (named(object), *fitness, usize::MAX - at))
            .map(|(_, (_, object))| reader.description(object))
    };
    JsonLd {
        article: best(&|fitness| fitness >= 2),
        page: best(&|fitness| fitness == 1),
        site: objects
            .iter()
            .find(|object| types(object).any(|name| name.ends_with("WebSite")))
            .and_then(|object| reader.line(object, &["name", "alternateName"])),
    }
}

/// The objects that describe the page: top level, `@graph`, and what those call their main
/// entity; never the members of lists, comments or related works.
fn objects(values: &[Value]) -> Vec<&Object> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(object) if found.len() < OBJECTS => {
                found.push(object);
                for inner in ["mainEntity", "mainEntityOfPage", "@graph"] {
                    open.extend(object.get(inner));
                }
            }
            _ => {}
        }
    }
    found
}

fn types(object: &Object) -> impl Iterator<Item = &str> {
    let (one, many) = match object.get("@type") {
        Some(Value::String(name)) => (Some(name.as_str()), None),
        Some(Value::Array(names)) => (None, Some(names.iter().filter_map(Value::as_str))),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flatten())
}

fn kind(object: &Object) -> Option<u8> {
    types(object).filter_map(fitness).max()
}

struct Reader<'a> {
    by_id: HashMap<&'a str, &'a Object>,
}

impl Reader<'_> {
    fn description(&self, object: &Object) -> Description {
        let line = |keys: &[&str]| self.line(object, keys);
        Description {
            headline: line(&["headline", "name"]),
            subtitle: line(&["alternativeHeadline"]),
            summary: line(&["description", "abstract"]),
            text: line(&["articleBody", "reviewBody"]),
            authors: ["author", "creator"]
                .iter()
                .map(|key| self.agents(object.get(*key)))
                .find(|agents| !agents.is_empty())
                .unwrap_or_default(),
            publisher: line(&["publisher", "sourceOrganization", "provider"]),
            published: line(&["datePublished", "uploadDate"]),
            created: line(&["dateCreated"]),
            modified: line(&["dateModified"]),
            language: line(&["inLanguage"]),
            url: ["url", "mainEntityOfPage", "@id"]
                .iter()
                .filter_map(|key| object.get(*key).and_then(address))
                .find(|address| address.starts_with("http")),
            license: object.get("license").and_then(address),
            image: object.get("image").and_then(|image| self.picture(image)),
            sections: self.list(object.get("articleSection")),
            keywords: self.list(object.get("keywords")),
        }
    }

    /// The first of these members that holds text.
    fn line(&self, object: &Object, keys: &[&str]) -> Option<String> {
        keys.iter()
            .filter_map(|key| object.get(*key))
            .find_map(|value| self.text(value, 0))
    }

    /// The text of a value: itself, its `@value` or `name`, or that of the object it refers to.
    fn text(&self, value: &Value, depth: usize) -> Option<String> {
        if depth > 4 {
            return None;
        }
        match value {
            Value::String(text) => plain(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Array(items) => items.iter().find_map(|item| self.text(item, depth + 1)),
            Value::Object(object) => ["@value", "name", "legalName"]
                .iter()
                .filter_map(|key| object.get(*key))
                .find_map(|value| self.text(value, depth + 1))
                .or_else(|| {
                    let other = self.by_id.get(object.get("@id")?.as_str()?)?;
                    self.text(other.get("name")?, depth + 1)
                }),
            Value::Null | Value::Bool(_) => None,
        }
    }

    fn agents(&self, value: Option<&Value>) -> Vec<Agent> {
        let mut found = Vec::new();
        let mut open: Vec<&Value> = value.into_iter().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.iter().rev().take(50)),
                Value::String(text) => found.extend(plain(text).map(|name| Agent {
                    name,
                    kind: AgentKind::Unknown,
                })),
                Value::Object(object) => {
                    let object = match object.get("@id").and_then(Value::as_str) {
                        Some(id) if !object.contains_key("name") => {
                            self.by_id.get(id).copied().unwrap_or(object)
                        }
                        _ => object,
                    };
                    let kind = types(object)
                        .map(AgentKind::of_type)
                        .find(|kind| *kind != AgentKind::Unknown)
                        .unwrap_or(AgentKind::Unknown);
                    let names = match object.get("name") {
                        Some(Value::Array(names)) => names.iter().collect(),
                        Some(name) => vec![name],
                        None => Vec::new(),
                    };
                    let mut names: Vec<String> = names
                        .into_iter()
                        .filter_map(|name| self.text(name, 0))
                        .collect();
                    if names.is_empty()
                        && let (Some(given), Some(family)) = (
                            self.line(object, &["givenName"]),
                            self.line(object, &["familyName"]),
                        )
                    {
                        names.push(format!("{given} {family}"));
                    }
                    found.extend(names.into_iter().map(|name| Agent { name, kind }));
                }
                _ => {}
            }
        }
        found
    }

    fn list(&self, value: Option<&Value>) -> Vec<String> {
        match value {
            Some(Value::Array(items)) => items
                .iter()
                .take(100)
                .filter_map(|item| self.text(item, 0))
                .collect(),
            Some(value) => self.text(value, 0).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn picture(&self, value: &Value) -> Option<Picture> {
        match value {
            Value::String(address) => Some(Picture {
                address: address.clone(),
                ..Picture::default()
            }),
            Value::Array(items) => items.iter().find_map(|item| match item {
                Value::Array(_) => None,
                item => self.picture(item),
            }),
            Value::Object(object) => {
                let object = match object.get("@id").and_then(Value::as_str) {
                    Some(id) if !object.contains_key("url") => {
                        self.by_id.get(id).copied().unwrap_or(object)
                    }
                    _ => object,
                };
                Some(Picture {
                    address: ["contentUrl", "url"]
                        .iter()
                        .filter_map(|key| object.get(*key))
                        .find_map(address)?,
                    caption: self.line(object, &["caption", "description"]),
                    credit: self.line(object, &["creditText", "copyrightHolder", "creator"]),
                })
            }
            _ => None,
        }
    }
}

/// An address given as a string, an object with an `@id` or `url`, or the first of several.
fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Object(object) => ["@id", "url"].iter().find_map(|key| {
            object
                .get(*key)?
                .as_str()
                .map(|text| text.trim().to_owned())
        }),
        Value::Array(items) => items.iter().find_map(|item| match item {
            Value::Array(_) => None,
            item => address(item),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(json: &str) -> Tree {
        Tree::parse(&format!(
            "<script type='application/ld+json'>{json}</script>"
        ))
    }

    #[test]
    fn an_article_names_its_authors_and_dates() {
        let tree = page(
            r#"{"@type": ["Thing", "NewsArticle"], "headline": "Ice &amp; fog", "author": [
                {"@type": "Person", "name": "Jane Doe"}, {"@type": "Organization", "name": "Harbour Desk"}],
                "publisher": {"@type": "Organization", "name": "Harbour Times"},
                "datePublished": "2021-04-26", "dateModified": "2021-04-27"}"#,
        );
        let article = read(&tree, &[]).article.unwrap();
        assert_eq!(article.headline.as_deref(), Some("Ice & fog"));
        assert_eq!(article.publisher.as_deref(), Some("Harbour Times"));
        assert_eq!(article.published.as_deref(), Some("2021-04-26"));
        assert_eq!(
            article.authors,
            [
                Agent {
                    name: "Jane Doe".into(),
                    kind: AgentKind::Person
                },
                Agent {
                    name: "Harbour Desk".into(),
                    kind: AgentKind::Organisation
                }
            ]
        );
    }

    #[test]
    fn a_graph_refers_to_its_own_objects() {
        let tree = page(
            r##"{"@graph": [
                {"@type": "WebSite", "name": "Harbour Blog"},
                {"@type": "WebPage", "@id": "#page", "datePublished": "2021-04-26"},
                {"@type": "Article", "headline": "Ice", "author": {"@id": "#jane"}},
                {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}"##,
        );
        let found = read(&tree, &[]);
        assert_eq!(found.site.as_deref(), Some("Harbour Blog"));
        assert_eq!(found.article.unwrap().authors[0].name, "Jane Doe");
        assert_eq!(found.page.unwrap().published.as_deref(), Some("2021-04-26"));
    }

    #[test]
    fn of_several_articles_the_one_with_the_pages_title_counts() {
        let tree = page(
            r#"[{"@type": "Article", "headline": "Fog"}, {"@type": "Article", "headline": "Ice on the quay"}]"#,
        );
        let headline = |titles: &[&str]| read(&tree, titles).article.unwrap().headline.unwrap();
        assert_eq!(
            headline(&["Ice on the Quay | Harbour Times"]),
            "Ice on the quay"
        );
        assert_eq!(headline(&[]), "Fog");
    }

    #[test]
    fn a_list_of_articles_describes_none_of_them() {
        let one = r#"{"@type": "Article", "headline": "Fog"}"#;
        let tree = page(&format!("[{one},{one},{one},{one}]"));
        assert!(read(&tree, &["Front page"]).article.is_none());
        let tree = page(&format!(
            r#"{{"@type": "ItemList", "itemListElement": [{one}]}}"#
        ));
        assert!(read(&tree, &["Front page"]).article.is_none());
    }
}
