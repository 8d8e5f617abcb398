//! The text of a block as Markdown.

use std::borrow::Cow;

use super::embed::Embed;
use super::escape::{self, Place};
use super::inline::Setting;
use super::piece::{Content, Piece};
use super::style::{Mark, Marks, Raised, Style};

/// The text as it is being written.
pub struct Written<'a> {
    setting: Setting,
    addresses: &'a [String],
    emphasis: Emphasis,
    out: String,
    open: Vec<Open>,
    /// Where a mark was closed last, and marks that could not be opened right there.
    closed_at: usize,
    given_up: Marks,
}

/// The sign that emphasis is written with. Underscores can't run together with the asterisks of
/// strong text, but are no marks between letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    Asterisk,
    Underscore,
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
            Self::Mark(mark) => style.marks.has(mark),
            Self::Raised(raised) => style.raised == raised,
            Self::Link(link) => style.link == Some(link),
        }
    }
}

impl<'a> Written<'a> {
    pub fn new(setting: Setting, addresses: &'a [String], emphasis: Emphasis) -> Self {
        Self {
            setting,
            addresses,
            emphasis,
            out: String::new(),
            open: Vec::new(),
            closed_at: 0,
            given_up: Marks::default(),
        }
    }

    pub fn all(mut self, pieces: &[Piece]) -> String {
        let mut line_start = 0;
        for (at, piece) in pieces.iter().enumerate() {
            self.close(|open| open.holds(piece.style));
            self.open(&pieces[at..]);
            match &piece.content {
                Content::Text(text) if piece.style.is_code() => self.code(text),
                Content::Text(text) => {
                    let place = Place {
                        before: self.out[line_start..].chars().next_back().unwrap_or('*'),
                        after: pieces.get(at + 1).map_or('*', |next| {
                            let opens_link =
                                next.style.link.is_some() && next.style.link != piece.style.link;
                            if opens_link || next.is_bracketed() {
                                '['
                            } else if next.style == piece.style {
                                next.first_character()
                            } else {
                                '*'
                            }
                        }),
                        in_link: piece.style.link.is_some(),
                        in_table: self.setting == Setting::Cell,
                    };
                    let behind_bracket = at > 0 && pieces[at - 1].is_bracketed();
                    if behind_bracket && text.starts_with(['(', ':']) {
                        self.out.push('\\');
                    }
                    escape::escape(text, place, &mut self.out);
                }
                Content::Break => {
                    self.close(|_| false);
                    self.end_line(line_start);
                    self.out.push_str("\\\n");
                    line_start = self.out.len();
                }
                Content::Image { alt, source } => self.image(alt, source),
                Content::Embed(embed) => self.embed(embed),
                Content::Reference(name) => {
                    for part in ["[^", name, "]"] {
                        self.out.push_str(part);
                    }
                }
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
                Some(Open::Mark(mark)) => {
                    self.out.push_str(self.sign(mark));
                    self.closed_at = self.out.len();
                }
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

    fn sign(&self, mark: Mark) -> &'static str {
        match (mark, self.emphasis) {
            (Mark::Strong, _) => "**",
            (Mark::Emphasis, Emphasis::Asterisk) => "*",
            (Mark::Emphasis, Emphasis::Underscore) => "_",
            (Mark::Struck, _) => "~~",
            (Mark::Code, _) => "`",
        }
    }

    /// The link that is open.
    fn link(&self) -> Option<u32> {
        self.open.iter().find_map(|open| match open {
            Open::Link(link) => Some(*link),
            _ => None,
        })
    }

    /// Opens what the first of the pieces has, the longest outside.
    fn open(&mut self, pieces: &[Piece]) {
        /// A mark that goes on for more pieces than this is long.
        const FAR: usize = 64;
        let Some(style) = pieces.first().map(|piece| piece.style) else {
            return;
        };
        for mark in Mark::PAIRED {
            // A mark that begins where another ends would run together with it.
            let touches = self.closed_at == self.out.len() && self.closed_at > 0;
            let is_open = self.open.contains(&Open::Mark(mark));
            if !style.marks.has(mark) {
                self.given_up = self.given_up.without(mark);
            } else if touches && !is_open && self.link() == style.link {
                self.given_up = self.given_up.with(mark);
            }
        }
        let mut wanted: Vec<Open> = Vec::new();
        wanted.extend(style.link.map(Open::Link));
        wanted.extend(
            Mark::PAIRED
                .into_iter()
                .filter(|mark| style.marks.has(*mark))
                .map(Open::Mark),
        );
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
                Open::Mark(mark) => self.out.push_str(self.sign(mark)),
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
        let pad = if text.starts_with('`') || text.ends_with('`') {
            " "
        } else {
            ""
        };
        // Two spans that touch would be read as one with a longer fence.
        if self.out.ends_with('`') && !self.out.ends_with("\\`") {
            self.out.push(' ');
        }
        let text = if self.setting == Setting::Cell {
            Cow::Owned(text.replace('|', "\\|"))
        } else {
            Cow::Borrowed(text)
        };
        for part in [fence.as_str(), pad, &*text, pad, fence.as_str()] {
            self.out.push_str(part);
        }
    }

    fn embed(&mut self, embed: &Embed) {
        let mut title = String::new();
        for c in embed.title.chars() {
            match c {
                '"' | '\\' | '|' => title.extend(['\\', c]),
                c if c.is_control() => title.push(' '),
                c => title.push(c),
            }
        }
        let address = escape::destination(&embed.address);
        for part in ["[", embed.sign, "](", &address, " \"", &title, "\")"] {
            self.out.push_str(part);
        }
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
