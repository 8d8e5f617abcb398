//! Where front matter ends and the body begins.

use std::ops::Range;

/// A content file taken apart: byte ranges into its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The TOML between the `+++` lines.
    pub front: Range<usize>,
    /// Everything after the closing line.
    pub body: Range<usize>,
}

/// Why a file has no front matter that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitError {
    /// Nothing in it but white space.
    Empty,
    /// The first line is not `+++`.
    Missing,
    /// The first line is `---` or `{`: another program's front matter.
    Foreign,
    /// The `+++` that should close it never comes.
    Unclosed,
}

/// Takes a content file apart. A byte-order mark and Windows line endings are allowed.
pub fn split(text: &str) -> Result<Parts, SplitError> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    if text[start..].trim().is_empty() {
        return Err(SplitError::Empty);
    }
    let mut lines = Lines { text, at: start };
    let first = lines.next().map(|line| text[line].trim_end());
    match first {
        Some("+++") => {}
        Some("---" | "{") => return Err(SplitError::Foreign),
        _ => return Err(SplitError::Missing),
    }
    let front = lines.at;
    while let Some(line) = lines.next() {
        if text[line.clone()].trim_end() == "+++" {
            return Ok(Parts {
                front: front..line.start,
                body: lines.at..text.len(),
            });
        }
    }
    Err(SplitError::Unclosed)
}

/// Byte ranges of the lines, each without its `\n`.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |n| start + n);
        self.at = (end + 1).min(self.text.len());
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_a_file_can_begin() {
        for (name, text, wanted) in [
            ("plain", "+++\na = 1\n+++\nbody", Ok(("a = 1\n", "body"))),
            ("no body", "+++\n+++", Ok(("", ""))),
            (
                "windows line endings",
                "+++\r\na = 1\r\n+++\r\nb",
                Ok(("a = 1\r\n", "b")),
            ),
            ("byte-order mark", "\u{feff}+++\n+++\nb", Ok(("", "b"))),
            (
                "plus signs in a line",
                "+++\na = '+++'\n+++\nb",
                Ok(("a = '+++'\n", "b")),
            ),
            ("empty file", " \n", Err(SplitError::Empty)),
            ("no front matter", "Hello", Err(SplitError::Missing)),
            ("yaml", "---\ntitle: x\n---\n", Err(SplitError::Foreign)),
            ("never closed", "+++\na = 1\n", Err(SplitError::Unclosed)),
        ] {
            let got = split(text).map(|parts| (&text[parts.front], &text[parts.body]));
            assert_eq!(got, wanted, "{name}");
        }
    }
}
