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
    /// Bytes that are looked at together, without a branch, by vector instructions.
    const BLOCK: usize = 64;
    let blocks = text.as_bytes().chunks(BLOCK).enumerate();
    let suspicious = blocks.filter(|(_, block)| {
        let bytes = block.iter();
        bytes.fold(0, |any, byte| any | suspicion(*byte)) != 0
    });
    suspicious
        .flat_map(|(number, block)| (number * BLOCK..).zip(block))
        .filter(|(_, byte)| suspicion(**byte) != 0)
        .filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)))
        .find(|(_, c)| is_misplaced(*c))
}

/// Nothing of a byte that no misplaced character begins with. Those below U+0080 are one byte; of the
/// others, C1 controls begin with C2, and noncharacters with EF or F0 to F4. In numbers, so that
/// there is no branch.
fn suspicion(byte: u8) -> u8 {
    let is = |so: bool| u8::from(so);
    let is_blank = is(byte == b'\t') | is(byte == b'\n') | is(byte == b'\r');
    (is(byte < 0x20) & !is_blank) | is(byte == 0x7f) | is(byte == 0xc2) | is(byte >= 0xef)
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
            // Wherever the blocks of a long text begin.
            for before in 0..200 {
                let long = format!("{}{text}{}", "x".repeat(before), "서울".repeat(40));
                let wanted = wanted.map(|(at, c)| (before + at, c));
                assert_eq!(misplaced(&long), wanted, "{long:?}");
            }
        }
    }
}
