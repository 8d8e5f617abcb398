//! A raw document becomes articles: bytes, text, converter.

use super::article::Article;
use super::charset::decode;
use super::document::{Content, Format, RawDocument};
use super::draft::{Draft, Setting};
use super::error::ImportError;
use super::markdown::links::Linkable;
use super::markdown::split::is_markdown;
use super::readers::open::{LIMIT, LIMIT_BYTES};
use super::{html, markdown, paste};
use crate::content::front_matter::FrontMatter;

/// What was found in a document.
#[derive(Debug)]
pub struct Converted {
    pub format: Format,
    /// In the order of the document; at least one.
    pub articles: Vec<Article>,
}

/// Finds the articles in a document.
pub fn convert(
    document: &RawDocument,
    setting: &Setting,
    linkable: &Linkable,
) -> Result<Converted, ImportError> {
    let url = document.url();
    let mut notes = Vec::new();
    let (format, found) = match &document.content {
        Content::Bytes { label } => {
            let decoded = decode(readable(document)?, label.as_deref());
            notes = decoded.notes;
            let text = &decoded.text;
            match kind_of_text(text) {
                Format::Html => (
                    Format::Html,
                    Found::Drafts(html::convert::convert(text, url, setting)),
                ),
                Format::Markdown => (
                    Format::Markdown,
                    Found::Article(Box::new(markdown::convert::convert(
                        text, document, setting, linkable,
                    )?)),
                ),
                other => {
                    within_reason(text, document)?;
                    (other, Found::Drafts(paste::convert::convert(text, setting)))
                }
            }
        }
        Content::Page(page) => (
            Format::Html,
            Found::Drafts(html::convert::convert(page, url, setting)),
        ),
        Content::Fragment(text) => (Format::Html, Found::Drafts(fragment(text, url))),
        Content::Pasted(text) => (
            Format::Text,
            Found::Drafts(pasted(text, &document.known.title, setting)),
        ),
        Content::Prose(text) => (Format::Text, Found::Drafts(prose(text))),
    };
    let mut articles = match found {
        Found::Article(article) => vec![*article],
        Found::Drafts(drafts) => {
            let is_alone = drafts.len() == 1;
            drafts
                .into_iter()
                .map(|draft| Article::of_draft(draft, document, is_alone))
                .collect()
        }
    };
    articles.retain(|article| !article.body.trim().is_empty());
    if articles.is_empty() {
        return Err(no_article(document));
    }
    for article in &mut articles {
        article.front.review.extend(notes.iter().cloned());
    }
    Ok(Converted {
        format: document.format.unwrap_or(format),
        articles,
    })
}

/// What a converter makes: what it found in a text, or an article that says all of itself.
enum Found {
    Drafts(Vec<Draft>),
    Article(Box<Article>),
}

/// The bytes, unless they are nothing to be read.
fn readable(document: &RawDocument) -> Result<&[u8], ImportError> {
    let bytes = &document.bytes;
    let name = document.label();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty { name });
    }
    if bytes.len() > LIMIT_BYTES {
        return Err(ImportError::TooLarge { name, limit: LIMIT });
    }
    if is_binary(bytes) && document.is_named {
        return Err(ImportError::NotText { name });
    }
    if is_binary(bytes) {
        return Err(ImportError::NotAnArticle { name });
    }
    Ok(bytes)
}

/// Nobody writes a paragraph of a mebibyte: text with such a line is data.
fn within_reason(text: &str, document: &RawDocument) -> Result<(), ImportError> {
    const LONGEST_LINE: usize = 1024 * 1024;
    if text.lines().any(|line| line.len() > LONGEST_LINE) {
        return Err(ImportError::NotText {
            name: document.label(),
        });
    }
    Ok(())
}

/// A crawl is full of pages that are no articles; a file that an editor picked should be one.
fn no_article(document: &RawDocument) -> ImportError {
    let name = document.label();
    if document.is_named {
        ImportError::NoArticle { name }
    } else {
        ImportError::NotAnArticle { name }
    }
}

/// How many characters may stand before a page that begins with something else.
const PREAMBLE: usize = 100_000;

/// Recognises a document by what is in it; its name may lie.
fn kind_of_text(text: &str) -> Format {
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
    // What a server's programs warned of stands before the page itself.
    let below = |tag: &str| {
        let end = text
            .char_indices()
            .nth(PREAMBLE)
            .map_or(text.len(), |(at, _)| at);
        text[..end].to_ascii_lowercase().contains(tag)
    };
    let opens =
        opens || head.starts_with('<') && ["<!doctype html", "<html"].iter().any(|tag| below(tag));
    // A fragment: markup from the first character on, with paragraphs or blocks in it.
    let fragment = head.starts_with('<')
        && [
            "<p>", "<p ", "<div", "<article", "<title", "<meta", "<html", "<body", "<table",
        ]
        .iter()
        .any(|tag| head.contains(tag));
    if opens || fragment {
        Format::Html
    } else if is_markdown(text) {
        Format::Markdown
    } else {
        Format::Text
    }
}

/// HTML of an article alone: all of it is the body.
fn fragment(html: &str, url: Option<&str>) -> Vec<Draft> {
    vec![bare(html::convert::whole(html, url))]
}

/// A mail's text has its title in the subject only; where a paste has one, it stands on top.
fn pasted(text: &str, title: &str, setting: &Setting) -> Vec<Draft> {
    if title.is_empty() {
        paste::convert::convert(text, setting)
    } else {
        paste::convert::convert_titled(title, text, setting)
    }
}

/// Text of an article alone: all of it is the body, a paragraph a line.
fn prose(text: &str) -> Vec<Draft> {
    let blocks: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| paste::markdown::Block::Paragraph(line.to_owned()))
        .collect();
    vec![bare(paste::markdown::write(&blocks))]
}

/// A draft of which the converter knows the body only.
fn bare(body: String) -> Draft {
    Draft {
        front: FrontMatter::default(),
        body,
    }
}

/// Whether the bytes are no text in any encoding: NUL bytes, unless they are those of UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let signature = [
        &b"%PDF-"[..],
        b"\x89PNG",
        b"PK\x03\x04",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
        b"RIFF",
        b"\x00\x00\x00",
    ]
    .iter()
    .any(|start| head.starts_with(start));
    let utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    // Half of UTF-16 text in Western languages is NUL: every other byte, and no more.
    let text: usize = head.split(|byte| *byte == 0).map(<[u8]>::len).sum();
    let zeros = head.len() - text;
    let in_pairs = head.windows(2).all(|pair| pair != [0, 0]);
    // A stray NUL in a saved page is dirt; a page full of them is no text.
    signature || (!utf16 && zeros * 20 > head.len() && !(in_pairs && zeros * 3 > head.len()))
}

#[cfg(test)]
mod tests {
    use super::{Format, kind_of_text};

    #[test]
    fn a_document_is_known_by_its_content() {
        let warning = format!("<b>Warning</b>: {}<br />", "x".repeat(5000));
        let warned = format!("<br />\n{warning}\n<!DOCTYPE html><html>");
        for (name, text, wanted) in [
            ("a page behind a warning", warned.as_str(), Format::Html),
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
            (
                "front matter",
                "---\ntitle: Tides\n---\nText",
                Format::Markdown,
            ),
        ] {
            assert_eq!(kind_of_text(text), wanted, "{name}");
        }
    }
}
