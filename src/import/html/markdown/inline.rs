//! The text of one block: pieces with their marks, and how they are written.
//!
//! HTML may put a mark anywhere; Markdown reads one only where its neighbours allow it. So the
//! pieces are first brought into a shape that can be written: white space belongs to no mark,
//! punctuation leaves a mark whose edge touches a letter, and neighbours that look alike are one.

use super::escape::{self, Place};

/// What a piece of text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    pub strong: bool,
    pub emphasis: bool,
    pub struck: bool,
    pub code: bool,
    pub raised: Raised,
    /// Index into the addresses that the writer of the page keeps.
    pub link: Option<u32>,
}

/// Above or below the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Raised {
    #[default]
    No,
    Above,
    Below,
}

#[derive(Debug, Clone, PartialEq)]
enum Content {
    Text(String),
    Break,
    Image { alt: String, source: String },
    /// A footnote's number, `[^1]`.
    Note(String),
}

#[derive(Debug, Clone, PartialEq)]
struct Piece {
    content: Content,
    style: Style,
}

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
        self.pieces.iter().all(|piece| piece.content == Content::Break)
    }

    pub fn has_text(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece.content, Content::Text(_) | Content::Note(_)))
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
        self.push(Content::Text(run), plain_code(style));
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

    pub fn note(&mut self, label: String) {
        self.push(Content::Note(label), Style::default());
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
            let shared = both(before.style, style);
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
        while pieces.last().is_some_and(|last| last.content == Content::Break) {
            pieces.pop();
        }
        if setting != Setting::Paragraph {
            for piece in &mut pieces {
                if piece.content == Content::Break {
                    piece.content = Content::Text(" ".to_owned());
                }
            }
        }
        for mark in MARKS {
            fit(&mut pieces, mark);
        }
        Written::new(setting, addresses).all(&pieces)
    }
}

/// A mark inside code would be read as code.
fn plain_code(style: Style) -> Style {
    if style.code {
        Style {
            strong: false,
            emphasis: false,
            struck: false,
            raised: Raised::No,
            ..style
        }
    } else {
        style
    }
}

fn both(a: Style, b: Style) -> Style {
    Style {
        strong: a.strong && b.strong,
        emphasis: a.emphasis && b.emphasis,
        struck: a.struck && b.struck,
        code: a.code && b.code,
        raised: if a.raised == b.raised { a.raised } else { Raised::No },
        link: a.link.filter(|_| a.link == b.link),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Strong,
    Emphasis,
    Struck,
}

const MARKS: [Mark; 3] = [Mark::Strong, Mark::Emphasis, Mark::Struck];

impl Mark {
    fn is_on(self, style: Style) -> bool {
        match self {
            Self::Strong => style.strong,
            Self::Emphasis => style.emphasis,
            Self::Struck => style.struck,
        }
    }

    fn set(self, style: &mut Style, on: bool) {
        match self {
            Self::Strong => style.strong = on,
            Self::Emphasis => style.emphasis = on,
            Self::Struck => style.struck = on,
        }
    }

    fn written(self) -> &'static str {
        match self {
            Self::Strong => "**",
            Self::Emphasis => "*",
            Self::Struck => "~~",
        }
    }
}

/// Takes a mark off whatever at its edges would keep Markdown from reading it: white space, and
/// punctuation (or a link, a picture, code) that touches a letter outside.
fn fit(pieces: &mut Vec<Piece>, mark: Mark) {
    if !pieces.iter().any(|piece| mark.is_on(piece.style)) {
        return;
    }
    let mut fitted: Vec<Piece> = Vec::with_capacity(pieces.len() + 8);
    let mut stretch: Vec<Piece> = Vec::new();
    let mut rest = std::mem::take(pieces).into_iter().peekable();
    while let Some(piece) = rest.next() {
        if !mark.is_on(piece.style) {
            fitted.push(piece);
            continue;
        }
        stretch.push(piece);
        if rest.peek().is_some_and(|next| mark.is_on(next.style)) {
            continue;
        }
        let before = fitted.last().map_or(' ', last_character);
        let after = rest.peek().map_or(' ', first_character);
        let (head, inside, tail) = trimmed(std::mem::take(&mut stretch), mark, before, after);
        fitted.extend(head);
        fitted.extend(inside);
        fitted.extend(tail);
    }
    *pieces = fitted;
}

type Pieces = Vec<Piece>;

fn trimmed(stretch: Pieces, mark: Mark, before: char, after: char) -> (Pieces, Pieces, Pieces) {
    let mut inside: std::collections::VecDeque<Piece> = stretch.into();
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut outside = before;
    while let Some(piece) = inside.pop_front() {
        let (off, kept) = split_off(piece, mark, outside, Side::Front);
        if let Some(off) = off {
            outside = last_character(&off);
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
            outside = first_character(&off);
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
fn split_off(piece: Piece, mark: Mark, outside: char, side: Side) -> (Option<Piece>, Option<Piece>) {
    let unmarked = |content, mut style: Style| {
        mark.set(&mut style, false);
        Piece { content, style }
    };
    let free = is_space(outside) || is_punctuation(outside);
    let text = match piece.content {
        Content::Text(text) if !piece.style.code && piece.style.raised == Raised::No => text,
        Content::Break => return (Some(unmarked(Content::Break, piece.style)), None),
        // It begins and ends with punctuation of its own.
        content if free => {
            return (
                None,
                Some(Piece {
                    content,
                    style: piece.style,
                }),
            );
        }
        content => return (Some(unmarked(content, piece.style)), None),
    };
    let leaves = |outside: char, c: char| {
        is_space(c) || is_punctuation(c) && !is_space(outside) && !is_punctuation(outside)
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

fn first_character(piece: &Piece) -> char {
    match &piece.content {
        _ if piece.style.code || piece.style.link.is_some() => '[',
        _ if piece.style.raised != Raised::No => '<',
        Content::Text(text) => text.chars().next().unwrap_or(' '),
        Content::Break => ' ',
        Content::Image { .. } => '!',
        Content::Note(_) => '[',
    }
}

fn last_character(piece: &Piece) -> char {
    match &piece.content {
        _ if piece.style.code || piece.style.link.is_some() => ')',
        _ if piece.style.raised != Raised::No => '>',
        Content::Text(text) => text.chars().next_back().unwrap_or(' '),
        Content::Break => ' ',
        Content::Image { .. } => ')',
        Content::Note(_) => ']',
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Punctuation and symbols, as CommonMark counts them around a mark.
pub fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

/// The text as it is being written.
struct Written<'a> {
    setting: Setting,
    addresses: &'a [String],
    out: String,
    open: Vec<Open>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Mark(Mark),
    Raised(Raised),
    Link(u32),
}

impl Open {
    fn holds(self, style: Style) -> bool {
        match self {
            Self::Mark(mark) => mark.is_on(style),
            Self::Raised(raised) => style.raised == raised,
            Self::Link(link) => style.link == Some(link),
        }
    }
}

impl<'a> Written<'a> {
    fn new(setting: Setting, addresses: &'a [String]) -> Self {
        Self {
            setting,
            addresses,
            out: String::new(),
            open: Vec::new(),
        }
    }

    fn all(mut self, pieces: &[Piece]) -> String {
        let mut line_start = 0;
        for (at, piece) in pieces.iter().enumerate() {
            self.close(|open| open.holds(piece.style));
            self.open(&pieces[at..]);
            match &piece.content {
                Content::Text(text) if piece.style.code => self.code(text),
                Content::Text(text) => {
                    let place = Place {
                        before: self.out[line_start..].chars().next_back().unwrap_or('*'),
                        after: pieces.get(at + 1).map_or('*', |next| {
                            if next.style == piece.style || next.style.link.is_some() {
                                first_character(next)
                            } else {
                                '*'
                            }
                        }),
                        in_link: piece.style.link.is_some(),
                        in_table: self.setting == Setting::Cell,
                    };
                    escape::escape(text, place, &mut self.out);
                }
                Content::Break => {
                    self.close(|_| false);
                    self.end_line(line_start);
                    self.out.push_str("\\\n");
                    line_start = self.out.len();
                }
                Content::Image { alt, source } => self.image(alt, source),
                Content::Note(label) => self.out.push_str(&format!("[^{label}]")),
            }
        }
        self.close(|_| false);
        self.end_line(line_start);
        if self.setting == Setting::Heading && self.out.ends_with('#') {
            let last = self.out.len() - 1;
            self.out.insert(last, '\\');
        }
        self.out
    }

    /// What text must not begin with at the start of a line.
    fn end_line(&mut self, start: usize) {
        if self.setting == Setting::Paragraph {
            let mut line = self.out.split_off(start);
            escape::open_line(&mut line);
            self.out.push_str(&line);
        }
    }

    /// Closes everything from the first on that does not hold any more.
    fn close(&mut self, holds: impl Fn(Open) -> bool) {
        let kept = self.open.iter().take_while(|open| holds(**open)).count();
        while self.open.len() > kept {
            match self.open.pop() {
                Some(Open::Mark(mark)) => self.out.push_str(mark.written()),
                Some(Open::Raised(Raised::Above)) => self.out.push_str("</sup>"),
                Some(Open::Raised(Raised::Below)) => self.out.push_str("</sub>"),
                Some(Open::Link(link)) => {
                    let address = self.addresses.get(link as usize).map_or("", String::as_str);
                    self.out.push_str("](");
                    self.out.push_str(&escape::destination(address));
                    self.out.push(')');
                }
                Some(Open::Raised(Raised::No)) | None => {}
            }
        }
    }

    /// Opens what the first of the pieces has, the longest outside.
    fn open(&mut self, pieces: &[Piece]) {
        /// A mark that goes on for more pieces than this is long.
        const FAR: usize = 64;
        let Some(style) = pieces.first().map(|piece| piece.style) else {
            return;
        };
        let mut wanted: Vec<Open> = Vec::new();
        wanted.extend(style.link.map(Open::Link));
        wanted.extend(MARKS.into_iter().filter(|m| m.is_on(style)).map(Open::Mark));
        if style.raised != Raised::No {
            wanted.push(Open::Raised(style.raised));
        }
        wanted.retain(|open| !self.open.contains(open));
        wanted.sort_by_key(|open| {
            let far = pieces
                .iter()
                .take(FAR)
                .take_while(|piece| open.holds(piece.style))
                .count();
            std::cmp::Reverse(far)
        });
        for open in wanted {
            match open {
                Open::Mark(mark) => self.out.push_str(mark.written()),
                Open::Raised(Raised::Below) => self.out.push_str("<sub>"),
                Open::Raised(_) => self.out.push_str("<sup>"),
                Open::Link(_) => self.out.push('['),
            }
            self.open.push(open);
        }
    }

    /// A code span, its fence longer than any run of backticks inside.
    fn code(&mut self, text: &str) {
        let mut longest = 0;
        let mut run = 0;
        for c in text.chars() {
            run = if c == '`' { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        let fence = "`".repeat(longest + 1);
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        // Two spans that touch would be read as one with a longer fence.
        if self.out.ends_with('`') && !self.out.ends_with("\\`") {
            self.out.push(' ');
        }
        let text = if self.setting == Setting::Cell {
            std::borrow::Cow::Owned(text.replace('|', "\\|"))
        } else {
            std::borrow::Cow::Borrowed(text)
        };
        self.out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
    }

    fn image(&mut self, alt: &str, source: &str) {
        self.out.push_str("![");
        escape::escape(
            alt,
            Place {
                before: '[',
                after: ']',
                in_link: true,
                in_table: self.setting == Setting::Cell,
            },
            &mut self.out,
        );
        self.out.push_str("](");
        self.out.push_str(&escape::destination(source));
        self.out.push(')');
    }
}
