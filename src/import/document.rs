//! A raw document: its bytes, where they came from, and what they are.

use crate::text::hash::sha256;

/// Something an editor hands over, before anything is known of it.
#[derive(Debug)]
pub struct RawDocument {
    /// As the editor named it: a path, or `-` for standard input.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What kind of document the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Html,
    /// Pasted or plain text.
    Text,
}

impl Format {
    /// The name kept in `[provenance]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
        }
    }

    /// Recognises a document by what is in it; its name may lie.
    pub fn of(text: &str) -> Self {
        let head: String = text
            .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
            .chars()
            .take(2048)
            .collect::<String>()
            .to_ascii_lowercase();
        let opens = [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<!-- saved from",
        ]
        .iter()
        .any(|tag| head.starts_with(tag));
        // A fragment: markup from the first character on, with paragraphs or blocks in it.
        let fragment = head.starts_with('<')
            && [
                "<p>", "<p ", "<div", "<article", "<title", "<meta", "<html", "<body", "<table",
            ]
            .iter()
            .any(|tag| head.contains(tag));
        if opens || fragment {
            Self::Html
        } else {
            Self::Text
        }
    }
}

impl RawDocument {
    /// SHA-256 of the bytes, in hexadecimal: with the part, an article's identity.
    pub fn sha256(&self) -> String {
        sha256(&self.bytes)
    }

    /// The name without folders and ending, for `--keep-names`.
    pub fn stem(&self) -> String {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        };
        if stem == "-" || stem.is_empty() {
            "stdin".to_owned()
        } else {
            stem.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn a_document_is_known_by_its_content() {
        for (name, text, wanted) in [
            ("a page", "<!DOCTYPE html><html>", Format::Html),
            (
                "a page after blank lines",
                "\n\n<html lang=en>",
                Format::Html,
            ),
            ("a fragment", "<div><p>Hello</p></div>", Format::Html),
            (
                "text that mentions a tag",
                "The <p> tag is old.",
                Format::Text,
            ),
            ("text in angle brackets", "<3 you all", Format::Text),
            ("text", "Seoul, April 2", Format::Text),
        ] {
            assert_eq!(Format::of(text), wanted, "{name}");
        }
    }
}
