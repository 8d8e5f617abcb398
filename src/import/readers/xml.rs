//! The items of an XML feed, read as a stream: one small tree at a time.
//!
//! Feeds in the wild are seldom well-formed: a bare ampersand, an HTML entity that was never
//! declared or an end tag too many must not cost an editor the other entries.

use std::fmt::Write as _;
use std::io::BufRead;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer, XmlVersion};

use super::open::{LIMIT, LIMIT_BYTES};
use crate::import::error::ImportError;

/// Deeper than this no feed has anything to say.
const DEEPEST: usize = 100;

/// An element with everything in it.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// As written, but for the prefix `atom:`: `title`, `dc:creator`.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub nodes: Vec<Node>,
}

#[derive(Debug, Clone)]
pub enum Node {
    Text(String),
    Element(Element),
}

impl Element {
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| &**value)
    }

    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn all<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children().filter(move |child| child.name == wanted)
    }

    pub fn child(&self, wanted: &str) -> Option<&Element> {
        self.children().find(|child| child.name == wanted)
    }

    /// The text of the first child of that name which has some.
    pub fn value(&self, wanted: &str) -> Option<String> {
        self.children()
            .filter(|child| child.name == wanted)
            .map(|child| child.text().trim().to_owned())
            .find(|text| !text.is_empty())
    }

    /// All text in it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for node in &self.nodes {
            match node {
                Node::Text(more) => text.push_str(more),
                Node::Element(element) => text.push_str(&element.text()),
            }
        }
        text
    }

    /// What is in it, as HTML: for content that is written as elements, not as escaped text.
    pub fn markup(&self) -> String {
        let mut markup = String::new();
        for node in &self.nodes {
            match node {
                Node::Text(text) => markup.push_str(&escape(text)),
                Node::Element(element) => {
                    let name = element.name.rsplit(':').next().unwrap_or_default();
                    let _ = write!(markup, "<{name}");
                    for (key, value) in &element.attributes {
                        let _ = write!(markup, " {key}=\"{}\"", escape(value));
                    }
                    markup.push('>');
                    if !matches!(name, "br" | "hr" | "img" | "wbr" | "source") {
                        let _ = write!(markup, "{}</{name}>", element.markup());
                    }
                }
            }
        }
        markup
    }
}

/// Text as HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// What stands in a feed, in its order.
#[derive(Debug)]
pub enum Piece {
    /// Something about the feed as a whole.
    About(Element),
    Item {
        element: Element,
        /// Its bytes as they stand in the feed.
        raw: Vec<u8>,
    },
}

/// The pieces of a feed; only the one at hand is in memory.
pub struct Pieces<R> {
    name: String,
    reader: Reader<R>,
    ended: bool,
}

impl<R: BufRead> Pieces<R> {
    /// `stream` is UTF-8.
    pub fn new(name: String, stream: R) -> Self {
        let mut reader = Reader::from_reader(stream);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            name,
            reader,
            ended: false,
        }
    }

    fn broken(&mut self, reason: &impl ToString) -> ImportError {
        self.ended = true;
        ImportError::Unreadable {
            name: self.name.clone(),
            reason: format!(
                "its XML breaks off at byte {}: {}",
                self.reader.buffer_position(),
                reason.to_string()
            ),
        }
    }

    /// The tree of an element whose start has been read.
    fn tree(
        &mut self,
        start: Element,
        mut raw: Writer<Vec<u8>>,
    ) -> Result<(Element, Vec<u8>), ImportError> {
        let mut open = vec![start];
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = match self.reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(error) => return Err(self.broken(&error)),
            };
            // Writing to memory cannot fail.
            let _ = raw.write_event(event.borrow());
            if raw.get_ref().len() > LIMIT_BYTES {
                self.ended = true;
                return Err(ImportError::TooLarge {
                    name: self.name.clone(),
                    limit: LIMIT,
                });
            }
            match event {
                Event::Start(start) => {
                    if open.len() > DEEPEST {
                        return Err(self.broken(&"its elements are nested too deep"));
                    }
                    open.push(element(&start));
                }
                Event::Empty(start) => push(&mut open, Node::Element(element(&start))),
                Event::Text(text) => push(&mut open, Node::Text(text.into_inner().into_owned())),
                Event::CData(text) => push(&mut open, Node::Text(text.into_inner().into_owned())),
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        _ => entity(&reference.into_inner()),
                    };
                    push(&mut open, Node::Text(resolved));
                }
                Event::End(end) => {
                    let ended = plain_name(end.name().0);
                    // An end tag that nothing opened ends nothing.
                    let Some(depth) = open.iter().rposition(|e| e.name == ended) else {
                        continue;
                    };
                    while open.len() > depth.max(1) {
                        let inner = open.pop().map(Node::Element);
                        if let Some(inner) = inner {
                            push(&mut open, inner);
                        }
                    }
                    if depth == 0 {
                        let whole = open.pop().unwrap_or_default();
                        return Ok((whole, raw.into_inner()));
                    }
                }
                Event::Eof => return Err(self.broken(&"the end is missing")),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }
}

fn push(open: &mut [Element], node: Node) {
    if let Some(inner) = open.last_mut() {
        inner.nodes.push(node);
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    Element {
        name: plain_name(start.name().0),
        attributes: start
            .attributes()
            .with_checks(false)
            .flatten()
            .map(|attribute| {
                let value = attribute
                    .normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_html5_entity)
                    .unwrap_or_else(|_| attribute.value.clone());
                (attribute.key.0.to_owned(), value.into_owned())
            })
            .collect(),
        nodes: Vec::new(),
    }
}

fn plain_name(name: &str) -> String {
    name.strip_prefix("atom:").unwrap_or(name).to_owned()
}

fn entity(name: &str) -> String {
    resolve_html5_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

impl<R: BufRead> Iterator for Pieces<R> {
    type Item = Result<Piece, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut buffer = Vec::new();
        while !self.ended {
            buffer.clear();
            let start = match self.reader.read_event_into(&mut buffer) {
                Ok(Event::Start(start)) => start,
                Ok(Event::Empty(start)) => {
                    return Some(Ok(Piece::About(element(&start))));
                }
                Ok(Event::Eof) => {
                    self.ended = true;
                    return None;
                }
                Ok(_) => continue,
                Err(error) => return Some(Err(self.broken(&error))),
            };
            let name = plain_name(start.name().0);
            // The feed itself, in all its dialects: what is in it is looked at piece by piece.
            if matches!(name.as_str(), "rss" | "channel" | "feed" | "rdf:RDF") {
                continue;
            }
            let mut raw = Writer::new(Vec::new());
            let _ = raw.write_event(Event::Start(start.borrow()));
            let opened = element(&start);
            return Some(self.tree(opened, raw).map(|(element, raw)| {
                if matches!(name.as_str(), "item" | "entry") {
                    Piece::Item { element, raw }
                } else {
                    Piece::About(element)
                }
            }));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_that_is_not_well_formed_gives_its_items() {
        let feed = "<rss><channel><title>Tides &nbsp;&amp; Co</title><item><title>Sun & sea</title>\
            <b></i>x</b></item><item><description><![CDATA[<p>One</item>]]></description></item>\
            </channel></rss>";
        let pieces: Vec<_> = Pieces::new("feed".to_owned(), feed.as_bytes())
            .map(Result::unwrap)
            .collect();
        let [
            Piece::About(title),
            Piece::Item {
                element: first,
                raw,
            },
            Piece::Item {
                element: second, ..
            },
        ] = &pieces[..]
        else {
            panic!("{pieces:?}");
        };
        assert_eq!(title.text(), "Tides \u{a0}& Co");
        assert_eq!(first.value("title").unwrap(), "Sun & sea");
        assert_eq!(second.value("description").unwrap(), "<p>One</item>");
        let raw = String::from_utf8_lossy(raw);
        assert!(
            raw.starts_with("<item><title>Sun") && raw.ends_with("</item>"),
            "{raw}"
        );
    }

    #[test]
    fn a_feed_that_breaks_off_keeps_what_came_before() {
        let feed = "<rss><channel><item><title>One</title></item><item><title>Tw";
        let pieces: Vec<_> = Pieces::new("feed".to_owned(), feed.as_bytes()).collect();
        assert!(pieces[0].is_ok() && pieces[1].is_err() && pieces.len() == 2);
    }
}
