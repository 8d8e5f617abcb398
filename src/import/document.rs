//! A raw document: what an editor hands over, before anything is made of its text.

use super::pictures::Pictures;
use crate::content::front_matter::{FrontMatter, Provenance};
use crate::text::hash::sha256;

/// One document that may hold an article: a file of its own, or one of many in a container.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// As the editor named it: a path, an address, or `-` for standard input.
    pub name: String,
    /// Which one, of a container that holds several: `entry 3`, `record 17`.
    pub place: Option<String>,
    /// Its own raw bytes, without those of its neighbours.
    pub bytes: Vec<u8>,
    pub content: Content,
    /// Kept in `[provenance]`; decided by the content where nothing contains it.
    pub format: Option<Format>,
    /// What the container says about it, in the terms of front matter.
    pub known: FrontMatter,
    /// An undated page of a site (`content/pages/`), not an article.
    pub is_page: bool,
    /// The last part of the address that it had, where it is to keep it.
    pub slug: Option<String>,
    /// Named by the editor, not found in a folder or a container.
    pub is_named: bool,
    /// Pictures that came with it.
    pub pictures: Pictures,
}

/// The text of a document, as far as its container made one of it.
#[derive(Debug, Clone)]
pub enum Content {
    /// The bytes themselves, with the encoding that a header gives.
    Bytes { label: Option<String> },
    /// A web page: the article and everything around it.
    Page(String),
    /// HTML of the article alone.
    Fragment(String),
    /// Text as somebody pasted it: the article and whatever stood around it.
    Pasted(String),
    /// Text of the article alone: a paragraph a line, or parted by blank lines.
    Prose(String),
}

/// What was read, as `[provenance]` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Html,
    Text,
    Markdown,
    Mail,
    Mhtml,
    Feed,
    WordPress,
    Warc,
    Json,
}

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Mail => "mail",
            Self::Mhtml => "mhtml",
            Self::Feed => "feed",
            Self::WordPress => "wordpress",
            Self::Warc => "warc",
            Self::Json => "json",
        }
    }
}

impl RawDocument {
    /// A document that is its own container.
    pub fn alone(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            place: None,
            bytes,
            content: Content::Bytes { label: None },
            format: None,
            known: FrontMatter::default(),
            is_page: false,
            slug: None,
            is_named: true,
            pictures: Pictures::None,
        }
    }

    /// A document of a container, with what the container says about it.
    pub fn inside(
        container: &str,
        place: impl Into<String>,
        bytes: Vec<u8>,
        content: Content,
        format: Format,
        known: FrontMatter,
    ) -> Self {
        Self {
            place: Some(place.into()),
            content,
            format: Some(format),
            known,
            is_named: false,
            ..Self::alone(container, bytes)
        }
    }

    /// SHA-256 of the bytes, in hexadecimal: with the part, an article's identity.
    pub fn sha256(&self) -> String {
        sha256(&self.bytes)
    }

    /// The document as a message names it: `feed.xml, entry 3`.
    pub fn label(&self) -> String {
        match &self.place {
            Some(place) => format!("{}, {place}", self.name),
            None => self.name.clone(),
        }
    }

    /// The name without folders and ending, for `--keep-names`.
    pub fn stem(&self) -> String {
        let name = self.name.trim_end_matches('/');
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        };
        // A name is a path only as far as it names the file.
        let safe: String = stem
            .chars()
            .map(|c| {
                if c.is_control() || "?*:|<>\"".contains(c) {
                    '-'
                } else {
                    c
                }
            })
            .collect();
        match safe.as_str() {
            "" | "-" | "." | ".." => "stdin".to_owned(),
            _ => safe,
        }
    }

    /// The address that it was found at, as far as that is known.
    pub fn url(&self) -> Option<&str> {
        self.known.provenance.as_ref()?.url.as_deref()
    }

    /// How many bytes it holds in memory, about.
    pub fn size(&self) -> usize {
        let text = match &self.content {
            Content::Bytes { .. } => 0,
            Content::Page(text)
            | Content::Fragment(text)
            | Content::Pasted(text)
            | Content::Prose(text) => text.len(),
        };
        self.bytes.len() + text + self.pictures.size()
    }
}

/// The provenance of something found at an address.
pub fn found_at(url: Option<String>) -> Option<Box<Provenance>> {
    let url = Some(url?);
    Some(Box::new(Provenance {
        url,
        ..Provenance::default()
    }))
}

#[cfg(test)]
mod tests {
    use super::RawDocument;

    #[test]
    fn a_name_becomes_a_file_name_and_nothing_else() {
        for (name, wanted) in [
            ("pages/talks.html", "talks"),
            ("-", "stdin"),
            ("https://news.example.org/2021/talks/", "talks"),
            ("https://news.example.org/?p=1", "-p=1"),
            ("..", "stdin"),
            ("..\\..\\boot.ini", "boot"),
        ] {
            assert_eq!(
                RawDocument::alone(name, Vec::new()).stem(),
                wanted,
                "{name}"
            );
        }
    }
}
