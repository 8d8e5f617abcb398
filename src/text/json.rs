//! Long texts as JSON strings.

use std::io::Write;

/// Bytes that are looked at together: as many as a few instructions take.
const PIECE: usize = 32;

/// Writes a text as a JSON string (RFC 8259, 7), just as `serde_json` does, in a fraction of the
/// time: an archive as data has every text in it.
pub fn write_string(text: &str, json: &mut Vec<u8>) {
    json.push(b'"');
    for piece in text.as_bytes().chunks(PIECE) {
        let special = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
        // Without a way out in the middle, so that all of them are compared at once.
        if piece
            .iter()
            .fold(false, |found, byte| found | special(byte))
        {
            for byte in piece {
                write_byte(*byte, json);
            }
        } else {
            json.extend_from_slice(piece);
        }
    }
    json.push(b'"');
}

fn write_byte(byte: u8, json: &mut Vec<u8>) {
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        0x00..=0x1f => {
            // Writing to a list of bytes cannot fail.
            let _ = write!(json, "\\u{byte:04x}");
            return;
        }
        _ => return json.push(byte),
    };
    json.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_text_is_written_as_everybody_writes_it() {
        let controls: String = (0..0x30).map(char::from).collect();
        let long = "관세와 안보 \u{2028} café 🙂 / ".repeat(20);
        for text in [
            "",
            "\"",
            "back\\slash",
            &controls,
            &long,
            &(long.clone() + &controls),
        ] {
            let mut json = Vec::new();
            super::write_string(text, &mut json);
            assert_eq!(json, serde_json::to_vec(text).unwrap(), "{text:?}");
        }
    }
}
