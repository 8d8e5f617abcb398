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
