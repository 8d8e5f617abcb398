//! Characters that a reader never sees, and characters that were spoilt on the way.

use std::borrow::Cow;

/// The text as its author meant it: without soft hyphens, zero-width spaces, byte-order marks,
/// control characters and the glyphs of icon fonts; UTF-8 that was read as windows-1252 and
/// written again is mended. White space is left to the caller.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(is_control) {
        return Cow::Borrowed(text);
    }
    let mended = mend(text);
    if mended.chars().any(is_noise) {
        return Cow::Owned(mended.chars().filter(|&c| !is_noise(c)).collect());
    }
    mended
}

fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\n' | b'\t' | b'\r' | 0x0c)
}

/// Zero-width joiners stay: Persian, Indic scripts and emoji are spelt with them.
fn is_noise(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffc}' | '\u{e000}'..='\u{f8ff}'
            | '\u{0}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}'
            | '\u{86}'..='\u{9f}'
    )
}

/// "â€™" is "’", its three UTF-8 bytes read as windows-1252.
fn mend(text: &str) -> Cow<'_, str> {
    let suspicious = |c: char| matches!(c, 'Ã' | 'Â' | 'â' | 'Å' | 'Ð' | 'Ñ' | 'ã' | 'ð');
    if !text.contains(suspicious) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut changed = false;
    let mut rest = text;
    while let Some(at) = rest.find(suspicious) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((c, length)) = mended_at(rest) {
            out.push(c);
            rest = &rest[length..];
            changed = true;
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            out.push_str(&rest[..first]);
            rest = &rest[first..];
        }
    }
    out.push_str(rest);
    if changed {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// The character that the beginning of `text` spells, and how many bytes of `text` it takes.
fn mended_at(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 4];
    let mut wanted = 0;
    let mut taken = 0;
    for (at, c) in text.chars().take(4).enumerate() {
        let byte = windows_1252(c)?;
        if at == 0 {
            wanted = match byte {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => return None,
            };
        }
        bytes[at] = byte;
        taken += c.len_utf8();
        if at + 1 == wanted {
            let c = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
            return Some((c, taken));
        }
    }
    None
}

fn windows_1252(c: char) -> Option<u8> {
    /// What windows-1252 has where ISO 8859-1 has control characters.
    const UPPER: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match u32::from(c) {
        code @ (0x80..=0xff) => u8::try_from(code).ok(),
        _ => UPPER
            .chars()
            .position(|upper| upper == c)
            .and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_goes() {
        assert_eq!(
            clean("Eis\u{ad}brecher\u{200b} im\u{feff} Hafen\u{0}"),
            "Eisbrecher im Hafen"
        );
        assert_eq!(clean("\u{e80f} Share"), " Share");
        assert_eq!(clean("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn text_encoded_twice_is_mended() {
        assert_eq!(
            clean("The portâ€™s cafÃ© â€“ openÂ\u{a0}again"),
            "The port’s café – open\u{a0}again"
        );
        assert_eq!(
            clean("Ã la carte: Ângela, âge, Åse"),
            "Ã la carte: Ângela, âge, Åse"
        );
    }
}
