//! Bytes become text, in whatever encoding they were saved.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8};

/// A document's text, and how it was read.
#[derive(Debug)]
pub struct Decoded {
    pub text: String,
    /// As the WHATWG Encoding Standard calls it: `UTF-8`, `EUC-KR`.
    pub encoding: &'static str,
    /// What an editor should know about it.
    pub note: Option<String>,
}

/// Reads bytes by their byte-order mark, as UTF-8 where they are valid, else by the best guess.
pub fn decode(bytes: &[u8]) -> Decoded {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => {
            let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
            detector.feed(bytes, true);
            detector.guess(None, chardetng::Utf8Detection::Allow)
        }
    };
    let (text, _, malformed) = encoding.decode(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        note: malformed.then(|| {
            format!(
                "some bytes are not {}: look for characters shown as \u{fffd}",
                encoding.name()
            )
        }),
    }
}
