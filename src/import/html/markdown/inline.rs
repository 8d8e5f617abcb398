//! The text of one block: pieces with their marks, and how they are written.
//!
//! HTML may put a mark anywhere; Markdown reads one only where its neighbours allow it. So the
//! pieces are first brought into a shape that can be written: white space belongs to no mark,
//! punctuation leaves a mark whose edge touches a letter, and neighbours that look alike are one.

use super::embed::Embed;
use super::fit::fit;
use super::piece::{Content, Piece};
use super::style::{Mark, Style};
use super::written::{Emphasis, Written};
use crate::content::markdown::plain::{is_mark, literal_marks};

/// Where a block stands, as far as its text must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    Paragraph,
    /// One line: breaks become spaces.
    Heading,
    /// One line, in which `|` ends the cell.
    Cell,
}

/// A block's text as it comes in.
#[derive(Debug, Default)]
pub struct Inline {
    pieces: Vec<Piece>,
    /// White space was seen behind the last piece.
    space: bool,
}

impl Inline {
    /// Whether nothing of it would be seen.
    pub fn is_empty(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| piece.content == Content::Break)
    }

    pub fn has_text(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece.content, Content::Text(_)))
    }

    /// Whether the last thing that came was a line break.
    pub fn ends_in_break(&self) -> bool {
        self.pieces
            .last()
            .is_some_and(|piece| piece.content == Content::Break)
    }

    /// Text as it stands in the source: runs of white space become one space.
    pub fn text(&mut self, text: &str, style: Style) {
        self.space |= text.starts_with(char::is_whitespace);
        let mut words = text.split_whitespace();
        let Some(first) = words.next() else {
            return;
        };
        let mut run = String::with_capacity(text.len());
        run.push_str(first);
        for word in words {
            run.push(' ');
            run.push_str(word);
        }
        let mut style = style.readable();
        if style.link.is_some() && run.contains(']') {
            // A bracket in code ends the link's text all the same.
            style.marks = style.marks.without(Mark::Code);
        }
        self.push(Content::Text(run), style);
        self.space = text.ends_with(char::is_whitespace);
    }

    pub fn line_break(&mut self) {
        self.space = false;
        if !self.pieces.is_empty() {
            self.pieces.push(Piece {
                content: Content::Break,
                style: Style::default(),
            });
        }
    }

    pub fn image(&mut self, alt: &str, source: String, style: Style) {
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        self.push(Content::Image { alt, source }, style);
    }

    pub fn embed(&mut self, embed: Embed) {
        self.push(Content::Embed(embed), Style::default());
    }

    /// A reference stands right behind its word, raised by whoever shows it.
    pub fn reference(&mut self, name: &str) {
        self.push(Content::Reference(name.to_owned()), Style::default());
    }

    /// White space of its own between two elements that are no words of one text.
    pub fn space(&mut self) {
        self.space = true;
    }

    fn push(&mut self, content: Content, style: Style) {
        if self.space
            && let Some(before) = self.pieces.last()
            && before.content != Content::Break
        {
            // The space has the marks that both its neighbours have.
            let shared = before.style.shared(style);
            self.add_text(" ", shared);
        }
        self.space = false;
        match content {
            Content::Text(text) => self.add_text(&text, style),
            content => self.pieces.push(Piece { content, style }),
        }
    }

    fn add_text(&mut self, text: &str, style: Style) {
        if let Some(Piece {
            content: Content::Text(last),
            style: before,
        }) = self.pieces.last_mut()
            && *before == style
        {
            last.push_str(text);
            return;
        }
        self.pieces.push(Piece {
            content: Content::Text(text.to_owned()),
            style,
        });
    }

    /// Takes the block's text out, as Markdown; `addresses` are those that links point into.
    pub fn take(&mut self, setting: Setting, addresses: &[String]) -> String {
        self.space = false;
        let mut pieces = std::mem::take(&mut self.pieces);
        while pieces
            .last()
            .is_some_and(|last| last.content == Content::Break)
        {
            pieces.pop();
        }
        if setting != Setting::Paragraph {
            for piece in &mut pieces {
                if piece.content == Content::Break {
                    piece.content = Content::Text(" ".to_owned());
                }
            }
        }
        for mark in Mark::PAIRED {
            fit(&mut pieces, mark);
        }
        spelt(pieces, setting, addresses)
    }
}

/// Writes the pieces so that their marks are read as marks. What CommonMark makes of marks that
/// touch depends on signs on both sides of them (0.31, section 6.2), so it is asked: where some mark
/// would be seen, emphasis is written with the other sign, and then ever more of the marks are left
/// out. The text stays.
fn spelt(mut pieces: Vec<Piece>, setting: Setting, addresses: &[String]) -> String {
    let is_marked = |piece: &Piece| Mark::PAIRED.iter().any(|mark| piece.style.marks.has(*mark));
    let text = Written::new(setting, addresses, Emphasis::Asterisk).all(&pieces);
    if !pieces.iter().any(is_marked) {
        return text;
    }
    let own: usize = pieces.iter().map(own_marks).sum();
    let is_read = |text: &str| literal_marks(text) == own;
    if is_read(&text) {
        return text;
    }
    let text = Written::new(setting, addresses, Emphasis::Underscore).all(&pieces);
    if is_read(&text) {
        return text;
    }
    let mut text = text;
    for mark in [Mark::Emphasis, Mark::Struck, Mark::Strong] {
        for piece in &mut pieces {
            piece.style.marks = piece.style.marks.without(mark);
        }
        text = Written::new(setting, addresses, Emphasis::Asterisk).all(&pieces);
        if is_read(&text) {
            break;
        }
    }
    text
}

/// Signs in a piece's text that are marks elsewhere, as [`literal_marks`] counts them.
fn own_marks(piece: &Piece) -> usize {
    match &piece.content {
        Content::Text(text) if !piece.style.is_code() => text.matches(is_mark).count(),
        Content::Reference(name) => name.matches(is_mark).count(),
        _ => 0,
    }
}
