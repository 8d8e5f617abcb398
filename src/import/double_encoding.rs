//! Text that was encoded as UTF-8 twice (`donâ€™t`, `SÃ©oul`) becomes what it was.
//!
//! It comes from bytes of UTF-8 that some program read as Windows-1252 and wrote as UTF-8 again.
//! Every run of characters that Windows-1252 has beyond ASCII is turned back into its bytes; where
//! those are UTF-8 of plausible characters, the run was encoded twice.

use encoding_rs::WINDOWS_1252;

/// The repaired text, where something in it was encoded twice.
pub fn repair(text: &str) -> Option<String> {
    if !text.contains(is_lead) {
        return None;
    }
    let runs = runs(text);
    let decoded: Vec<Option<String>> = runs.iter().map(|run| decode(&text[run.clone()])).collect();
    let good = decoded.iter().flatten().count();
    if good == 0 {
        return None;
    }
    // `É»` at the end of a French quotation happens to be two bytes of UTF-8 too. Where that is
    // chance, most other runs are not.
    let throughout = good * 10 >= runs.len() * 9;
    let mut repaired = String::with_capacity(text.len());
    let mut at = 0;
    for (run, decoded) in runs.into_iter().zip(decoded) {
        let is_meant = |decoded: &String| {
            if is_french(&text[run.clone()]) {
                throughout && good >= MANY
            } else {
                throughout || is_certain(decoded)
            }
        };
        let Some(decoded) = decoded.filter(is_meant) else {
            continue;
        };
        repaired.push_str(&text[at..run.start]);
        repaired.push_str(&decoded);
        at = run.end;
    }
    if at == 0 {
        return None;
    }
    repaired.push_str(&text[at..]);
    Some(repaired)
}

/// Whether a character is what the first byte of a sequence is read as: the quick look at the many
/// texts that have none.
fn is_lead(c: char) -> bool {
    matches!(c, '\u{c2}'..='\u{f4}')
}

/// So many runs are no chance.
const MANY: usize = 10;

/// `é »`: an accented letter, a no-break space and a quotation mark, as French has them, happen to
/// be three bytes of UTF-8. No word ends in a capital `Â`.
fn is_french(run: &str) -> bool {
    let mut characters = run.chars();
    characters.next() != Some('Â')
        && characters.next() == Some('\u{a0}')
        && characters.nth(1).is_none()
}

/// Byte ranges of the longest runs of characters that are one byte of 0x80 to 0xFF each in
/// Windows-1252.
fn runs(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = !c.is_ascii() && byte_of(c).is_some();
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    runs.extend(start.map(|from| from..text.len()));
    runs
}

fn byte_of(c: char) -> Option<u8> {
    if u32::from(c) <= 0xff {
        // Latin-1, and the five C1 controls that Windows-1252 passes through.
        return u8::try_from(u32::from(c)).ok();
    }
    // The 27 characters that Windows-1252 has in place of C1 controls.
    if !matches!(c, '\u{152}'..='\u{192}' | '\u{2c6}' | '\u{2dc}' | '\u{2013}'..='\u{2122}') {
        return None;
    }
    let mut buffer = [0; 4];
    let (bytes, _, lossy) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    (!lossy).then(|| bytes[0])
}

fn decode(run: &str) -> Option<String> {
    let bytes: Vec<u8> = run.chars().filter_map(byte_of).collect();
    let text = String::from_utf8(bytes).ok()?;
    text.chars().all(is_plausible).then_some(text)
}

/// Characters that texts are made of: no controls, no phonetic or private ones.
fn is_plausible(c: char) -> bool {
    matches!(c,
        '\u{a0}'..='\u{24f}' | '\u{370}'..='\u{52f}' | '\u{590}'..='\u{6ff}'
        | '\u{e00}'..='\u{e7f}' | '\u{1e00}'..='\u{1fff}' | '\u{2010}'..='\u{203a}'
        | '\u{20a0}'..='\u{20bf}' | '\u{2100}'..='\u{22ff}' | '\u{2500}'..='\u{27bf}'
        | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff00}'..='\u{ffef}' | '\u{1f300}'..='\u{1faff}')
}

/// Three bytes in a row are UTF-8 by chance far too rarely to matter.
fn is_certain(decoded: &str) -> bool {
    decoded.chars().all(|c| c.len_utf8() >= 3)
}

#[cfg(test)]
mod tests {
    use super::repair;

    #[test]
    fn what_was_encoded_twice_comes_back() {
        for (name, text, wanted) in [
            (
                "an apostrophe",
                "It donâ€™t matter",
                Some("It don’t matter"),
            ),
            ("accents", "SÃ©oul, dÃ©cembre", Some("Séoul, décembre")),
            ("Korean", "í•œêµ\u{ad} talks", Some("한국 talks")),
            (
                "one headline among good text",
                "Séoul, où déjà: the â€œQuadâ€\u{9d} met",
                Some("Séoul, où déjà: the “Quad” met"),
            ),
            ("good accents", "Séoul, où déjà vu", None),
            ("a closing quotation", "à Séoul, au «CAFÉ», déjà", None),
            ("Portuguese capitals", "NÃO É SÓ ISSO", None),
            ("plain text", "Seoul", None),
        ] {
            assert_eq!(repair(text).as_deref(), wanted, "{name}");
        }
    }

    #[test]
    fn french_quotation_marks_stay() {
        assert_eq!(repair("« traitement automatisé\u{a0}»"), None);
        assert_eq!(repair("un mot\u{a0}: automatisé\u{a0}» encore"), None);
    }
}
