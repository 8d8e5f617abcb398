//! Mails (RFC 5322, MIME): a newsletter that was sent, or a page that a browser saved as MHTML
//! (RFC 2557), which is a mail in form.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::content::date::PublicationDate;
use crate::content::front_matter::{FrontMatter, Provenance};
use crate::import::charset::{Decoded, decode};
use crate::import::document::{Content, Format, RawDocument};
use crate::import::pictures::{PARTS, Part, Pictures};
use crate::text::names;

/// Reads one message. What is no mail at all becomes a document that says so when its (empty)
/// text is looked at.
pub fn document(name: &str, bytes: Vec<u8>) -> RawDocument {
    let parser = MessageParser::default();
    let Some(message) = parser.parse(&bytes) else {
        return RawDocument::alone(name, bytes);
    };
    let page = html_part(&message);
    let snapshot = snapshot_address(&message, page);
    let mut review = Vec::new();
    let content = content(&message, page, &mut review);
    let pictures = pictures(&message);
    let at = message.date().and_then(moment);
    let (format, known) = if let Some(url) = snapshot {
        let known = FrontMatter {
            review,
            provenance: Some(Box::new(Provenance {
                url: Some(url),
                retrieved: at,
                ..Provenance::default()
            })),
            ..FrontMatter::default()
        };
        (Format::Mhtml, known)
    } else {
        review.extend(left_out(&message));
        (Format::Mail, newsletter(&message, at, review))
    };
    let pictures = Pictures::Parts(pictures);
    drop(message);
    RawDocument {
        content,
        format: Some(format),
        known,
        pictures,
        ..RawDocument::alone(name, bytes)
    }
}

fn html_part<'a>(message: &'a Message<'a>) -> Option<&'a MessagePart<'a>> {
    message
        .html_bodies()
        .chain(&message.parts)
        .find(|part| matches!(part.body, PartType::Html(_)))
}

/// The address of a saved page: as browsers write it above the parts, or that of its first part.
fn snapshot_address(message: &Message<'_>, page: Option<&MessagePart<'_>>) -> Option<String> {
    let web = |address: &str| {
        let address = address.trim();
        address.starts_with("http").then(|| address.to_owned())
    };
    if let Some(HeaderValue::Text(address)) = message.header("Snapshot-Content-Location") {
        return web(address);
    }
    message
        .root_part()
        .is_content_type("multipart", "related")
        .then(|| page.and_then(|page| page.content_location()))
        .flatten()
        .and_then(web)
}

/// The HTML, where there is some: the plain text beside it is a poor copy.
fn content(
    message: &Message<'_>,
    page: Option<&MessagePart<'_>>,
    review: &mut Vec<String>,
) -> Content {
    if let Some(page) = page {
        let Decoded { text, notes, .. } = text_of(message, page);
        review.extend(notes);
        return Content::Page(text.replace("cid:", PARTS));
    }
    let texts: Vec<String> = message
        .text_bodies()
        .filter(|part| matches!(part.body, PartType::Text(_)))
        .map(|part| {
            let Decoded { text, notes, .. } = text_of(message, part);
            review.extend(notes);
            text
        })
        .collect();
    Content::Pasted(unwrap_lines(&texts.join("\n\n")))
}

/// A part's text, by its own bytes: the encoding that it names is often wrong.
fn text_of(message: &Message<'_>, part: &MessagePart<'_>) -> Decoded {
    let label = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"));
    let raw = message
        .raw_message
        .get(part.offset_body as usize..part.offset_end as usize)
        .unwrap_or_default();
    let unpacked = match part.encoding {
        mail_parser::Encoding::None => Some(raw.to_vec()),
        mail_parser::Encoding::QuotedPrintable => {
            mail_parser::decoders::quoted_printable::quoted_printable_decode(raw)
        }
        mail_parser::Encoding::Base64 => mail_parser::decoders::base64::base64_decode(raw),
    };
    match unpacked {
        Some(bytes) => decode(&bytes, label),
        // Broken beyond its own rules: what the parser made of it.
        None => decode(part.contents(), None),
    }
}

/// Paragraphs as lines: mail programs break them after some 72 characters. What stands below the
/// line `-- ` is a signature.
fn unwrap_lines(text: &str) -> String {
    let mut unwrapped = String::with_capacity(text.len());
    let mut broken = false;
    for line in text.lines().take_while(|line| *line != "-- ") {
        let starts_anew =
            line.trim().is_empty() || line.starts_with(['-', '*', '>', '•', ' ', '\t']);
        if !unwrapped.is_empty() {
            unwrapped.push(if broken && !starts_anew { ' ' } else { '\n' });
        }
        unwrapped.push_str(line.trim_end());
        broken = (50..=80).contains(&line.chars().count());
    }
    unwrapped
}

/// Pictures by the names that the text has for them: content ids and addresses.
fn pictures(message: &Message<'_>) -> Vec<Part> {
    message
        .parts
        .iter()
        .filter(|part| matches!(part.body, PartType::Binary(_) | PartType::InlineBinary(_)))
        .filter_map(|part| {
            let mut addresses = Vec::new();
            if let Some(id) = part.content_id() {
                addresses.push(format!("{PARTS}{}", id.trim_matches(['<', '>'])));
            }
            addresses.extend(part.content_location().map(str::to_owned));
            (!addresses.is_empty()).then(|| Part {
                addresses,
                bytes: part.contents().to_vec(),
            })
        })
        .collect()
}

fn newsletter(
    message: &Message<'_>,
    date: Option<PublicationDate>,
    review: Vec<String>,
) -> FrontMatter {
    let sender = message
        .from()
        .and_then(|from| from.first())
        .and_then(|sender| sender.name())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && !name.contains('@'));
    let (authors, publisher) = match sender {
        Some(name) if names::is_full_name(&name) => (vec![name], None),
        sender => (Vec::new(), sender),
    };
    FrontMatter {
        title: message.subject().map(subject).unwrap_or_default(),
        date,
        authors,
        publisher,
        review,
        ..FrontMatter::default()
    }
}

/// A subject without what mail programs put in front of it.
fn subject(subject: &str) -> String {
    const MARKS: [&str; 9] = [
        "re", "fw", "fwd", "aw", "wg", "회신", "전달", "答复", "转发",
    ];
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once([':', '：']) {
        if !MARKS.contains(&mark.trim().to_lowercase().as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest.to_owned()
}

/// Files that came with the mail and are no part of its text.
fn left_out(message: &Message<'_>) -> Option<String> {
    let names: Vec<String> = message
        .attachments()
        .filter(|part| part.content_id().is_none())
        .filter(|part| !matches!(part.body, PartType::Html(_)))
        .map(|part| {
            part.attachment_name()
                .map_or("one without a name".to_owned(), |name| format!("`{name}`"))
        })
        .collect();
    (!names.is_empty()).then(|| format!("attachments: left out {}", names.join(", ")))
}

fn moment(date: &mail_parser::DateTime) -> Option<PublicationDate> {
    let at = DateTime::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
        i8::try_from(date.hour).ok()?,
        i8::try_from(date.minute).ok()?,
        i8::try_from(date.second.min(59)).ok()?,
        0,
    )
    .ok()?;
    let minutes = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
    let minutes = if date.tz_before_gmt {
        -minutes
    } else {
        minutes
    };
    let offset = Offset::from_seconds(minutes * 60).ok()?;
    let instant: Timestamp = offset.to_timestamp(at).ok()?;
    Some(PublicationDate::Moment(instant, offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newsletter_tells_who_sent_it_and_when() {
        let mail = b"From: \"The Harbour Letter\" <letter@example.org>\r\n\
            Subject: =?utf-8?B?Rndk?=: Tides, and what follows\r\n\
            Date: Thu, 01 Apr 2021 18:30:00 +0900\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n\
            --x\r\nContent-Type: text/plain\r\n\r\nPoor copy\r\n\
            --x\r\nContent-Type: text/html; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n\
            <p>The caf=C3=A9 at the pier</p><img src=3D\"cid:map\">\r\n--x--\r\n";
        let document = document("letter.eml", mail.to_vec());
        assert_eq!(document.known.title, "Tides, and what follows");
        assert_eq!(
            document.known.publisher.as_deref(),
            Some("The Harbour Letter")
        );
        let date = document.known.date.unwrap().to_string();
        assert_eq!(date, "2021-04-01T18:30:00+09:00");
        let Content::Page(html) = &document.content else {
            panic!(
                "the HTML goes before the plain text: {:?}",
                document.content
            );
        };
        assert!(html.contains("café at the pier") && html.contains(&format!("{PARTS}map")));
    }

    #[test]
    fn lines_that_a_mail_program_broke_are_joined() {
        let text = "Dear all,\n\nThe ships that came in on the tide of the second of April were\n\
            three, and one left again.\n- first\n- second\n\n-- \nJane";
        assert_eq!(
            unwrap_lines(text),
            "Dear all,\n\nThe ships that came in on the tide of the second of April were three, \
             and one left again.\n- first\n- second\n"
        );
    }

    #[test]
    fn a_saved_page_is_known_by_its_address() {
        let page = b"From: <Saved by a browser>\r\n\
            Snapshot-Content-Location: https://news.example.org/tides\r\n\
            Subject: Tides\r\nDate: Thu, 1 Apr 2021 09:30:00 -0000\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
            --b\r\nContent-Type: text/html\r\nContent-Location: https://news.example.org/tides\r\n\r\n\
            <meta charset=euc-kr><p>\xc7\xd1\xb1\xb9</p>\r\n--b--\r\n";
        let document = document("tides.mhtml", page.to_vec());
        assert_eq!(document.format, Some(Format::Mhtml));
        assert_eq!(document.url(), Some("https://news.example.org/tides"));
        let Content::Page(html) = &document.content else {
            panic!("a page: {:?}", document.content);
        };
        assert!(html.contains("한국"), "{html}");
        assert_eq!(document.known.title, "", "the page says its title itself");
    }
}
