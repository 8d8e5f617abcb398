//! JSON Feed 1.1.

use serde_json::{Value, json};

use super::super::address::Address;
use super::super::plan::Site;
use super::entry::Entry;
use super::subject::{NEWEST, Subject};

/// The feed of a subject: its newest articles.
pub fn json_feed(site: &Site<'_>, subject: Subject) -> String {
    let page = subject.page(site.archive);
    let newest = subject.articles(site.archive).into_iter().take(NEWEST);
    let items: Vec<Value> = newest.map(|id| item(&Entry::of(site, id))).collect();
    let document = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": subject.title(site),
        "home_page_url": site.url(&page),
        "feed_url": site.url(&Address::json_feed(&page)),
        "language": site.archive.config.language,
        "items": items,
    });
    format!("{document:#}\n")
}

fn item(entry: &Entry<'_>) -> Value {
    let card = entry.card;
    let names = |name: &&str| json!({ "name": name });
    let mut item = json!({
        "id": entry.id,
        "url": entry.url,
        "title": card.title,
        "content_text": entry.summary,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": entry.authors.iter().map(names).collect::<Vec<_>>(),
        "tags": card.topics.iter().map(|topic| &topic.title).collect::<Vec<_>>(),
        "language": card.language,
    });
    if let Some(original) = &entry.original {
        item["external_url"] = original.as_str().into();
    }
    item
}
