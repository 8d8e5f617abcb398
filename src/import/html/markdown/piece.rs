//! The pieces that the text of a block is made of.

use super::embed::Embed;
use super::style::{Raised, Style};

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Text(String),
    Break,
    Image {
        alt: String,
        source: String,
    },
    /// A sign that leads to a player or a post elsewhere.
    Embed(Embed),
    /// The reference to a footnote, by its name.
    Reference(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub content: Content,
    pub style: Style,
}

impl Piece {
    /// Whether it is written in brackets of its own.
    pub fn is_bracketed(&self) -> bool {
        matches!(self.content, Content::Embed(_) | Content::Reference(_))
    }

    /// What Markdown sees of it from the left.
    pub fn first_character(&self) -> char {
        match &self.content {
            _ if self.style.is_code() => '`',
            _ if self.style.raised != Raised::No => '<',
            Content::Text(text) => text.chars().next().unwrap_or(' '),
            Content::Break => ' ',
            Content::Image { .. } => '!',
            Content::Embed(_) | Content::Reference(_) => '[',
        }
    }

    /// What Markdown sees of it from the right.
    pub fn last_character(&self) -> char {
        match &self.content {
            _ if self.style.is_code() => '`',
            _ if self.style.raised != Raised::No => '>',
            Content::Text(text) => text.chars().next_back().unwrap_or(' '),
            Content::Break => ' ',
            Content::Image { .. } | Content::Embed(_) => ')',
            Content::Reference(_) => ']',
        }
    }
}

/// Punctuation and symbols, as CommonMark counts them around a mark.
pub fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}
