//! Characters that are in no text. XML cannot hold most of them (XML 1.0, section 2.2), HTML must
//! not (section 13.1.4), terminals obey some, and a program may use others for itself.

/// Whether a character is a control character other than tab and line ends, or one that Unicode
/// keeps for use within a program (section 23.7, "Noncharacters").
pub fn is_misplaced(c: char) -> bool {
    let is_noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}') || (u32::from(c) & 0xfffe) == 0xfffe;
    is_noncharacter || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// Where the first of them stands.
pub fn misplaced(text: &str) -> Option<(usize, char)> {
    // Most of a text is told by its bytes: control characters below U+0080 are one of them; of the
    // others, C1 begins with C2, and noncharacters with EF or F0 to F4.
    let suspicious = |byte: u8| match byte {
        b'\t' | b'\n' | b'\r' => false,
        _ => byte < 0x20 || byte == 0x7f || byte == 0xc2 || byte >= 0xef,
    };
    let mut from = 0;
    while let Some(at) = text.as_bytes()[from..]
        .iter()
        .position(|byte| suspicious(*byte))
    {
        let at = from + at;
        let c = text[at..].chars().next()?;
        if is_misplaced(c) {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_character_that_is_in_no_text() {
        for (text, wanted) in [
            ("plain\ttext\r\n", None),
            ("관세 협상, “é” ﬁ 🎉 \u{fffd}\u{feff}", None),
            ("a\u{1b}[31m", Some((1, '\u{1b}'))),
            ("\u{7f}", Some((0, '\u{7f}'))),
            ("é\u{a0}\u{92}", Some((4, '\u{92}'))),
            ("ﬁ\u{fdd0}", Some((3, '\u{fdd0}'))),
            ("🎉\u{1fffe}", Some((4, '\u{1fffe}'))),
        ] {
            assert_eq!(misplaced(text), wanted, "{text:?}");
        }
    }
}
