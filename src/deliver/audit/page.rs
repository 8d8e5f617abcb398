//! What a page refers to, and what can be referred to in it. An HTML tokenizer reads it.
//!
//! A tokenizer is enough: the audit asks for attributes, never for the tree around them.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::stylesheet;

/// What a reference is for, which decides what is said when it leads nowhere.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Purpose {
    /// A reader or a machine is led there.
    Link,
    /// The page is not whole without it: a picture, a style, a script.
    Asset,
}

/// An address as it is written in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub url: String,
    pub purpose: Purpose,
    /// The byte at which its tag begins.
    pub offset: usize,
}

/// One HTML or XML file, as far as the audit is concerned.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// `<base href>`.
    pub base: Option<String>,
    pub references: Vec<Reference>,
    /// Every `id` and `<a name>`, with the byte at which its tag begins.
    pub ids: Vec<(String, usize)>,
}

/// Reads an HTML page. What is not UTF-8 is read as well as it can be.
pub fn read_html(bytes: &[u8]) -> Page {
    read(bytes, Dialect::Html)
}

/// Reads a sitemap or a feed: addresses stand in `<loc>` and `<link>` there.
pub fn read_xml(bytes: &[u8]) -> Page {
    read(bytes, Dialect::Xml)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Html,
    Xml,
}

fn read(bytes: &[u8], dialect: Dialect) -> Page {
    let mut reader = Reader {
        dialect,
        page: Page::default(),
        tag: Tag::default(),
        attribute: None,
    };
    let callback = |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        reader.event(&event, span.start);
        None
    };
    let mut emitter = CallbackEmitter::new(callback);
    // So that what stands in a script or a style is not taken for markup.
    emitter.naively_switch_states(dialect == Dialect::Html);
    // Reading from a slice cannot fail, and the callback yields no tokens: running it is enough.
    Tokenizer::new_with_emitter(bytes, emitter).for_each(drop);
    reader.page
}

/// The start tag that is being read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    offset: usize,
    /// Name and value of the attributes that matter, in their order.
    attributes: Vec<(&'static str, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The attributes that matter; all others are passed over without a copy.
const ATTRIBUTES: [&str; 17] = [
    "action",
    "cite",
    "content",
    "data",
    "formaction",
    "href",
    "http-equiv",
    "id",
    "imagesrcset",
    "name",
    "poster",
    "property",
    "rel",
    "src",
    "srcset",
    "style",
    "xlink:href",
];

struct Reader {
    dialect: Dialect,
    page: Page,
    tag: Tag,
    attribute: Option<&'static str>,
}

impl Reader {
    fn event(&mut self, event: &CallbackEvent<'_>, offset: usize) {
        match *event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.name.clear();
                self.tag.name.extend_from_slice(name);
                self.tag.offset = offset;
                self.tag.attributes.clear();
                self.attribute = None;
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = ATTRIBUTES
                    .into_iter()
                    .find(|known| known.as_bytes() == name);
                if let Some(name) = self.attribute
                    // Of an attribute written twice the first counts.
                    && self.tag.get(name).is_none()
                {
                    self.tag.attributes.push((name, String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(name) = self.attribute.take()
                    && let Some((last, empty)) = self.tag.attributes.last_mut()
                    && *last == name
                    && empty.is_empty()
                {
                    *empty = String::from_utf8_lossy(value).into_owned();
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.start_tag(),
            CallbackEvent::EndTag { .. } => self.tag.name.clear(),
            CallbackEvent::String { value } => self.text(value),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    fn text(&mut self, value: &[u8]) {
        let purpose = match (self.dialect, self.tag.name.as_slice()) {
            (Dialect::Html, b"style") => {
                let css = String::from_utf8_lossy(value).into_owned();
                self.style(&css);
                return;
            }
            (Dialect::Xml, b"loc" | b"link") => Purpose::Link,
            _ => return,
        };
        let url = String::from_utf8_lossy(value).trim().to_owned();
        if !url.is_empty() {
            self.refer(url, purpose);
        }
    }

    fn start_tag(&mut self) {
        let tag = std::mem::take(&mut self.tag);
        self.tag.offset = tag.offset;
        match self.dialect {
            Dialect::Html => self.html_tag(&tag),
            Dialect::Xml => {
                if let (b"link", Some(href)) = (tag.name.as_slice(), tag.get("href")) {
                    self.refer(href.to_owned(), Purpose::Link);
                }
            }
        }
        self.tag = tag;
    }

    fn html_tag(&mut self, tag: &Tag) {
        if let Some(id) = tag.get("id").filter(|id| !id.is_empty()) {
            self.page.ids.push((id.to_owned(), tag.offset));
        }
        let name = tag.name.as_slice();
        for (attribute, value) in &tag.attributes {
            let purpose = match (*attribute, name) {
                ("href", b"base") => {
                    self.page.base.get_or_insert_with(|| value.clone());
                    continue;
                }
                ("href", b"link") => link_purpose(tag.get("rel").unwrap_or_default()),
                ("href" | "xlink:href", b"use" | b"image" | b"feimage")
                | ("data", b"object")
                | ("poster", b"video")
                | ("src", _) => Purpose::Asset,
                ("href", b"a" | b"area")
                | ("action", b"form")
                | ("cite" | "formaction" | "xlink:href", _) => Purpose::Link,
                ("srcset" | "imagesrcset", _) => {
                    for url in candidates(value) {
                        self.refer(url.to_owned(), Purpose::Asset);
                    }
                    continue;
                }
                ("style", _) => {
                    self.style(value);
                    continue;
                }
                ("name", b"a") => {
                    let known = tag.get("id") == Some(value);
                    if !known && !value.is_empty() {
                        self.page.ids.push((value.clone(), tag.offset));
                    }
                    continue;
                }
                ("content", b"meta") => {
                    if let Some((url, purpose)) = meta_reference(tag, value) {
                        self.refer(url, purpose);
                    }
                    continue;
                }
                _ => continue,
            };
            self.refer(value.trim().to_owned(), purpose);
        }
    }

    fn style(&mut self, css: &str) {
        for (url, _) in stylesheet::urls(css) {
            self.refer(url, Purpose::Asset);
        }
    }

    fn refer(&mut self, url: String, purpose: Purpose) {
        self.page.references.push(Reference {
            url,
            purpose,
            offset: self.tag.offset,
        });
    }
}

/// What a `<link>` is for: some are part of the page, others lead away from it.
fn link_purpose(rel: &str) -> Purpose {
    let asset = rel.split_ascii_whitespace().any(|rel| {
        matches!(
            rel.to_ascii_lowercase().as_str(),
            "stylesheet"
                | "icon"
                | "apple-touch-icon"
                | "mask-icon"
                | "preload"
                | "modulepreload"
                | "manifest"
        )
    });
    if asset { Purpose::Asset } else { Purpose::Link }
}

/// The address in a `<meta>`: a refresh, or what is shown when the page is shared (ogp.me).
fn meta_reference(tag: &Tag, content: &str) -> Option<(String, Purpose)> {
    if let Some(kind) = tag.get("http-equiv") {
        if !kind.eq_ignore_ascii_case("refresh") {
            return None;
        }
        let (_, target) = content.split_once([';', ','])?;
        let (key, url) = target.split_once('=')?;
        let url = url.trim().trim_matches(['\'', '"']);
        return key
            .trim()
            .eq_ignore_ascii_case("url")
            .then(|| (url.to_owned(), Purpose::Link));
    }
    let purpose = match tag.get("property").or_else(|| tag.get("name"))? {
        "og:url" => Purpose::Link,
        "og:image" | "og:image:secure_url" | "og:video" | "og:audio" | "twitter:image" => {
            Purpose::Asset
        }
        _ => return None,
    };
    Some((content.trim().to_owned(), purpose))
}

/// The addresses of a `srcset` (HTML, section 4.8.4.2.2).
fn candidates(srcset: &str) -> Vec<&str> {
    let mut urls = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return urls;
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        let bare = url.trim_end_matches(',');
        urls.push(bare);
        // A comma at the end of the address ends the candidate; otherwise a descriptor follows.
        rest = match after.find(',') {
            _ if bare.len() < url.len() => after,
            Some(comma) => &after[comma + 1..],
            None => "",
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(html: &str) -> Vec<(String, Purpose)> {
        let page = read_html(html.as_bytes());
        page.references
            .into_iter()
            .map(|reference| (reference.url, reference.purpose))
            .collect()
    }

    #[test]
    fn every_way_a_page_refers_to_something_is_seen() {
        use Purpose::{Asset, Link};
        for (html, wanted) in [
            ("<a href='../quad/#now'>x</a>", vec![("../quad/#now", Link)]),
            ("<a href=a&amp;b>", vec![("a&b", Link)]),
            ("<A HREF=\" b/ \">", vec![("b/", Link)]),
            ("<img src=map.png alt=''>", vec![("map.png", Asset)]),
            (
                "<img srcset='a.png 1x, b,c.png 2x' sizes=x>",
                vec![("a.png", Asset), ("b,c.png", Asset)],
            ),
            (
                "<link rel='preload stylesheet' href=s.css>",
                vec![("s.css", Asset)],
            ),
            (
                "<link rel=canonical href=https://e.org/>",
                vec![("https://e.org/", Link)],
            ),
            (
                "<meta http-equiv=Refresh content=\"0; URL='../new/'\">",
                vec![("../new/", Link)],
            ),
            (
                "<meta property=og:image content=i.png>",
                vec![("i.png", Asset)],
            ),
            ("<meta name=description content=i.png>", vec![]),
            (
                "<style>p{background:url( 'p.png' )}</style>",
                vec![("p.png", Asset)],
            ),
            ("<p style='background:url(q.png)'>", vec![("q.png", Asset)]),
            ("<svg><use xlink:href='#dot'/></svg>", vec![("#dot", Asset)]),
            ("<script>'<a href=no>'</script><!-- <a href=no> -->", vec![]),
            ("<template><a href=t/></template>", vec![("t/", Link)]),
        ] {
            let wanted: Vec<_> = wanted
                .into_iter()
                .map(|(url, purpose)| (url.to_owned(), purpose))
                .collect();
            assert_eq!(urls(html), wanted, "{html}");
        }
    }

    #[test]
    fn ids_and_named_anchors_can_be_linked_to() {
        let page = read_html(b"<h2 id=now>x</h2>\n<a name=then id=then></a><a name=old>");
        assert_eq!(
            page.ids,
            [
                ("now".to_owned(), 0),
                ("then".to_owned(), 18),
                ("old".to_owned(), 43)
            ]
        );
    }

    #[test]
    fn sitemaps_and_feeds_name_addresses_too() {
        let xml = "<url><loc>https://e.org/a/</loc></url><link href=\"https://e.org/b/\"/>\
                   <link>https://e.org/c/</link><title>https://e.org/no/</title>";
        let page = read_xml(xml.as_bytes());
        let urls: Vec<_> = page.references.iter().map(|r| r.url.as_str()).collect();
        assert_eq!(
            urls,
            ["https://e.org/a/", "https://e.org/b/", "https://e.org/c/"]
        );
    }
}
