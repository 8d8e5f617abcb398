//! Characters that a reader never sees, and characters that were spoilt on the way.

use std::borrow::Cow;

use crate::import::double_encoding::repair;

/// The text as its author meant it: without soft hyphens, zero-width spaces, byte-order marks,
/// control characters and the glyphs of icon fonts, and with what was encoded twice repaired. White space is left to the caller.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(is_control) {
        return Cow::Borrowed(text);
    }
    // Character references may spell what was encoded twice, where no decoder sees it.
    let mended = repair(text).map_or(Cow::Borrowed(text), Cow::Owned);
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
