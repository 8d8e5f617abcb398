//! The lines of a paste: one line of a browser's copy is one block of the page (a paragraph, a
//! heading, a menu entry), so a line is the unit that everything else works on.

/// One block of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// White space collapsed, no-break spaces and soft hyphens resolved; never empty.
    pub text: String,
    /// It began with a bullet, which is taken off.
    pub bullet: bool,
    /// An empty line stood before it.
    pub gap: bool,
    /// A rule of `=` or `-` stood below it, as under the headings of plain text.
    pub underlined: bool,
    /// The cells that tabs part it into; empty without tabs.
    pub cells: Vec<String>,
    /// Characters, counted once because every step asks.
    pub chars: usize,
}

/// The lines of a paste that hold anything.
pub fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut gap = true;
    for raw in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        let (text, bullet) = tidy(raw);
        if text.is_empty() {
            gap = true;
            continue;
        }
        if is_rule(&text) {
            if let Some(above) = found.last_mut().filter(|_| !gap) {
                underline(above);
            }
            gap = true;
            continue;
        }
        let chars = text.chars().count();
        found.push(Line {
            text,
            bullet,
            gap,
            underlined: false,
            cells: cells(raw),
            chars,
        });
        gap = false;
    }
    found
}

/// One line without invisible characters, needless white space and its bullet.
fn tidy(raw: &str) -> (String, bool) {
    let mut text = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            // Hyphenation and join hints, byte-order marks, control characters.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{202a}'..='\u{202e}' => {}
            c if c.is_whitespace() => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    text.truncate(text.trim_end().len());
    let unbulleted = text
        .strip_prefix(['•', '◦', '▪', '▫', '●', '‣', '⁃', '∙', '■', '►', '▶', '➤'])
        .or_else(|| text.strip_prefix("- "))
        .or_else(|| text.strip_prefix("* "))
        .or_else(|| text.strip_prefix("· "))
        .or_else(|| text.strip_prefix("– ").filter(|rest| !rest.contains(" – ")))
        .map(|rest| rest.trim_start().to_owned());
    match unbulleted {
        Some(rest) => (rest, true),
        None => (text, false),
    }
}

/// Whether a line is a rule, `-----` or `=====`.
fn is_rule(text: &str) -> bool {
    text.len() >= 3
        && (text.bytes().all(|byte| byte == b'-')
            || text.bytes().all(|byte| byte == b'=')
            || text.bytes().all(|byte| byte == b'_'))
}

fn underline(above: &mut Line) {
    above.underlined = above.gap && above.chars <= 90 && !above.bullet && !above.ends_sentence();
}

/// The cells of a row, as a copied table has them.
fn cells(raw: &str) -> Vec<String> {
    let raw = raw.trim();
    if !raw.contains('\t') {
        return Vec::new();
    }
    let cells: Vec<String> = raw.split('\t').map(|cell| tidy(cell).0).collect();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    if filled < 2 { Vec::new() } else { cells }
}

impl Line {
    /// Whether it ends as sentences do, in any script.
    pub fn ends_sentence(&self) -> bool {
        ends_sentence(&self.text)
    }
}

/// Whether a text ends as sentences do, closing quotes and brackets aside.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| "\"'”’»«)]）」』】 ".contains(c))
        .ends_with([
            '.', '!', '?', '…', ':', ';', '。', '！', '？', '；', '：', '؟', '۔',
        ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_loses_its_bullet_and_what_nobody_sees() {
        let found =
            lines("  • The\u{a0}har\u{ad}bour  froze. \r\n\r\n- Twice.\nPlain – and – simple");
        let seen: Vec<_> = found
            .iter()
            .map(|line| (line.text.as_str(), line.bullet, line.gap))
            .collect();
        assert_eq!(
            seen,
            [
                ("The harbour froze.", true, true),
                ("Twice.", true, true),
                ("Plain – and – simple", false, false)
            ]
        );
    }

    #[test]
    fn a_sentence_ends_in_any_script() {
        for text in ["It froze.", "“It froze.”", "얼었다.", "结冰。", "Really?"] {
            assert!(ends_sentence(text), "{text}");
        }
        assert!(!ends_sentence("Harbour freezes"));
    }
}
