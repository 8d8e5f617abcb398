//! Marks where Markdown can read them.
//!
//! HTML may put a mark anywhere; Markdown reads one only where its neighbours allow it (CommonMark
//! 0.31, section 6.2: left- and right-flanking).

use std::collections::VecDeque;

use super::piece::{Content, Piece, is_punctuation};
use super::style::{Mark, Style};

/// Takes a mark off whatever at its edges would keep Markdown from reading it: white space, and
/// punctuation (or a link, a picture, code) that touches a letter outside.
pub fn fit(pieces: &mut Vec<Piece>, mark: Mark) {
    if !pieces.iter().any(|piece| piece.style.marks.has(mark)) {
        return;
    }
    let mut fitted: Vec<Piece> = Vec::with_capacity(pieces.len() + 8);
    let mut stretch: Vec<Piece> = Vec::new();
    let mut rest = std::mem::take(pieces).into_iter().peekable();
    while let Some(piece) = rest.next() {
        if !piece.style.marks.has(mark) {
            fitted.push(piece);
            continue;
        }
        stretch.push(piece);
        if rest.peek().is_some_and(|next| next.style.marks.has(mark)) {
            continue;
        }
        let before = fitted.last().map_or(Outside::LINE, Outside::before);
        let after = rest.peek().map_or(Outside::LINE, Outside::behind);
        let (head, inside, tail) = trimmed(std::mem::take(&mut stretch), mark, before, after);
        fitted.extend(head);
        fitted.extend(inside);
        fitted.extend(tail);
    }
    *pieces = fitted;
}

type Pieces = Vec<Piece>;

/// What a mark touches outside.
#[derive(Debug, Clone, Copy)]
struct Outside {
    character: char,
    link: Option<u32>,
}

impl Outside {
    /// The start or the end of a line.
    const LINE: Self = Self {
        character: ' ',
        link: None,
    };

    fn before(piece: &Piece) -> Self {
        Self {
            character: piece.last_character(),
            link: piece.style.link,
        }
    }

    fn behind(piece: &Piece) -> Self {
        Self {
            character: piece.first_character(),
            link: piece.style.link,
        }
    }

    /// The character that a piece beside it sees: a bracket where a link begins or ends.
    fn seen_from(self, piece: &Piece) -> char {
        if self.link.is_some() && self.link != piece.style.link {
            ']'
        } else {
            self.character
        }
    }
}

fn trimmed(
    stretch: Pieces,
    mark: Mark,
    before: Outside,
    after: Outside,
) -> (Pieces, Pieces, Pieces) {
    let mut inside: VecDeque<Piece> = stretch.into();
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut outside = before;
    while let Some(piece) = inside.pop_front() {
        let (off, kept) = split_off(piece, mark, outside, Side::Front);
        if let Some(off) = off {
            outside = Outside::before(&off);
            head.push(off);
        }
        if let Some(kept) = kept {
            inside.push_front(kept);
            break;
        }
    }
    let mut outside = after;
    while let Some(piece) = inside.pop_back() {
        let (off, kept) = split_off(piece, mark, outside, Side::Back);
        if let Some(off) = off {
            outside = Outside::behind(&off);
            tail.push(off);
        }
        if let Some(kept) = kept {
            inside.push_back(kept);
            break;
        }
    }
    tail.reverse();
    (head, inside.into(), tail)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Front,
    Back,
}

/// The part of a piece at the edge of a mark that must lose it, and the part that keeps it.
fn split_off(
    piece: Piece,
    mark: Mark,
    outside: Outside,
    side: Side,
) -> (Option<Piece>, Option<Piece>) {
    let unmarked = |content, mut style: Style| {
        style.marks = style.marks.without(mark);
        Piece { content, style }
    };
    let starts_link = piece.style.link.is_some() && piece.style.link != outside.link;
    let outside = outside.seen_from(&piece);
    let free = outside.is_whitespace() || is_punctuation(outside);
    let text = match piece.content {
        Content::Break => return (Some(unmarked(Content::Break, piece.style)), None),
        Content::Text(text) if !piece.style.is_code() && (free || !starts_link) => text,
        // It begins and ends with punctuation of its own.
        content if free => {
            let style = piece.style;
            return (None, Some(Piece { content, style }));
        }
        content => return (Some(unmarked(content, piece.style)), None),
    };
    // Between two signs an opening `*` would close the `**` around it.
    let may_close =
        side == Side::Front && mark == Mark::Emphasis && piece.style.marks.has(Mark::Strong);
    let leaves = |outside: char, c: char| {
        c.is_whitespace()
            || is_punctuation(c)
                && !outside.is_whitespace()
                && (may_close || !is_punctuation(outside))
    };
    // Only the first character decides: what stands before it is then punctuation or a space.
    let mut cut = 0;
    let mut outside = outside;
    let mut characters: Box<dyn Iterator<Item = char>> = match side {
        Side::Front => Box::new(text.chars()),
        Side::Back => Box::new(text.chars().rev()),
    };
    for c in &mut characters {
        if !leaves(outside, c) {
            break;
        }
        cut += c.len_utf8();
        outside = c;
    }
    drop(characters);
    let (off, kept) = match side {
        Side::Front => {
            let (off, kept) = text.split_at(cut);
            (off.to_owned(), kept.to_owned())
        }
        Side::Back => {
            let (kept, off) = text.split_at(text.len() - cut);
            (off.to_owned(), kept.to_owned())
        }
    };
    let some = |text: String| (!text.is_empty()).then_some(Content::Text(text));
    (
        some(off).map(|content| unmarked(content, piece.style)),
        some(kept).map(|content| Piece {
            content,
            style: piece.style,
        }),
    )
}
