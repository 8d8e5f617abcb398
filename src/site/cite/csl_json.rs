//! CSL-JSON, the citation style language's own format (citeproc-js schema 1.0.2).

use serde_json::{Value, json};

use super::reference::Reference;
use crate::content::front_matter::Kind;

/// One item; a file of them is an array.
pub fn csl_json(reference: &Reference<'_>) -> Value {
    let mut item = json!({
        "id": reference.key,
        "type": match reference.kind {
            Kind::Briefing => "webpage",
            Kind::Source => "article-newspaper",
        },
        "title": reference.title,
        "container-title": reference.publication,
        "URL": reference.url,
        "language": reference.language,
    });
    if reference.publisher != reference.publication {
        item["publisher"] = reference.publisher.into();
    }
    let authors: Vec<Value> = reference
        .authors
        .iter()
        .map(|name| match &name.given {
            Some(given) => json!({ "family": name.family, "given": given }),
            None => json!({ "literal": name.family }),
        })
        .collect();
    if !authors.is_empty() {
        item["author"] = authors.into();
    }
    if let Some(day) = reference.day {
        item["issued"] = json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
    }
    item
}
