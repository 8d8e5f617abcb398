//! Plain lines become Markdown that renders to the same text.

use std::borrow::Cow;

/// One block of a body, in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Paragraph(String),
    /// One item; neighbouring items make one list.
    Item(String),
    Quote(String),
}

/// Writes blocks as CommonMark, an empty line between them, items of a list close together.
pub fn write(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in blocks {
        let is_item = matches!(block, Block::Item(_));
        if !out.is_empty() {
            out.push_str(if in_list && is_item { "\n" } else { "\n\n" });
        }
        in_list = is_item;
        let (mark, text) = match block {
            Block::Heading(text) => ("## ", text),
            Block::Paragraph(text) => ("", text),
            Block::Item(text) => ("- ", text),
            Block::Quote(text) => ("> ", text),
        };
        out.push_str(mark);
        out.push_str(&escape(text));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// One line of text with everything escaped that Markdown would read as a mark.
pub fn escape(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() + 8);
    let opening = line_opening(text);
    let mut before = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let after = rest.peek().map_or(' ', |&(_, next)| next);
        let marks = match c {
            '*' | '`' | '[' => true,
            // Between letters an underscore is only itself.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '<' => after.is_ascii_alphabetic() || "/!?".contains(after),
            '&' => after == '#' || after.is_ascii_alphabetic(),
            '~' => after == '~' || before == '~',
            '\\' => after.is_ascii_punctuation(),
            _ => false,
        };
        if marks || opening == Some(at) {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    if out.len() == text.len() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

/// Where a line would open a heading, a list, a quote, a rule or an underline.
fn line_opening(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let mark_end =
        |mark: &str| text[mark.len()..].is_empty() || text[mark.len()..].starts_with(' ');
    match first {
        '#' => {
            let hashes = text.len() - text.trim_start_matches('#').len();
            (hashes <= 6 && mark_end(&text[..hashes])).then_some(0)
        }
        '>' => Some(0),
        '+' | '-' => (mark_end("-") || text.chars().all(|c| c == first || c == ' ')).then_some(0),
        '=' => text.chars().all(|c| c == '=' || c == ' ').then_some(0),
        '0'..='9' => {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let delimited = text[digits..].starts_with(['.', ')']);
            (digits <= 9 && delimited && mark_end(&text[..=digits])).then_some(digits)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(markdown: &str) -> String {
        use pulldown_cmark::Options;
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let mut text = String::new();
        for event in pulldown_cmark::Parser::new_ext(markdown, options) {
            match event {
                pulldown_cmark::Event::Text(part) | pulldown_cmark::Event::Code(part) => {
                    text.push_str(&part);
                }
                _ => {}
            }
        }
        text
    }

    #[test]
    fn what_looks_like_markdown_reads_as_it_was_pasted() {
        for line in [
            "# not a heading",
            "1. not a list",
            "2021) not a list",
            "- not a list",
            "> not a quote",
            "*not* emphasis, _nor_ this, nor snake_case_here",
            "a [link](nowhere) and [[slug]] and [^1]",
            "a <b>tag</b> and x < y and &amp; and R&D",
            "`code` and \\* and C:\\temp\\",
            "---",
            "===",
            "~~struck~~ | cell |",
            "+ plus",
        ] {
            assert_eq!(rendered(&escape(line)), line);
        }
    }

    #[test]
    fn items_make_one_list() {
        let blocks = [
            Block::Paragraph("Ice:".to_owned()),
            Block::Item("thin".to_owned()),
            Block::Item("thick".to_owned()),
            Block::Heading("Then".to_owned()),
        ];
        assert_eq!(write(&blocks), "Ice:\n\n- thin\n- thick\n\n## Then\n");
    }
}
