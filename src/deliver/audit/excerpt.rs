//! A few words of a rendered file with their place in it, so that a message can point at a fault
//! without the whole file being kept.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// How many bytes of a tag are shown.
const WIDTH: usize = 120;

/// A part of one line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Relative to the site's root.
    pub file: Box<str>,
    /// From 0.
    pub line: usize,
    pub text: Box<str>,
}

impl Excerpt {
    /// What stands in `bytes` from `offset` to the end of the tag there, or of the line.
    pub fn at(file: &str, bytes: &[u8], offset: usize) -> Self {
        let offset = offset.min(bytes.len());
        let rest = &bytes[offset..];
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'>'))
            .map_or(rest.len(), |end| end + usize::from(rest[end] == b'>'))
            .min(WIDTH);
        Self {
            file: file.into(),
            line: bytes[..offset].split(|byte| *byte == b'\n').count() - 1,
            text: String::from_utf8_lossy(&rest[..end]).trim_end().into(),
        }
    }

    /// All of it, to be labelled.
    pub fn span(&self) -> SourceSpan {
        (0..self.text.len()).into()
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.to_string(),
            self.text.as_bytes(),
            self.span(),
            self.line,
            0,
            1,
        )))
    }
}
