//! The Markdown of content files: which extensions it has, and what the walks over it share.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use crate::text::section::Section;

pub(super) fn parse(markdown: &str) -> Parser<'_> {
    Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_WIKILINKS,
    )
}

pub(super) fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Watches for a paragraph that opens with the label of a briefing's part: `Implications: …` or
/// `**Implications**`.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParagraphOpening {
    #[default]
    Elsewhere,
    Begun,
    Bold,
}

impl ParagraphOpening {
    pub(super) fn run_in(&mut self, event: &Event<'_>) -> Option<Section> {
        let before = std::mem::replace(self, Self::Elsewhere);
        match (before, event) {
            (_, Event::Start(Tag::Paragraph)) => *self = Self::Begun,
            (Self::Begun, Event::Start(Tag::Strong)) => *self = Self::Bold,
            (Self::Begun | Self::Bold, Event::Text(text)) => {
                return match beginning(text).split_once([':', '：']) {
                    Some((label, _)) => Section::from_label(label),
                    None if before == Self::Bold => Section::from_label(text),
                    None => None,
                };
            }
            _ => {}
        }
        None
    }
}

/// More of a paragraph than the label of a part takes: a long one isn't searched for its colon.
fn beginning(text: &str) -> &str {
    const ENOUGH: usize = 100;
    let mut ends = (0..=ENOUGH.min(text.len())).rev();
    let end = ends.find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}
