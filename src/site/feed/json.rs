//! JSON Feed 1.1.

use serde::Serialize;

use super::super::address::Address;
use super::super::known::Known;
use super::super::plan::Site;
use super::super::render::Output;
use super::entry::{Entries, Entry};
use super::subject::{NEWEST, Subject};

/// How deep an item stands in a feed.
const INDENT: &str = "\n    ";

/// An item, its fields in the order of their names.
#[derive(Serialize)]
struct Item<'a> {
    authors: Vec<Author<'a>>,
    content_text: &'a str,
    date_modified: &'a str,
    date_published: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    id: &'a str,
    language: &'a str,
    tags: Vec<&'a str>,
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

/// The feed of a subject: its newest articles.
pub fn json_feed(site: &Site<'_>, entries: &Entries, subject: Subject, known: Known<'_>) -> Output {
    let page = subject.page(site.archive);
    let mut articles = subject.articles(site.archive);
    articles.truncate(NEWEST);
    let title = subject.title(site);
    let made_from = (&page, &title, site.cards.prints.told_of(&articles));
    known.unless_same(&made_from, || {
        let items = articles.iter().map(|id| entries.json(site, *id));
        json(site, &page, &title, &items.collect::<Vec<_>>())
    })
}

/// A feed and its items, its fields in the order of their names.
fn json(site: &Site<'_>, page: &Address, title: &str, items: &[&str]) -> String {
    let [feed, home, language, title] = [
        &site.url(&Address::json_feed(page)),
        &site.url(page),
        &*site.archive.config.language,
        title,
    ]
    .map(|text| serde_json::Value::from(text).to_string());
    let items = match items {
        [] => String::new(),
        items => format!("{INDENT}{}\n  ", items.join(&format!(",{INDENT}"))),
    };
    format!(
        "{{\n  \"feed_url\": {feed},\n  \"home_page_url\": {home},\n  \"items\": [{items}],\n  \
         \"language\": {language},\n  \"title\": {title},\n  \
         \"version\": \"https://jsonfeed.org/version/1.1\"\n}}\n"
    )
}

/// An article as it stands in every feed.
pub fn item(entry: &Entry<'_>, summary: &str) -> String {
    let card = entry.card;
    let item = Item {
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        content_text: summary,
        date_modified: &entry.updated,
        date_published: &entry.published,
        external_url: entry.original,
        id: &entry.id,
        language: &card.language,
        tags: card.topics.iter().map(|topic| &*topic.title).collect(),
        title: &card.title,
        url: &entry.url,
    };
    // Texts and lists of them always become JSON, and a line never ends within one.
    let json = serde_json::to_string_pretty(&item).unwrap_or_default();
    json.replace('\n', INDENT)
}
