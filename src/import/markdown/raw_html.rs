//! HTML in Markdown becomes Markdown: our pages show raw HTML as text.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::import::html::convert::whole;

static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<!--.*?-->\n?"));

static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^ {0,3}</?(?:address|article|aside|audio|blockquote|center|dd|details|div|dl|dt|embed|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|img|li|main|nav|object|ol|p|picture|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul|video)\b",
    )
});

static PICTURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?is)<img\s[^>]*>"));

static LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?is)<a\s[^>]*>.*?</a>"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that every test compiles")
}

/// Rewrites comments, blocks, pictures and links written as HTML.
pub fn rewrite(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let text = COMMENT.replace_all(text, "");
    let mut out = String::with_capacity(text.len());
    let mut block = String::new();
    for line in text.split_inclusive('\n') {
        // CommonMark: a block of HTML ends at a blank line.
        if line.trim().is_empty() || (block.is_empty() && !BLOCK.is_match(line)) {
            close(&mut block, &mut out);
            out.push_str(&inline(line));
        } else {
            block.push_str(line);
        }
    }
    close(&mut block, &mut out);
    out
}

fn close(block: &mut String, out: &mut String) {
    if block.is_empty() {
        return;
    }
    let written = whole(block, None);
    if !written.is_empty() {
        out.push_str(written.trim_end());
        out.push('\n');
    }
    block.clear();
}

fn inline(line: &str) -> String {
    let as_markdown = |found: &Captures<'_>| whole(&found[0], None).trim().to_owned();
    let line = PICTURE.replace_all(line, as_markdown);
    LINK.replace_all(&line, as_markdown).into_owned()
}

#[cfg(test)]
mod tests {
    use super::rewrite;

    #[test]
    fn html_becomes_markdown() {
        for (text, wanted) in [
            ("One <!-- no -->two", "One two"),
            ("<!--more-->\nText", "Text"),
            (
                "<div align=center>\n<b>High</b> water\n</div>\n\n*Low*",
                "**High** water\n\n*Low*",
            ),
            (
                "See <a href='https://a.example/'>this</a>.",
                "See [this](https://a.example/).",
            ),
            (
                "Here: <img src=\"m.png\" alt=\"map\">",
                "Here: ![map](m.png)",
            ),
            ("3 < 4", "3 < 4"),
        ] {
            assert_eq!(rewrite(text), wanted, "{text}");
        }
    }
}
