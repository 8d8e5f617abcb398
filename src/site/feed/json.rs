//! JSON Feed 1.1.

use serde::Serialize;

use super::super::address::Address;
use super::super::known::Known;
use super::super::plan::Site;
use super::super::render::Output;
use super::entry::Entry;
use super::subject::{NEWEST, Subject};
use crate::archive::ids::ArticleId;

/// A feed and its items, their fields in the order of their names.
#[derive(Serialize)]
struct Document<'a> {
    feed_url: String,
    home_page_url: String,
    items: Vec<Item<'a>>,
    language: &'a str,
    title: &'a str,
    version: &'static str,
}

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
pub fn json_feed(site: &Site<'_>, subject: Subject, known: Known) -> Output {
    let page = subject.page(site.archive);
    let mut articles = subject.articles(site.archive);
    articles.truncate(NEWEST);
    let title = subject.title(site);
    let made_from = (&page, &title, site.cards.prints.told_of(&articles));
    known.unless_same(&made_from, || json(site, &page, &title, &articles))
}

fn json(site: &Site<'_>, page: &Address, title: &str, articles: &[ArticleId]) -> String {
    let entries: Vec<Entry<'_>> = articles.iter().map(|id| Entry::of(site, *id)).collect();
    let document = Document {
        feed_url: site.url(&Address::json_feed(page)),
        home_page_url: site.url(page),
        items: entries.iter().map(item).collect(),
        language: &site.archive.config.language,
        title,
        version: "https://jsonfeed.org/version/1.1",
    };
    // Texts and lists of them always become JSON.
    let mut json = serde_json::to_string_pretty(&document).unwrap_or_default();
    json.push('\n');
    json
}

fn item<'a>(entry: &'a Entry<'_>) -> Item<'a> {
    let card = entry.card;
    Item {
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        content_text: &entry.summary,
        date_modified: &entry.updated,
        date_published: &entry.published,
        external_url: entry.original,
        id: &entry.id,
        language: &card.language,
        tags: card.topics.iter().map(|topic| &*topic.title).collect(),
        title: &card.title,
        url: &entry.url,
    }
}
