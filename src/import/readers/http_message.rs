//! An HTTP response as a WARC keeps it (RFC 9112): status, headers, body.

use super::gzip::unpack_body;

/// A response, its body still as it was sent.
#[derive(Debug)]
pub struct Response<'a> {
    pub status: u16,
    headers: Vec<(&'a [u8], &'a [u8])>,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// Takes a message apart; `None` if it is none.
    pub fn parse(message: &'a [u8]) -> Option<Self> {
        let (first, mut rest) = line(message);
        let mut words = first.split(|b| *b == b' ').filter(|w| !w.is_empty());
        if !words.next()?.starts_with(b"HTTP/") {
            return None;
        }
        let status = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
        let mut headers = Vec::new();
        loop {
            let (header, after) = line(rest);
            rest = after;
            if header.is_empty() {
                break;
            }
            if let Some(colon) = header.iter().position(|b| *b == b':') {
                headers.push((
                    header[..colon].trim_ascii(),
                    header[colon + 1..].trim_ascii(),
                ));
            }
        }
        Some(Self {
            status,
            headers,
            body: rest,
        })
    }

    pub fn header(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self
            .headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name.as_bytes()))?;
        std::str::from_utf8(value).ok()
    }

    /// The body as its author wrote it, at most `limit` bytes and a little; `None` where its
    /// encoding isn't known.
    pub fn body(&self, limit: usize) -> Option<Vec<u8>> {
        let chunked = self
            .header("transfer-encoding")
            .is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
        // Some archives keep the header and store the body joined.
        let joined = chunked.then(|| join_chunks(self.body)).flatten();
        let mut body = joined.unwrap_or_else(|| self.body.to_vec());
        let encodings = self.header("content-encoding").unwrap_or_default();
        for encoding in encodings.rsplit(',') {
            let packed =
                !encoding.to_ascii_lowercase().contains("gzip") || body.starts_with(b"\x1f\x8b");
            if packed {
                body = unpack_body(&body, encoding, limit)?;
            }
        }
        Some(body)
    }
}

/// The media type and the `charset` of a `Content-Type`.
pub fn media_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let label = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (kind, label.filter(|label| !label.is_empty()))
}

/// Whether a media type is that of a web page.
pub fn is_page(kind: &str) -> bool {
    kind == "text/html" || kind == "application/xhtml+xml"
}

/// A line without its end, and what comes after it.
fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|b| *b == b'\n') {
        Some(end) => (
            bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]),
            &bytes[end + 1..],
        ),
        None => (bytes, &[]),
    }
}

/// Chunked transfer coding (RFC 9112, section 7.1); `None` if the bytes are not chunked at all.
fn join_chunks(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(bytes.len());
    loop {
        let (size, rest) = line(bytes);
        let digits = size.split(|b| *b == b';').next()?.trim_ascii();
        let size = std::str::from_utf8(digits)
            .ok()
            .and_then(|digits| usize::from_str_radix(digits, 16).ok());
        match size {
            Some(0) => return Some(joined),
            Some(size) => {
                joined.extend_from_slice(&rest[..size.min(rest.len())]);
                let Some(after) = rest.get(size..) else {
                    // Cut off: what is there is there.
                    return Some(joined);
                };
                bytes = line(after).1;
                if bytes.is_empty() {
                    return Some(joined);
                }
            }
            None => return (!joined.is_empty()).then_some(joined),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunked_body_is_joined() {
        let message = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"euc-kr\"\r\n\
            Transfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n7;x=1\r\n, world\r\n0\r\n\r\n";
        let response = Response::parse(message).unwrap();
        assert_eq!(response.status, 200);
        assert_eq!(response.body(1000).unwrap(), b"Hello, world");
        assert_eq!(
            media_type(response.header("content-type").unwrap()),
            ("text/html".to_owned(), Some("euc-kr".to_owned()))
        );
    }

    #[test]
    fn a_body_that_was_stored_joined_is_left_alone() {
        let message = b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n<p>Hello</p>";
        let body = Response::parse(message).unwrap().body(1000).unwrap();
        assert_eq!(body, b"<p>Hello</p>");
    }

    #[test]
    fn what_is_no_response_is_none() {
        assert!(Response::parse(b"GET / HTTP/1.1\r\n\r\n").is_none());
        assert!(Response::parse(b"").is_none());
    }
}
