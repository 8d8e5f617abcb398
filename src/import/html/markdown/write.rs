//! The walk over a part of a page that opens and closes blocks.
//!
//! Nothing here recurses: nodes come in document order, and what is open waits on a stack.

use std::collections::HashMap;

use super::blocks::{Blocks, List, Spacing};
use super::characters;
use super::code::{self, Preformatted};
use super::embed;
use super::image::source;
use super::inline::{Inline, Setting};
use super::style::{Mark, Raised, Style};
use super::table;
use crate::import::html::address::Base;
use crate::import::html::elements::is_block;
use crate::import::html::footnotes::{Footnotes, Part};
use crate::import::html::tree::{NodeId, Tree};

/// What of a page is written, and how.
pub struct Selection<'a> {
    pub tree: &'a Tree,
    pub base: &'a Base,
    pub footnotes: &'a Footnotes,
    /// Whether a text node or a picture belongs to the article.
    pub keeps: &'a dyn Fn(NodeId) -> bool,
    /// The level that headings of each level of the page get.
    pub levels: [u8; 6],
}

/// Writes what is selected below `root`, in the order of the page.
pub fn markdown(selection: &Selection<'_>, root: NodeId) -> String {
    let footnotes = selection.footnotes.kept(selection.tree, selection.keeps);
    let mut writer = Writer::new(selection, &footnotes);
    writer.walk(root);
    writer.flush();
    writer.blocks.finish()
}

struct Writer<'a> {
    page: &'a Selection<'a>,
    footnotes: &'a HashMap<NodeId, Part<'a>>,
    blocks: Blocks,
    /// The text of the block being read.
    inline: Inline,
    style: Style,
    /// The level of the heading being read.
    heading: Option<u8>,
    /// The last block written was a term of a definition list.
    term: bool,
    /// The line being read of preformatted text that is no code.
    line: Option<String>,
    addresses: Vec<String>,
    open: Vec<Open>,
}

struct Open {
    node: NodeId,
    /// The style outside.
    style: Style,
    closing: Closing,
}

/// What the end of an element means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    Nothing,
    /// A word of its own, such as a button's.
    Space,
    Block,
    Heading,
    Term,
    /// Preformatted text.
    Lines,
    /// So many containers end with it.
    Containers(u8),
}

impl<'a> Writer<'a> {
    fn new(page: &'a Selection<'a>, footnotes: &'a HashMap<NodeId, Part<'a>>) -> Self {
        Self {
            page,
            footnotes,
            blocks: Blocks::default(),
            inline: Inline::default(),
            style: Style::default(),
            heading: None,
            term: false,
            line: None,
            addresses: Vec::new(),
            open: Vec::new(),
        }
    }

    fn walk(&mut self, root: NodeId) {
        let tree = self.page.tree;
        let mut skipped: Option<NodeId> = None;
        for node in std::iter::once(root).chain(tree.descendants(root)) {
            if skipped.is_some_and(|skipped| tree.contains(skipped, node)) {
                continue;
            }
            while self
                .open
                .last()
                .is_some_and(|open| !tree.contains(open.node, node))
            {
                self.close();
            }
            if let Some(text) = tree.own_text(node) {
                if (self.page.keeps)(node) {
                    self.text(&characters::clean(text));
                } else if text.chars().any(char::is_whitespace) {
                    self.inline.space();
                }
            } else if let Some(name) = tree.name(node)
                && self.element(node, name) == Below::Done
            {
                skipped = Some(node);
            }
        }
        while !self.open.is_empty() {
            self.close();
        }
    }

    fn text(&mut self, text: &str) {
        if self.line.is_none() {
            self.inline.text(text, self.style);
            return;
        }
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                self.end_line();
            }
            if let Some(line) = &mut self.line {
                line.push_str(part);
            }
            self.inline.text(part, self.style);
        }
    }

    /// The end of a line of preformatted text: a break, a space where the line is only wrapped, or
    /// the end of the paragraph.
    fn end_line(&mut self) {
        let line = self.line.replace(String::new()).unwrap_or_default();
        if line.trim().is_empty() {
            self.flush();
        } else if code::is_wrapped(&line) {
            self.inline.space();
        } else {
            self.inline.line_break();
        }
    }

    /// Opens an element, or writes it whole.
    fn element(&mut self, node: NodeId, name: &str) -> Below {
        let outside = self.style;
        let mut closing = Closing::Nothing;
        match self.footnotes.get(&node) {
            Some(Part::Reference(name)) => {
                self.inline.reference(name);
                return Below::Done;
            }
            Some(Part::WayBack) => return Below::Done,
            Some(Part::Note(_)) | None => {}
        }
        match name {
            "script" | "style" | "template" | "head" => return Below::Done,
            "br" => {
                if self.inline.ends_in_break() {
                    self.boundary();
                } else {
                    self.inline.line_break();
                }
                return Below::Done;
            }
            "hr" => {
                self.boundary();
                if self.heading.is_none() {
                    self.blocks.rule();
                }
                return Below::Done;
            }
            "img" => {
                self.image(node);
                return Below::Done;
            }
            "iframe" | "video" | "audio" => {
                self.embed(node);
                return Below::Done;
            }
            "b" | "strong" => self.mark(Mark::Strong),
            "i" | "em" | "cite" | "dfn" | "var" => self.mark(Mark::Emphasis),
            "s" | "strike" | "del" => self.mark(Mark::Struck),
            "code" | "kbd" | "samp" | "tt" => self.mark(Mark::Code),
            "sup" => self.style.raised = Raised::Above,
            "sub" => self.style.raised = Raised::Below,
            "a" => self.style.link = self.link(node),
            "button" | "option" | "select" | "label" => {
                self.inline.space();
                closing = Closing::Space;
            }
            _ if !is_block(name) => {}
            _ if self.heading.is_some() => {
                self.inline.space();
                closing = Closing::Space;
            }
            _ => {
                self.flush();
                match self.block(node, name) {
                    Some(block) => closing = block,
                    None => return Below::Done,
                }
            }
        }
        self.open.push(Open {
            node,
            style: outside,
            closing,
        });
        Below::ToWalk
    }

    /// Opens a block; `None` if all of it has been written.
    fn block(&mut self, node: NodeId, name: &str) -> Option<Closing> {
        if let Some(Part::Note(name)) = self.footnotes.get(&node) {
            self.blocks.open_note(name);
            return Some(Closing::Containers(1));
        }
        Some(match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = usize::from(name.as_bytes()[1] - b'1');
                self.heading = Some(self.page.levels[level]);
                Closing::Heading
            }
            "blockquote" => {
                self.blocks.open_quote();
                Closing::Containers(1)
            }
            // A list of footnotes is none: each is a block of its own.
            "ul" | "ol" if self.lists_notes(node) => Closing::Block,
            "ul" | "ol" | "menu" | "dir" => {
                self.open_list(node, name);
                Closing::Containers(1)
            }
            "li" => self.open_item(node),
            "dt" => Closing::Term,
            "dd" if self.term => {
                self.blocks.open_list(List::Definition, Spacing::Loose);
                self.blocks.open_item();
                self.blocks.keep_next_close();
                Closing::Containers(2)
            }
            "figcaption" => {
                self.mark(Mark::Emphasis);
                Closing::Block
            }
            "pre" => return self.preformatted(node),
            "table" if self.table(node) => return None,
            _ => Closing::Block,
        })
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open.closing {
            Closing::Nothing => {}
            Closing::Space => self.inline.space(),
            Closing::Block => self.flush(),
            Closing::Heading => {
                self.flush();
                self.heading = None;
            }
            Closing::Term => self.flush_term(),
            Closing::Lines => {
                self.flush();
                self.line = None;
            }
            Closing::Containers(count) => {
                self.flush();
                for _ in 0..count {
                    self.blocks.close();
                }
            }
        }
        self.style = open.style;
    }

    /// The end of a block, or of a line of a heading.
    fn boundary(&mut self) {
        if self.heading.is_some() {
            self.inline.space();
        } else {
            self.flush();
        }
    }

    /// Writes the block that has been read, if anything of it would be seen.
    fn flush(&mut self) {
        if self.inline.is_empty() {
            self.inline = Inline::default();
            return;
        }
        self.term = false;
        if let Some(level) = self.heading.filter(|_| self.inline.has_text()) {
            let text = self.inline.take(Setting::Heading, &self.addresses);
            let marks = "#".repeat(usize::from(level));
            self.blocks.block(&format!("{marks} {text}"));
        } else {
            let text = self.inline.take(Setting::Paragraph, &self.addresses);
            self.blocks.block(&text);
        }
    }

    fn flush_term(&mut self) {
        if !self.inline.is_empty() {
            let text = self.inline.take(Setting::Heading, &self.addresses);
            let mut line = text;
            super::escape::open_line(&mut line);
            self.blocks.block(&line);
            self.term = true;
        }
    }

    fn open_list(&mut self, node: NodeId, name: &str) {
        let tree = self.page.tree;
        let list = if name == "ol" {
            let start = tree
                .attribute(node, "start")
                .and_then(|start| start.trim().parse().ok())
                .filter(|start| *start < 1_000_000)
                .unwrap_or(1);
            List::Ordered(start)
        } else {
            List::Unordered
        };
        // An item with several blocks needs empty lines; one with a line of text looks better
        // without.
        let is_loose = tree
            .children(node)
            .filter(|&item| tree.name(item) == Some("li"))
            .any(|item| {
                let blocks = tree
                    .children(item)
                    .filter(|&child| {
                        tree.name(child)
                            .is_some_and(|name| is_block(name) && !matches!(name, "ul" | "ol"))
                    })
                    .take(2)
                    .count();
                blocks > 1
            });
        let spacing = if is_loose {
            Spacing::Loose
        } else {
            Spacing::Tight
        };
        self.blocks.open_list(list, spacing);
    }

    fn open_item(&mut self, node: NodeId) -> Closing {
        let tree = self.page.tree;
        let in_list = tree
            .parent(node)
            .and_then(|parent| tree.name(parent))
            .is_some_and(|parent| matches!(parent, "ul" | "ol" | "menu" | "dir"));
        if !in_list {
            self.blocks.open_list(List::Unordered, Spacing::Tight);
        }
        self.blocks.open_item();
        Closing::Containers(if in_list { 1 } else { 2 })
    }

    fn mark(&mut self, mark: Mark) {
        self.style.marks = self.style.marks.with(mark);
    }

    fn link(&mut self, node: NodeId) -> Option<u32> {
        let href = self.page.tree.attribute(node, "href")?;
        let address = self.page.base.link(href)?;
        let index = u32::try_from(self.addresses.len()).ok()?;
        self.addresses.push(address);
        Some(index)
    }

    fn image(&mut self, node: NodeId) {
        let tree = self.page.tree;
        if !(self.page.keeps)(node) {
            return;
        }
        if let Some(source) = source(tree, node, self.page.base) {
            let alt = tree.attribute(node, "alt").unwrap_or_default();
            self.inline
                .image(&characters::clean(alt), source, self.style);
        }
    }

    /// Writes a player or a post on a line of its own.
    fn embed(&mut self, node: NodeId) {
        if (self.page.keeps)(node)
            && let Some(embed) = embed::embed(self.page.tree, node, self.page.base)
        {
            self.boundary();
            self.inline.embed(embed);
            self.boundary();
        }
    }

    fn lists_notes(&self, list: NodeId) -> bool {
        let mut items = self.page.tree.children(list);
        items.any(|item| matches!(self.footnotes.get(&item), Some(Part::Note(_))))
    }

    /// Writes code; `None` if that is all of it.
    fn preformatted(&mut self, pre: NodeId) -> Option<Closing> {
        match code::preformatted(self.page.tree, pre, self.page.keeps) {
            Preformatted::Frame => Some(Closing::Block),
            Preformatted::Lines => {
                self.line = Some(String::new());
                Some(Closing::Lines)
            }
            Preformatted::Code(block) => {
                if !block.is_empty() {
                    self.term = false;
                    self.blocks.block(&block);
                }
                None
            }
        }
    }

    /// Writes a table of data; `false` if it is a frame around other blocks.
    fn table(&mut self, node: NodeId) -> bool {
        let tree = self.page.tree;
        let Some(rows) = table::rows(tree, node) else {
            return false;
        };
        let rows: Vec<Vec<(String, usize)>> = rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| (self.cell(cell.node), cell.columns))
                    .collect()
            })
            .collect();
        let Some(lines) = table::lines(&rows) else {
            return false;
        };
        self.term = false;
        if let Some(caption) = tree
            .descendants(node)
            .find(|&inner| tree.name(inner) == Some("caption"))
        {
            let text = self.cell(caption);
            if !text.is_empty() {
                self.blocks.block(&text);
            }
        }
        self.blocks.block(&lines);
        true
    }

    /// The text of a cell on one line.
    fn cell(&mut self, cell: NodeId) -> String {
        let mut inner = Writer::new(self.page, self.footnotes);
        inner.style = self.style;
        // A heading's text is one line as well.
        inner.heading = Some(1);
        inner.walk(cell);
        inner.inline.take(Setting::Cell, &inner.addresses)
    }
}

/// Whether the nodes below an element are still to be walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    ToWalk,
    Done,
}
