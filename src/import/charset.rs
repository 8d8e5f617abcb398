//! Bytes become text, in whatever encoding they were saved.
//!
//! Browsers trust the label, and editors save pages whose label is late, wrong or gone. So the
//! bytes are asked first: a byte-order mark, the escape sequences of ISO-2022, valid UTF-8. Only
//! bytes that are none of these are read by their label, and a label that the bytes contradict
//! gives way to a guess. Names and labels are those of the WHATWG Encoding Standard.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE,
    UTF_16LE, WINDOWS_1252,
};

use super::double_encoding;

/// A document's text, and how it was read.
#[derive(Debug)]
pub struct Decoded {
    pub text: String,
    /// As the WHATWG Encoding Standard calls it: `UTF-8`, `EUC-KR`.
    pub encoding: &'static str,
    /// What an editor should know about it.
    pub notes: Vec<String>,
}

/// Reads bytes as text. `label` is what their container says (the `charset` of an HTTP or MIME
/// header); a label in the text itself is found here.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let (encoding, start) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => match unmarked_utf16(bytes) {
            Some(encoding) => (encoding, 0),
            None => return decode_unmarked(bytes, label),
        },
    };
    let (text, malformed) = encoding.decode_without_bom_handling(&bytes[start..]);
    let notes = malformed.then(|| broken(encoding)).into_iter().collect();
    finish(text, encoding, notes)
}

fn decode_unmarked(bytes: &[u8], label: Option<&str>) -> Decoded {
    if let Some(korean) = from_iso_2022_kr(bytes) {
        let (text, _) = EUC_KR.decode_without_bom_handling(&korean);
        return finish(Cow::Owned(text.into_owned()), EUC_KR, Vec::new());
    }
    if is_iso_2022_jp(bytes) {
        let (text, _) = ISO_2022_JP.decode_without_bom_handling(bytes);
        return finish(text, ISO_2022_JP, Vec::new());
    }
    let declared = declared(bytes, label);
    let conflict = |used: &'static Encoding| {
        declared
            .filter(|&declared| declared != used)
            .map(|declared| {
                format!(
                    "encoding: the document says {}, its bytes are {}",
                    declared.name(),
                    used.name()
                )
            })
    };
    if let Ok(text) = std::str::from_utf8(bytes) {
        let notes = if text.is_ascii() {
            None
        } else {
            conflict(UTF_8)
        };
        return finish(Cow::Borrowed(text), UTF_8, notes.into_iter().collect());
    }
    if let Some(text) = mostly_utf8(bytes) {
        let mut notes = vec![broken(UTF_8)];
        notes.extend(conflict(UTF_8));
        return finish(Cow::Owned(text), UTF_8, notes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let used = match declared {
        Some(declared) if believable(declared, guessed, bytes) => declared,
        _ => guessed,
    };
    let (text, malformed) = used.decode_without_bom_handling(bytes);
    let mut notes: Vec<String> = conflict(used).into_iter().collect();
    if malformed {
        notes.push(broken(used));
    }
    finish(text, used, notes)
}

fn broken(encoding: &'static Encoding) -> String {
    format!(
        "encoding: some bytes are not {}; look for characters shown as \u{fffd} or out of place",
        encoding.name()
    )
}

/// NUL bytes are dirt in any text; a passage encoded twice is brought back.
fn finish(text: Cow<'_, str>, encoding: &'static Encoding, mut notes: Vec<String>) -> Decoded {
    let mut text = text.into_owned();
    if text.contains('\0') {
        text.retain(|c| c != '\0');
    }
    if let Some(repaired) = double_encoding::repair(&text) {
        text = repaired;
        notes.push("encoding: passages encoded twice as UTF-8 were repaired".to_owned());
    }
    Decoded {
        text,
        encoding: encoding.name(),
        notes,
    }
}

/// UTF-16 without its mark: half of the bytes of markup or Western text are then NUL.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    match (zeros(0), zeros(1)) {
        (0, low) if low * 10 > pairs * 7 => Some(UTF_16LE),
        (high, 0) if high * 10 > pairs * 7 => Some(UTF_16BE),
        _ => None,
    }
}

fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    bytes.is_ascii()
        && [&b"\x1b$B"[..], b"\x1b$@", b"\x1b(J"]
            .iter()
            .any(|e| find(bytes, e))
}

/// ISO-2022-KR (RFC 1557) is EUC-KR with the high bits stripped between shift-out and shift-in.
fn from_iso_2022_kr(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.is_ascii() || !find(bytes, b"\x1b$)C") {
        return None;
    }
    let mut shifted = false;
    let mut korean = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            0x0e => shifted = true,
            0x0f => shifted = false,
            0x1b if after.starts_with(b"$)C") => rest = &after[3..],
            b'\n' => {
                // A line always ends in ASCII, even where the shift-in was lost.
                shifted = false;
                korean.push(*byte);
            }
            byte if shifted && *byte > 0x20 => korean.push(byte | 0x80),
            byte => korean.push(*byte),
        }
    }
    Some(korean)
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Text that is UTF-8 but for a few stray bytes (pasted from Windows, cut off in a character):
/// those are read as Windows-1252.
fn mostly_utf8(bytes: &[u8]) -> Option<String> {
    let mut good = 0usize;
    let mut bad = 0usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good < bad * 10 {
        return None;
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        match chunk.invalid() {
            [byte] if *byte < 0xa0 || !is_lead(*byte) => {
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0);
            }
            [] => {}
            _ => text.push('\u{fffd}'),
        }
    }
    Some(text)
}

/// Whether a byte alone begins a longer UTF-8 sequence: then it is a cut character, no letter.
fn is_lead(byte: u8) -> bool {
    matches!(byte, 0xe0..=0xf4)
}

/// The encoding that the container or the document names. A document that can be read as ASCII
/// up to its label is not UTF-16, whatever it says (HTML, "prescan a byte stream").
fn declared(bytes: &[u8], label: Option<&str>) -> Option<&'static Encoding> {
    let from_label = |label: &[u8]| {
        Encoding::for_label(label).map(|encoding| {
            if encoding == UTF_16LE || encoding == UTF_16BE {
                UTF_8
            } else {
                encoding
            }
        })
    };
    label
        .and_then(|label| from_label(label.as_bytes()))
        .or_else(|| labels(bytes).find_map(from_label))
}

/// Labels in the document: `encoding=` of an XML declaration, `charset=` in any `meta` tag.
fn labels(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    /// A label may come after long scripts and styles, but not after this.
    const REACH: usize = 1024 * 1024;
    let head = &bytes[..bytes.len().min(REACH)];
    let xml = head
        .starts_with(b"<?xml")
        .then(|| head.split(|b| *b == b'>').next())
        .flatten()
        .and_then(|declaration| value_after(declaration, b"encoding"));
    let metas = head.split(|b| *b == b'<').filter_map(|tag| {
        let name = tag.get(..4)?;
        name.eq_ignore_ascii_case(b"meta").then_some(())?;
        let inside = tag.split(|b| *b == b'>').next()?;
        value_after(inside, b"charset")
    });
    xml.into_iter().chain(metas)
}

/// The value in `name="value"`, `name = 'value'`, `name=value;`.
fn value_after<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let at = text
        .windows(name.len())
        .position(|window| window.eq_ignore_ascii_case(name))?;
    let skip = |text: &'a [u8], wanted: &[u8]| {
        let end = text.iter().position(|b| !wanted.contains(b));
        &text[end.unwrap_or(text.len())..]
    };
    let rest = skip(&text[at + name.len()..], b" \t\r\n");
    let rest = rest.strip_prefix(b"=")?;
    let rest = skip(rest, b" \t\r\n\"'");
    let end = rest
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)))
        .unwrap_or(rest.len());
    (end > 0).then_some(&rest[..end])
}

/// Whether a label is to be trusted although the guess differs.
fn believable(declared: &'static Encoding, guessed: &'static Encoding, bytes: &[u8]) -> bool {
    if declared == guessed {
        return true;
    }
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let errors = |encoding: &'static Encoding| {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        if malformed {
            text.matches('\u{fffd}').count()
        } else {
            0
        }
    };
    let declared_errors = errors(declared);
    if !declared.is_single_byte() {
        // A cut or a stray byte happens; more of them say that this is another encoding. The
        // Korean decoder takes Japanese without an error, but the guess, which counts how common
        // the characters are, is right once there is enough text.
        let certain = high >= 100 && is_east_asian(guessed) && !same_family(declared, guessed);
        let fewer_errors = errors(guessed) < declared_errors;
        return !certain && (!fewer_errors || declared_errors * 100 <= high);
    }
    // Every byte is a letter in a single-byte encoding, so the bytes never contradict its label
    // outright. But nobody writes twenty letters with accents in pairs, and Western languages
    // keep most of their letters in ASCII.
    if is_east_asian(guessed) {
        return high < 20 || errors(guessed) * 100 > high;
    }
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let running_text = high * 4 > letters && high > 40;
    !(running_text && is_western(declared))
}

fn is_east_asian(encoding: &'static Encoding) -> bool {
    [EUC_KR, SHIFT_JIS, EUC_JP, GBK, GB18030, BIG5].contains(&encoding)
}

/// GBK is the older part of GB18030.
fn same_family(a: &'static Encoding, b: &'static Encoding) -> bool {
    let chinese = |encoding| encoding == GBK || encoding == GB18030;
    chinese(a) && chinese(b)
}

fn is_western(encoding: &'static Encoding) -> bool {
    ["windows-1252", "ISO-8859-15", "macintosh"].contains(&encoding.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KOREAN: &str = "외교부 대변인은 오늘 오후 정례 회견에서 회담 일정을 밝혔다.";
    const JAPANESE: &str = "外務省の報道官はきょう午後の会見で会談の日程を明らかにした。";
    const CHINESE: &str = "外交部发言人今天下午在例行记者会上公布了会谈日程，双方同意继续沟通。";
    const TRADITIONAL: &str =
        "外交部發言人今天下午在例行記者會上公布了會談日程，雙方同意繼續溝通。";
    const RUSSIAN: &str = "Представитель министерства сообщил о переговорах на этой неделе.";

    fn page(head: &str, text: &str) -> String {
        format!(
            "<html><head>{head}</head><body><p>{}</p></body></html>",
            [text; 6].join("</p><p>")
        )
    }

    fn encode(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy, "{} can't hold {text}", encoding.name());
        bytes.into_owned()
    }

    #[test]
    fn a_page_is_read_whatever_its_label_says() {
        let late = format!(
            "<style>{}</style><meta charset=euc-kr>",
            "p{margin:0}".repeat(3_000)
        );
        for (name, head, encoding, text) in [
            ("labelled", "<meta charset='euc-kr'>", EUC_KR, KOREAN),
            ("labelled late", &late, EUC_KR, KOREAN),
            (
                "labelled the old way",
                "<META content='text/html; charset=Shift_JIS' http-equiv=Content-Type>",
                SHIFT_JIS,
                JAPANESE,
            ),
            ("without a label", "", EUC_KR, KOREAN),
            ("without a label", "", SHIFT_JIS, JAPANESE),
            ("without a label", "", EUC_JP, JAPANESE),
            ("without a label", "", GBK, CHINESE),
            ("without a label", "", BIG5, TRADITIONAL),
            ("labelled UTF-8", "<meta charset=utf-8>", EUC_KR, KOREAN),
            ("labelled UTF-8", "<meta charset=utf-8>", GBK, CHINESE),
            (
                "labelled Latin",
                "<meta charset=iso-8859-1>",
                SHIFT_JIS,
                JAPANESE,
            ),
            (
                "labelled Korean",
                "<meta charset=euc-kr>",
                SHIFT_JIS,
                JAPANESE,
            ),
            ("labelled UTF-16", "<meta charset=utf-16>", UTF_8, KOREAN),
            (
                "labelled Latin",
                "<meta charset=windows-1252>",
                encoding_rs::WINDOWS_1251,
                RUSSIAN,
            ),
            (
                "labelled Cyrillic",
                "<meta charset=windows-1251>",
                encoding_rs::WINDOWS_1251,
                RUSSIAN,
            ),
            (
                "labelled Japanese",
                "<meta charset=shift_jis>",
                UTF_8,
                JAPANESE,
            ),
        ] {
            let page = page(head, text);
            let decoded = decode(&encode(encoding, &page), None);
            assert_eq!(decoded.text, page, "{name}, in {}", encoding.name());
        }
    }

    #[test]
    fn a_label_that_the_bytes_contradict_is_noted() {
        let bytes = encode(EUC_KR, &page("<meta charset=utf-8>", KOREAN));
        let decoded = decode(&bytes, None);
        assert_eq!(
            decoded.notes,
            ["encoding: the document says UTF-8, its bytes are EUC-KR"]
        );
        let honest = encode(EUC_KR, &page("<meta charset=euc-kr>", KOREAN));
        assert!(decode(&honest, None).notes.is_empty());
    }

    #[test]
    fn what_the_container_says_counts_as_a_label() {
        // Too short for a guess.
        let bytes = encode(SHIFT_JIS, "会談");
        assert_eq!(decode(&bytes, Some("shift_jis")).text, "会談");
    }

    #[test]
    fn marks_and_escape_sequences_come_before_labels() {
        let text = page("<meta charset=euc-kr>", "Talks in Seoul");
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, None).text, text, "UTF-16 without a mark");
        let marked = [&[0xff, 0xfe][..], &wide].concat();
        assert_eq!(decode(&marked, None).text, text, "UTF-16 with a mark");
        assert_eq!(
            decode(b"\xef\xbb\xbfTalks", None).text,
            "Talks",
            "UTF-8 with a mark"
        );
        let japanese = encode(ISO_2022_JP, JAPANESE);
        assert_eq!(decode(&japanese, Some("utf-8")).text, JAPANESE);
        let korean = b"\x1b$)C\x0eGQ19\x0f talks\n";
        assert_eq!(decode(korean, None).text, "한국 talks\n");
    }

    #[test]
    fn a_stray_byte_does_not_spoil_a_page() {
        let mut bytes = page("", "Les délégués se sont réunis à Séoul, où").into_bytes();
        bytes.extend(b"<p>it\x92s late</p>\0");
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.ends_with("<p>it’s late</p>"));
        assert!(decoded.notes[0].contains("some bytes are not UTF-8"));
    }
}
