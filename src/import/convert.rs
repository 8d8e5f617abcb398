//! A raw document becomes drafts: bytes, text, format, converter.

use super::charset::decode;
use super::document::{Format, RawDocument};
use super::draft::{Draft, Setting};
use super::error::ImportError;
use super::{html, paste};

/// The largest document that is read as one, in MiB.
pub const LIMIT: usize = 64;

/// What was found in a document.
#[derive(Debug)]
pub struct Converted {
    pub format: Format,
    /// In the order of the document; at least one.
    pub drafts: Vec<Draft>,
}

/// Finds the articles in a document.
pub fn convert(document: &RawDocument, setting: &Setting) -> Result<Converted, ImportError> {
    let name = || document.name.clone();
    let bytes = &document.bytes;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty { name: name() });
    }
    if bytes.len() > LIMIT * 1024 * 1024 {
        return Err(ImportError::TooLarge {
            name: name(),
            limit: LIMIT,
        });
    }
    if is_binary(bytes) {
        return Err(ImportError::NotText { name: name() });
    }
    let decoded = decode(bytes);
    let format = Format::of(&decoded.text);
    let mut drafts = match format {
        Format::Html => html::convert::convert(&decoded.text, setting),
        Format::Text => paste::convert::convert(&decoded.text, setting),
    };
    if drafts.is_empty() {
        return Err(ImportError::NoArticle { name: name() });
    }
    if let Some(note) = decoded.note {
        for draft in &mut drafts {
            draft.review.push(note.clone());
        }
    }
    Ok(Converted { format, drafts })
}

/// Whether the bytes are no text in any encoding: NUL bytes, unless they are those of UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let signature = [
        &b"%PDF-"[..],
        b"\x89PNG",
        b"PK\x03\x04",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
    ]
    .iter()
    .any(|start| head.starts_with(start));
    // A stray NUL in a saved page is dirt; a page full of them is no text.
    let text: usize = head.split(|byte| *byte == 0).map(<[u8]>::len).sum();
    signature || (!utf16 && (head.len() - text) * 20 > head.len())
}
