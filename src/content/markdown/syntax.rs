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
#[derive(Default)]
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
            (before @ (Self::Begun | Self::Bold), Event::Text(text)) => {
                // One sign is looked for in many bytes at a time, two are not.
                let colons = [text.find(':'), text.find('：')];
                return match (colons.into_iter().flatten().min(), before) {
                    (Some(at), _) => Section::from_label(&text[..at]),
                    (None, Self::Bold) => Section::from_label(text),
                    (None, _) => None,
                };
            }
            _ => {}
        }
        None
    }
}
