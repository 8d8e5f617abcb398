//! A file or a stream becomes its documents.

use std::io::Read;

use super::gzip::{self, peek};
use super::recognise::{Container, HEAD, container};
use super::{feed, json, mail, mbox, warc, wordpress};
use crate::import::document::RawDocument;
use crate::import::draft::Setting;
use crate::import::error::ImportError;

/// The largest document that is read as one, in MiB.
pub const LIMIT: usize = 64;

/// The same in bytes.
pub const LIMIT_BYTES: usize = LIMIT * 1024 * 1024;

/// The documents of one file, in its order. What can't be read is an error in its place, and the
/// rest goes on.
pub type Documents = Box<dyn Iterator<Item = Result<RawDocument, ImportError>>>;

/// The documents in a stream, whatever it holds.
pub fn documents(name: &str, source: Box<dyn Read>, setting: &Setting) -> Documents {
    let opened = peek(source, HEAD).and_then(|(head, stream)| {
        if !head.starts_with(gzip::MAGIC) {
            return Ok((head, Box::new(stream) as Box<dyn std::io::BufRead>));
        }
        let (head, stream) = peek(gzip::unpack(stream), HEAD)?;
        Ok((head, Box::new(stream) as Box<dyn std::io::BufRead>))
    });
    let (head, stream) = match opened {
        Ok(opened) => opened,
        Err(error) => return one(Err(ImportError::unreadable(name, &error))),
    };
    let name = name.to_owned();
    let setting = setting.clone();
    match container(&head) {
        Some(Container::Warc) => Box::new(warc::Pages::new(name, stream)),
        Some(Container::Mbox) => Box::new(mbox::Messages::new(name, stream)),
        Some(Container::WordPress) => wordpress::posts(name, stream, setting),
        Some(Container::Feed) => feed::entries(name, &head, stream, setting),
        Some(Container::JsonFeed) => json::feed(&name, whole(&name, stream), &setting),
        Some(Container::Json) => json::objects(name, stream, setting),
        Some(Container::Mail) => {
            one(whole(&name, stream).map(|bytes| mail::document(&name, bytes)))
        }
        None => one(whole(&name, stream).map(|bytes| RawDocument::alone(name, bytes))),
    }
}

pub fn one(document: Result<RawDocument, ImportError>) -> Documents {
    Box::new(std::iter::once(document))
}

/// All of a stream, unless it is more than a document.
pub fn whole(name: &str, stream: impl Read) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    stream
        .take(LIMIT_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| ImportError::unreadable(name, &error))?;
    if bytes.len() > LIMIT_BYTES {
        return Err(ImportError::TooLarge {
            name: name.to_owned(),
            limit: LIMIT,
        });
    }
    Ok(bytes)
}
