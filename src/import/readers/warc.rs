//! Web archives (WARC 1.0 and 1.1, ISO 28500): every page in them, read as a stream.
//!
//! Only pages that a server answered with 200 are documents; requests, pictures, redirects and
//! records of the crawl itself are passed over. A gzipped archive has a member a record; it is
//! unpacked before it gets here.

use std::io::{self, BufRead, Read};

use super::dates;
use super::http_message::{Response, is_page, media_type};
use super::open::{LIMIT, LIMIT_BYTES};
use crate::content::front_matter::{FrontMatter, Provenance};
use crate::import::document::{Content, Format, RawDocument};
use crate::import::draft::Setting;
use crate::import::error::ImportError;

/// No header of a record is longer than this.
const LONGEST_LINE: u64 = 64 * 1024;
const MOST_HEADERS: usize = 1000;

/// The pages of an archive, one after the other; only the record at hand is in memory.
pub struct Pages<R> {
    name: String,
    stream: R,
    record: usize,
    ended: bool,
}

struct Header {
    kind: String,
    address: Option<String>,
    date: Option<String>,
    content_type: String,
    length: u64,
}

/// Why a record could not be read.
enum Trouble {
    End,
    Damaged,
    Io(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl<R: BufRead> Pages<R> {
    pub fn new(name: String, stream: R) -> Self {
        Self {
            name,
            stream,
            record: 0,
            ended: false,
        }
    }

    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        (&mut self.stream)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// The next record's header. After a damaged record whatever follows is passed over up to the
    /// next one.
    fn header(&mut self) -> Result<Header, Trouble> {
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Err(Trouble::End);
            }
            if line.starts_with(b"WARC/") {
                break;
            }
        }
        self.record += 1;
        let mut header = Header {
            kind: String::new(),
            address: None,
            date: None,
            content_type: String::new(),
            length: 0,
        };
        let mut length = None;
        for _ in 0..MOST_HEADERS {
            let line = self.line()?;
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end();
            if line.is_empty() {
                header.length = length.ok_or(Trouble::Damaged)?;
                return Ok(header);
            }
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => {
                    // WARC 1.0 wrote it in angle brackets.
                    let address = value.trim_matches(['<', '>']);
                    header.address = Some(address.to_owned());
                }
                "warc-date" => header.date = Some(value.to_owned()),
                "content-type" => header.content_type = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        Err(Trouble::Damaged)
    }

    /// The next page; `Ok(None)` where the record is none.
    fn page(&mut self) -> Result<Option<Result<RawDocument, ImportError>>, Trouble> {
        let header = self.header()?;
        let is_response = header.kind == "response" && header.content_type.contains("http");
        let is_resource = header.kind == "resource" && is_page(&media_type(&header.content_type).0);
        let on_the_web = header
            .address
            .as_deref()
            .is_some_and(|address| address.starts_with("http"));
        if !on_the_web || !(is_response || is_resource) {
            self.pass_over(header.length)?;
            return Ok(None);
        }
        let place = format!("record {}", self.record);
        let label = format!("{}, {place}", self.name);
        if header.length > LIMIT_BYTES as u64 {
            self.pass_over(header.length)?;
            return Ok(Some(Err(ImportError::TooLarge {
                name: label,
                limit: LIMIT,
            })));
        }
        let mut block = Vec::new();
        (&mut self.stream)
            .take(header.length)
            .read_to_end(&mut block)?;
        let (bytes, charset) = if is_resource {
            (block, media_type(&header.content_type).1)
        } else {
            let Some(response) = Response::parse(&block) else {
                return Ok(Some(Err(ImportError::Damaged { name: label })));
            };
            let (kind, charset) = media_type(response.header("content-type").unwrap_or_default());
            if response.status != 200 || !is_page(&kind) {
                return Ok(None);
            }
            let Some(body) = response.body(LIMIT_BYTES) else {
                let encoding = response.header("content-encoding").unwrap_or_default();
                return Ok(Some(Err(ImportError::UnknownEncoding {
                    name: label,
                    encoding: encoding.to_owned(),
                })));
            };
            (body, charset)
        };
        let utc = Setting::default();
        let known = FrontMatter {
            provenance: Some(Box::new(Provenance {
                url: header.address,
                retrieved: header.date.and_then(|date| dates::read(&date, &utc)),
                ..Provenance::default()
            })),
            ..FrontMatter::default()
        };
        Ok(Some(Ok(RawDocument::inside(
            &self.name,
            place,
            bytes,
            Content::Bytes { label: charset },
            Format::Warc,
            known,
        ))))
    }

    fn pass_over(&mut self, length: u64) -> io::Result<()> {
        io::copy(&mut (&mut self.stream).take(length), &mut io::sink())?;
        Ok(())
    }
}

impl<R: BufRead> Iterator for Pages<R> {
    type Item = Result<RawDocument, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.page() {
                Ok(None) => {}
                Ok(Some(page)) => return Some(page),
                Err(Trouble::End) => self.ended = true,
                Err(Trouble::Damaged) => {
                    return Some(Err(ImportError::Damaged {
                        name: format!("{}, record {}", self.name, self.record),
                    }));
                }
                Err(Trouble::Io(error)) => {
                    self.ended = true;
                    return Some(Err(ImportError::unreadable(&self.name, &error)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, address: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n\
             WARC-Date: 2021-04-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n\
             Content-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn response(status: u16, kind: &str, body: &str) -> Vec<u8> {
        format!("HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n\r\n{body}").into_bytes()
    }

    #[test]
    fn only_pages_that_were_found_are_documents() {
        let archive = [
            record("warcinfo", "", b"software: x"),
            record("request", "https://a.example/1", b"GET /1 HTTP/1.1\r\n\r\n"),
            record(
                "response",
                "https://a.example/1",
                &response(200, "text/html", "<p>One"),
            ),
            record(
                "response",
                "https://a.example/2",
                &response(404, "text/html", "<p>No"),
            ),
            record(
                "response",
                "https://a.example/3",
                &response(200, "image/png", "x"),
            ),
            record(
                "response",
                "<https://a.example/4>",
                &response(200, "text/html; charset=x", "<p>Four"),
            ),
        ]
        .concat();
        let pages: Vec<_> = Pages::new("crawl.warc".to_owned(), &archive[..])
            .map(Result::unwrap)
            .collect();
        let found: Vec<_> = pages
            .iter()
            .map(|page| (page.label(), page.url().unwrap(), &*page.bytes))
            .collect();
        assert_eq!(
            found,
            [
                (
                    "crawl.warc, record 3".to_owned(),
                    "https://a.example/1",
                    &b"<p>One"[..]
                ),
                (
                    "crawl.warc, record 6".to_owned(),
                    "https://a.example/4",
                    b"<p>Four"
                ),
            ]
        );
        let retrieved = pages[0].known.provenance.as_ref().unwrap().retrieved;
        assert_eq!(retrieved.unwrap().to_string(), "2021-04-02T03:04:05Z");
    }

    #[test]
    fn a_damaged_record_is_named_and_the_rest_goes_on() {
        let good = record(
            "response",
            "https://a.example/1",
            &response(200, "text/html", "<p>One"),
        );
        let archive = [
            &b"WARC/1.0\r\nWARC-Type: response\r\n\r\nbroken\r\n\r\n"[..],
            &good,
        ]
        .concat();
        let pages: Vec<_> = Pages::new("crawl.warc".to_owned(), &archive[..]).collect();
        assert_eq!(pages.len(), 2);
        assert!(
            pages[0]
                .as_ref()
                .unwrap_err()
                .to_string()
                .contains("record 1")
        );
        assert!(pages[1].is_ok());
    }
}
