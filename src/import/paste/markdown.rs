//! Plain lines become Markdown that renders to the same text.

use crate::import::html::markdown::escape::{self, Place};
use crate::import::html::markdown::table;

/// One block of a body, in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Paragraph(String),
    /// One item; neighbouring items make one list.
    Item(String),
    /// One item of a numbered list.
    NumberedItem(u32, String),
    Quote(String),
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<String>>),
}

/// Writes blocks as CommonMark, an empty line between them, items of a list close together.
pub fn write(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        if !out.is_empty() {
            let goes_on = matches!(
                (before, block),
                (Some(Block::Item(_)), Block::Item(_))
                    | (Some(Block::NumberedItem(..)), Block::NumberedItem(..))
                    | (Some(Block::Quote(_)), Block::Quote(_))
            );
            out.push_str(match block {
                Block::Quote(_) if goes_on => "\n>\n",
                _ if goes_on => "\n",
                _ => "\n\n",
            });
        }
        before = Some(block);
        match block {
            Block::Heading(text) => line("## ", text, &mut out),
            Block::Paragraph(text) => line("", text, &mut out),
            Block::Item(text) => line("- ", text, &mut out),
            Block::NumberedItem(number, text) => line(&format!("{number}. "), text, &mut out),
            Block::Quote(text) => line("> ", text, &mut out),
            Block::Table(cells) => out.push_str(&rows(cells)),
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn line(mark: &str, text: &str, out: &mut String) {
    out.push_str(mark);
    out.push_str(&escaped(text));
}

/// One line of text with everything escaped that Markdown would read as a mark.
fn escaped(text: &str) -> String {
    let mut line = inline(text, false);
    escape::open_line(&mut line);
    line
}

fn inline(text: &str, in_table: bool) -> String {
    let place = Place {
        before: ' ',
        after: ' ',
        in_link: false,
        in_table,
    };
    let mut out = String::with_capacity(text.len() + 8);
    escape::escape(text, place, &mut out);
    out
}

fn rows(rows: &[Vec<String>]) -> String {
    let cells: Vec<Vec<(String, usize)>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| (inline(cell, true), 1)).collect())
        .collect();
    table::lines(&cells).unwrap_or_else(|| {
        let lines: Vec<String> = rows.iter().map(|row| escaped(&row.join(" "))).collect();
        lines.join("\n\n")
    })
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
            assert_eq!(rendered(&write(&[Block::Paragraph(line.to_owned())])), line);
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

    #[test]
    fn numbers_quotes_and_tables_have_their_marks() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let blocks = [
            Block::NumberedItem(3, "Bread".to_owned()),
            Block::NumberedItem(4, "Salt".to_owned()),
            Block::Quote("Ice.".to_owned()),
            Block::Table(vec![row(["Port", "Days"]), row(["A|B", "3"])]),
        ];
        assert_eq!(
            write(&blocks),
            "3. Bread\n4. Salt\n\n> Ice.\n\n| Port | Days |\n| --- | --- |\n| A\\|B | 3 |\n"
        );
    }
}
