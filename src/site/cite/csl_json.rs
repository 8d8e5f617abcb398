//! CSL-JSON, the citation style language's own format (citeproc-js schema 1.0.2).

use serde::Serialize;

use super::reference::Reference;
use crate::content::front_matter::Kind;
use crate::text::person_name::PersonName;

/// One item; a file of them is an array.
#[derive(Debug, Serialize)]
pub struct Item<'a> {
    #[serde(rename = "URL")]
    url: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(rename = "container-title")]
    container_title: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    title: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Name<'a> {
    Person { family: &'a str, given: &'a str },
    Other { literal: &'a str },
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Issued {
    date_parts: [(i16, i8, i8); 1],
}

impl<'a> Item<'a> {
    pub fn of(reference: &'a Reference<'_>) -> Self {
        Self {
            url: &reference.url,
            author: reference.authors.iter().map(Name::of).collect(),
            container_title: reference.publication,
            id: &reference.key,
            issued: reference.day.map(|day| Issued {
                date_parts: [(day.year(), day.month(), day.day())],
            }),
            language: reference.language,
            publisher: Some(reference.publisher)
                .filter(|publisher| *publisher != reference.publication),
            title: reference.title,
            kind: match reference.kind {
                Kind::Briefing => "webpage",
                Kind::Source => "article-newspaper",
            },
        }
    }
}

impl<'a> Name<'a> {
    fn of(name: &'a PersonName) -> Self {
        match &name.given {
            Some(given) => Self::Person {
                family: &name.family,
                given,
            },
            None => Self::Other {
                literal: &name.family,
            },
        }
    }
}
