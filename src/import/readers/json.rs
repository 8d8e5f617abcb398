//! JSON: one object a line with a page's address and its HTML or text, as crawlers and corpora
//! write them; a JSON Feed.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use super::dates;
use super::open::{Documents, LIMIT, LIMIT_BYTES, one, whole};
use super::xml::escape;
use crate::content::date::PublicationDate;
use crate::content::front_matter::FrontMatter;
use crate::import::document::{Content, Format, RawDocument, found_at};
use crate::import::draft::Setting;
use crate::import::error::ImportError;
use crate::text::names;

const URL: [&str; 6] = [
    "url",
    "link",
    "source_url",
    "canonical_url",
    "uri",
    "address",
];
const HTML: [&str; 5] = ["html", "raw_html", "content_html", "page", "source_html"];
const TEXT: [&str; 9] = [
    "text",
    "content",
    "article",
    "body",
    "maintext",
    "content_text",
    "article_text",
    "plain_text",
    "markdown",
];
const TITLE: [&str; 3] = ["title", "headline", "name"];
const DATE: [&str; 9] = [
    "date",
    "date_published",
    "published",
    "published_at",
    "publish_date",
    "date_publish",
    "datePublished",
    "pubDate",
    "created_at",
];
const UPDATED: [&str; 5] = [
    "updated",
    "date_modified",
    "modified",
    "dateModified",
    "updated_at",
];
const AUTHORS: [&str; 4] = ["authors", "author", "byline", "creator"];
const PUBLISHER: [&str; 5] = [
    "publisher",
    "sitename",
    "site_name",
    "publication",
    "outlet",
];
const KEYWORDS: [&str; 3] = ["tags", "keywords", "categories"];
const SUMMARY: [&str; 4] = ["summary", "description", "excerpt", "abstract"];
const LANGUAGE: [&str; 2] = ["language", "lang"];
const RETRIEVED: [&str; 5] = [
    "retrieved",
    "crawled_at",
    "fetched_at",
    "date_download",
    "scraped_at",
];

/// The objects of a stream, one a line; an array, or one object over several lines, is read as a
/// whole.
pub fn objects(name: String, stream: impl BufRead + 'static, setting: Setting) -> Documents {
    let mut lines = Lines {
        name: name.clone(),
        stream,
        number: 0,
    };
    let Some(first) = lines.next() else {
        return one(Err(ImportError::Empty { name }));
    };
    let complete = |line: &[u8]| {
        serde_json::from_slice::<Value>(line.trim_ascii()).is_ok_and(|value| value.is_object())
    };
    match first {
        Ok((_, line)) if !complete(&line) => {
            let rest = std::io::Cursor::new(line).chain(lines.stream);
            array(&name, rest, &setting)
        }
        first => {
            let lines = std::iter::once(first).chain(lines);
            Box::new(lines.filter_map(move |line| match line {
                Err(error) => Some(Err(error)),
                Ok((_, line)) if line.trim_ascii().is_empty() => None,
                Ok((number, line)) => {
                    let place = format!("line {number}");
                    Some(document(&name, place, line, &setting))
                }
            }))
        }
    }
}

/// Lines with their numbers; one that is too long is an error in its place.
struct Lines<R> {
    name: String,
    stream: R,
    number: usize,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<(usize, Vec<u8>), ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        let read = (&mut self.stream)
            .take(LIMIT_BYTES as u64)
            .read_until(b'\n', &mut line);
        self.number += 1;
        match read {
            Ok(0) => None,
            Ok(_) if line.len() == LIMIT_BYTES && !line.ends_with(b"\n") => {
                let skipped = self.stream.skip_until(b'\n');
                Some(Err(match skipped {
                    Ok(_) => ImportError::TooLarge {
                        name: format!("{}, line {}", self.name, self.number),
                        limit: LIMIT,
                    },
                    Err(error) => ImportError::unreadable(&self.name, &error),
                }))
            }
            Ok(_) => Some(Ok((self.number, line))),
            Err(error) => Some(Err(ImportError::unreadable(&self.name, &error))),
        }
    }
}

fn array(name: &str, stream: impl Read, setting: &Setting) -> Documents {
    let bytes = match whole(name, stream) {
        Ok(bytes) => bytes,
        Err(error) => return one(Err(error)),
    };
    let values: Vec<Value> = match serde_json::from_slice(&bytes) {
        Ok(Value::Array(values)) => values,
        Ok(value) => vec![value],
        Err(error) => return one(Err(not_json(name.to_owned(), &error))),
    };
    let documents: Vec<_> = values
        .into_iter()
        .enumerate()
        .map(|(at, value)| {
            document(
                name,
                format!("object {}", at + 1),
                value.to_string().into_bytes(),
                setting,
            )
        })
        .collect();
    Box::new(documents.into_iter())
}

fn not_json(name: String, error: &serde_json::Error) -> ImportError {
    ImportError::Unreadable {
        name,
        reason: format!("it is not JSON: {error}"),
    }
}

fn document(
    name: &str,
    place: String,
    line: Vec<u8>,
    setting: &Setting,
) -> Result<RawDocument, ImportError> {
    let label = || format!("{name}, {place}");
    let object: Map<String, Value> =
        serde_json::from_slice(line.trim_ascii()).map_err(|error| not_json(label(), &error))?;
    let html = text(&object, &HTML);
    let content = match (html, text(&object, &TEXT)) {
        (Some(html), _) => Content::Page(html),
        (None, Some(text)) if looks_like_html(&text) => Content::Fragment(text),
        (None, Some(text)) => Content::Prose(text),
        (None, None) => return Err(ImportError::NoText { name: label() }),
    };
    let known = known(&object, setting);
    Ok(RawDocument::inside(
        name,
        place,
        line,
        content,
        Format::Json,
        known,
    ))
}

fn looks_like_html(text: &str) -> bool {
    text.trim_start().starts_with('<') && text.contains("</")
}

/// The entries of a JSON Feed (version 1 or 1.1).
pub fn feed(name: &str, bytes: Result<Vec<u8>, ImportError>, setting: &Setting) -> Documents {
    let parsed = bytes.and_then(|bytes| {
        serde_json::from_slice::<Map<String, Value>>(&bytes)
            .map_err(|error| not_json(name.to_owned(), &error))
    });
    let feed = match parsed {
        Ok(feed) => feed,
        Err(error) => return one(Err(error)),
    };
    let items = match feed.get("items") {
        Some(Value::Array(items)) => items.clone(),
        _ => Vec::new(),
    };
    let documents: Vec<_> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((at, item.as_object()?)))
        .map(|(at, item)| {
            let mut known = known(item, setting);
            known.publisher = known.publisher.or_else(|| text(&feed, &["title"]));
            known.language = known.language.or_else(|| text(&feed, &["language"]));
            if known.authors.is_empty() {
                known.authors = authors(&feed);
            }
            let content = match (text(item, &["content_html"]), text(item, &["content_text"])) {
                (Some(html), _) => Content::Fragment(html),
                (None, Some(text)) => Content::Prose(text),
                (None, None) => {
                    known
                        .review
                        .push("body: the feed gives a summary only".to_owned());
                    let summary = known.summary.take().unwrap_or_default();
                    Content::Fragment(format!("<p>{}</p>", escape(&summary)))
                }
            };
            let raw = Value::Object(item.clone()).to_string().into_bytes();
            let place = format!("entry {}", at + 1);
            Ok(RawDocument::inside(
                name,
                place,
                raw,
                content,
                Format::Feed,
                known,
            ))
        })
        .collect();
    Box::new(documents.into_iter())
}

fn known(object: &Map<String, Value>, setting: &Setting) -> FrontMatter {
    let date = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| date(object.get(*name)?, setting))
    };
    let mut provenance = found_at(text(object, &URL).filter(|url| url.starts_with("http")));
    if let Some(retrieved) = date(&RETRIEVED) {
        provenance.get_or_insert_default().retrieved = Some(retrieved);
    }
    if let Some(license) = text(object, &["license", "licence"]) {
        provenance.get_or_insert_default().license = Some(license);
    }
    FrontMatter {
        title: text(object, &TITLE).unwrap_or_default(),
        subtitle: text(object, &["subtitle"]),
        summary: text(object, &SUMMARY),
        date: date(&DATE),
        updated: date(&UPDATED),
        authors: authors(object),
        publisher: text(object, &PUBLISHER),
        language: text(object, &LANGUAGE),
        keywords: KEYWORDS
            .iter()
            .find_map(|name| object.get(*name))
            .map(strings)
            .unwrap_or_default(),
        provenance,
        ..FrontMatter::default()
    }
}

/// The first of these fields that has text in it.
fn text(object: &Map<String, Value>, fields: &[&str]) -> Option<String> {
    fields
        .iter()
        .filter_map(|field| object.get(*field)?.as_str())
        .map(str::trim)
        .find(|text| !text.is_empty())
        .map(str::to_owned)
}

fn date(value: &Value, setting: &Setting) -> Option<PublicationDate> {
    match value {
        Value::String(text) => dates::read(text, setting),
        Value::Number(seconds) => dates::of_unix(seconds.as_i64()?),
        _ => None,
    }
}

/// Names as a text, a list of texts, or objects with a name.
fn authors(object: &Map<String, Value>) -> Vec<String> {
    let raw = AUTHORS
        .iter()
        .find_map(|name| object.get(*name))
        .map(strings)
        .unwrap_or_default();
    let mut authors = Vec::new();
    for person in raw.iter().flat_map(|raw| names::persons(raw)) {
        if !authors.contains(&person) {
            authors.push(person);
        }
    }
    authors
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text
            .split([',', ';'])
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect(),
        Value::Array(values) => values
            .iter()
            .filter_map(|value| match value {
                Value::String(text) => Some(text.trim().to_owned()),
                Value::Object(object) => text(object, &["name"]),
                _ => None,
            })
            .collect(),
        Value::Object(object) => text(object, &["name"]).into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn setting() -> Setting {
        Setting::default()
    }

    #[test]
    fn every_line_is_a_document_and_a_bad_one_is_named() {
        let lines = "{\"url\": \"https://a.example/1\", \"html\": \"<p>One\", \"date\": \"2021-04-01\"}\n\
            \n{broken\n\
            {\"url\": \"https://a.example/2\", \"title\": \"Two\", \"text\": \"Tides.\", \
            \"authors\": [{\"name\": \"Jane Doe\"}]}\n{\"id\": 3}\n";
        let found: Vec<_> =
            objects("pages.jsonl".to_owned(), Cursor::new(lines), setting()).collect();
        let [first, broken, second, empty] = &found[..] else {
            panic!("{found:?}");
        };
        let first = first.as_ref().unwrap();
        assert_eq!(first.url(), Some("https://a.example/1"));
        assert!(matches!(&first.content, Content::Page(html) if html == "<p>One"));
        assert!(broken.as_ref().unwrap_err().to_string().contains("line 3"));
        let second = second.as_ref().unwrap();
        assert_eq!(second.known.authors, ["Jane Doe"]);
        assert!(matches!(&second.content, Content::Prose(text) if text == "Tides."));
        assert!(empty.as_ref().unwrap_err().to_string().contains("line 5"));
    }

    #[test]
    fn an_array_or_an_object_over_several_lines_is_read_too() {
        let text =
            "[\n {\"title\": \"One\", \"text\": \"x\"},\n {\"title\": \"Two\", \"text\": \"y\"}\n]";
        assert_eq!(
            objects("a.json".to_owned(), Cursor::new(text), setting()).count(),
            2
        );
        let text = "{\n \"title\": \"One\",\n \"text\": \"x\"\n}\n";
        let one: Vec<_> = objects("a.json".to_owned(), Cursor::new(text), setting()).collect();
        assert_eq!(one[0].as_ref().unwrap().known.title, "One");
    }

    #[test]
    fn a_json_feed_lends_its_name_to_its_entries() {
        let text = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Pier Notes\", \
            \"items\": [{\"id\": \"1\", \"url\": \"https://p.example/1\", \"title\": \"Tides\", \
            \"content_html\": \"<p>High.</p>\", \"date_published\": \"2021-04-01T18:30:00+09:00\", \
            \"tags\": [\"moon\"]}]}";
        let found: Vec<_> = feed("f.json", Ok(text.as_bytes().to_vec()), &setting()).collect();
        let entry = found[0].as_ref().unwrap();
        assert_eq!(entry.known.publisher.as_deref(), Some("Pier Notes"));
        assert_eq!(entry.known.keywords, ["moon"]);
        assert_eq!(
            entry.known.date.unwrap().to_string(),
            "2021-04-01T18:30:00+09:00"
        );
    }
}
