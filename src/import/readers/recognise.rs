//! What a file holds, by its first bytes; its name may lie.

use super::mbox::opens_message;

/// How much of a file is looked at.
pub const HEAD: usize = 64 * 1024;

/// Something that holds documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    Warc,
    Mbox,
    /// One message, or one MHTML page.
    Mail,
    Feed,
    WordPress,
    JsonFeed,
    /// One JSON object a line, or one object, or an array of them.
    Json,
}

/// The container that begins like this; `None` for a document of its own.
pub fn container(head: &[u8]) -> Option<Container> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = head.iter().position(|b| !b.is_ascii_whitespace())?;
    let head = &head[start..];
    if head.starts_with(b"WARC/") {
        return Some(Container::Warc);
    }
    let text = String::from_utf8_lossy(head);
    match head[0] {
        b'<' => xml(&text),
        b'{' | b'[' => json(&text),
        _ if is_mbox(&text) => Some(Container::Mbox),
        _ if is_mail(&text) => Some(Container::Mail),
        _ => None,
    }
}

/// By the first element; a page that mentions a feed is no feed.
fn xml(text: &str) -> Option<Container> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            // The internal subset of a document type is not expected here.
            rest.find('>')? + 1
        } else {
            break;
        };
        rest = &rest[end..];
    }
    let name = rest
        .strip_prefix('<')?
        .split(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .next()?;
    match name.to_ascii_lowercase().as_str() {
        "rss" if rest.contains("wordpress.org/export") => Some(Container::WordPress),
        "rss" => Some(Container::Feed),
        "feed" | "atom:feed" if rest.contains("Atom") || rest.contains("atom/ns") => {
            Some(Container::Feed)
        }
        "rdf:rdf" if rest.contains("rss") || rest.contains("netscape") => Some(Container::Feed),
        _ => None,
    }
}

/// JSON front matter of a Markdown file looks like JSON at first: `{` on a line of its own, and
/// something that is no JSON after it. That is left to whoever reads the whole file.
fn json(text: &str) -> Option<Container> {
    if text.starts_with('{') && text.contains("jsonfeed.org/version") {
        return Some(Container::JsonFeed);
    }
    let inside = text[1..].trim_start();
    let opens = match &text[..1] {
        "{" => inside.starts_with('"') && !is_json_front_matter(text),
        _ => inside.starts_with('{'),
    };
    opens.then_some(Container::Json)
}

fn is_json_front_matter(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    if !matches!(values.next(), Some(Ok(_))) {
        return false;
    }
    let rest = text[values.byte_offset()..].trim_start();
    !rest.is_empty() && !rest.starts_with(['{', '['])
}

/// The line that opens every message of an mbox: `From someone@example.org Thu Apr  1 …`
/// (RFC 4155), then header lines.
fn is_mbox(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else {
        return false;
    };
    opens_message(first.as_bytes())
        && header_name(rest.lines().next().unwrap_or_default()).is_some()
}

/// Header lines (RFC 5322), at least two that mails have.
fn is_mail(text: &str) -> bool {
    const KNOWN: [&str; 14] = [
        "from",
        "to",
        "date",
        "subject",
        "message-id",
        "received",
        "return-path",
        "delivered-to",
        "mime-version",
        "content-type",
        "reply-to",
        "snapshot-content-location",
        "dkim-signature",
        "list-unsubscribe",
    ];
    let mut known = 0;
    for line in text.lines() {
        if line.starts_with([' ', '\t']) && known > 0 {
            continue;
        }
        let Some(name) = header_name(line) else {
            return line.trim().is_empty() && known >= 2;
        };
        known += usize::from(KNOWN.contains(&name.to_ascii_lowercase().as_str()));
    }
    false
}

fn header_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let proper = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (!name.is_empty() && name.bytes().all(proper)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{Container, container};

    #[test]
    fn a_container_is_known_by_its_first_bytes() {
        for (name, head, wanted) in [
            (
                "WARC",
                "WARC/1.0\r\nWARC-Type: warcinfo",
                Some(Container::Warc),
            ),
            (
                "RSS",
                "<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>",
                Some(Container::Feed),
            ),
            (
                "Atom",
                "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
                Some(Container::Feed),
            ),
            (
                "RSS 1.0",
                "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>",
                Some(Container::Feed),
            ),
            (
                "WordPress",
                "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\">",
                Some(Container::WordPress),
            ),
            ("a page", "<!DOCTYPE html><html><head>", None),
            (
                "JSON Feed",
                "{\n \"version\": \"https://jsonfeed.org/version/1.1\"",
                Some(Container::JsonFeed),
            ),
            (
                "JSON lines",
                "{\"url\": \"x\"}\n{\"url\": \"y\"}",
                Some(Container::Json),
            ),
            (
                "a cut JSON line",
                "{\"url\": \"x\", \"html\": \"<p>",
                Some(Container::Json),
            ),
            ("JSON front matter", "{\n\"title\": \"x\"\n}\n\nText", None),
            (
                "mbox",
                "From kim@example.org Thu Apr  1 18:30:00 2021\nFrom: Kim",
                Some(Container::Mbox),
            ),
            (
                "a mail",
                "Received: by mx\n\tfor you\nSubject: Talks\n\nHello",
                Some(Container::Mail),
            ),
            ("a letter", "From the capital: talks\nWhen: soon\n\n", None),
            (
                "text with a colon",
                "Seoul: talks\nBusan: port\n\nText",
                None,
            ),
            ("nothing", " \n", None),
        ] {
            assert_eq!(container(head.as_bytes()), wanted, "{name}");
        }
    }
}
