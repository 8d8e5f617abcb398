//! The words of a body, as pieces of its Markdown.
//!
//! Looking for names, comparing articles and quoting a sentence all want to know what a reader
//! reads, and where it stands in the source. Keeping that beside the outline, as byte ranges,
//! costs a few numbers a line; parsing every body again would cost more than all of them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use crate::content::fixed::{self, Fixed, joined, parted};

/// Running text, headings and texts of links, in the order of the body. Code is not among them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Prose {
    #[serde(with = "fixed")]
    pieces: Vec<Piece>,
}

/// A stretch of the body that reads as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    start: u32,
    end: u32,
    pub place: Place,
    pub joint: Joint,
}

impl Piece {
    /// Its bytes in the body.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Bytes that a piece can have: four of 32 bits are needed for what else there is to it.
const LONGEST: u32 = (1 << 28) - 1;

impl Fixed<8> for Piece {
    fn number(self) -> u64 {
        let place = match self.place {
            Place::Running => 0,
            Place::Heading => 1,
            Place::Link => 2,
            Place::LinkName => 3,
        };
        let joint = match self.joint {
            Joint::Flush => 0,
            Joint::Line => 1,
            Joint::Markup => 2,
            Joint::Block => 3,
        };
        joined(
            self.start,
            (self.end - self.start) << 4 | place << 2 | joint,
        )
    }

    fn of_number(number: u64) -> Self {
        let (start, rest) = parted(number);
        Self {
            start,
            end: start.saturating_add(rest >> 4),
            place: match rest >> 2 & 3 {
                0 => Place::Running,
                1 => Place::Heading,
                2 => Place::Link,
                _ => Place::LinkName,
            },
            joint: match rest & 3 {
                0 => Joint::Flush,
                1 => Joint::Line,
                2 => Joint::Markup,
                _ => Joint::Block,
            },
        }
    }
}

/// What a piece is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Running,
    Heading,
    Link,
    /// The `name` of a `[[name]]`: the reader gets the title of what it leads to.
    LinkName,
}

/// How a piece goes on from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// Nothing stands between them.
    Flush,
    /// A line ends between them.
    Line,
    /// Markup stands between them, within one paragraph.
    Markup,
    /// Another paragraph, heading, item or cell begins.
    Block,
}

impl Prose {
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The pieces of each paragraph, heading, item or cell.
    pub fn blocks(&self) -> impl Iterator<Item = &[Piece]> {
        self.pieces.chunk_by(|_, next| next.joint != Joint::Block)
    }

    /// The paragraph, heading, item or cell that byte `at` of the body stands in.
    pub fn block_at(&self, at: usize) -> &[Piece] {
        let index = self
            .pieces
            .partition_point(|piece| piece.end as usize <= at);
        let begins = |piece: &Piece| piece.joint == Joint::Block;
        let Some(before) = self.pieces.get(..=index) else {
            return &[];
        };
        let start = before.iter().rposition(begins).unwrap_or(0);
        let after = &self.pieces[index + 1..];
        let end = after.iter().position(begins).unwrap_or(after.len());
        &self.pieces[start..=index + end]
    }
}

/// Gathers prose while a body is walked.
#[derive(Debug)]
pub(super) struct Gatherer {
    prose: Prose,
    joint: Joint,
    code: bool,
    /// What is open around the text, outermost first.
    within: Vec<Place>,
    images: usize,
}

impl Gatherer {
    pub(super) fn new() -> Self {
        Self {
            prose: Prose::default(),
            joint: Joint::Block,
            code: false,
            within: Vec::new(),
            images: 0,
        }
    }

    /// Takes in the next event of the body `markdown`.
    pub(super) fn see(&mut self, event: &Event<'_>, range: &Range<usize>, markdown: &str) {
        match event {
            Event::Text(text) => self.text(text, range, markdown),
            Event::SoftBreak | Event::HardBreak => self.join(Joint::Line),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Rule => self.join(Joint::Block),
            _ => self.join(Joint::Markup),
        }
    }

    pub(super) fn finish(mut self) -> Prose {
        self.prose.pieces.shrink_to_fit();
        self.prose
    }

    fn text(&mut self, text: &str, range: &Range<usize>, markdown: &str) {
        if self.code || self.images > 0 || text.trim().is_empty() {
            return;
        }
        // An entity or an escape reads otherwise than it is written.
        if markdown.get(range.clone()) != Some(text) {
            self.join(Joint::Markup);
            return;
        }
        let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end)) else {
            return;
        };
        if end - start > LONGEST {
            self.join(Joint::Markup);
            return;
        }
        self.prose.pieces.push(Piece {
            start,
            end,
            place: self.within.last().copied().unwrap_or(Place::Running),
            joint: std::mem::replace(&mut self.joint, Joint::Flush),
        });
    }

    fn join(&mut self, joint: Joint) {
        let weaker = matches!(
            (self.joint, joint),
            (Joint::Block, _) | (Joint::Markup, Joint::Line)
        );
        if !weaker {
            self.joint = joint;
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.join(Joint::Markup),
            Tag::Link { link_type, .. } => {
                self.within.push(match link_type {
                    LinkType::WikiLink { has_pothole: false } => Place::LinkName,
                    _ => Place::Link,
                });
                self.join(Joint::Markup);
            }
            Tag::Image { .. } => {
                self.images += 1;
                self.join(Joint::Markup);
            }
            Tag::Heading { .. } => {
                self.within.push(Place::Heading);
                self.join(Joint::Block);
            }
            Tag::CodeBlock(_) => {
                self.code = true;
                self.join(Joint::Block);
            }
            _ => self.join(Joint::Block),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.join(Joint::Markup),
            TagEnd::Link => {
                self.within.pop();
                self.join(Joint::Markup);
            }
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                self.join(Joint::Markup);
            }
            TagEnd::Heading(_) => {
                self.within.pop();
                self.join(Joint::Block);
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.join(Joint::Block);
            }
            _ => self.join(Joint::Block),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::markdown::outline::outline;

    #[test]
    fn a_body_is_taken_apart_into_what_a_reader_reads() {
        let markdown = "# Talks\n\nMoon\nJae-in *met* [[wang-yi]] and [Kim](kim.md) in `code`.\n\n\
                        ```\nnothing\n```\n\n- one\n- two &amp; three";
        let prose = outline(markdown, 0).prose;
        let seen: Vec<_> = prose
            .pieces()
            .iter()
            .map(|piece| (&markdown[piece.range()], piece.place, piece.joint))
            .collect();
        assert_eq!(
            seen,
            [
                ("Talks", Place::Heading, Joint::Block),
                ("Moon", Place::Running, Joint::Block),
                ("Jae-in ", Place::Running, Joint::Line),
                ("met", Place::Running, Joint::Markup),
                ("wang-yi", Place::LinkName, Joint::Markup),
                (" and ", Place::Running, Joint::Markup),
                ("Kim", Place::Link, Joint::Markup),
                (" in ", Place::Running, Joint::Markup),
                (".", Place::Running, Joint::Markup),
                ("one", Place::Running, Joint::Block),
                ("two ", Place::Running, Joint::Block),
                (" three", Place::Running, Joint::Markup),
            ]
        );
        let bytes = postcard::to_stdvec(&prose).unwrap();
        let read: Prose = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(read.pieces(), prose.pieces());
        let at = markdown.find("Kim").unwrap();
        let block: Vec<_> = prose
            .block_at(at)
            .iter()
            .map(|p| &markdown[p.range()])
            .collect();
        assert_eq!(block.first(), Some(&"Moon"));
        assert_eq!(block.last(), Some(&"."));
    }
}
