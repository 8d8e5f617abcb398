//! Feeds: RSS 0.9 to 2.0 and Atom (RFC 4287). An article an entry, with its full text where the
//! feed has it, else with its summary.

use std::io::{BufRead, Cursor};

use super::dates;
use super::open::{Documents, one, whole};
use super::xml::{Element, Piece, Pieces, escape};
use crate::content::front_matter::FrontMatter;
use crate::import::charset::decode;
use crate::import::document::{Content, Format, RawDocument, found_at};
use crate::import::draft::Setting;
use crate::import::html::tree::Tree;
use crate::text::names;

/// Below this many characters a text without markup is an announcement, not an article.
const SUMMARY: usize = 500;

/// Where the dialects keep the whole text.
const FULL_TEXT: [&str; 4] = ["content:encoded", "content", "xhtml:body", "body"];

/// What a feed says about all of its entries.
#[derive(Debug, Clone, Default)]
struct About {
    publisher: Option<String>,
    language: Option<String>,
}

/// The entries of a feed. UTF-8 is read as a stream, other encodings as a whole.
pub fn entries(
    name: String,
    head: &[u8],
    stream: impl BufRead + 'static,
    setting: Setting,
) -> Documents {
    if is_utf8(head) {
        return pieces(name, stream, setting);
    }
    match whole(&name, stream) {
        Ok(bytes) => pieces(name, Cursor::new(decode(&bytes, None).text), setting),
        Err(error) => one(Err(error)),
    }
}

/// Whether the beginning of a feed is UTF-8, but for a character cut at its end.
fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(text) => !text.contains('\0') && labelled_utf8(text),
        Err(error) => error.error_len().is_none(),
    }
}

/// A beginning in ASCII says nothing about the rest: then its label is believed.
fn labelled_utf8(head: &str) -> bool {
    if !head.is_ascii() {
        return true;
    }
    let declaration = head.split('>').next().unwrap_or_default();
    !declaration.contains("encoding") || declaration.to_ascii_lowercase().contains("utf-8")
}

fn pieces(name: String, stream: impl BufRead + 'static, setting: Setting) -> Documents {
    let mut about = About::default();
    let mut number = 0;
    Box::new(
        Pieces::new(name.clone(), stream).filter_map(move |piece| match piece {
            Ok(Piece::About(element)) => {
                learn(&mut about, &element);
                None
            }
            Ok(Piece::Item { element, raw }) => {
                number += 1;
                let (content, known) = entry(&element, &about, &setting);
                let place = format!("entry {number}");
                Some(Ok(RawDocument::inside(
                    &name,
                    place,
                    raw,
                    content,
                    Format::Feed,
                    known,
                )))
            }
            Err(error) => Some(Err(error)),
        }),
    )
}

fn learn(about: &mut About, element: &Element) {
    let text = || Some(plain(&element.text())).filter(|text| !text.is_empty());
    match element.name.as_str() {
        // "Harbour Times - World": the section is not the house.
        "title" => {
            about.publisher = text().map(|title| {
                let house = [" - ", " – ", " | ", " » ", " :: "]
                    .iter()
                    .find_map(|mark| title.split_once(mark));
                house.map_or(title.clone(), |(house, _)| house.to_owned())
            });
        }
        "dc:publisher" => about.publisher = text(),
        "language" | "dc:language" => about.language = text(),
        _ => {}
    }
}

fn entry(item: &Element, about: &About, setting: &Setting) -> (Content, FrontMatter) {
    let url = address(item);
    let (mut html, summary) = texts(item);
    let mut review = Vec::new();
    let has_full_text = FULL_TEXT.iter().any(|name| item.child(name).is_some());
    if !has_full_text && plain(&html).chars().count() < SUMMARY {
        review.push(match &url {
            Some(url) => format!("body: the feed gives a summary only; the article is at {url}"),
            None => "body: the feed gives a summary only".to_owned(),
        });
    }
    attach_files(item, &mut html);
    let date = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| dates::read(&item.value(name)?, setting))
    };
    let published = date(&[
        "pubDate",
        "published",
        "dc:date",
        "issued",
        "created",
        "dcterms:created",
    ]);
    let updated = date(&["updated", "modified", "dcterms:modified", "a10:updated"]);
    let source = item
        .child("source")
        .map(|source| source.value("title").unwrap_or_else(|| source.text()))
        .map(|name| plain(&name))
        .filter(|name| !name.is_empty());
    let known = FrontMatter {
        title: item.child("title").map(title).unwrap_or_default(),
        summary,
        date: published.or(updated),
        updated: updated.filter(|updated| Some(*updated) != published),
        authors: authors(item),
        publisher: source.or_else(|| about.publisher.clone()),
        keywords: keywords(item),
        language: item
            .attribute("xml:lang")
            .map(str::to_owned)
            .or_else(|| item.value("dc:language"))
            .or_else(|| about.language.clone()),
        review,
        provenance: found_at(url),
        ..FrontMatter::default()
    };
    (Content::Fragment(html), known)
}

/// The address of the article: the link as the publisher wrote it before a service took it over,
/// the alternate link, the permanent id.
fn address(item: &Element) -> Option<String> {
    let web = |address: &str| {
        let address = address.trim();
        address.starts_with("http").then(|| address.to_owned())
    };
    let alternate = item
        .all("link")
        .filter(|link| matches!(link.attribute("rel"), None | Some("alternate")))
        .find_map(|link| web(link.attribute("href").unwrap_or(&link.text())));
    item.value("feedburner:origLink")
        .and_then(|address| web(&address))
        .or(alternate)
        .or_else(|| {
            let guid = item.child("guid").or(item.child("id"))?;
            let permanent = guid.attribute("isPermaLink") != Some("false");
            permanent.then(|| web(&guid.text()))?
        })
        .or_else(|| web(item.attribute("rdf:about")?))
}

/// The article as HTML, and its summary where the two are told apart.
fn texts(item: &Element) -> (String, Option<String>) {
    let full = FULL_TEXT
        .iter()
        .find_map(|name| item.child(name))
        .and_then(html);
    let short = [
        "description",
        "summary",
        "dc:description",
        "media:description",
    ]
    .iter()
    .find_map(|name| item.child(name))
    .and_then(html);
    match (full, short) {
        (Some(full), Some(short)) => {
            let summary = plain(&short);
            // The beginning of the text again is no summary of it.
            let start: String = summary.chars().take(60).collect();
            let told = !summary.is_empty()
                && summary.chars().count() <= 1000
                && !plain(&full).starts_with(start.trim_end_matches('…'));
            (full, told.then_some(summary))
        }
        (Some(text), None) | (None, Some(text)) => (text, None),
        (None, None) => (String::new(), None),
    }
}

/// Content as HTML, whether it was escaped, written out, or is plain text.
fn html(element: &Element) -> Option<String> {
    let text = match element.attribute("type") {
        Some("xhtml") => element.markup(),
        Some("text" | "text/plain") => paragraphs(&escape(&element.text())),
        _ if element.children().next().is_some() => element.markup(),
        _ => {
            let text = element.text();
            if text.contains('<') {
                text
            } else {
                paragraphs(&text)
            }
        }
    };
    (!text.trim().is_empty()).then_some(text)
}

fn paragraphs(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n").map(str::trim) {
        if !paragraph.is_empty() {
            html.extend(["<p>", paragraph, "</p>"]);
        }
    }
    html
}

/// The title as text: many feeds escape markup in it once more.
fn title(element: &Element) -> String {
    plain(&element.text())
}

/// HTML as one line of text.
pub fn plain(html: &str) -> String {
    let text = if html.contains(['<', '&']) {
        let tree = Tree::parse(html);
        tree.text(tree.root())
    } else {
        html.to_owned()
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Recordings and papers that go with an entry are linked behind its text.
fn attach_files(item: &Element, html: &mut String) {
    let enclosures = item.all("enclosure").filter_map(|e| {
        let kind = e.attribute("type").unwrap_or_default();
        Some((e.attribute("url")?, kind))
    });
    let links = item.all("link").filter_map(|link| {
        let kind = link.attribute("type").unwrap_or_default();
        (link.attribute("rel") == Some("enclosure"))
            .then(|| Some((link.attribute("href")?, kind)))?
    });
    let mut attached = String::new();
    for (url, kind) in enclosures.chain(links) {
        if !html.contains(url) && !kind.starts_with("image/") {
            let name = url.rsplit('/').next().unwrap_or(url);
            attached.extend([
                "<p><a href=\"",
                &escape(url),
                "\">",
                &escape(name),
                "</a></p>",
            ]);
        }
    }
    html.push_str(&attached);
}

fn authors(item: &Element) -> Vec<String> {
    let mut authors = Vec::new();
    let named = item.all("dc:creator").chain(item.all("author"));
    for element in named {
        let raw = element.value("name").unwrap_or_else(|| element.text());
        // RSS wants "kim@example.org (Kim Han-byeol)".
        let raw = match raw.split_once('(') {
            Some((address, name)) if address.contains('@') => name.trim_end_matches([')', ' ']),
            _ => &raw,
        };
        for person in names::persons(raw) {
            if !authors.contains(&person) {
                authors.push(person);
            }
        }
    }
    authors
}

fn keywords(item: &Element) -> Vec<String> {
    let mut keywords: Vec<String> = Vec::new();
    for element in item.all("category").chain(item.all("dc:subject")) {
        let keyword = element
            .attribute("label")
            .or(element.attribute("term"))
            .map_or_else(|| element.text(), str::to_owned);
        let keyword = plain(&keyword);
        if !keyword.is_empty() && !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
    keywords
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(feed: &str) -> Vec<RawDocument> {
        let setting = Setting::default();
        entries(
            "feed".to_owned(),
            feed.as_bytes(),
            Cursor::new(feed.to_owned()),
            setting,
        )
        .map(Result::unwrap)
        .collect()
    }

    #[test]
    fn an_rss_entry_becomes_an_article() {
        let [entry] = &read(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour Times - World</title>\
             <link>https://harbour.example/</link><language>en-GB</language><item>\
             <title>Tides &amp;amp; talks</title><link>https://harbour.example/tides</link>\
             <pubDate>Thu, 01 Apr 2021 18:30:00 +0900</pubDate><dc:creator>Jane Doe and Kim Minjun</dc:creator>\
             <category>Ports</category><category>Trade</category>\
             <description>What the tide brings.</description>\
             <content:encoded><![CDATA[<p>The ships came in.</p>]]></content:encoded>\
             <enclosure url=\"https://harbour.example/tides.mp3\" type=\"audio/mpeg\"/></item></channel></rss>",
        )[..] else {
            panic!("one entry");
        };
        let known = &entry.known;
        assert_eq!(known.title, "Tides & talks");
        assert_eq!(entry.url(), Some("https://harbour.example/tides"));
        assert_eq!(known.date.unwrap().to_string(), "2021-04-01T18:30:00+09:00");
        assert_eq!(known.authors, ["Jane Doe", "Kim Minjun"]);
        assert_eq!(known.publisher.as_deref(), Some("Harbour Times"));
        assert_eq!(known.keywords, ["Ports", "Trade"]);
        assert_eq!(known.summary.as_deref(), Some("What the tide brings."));
        assert_eq!(known.language.as_deref(), Some("en-GB"));
        let Content::Fragment(html) = &entry.content else {
            panic!("HTML");
        };
        assert!(html.starts_with("<p>The ships came in.</p>") && html.contains("tides.mp3"));
    }

    #[test]
    fn a_summary_is_said_to_be_one() {
        let [entry] = &read(
            "<rss><channel><item><title>Tides</title><guid>https://p.example/1</guid>\
             <description>The ships came in.</description></item></channel></rss>",
        )[..] else {
            panic!("one entry");
        };
        assert_eq!(
            entry.known.review,
            ["body: the feed gives a summary only; the article is at https://p.example/1"]
        );
    }

    #[test]
    fn an_atom_entry_becomes_an_article() {
        let [entry] = &read(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Pier Notes</title><entry xml:lang='ko'>\
             <title type='html'>&lt;b&gt;Tides&lt;/b&gt;</title><link rel='self' href='https://p.example/f'/>\
             <link href='https://p.example/1'/><updated>2021-04-02T09:00:00Z</updated>\
             <author><name>Lee Jiwoo</name></author><content type='xhtml'><div><p>A <em>high</em> tide</p></div>\
             </content></entry></feed>",
        )[..] else {
            panic!("one entry");
        };
        assert_eq!(entry.known.title, "Tides");
        assert_eq!(entry.url(), Some("https://p.example/1"));
        assert_eq!(
            entry.known.date, entry.known.updated,
            "the only date serves as both"
        );
        assert_eq!(entry.known.language.as_deref(), Some("ko"));
        let Content::Fragment(html) = &entry.content else {
            panic!("HTML");
        };
        assert!(html.contains("<p>A <em>high</em> tide</p>"), "{html}");
        assert!(entry.known.review.is_empty(), "a short text is a text");
    }
}
