//! The text that a reader sees.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::syntax::parse;

/// Hands over the text that a reader sees, a paragraph, heading, item or cell at a time, without
/// code.
pub fn plain_text(markdown: &str, mut each: impl FnMut(&str)) {
    let mut text = String::new();
    let mut code = false;
    for event in parse(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(more) if !code => text.push_str(&more),
            Event::Code(more) => text.push_str(&more),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(tag) if !is_inline(&tag) && !text.is_empty() => {
                each(&text);
                text.clear();
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) if !text.is_empty() => {
                each(&text);
                text.clear();
            }
            _ => {}
        }
    }
    if !text.is_empty() {
        each(&text);
    }
}

/// How many asterisks, underscores and tildes a reader sees, picture texts and code aside: where the
/// text has none of its own, marks that were not read as marks.
pub fn literal_marks(markdown: &str) -> usize {
    let mut count = 0;
    let mut pictures = 0;
    for event in parse(markdown) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures -= 1,
            Event::Text(text) if pictures == 0 => count += text.matches(is_mark).count(),
            _ => {}
        }
    }
    count
}

/// Whether a character can be a mark of emphasis.
pub fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '~')
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}
