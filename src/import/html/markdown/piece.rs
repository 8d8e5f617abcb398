//! The pieces that the text of a block is made of.

use super::style::{Raised, Style};

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Text(String),
    Break,
    Image { alt: String, source: String },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub content: Content,
    pub style: Style,
}

impl Piece {
    /// What Markdown sees of it from the left.
    pub fn first_character(&self) -> char {
        match &self.content {
            _ if self.style.is_code() => '`',
            _ if self.style.raised != Raised::No => '<',
            Content::Text(text) => text.chars().next().unwrap_or(' '),
            Content::Break => ' ',
            Content::Image { .. } => '!',
        }
    }

    /// What Markdown sees of it from the right.
    pub fn last_character(&self) -> char {
        match &self.content {
            _ if self.style.is_code() => '`',
            _ if self.style.raised != Raised::No => '>',
            Content::Text(text) => text.chars().next_back().unwrap_or(' '),
            Content::Break => ' ',
            Content::Image { .. } => ')',
        }
    }
}

/// Punctuation and symbols, as CommonMark counts them around a mark.
pub fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}
