//! The page as lines a reader sees: what stands in one block, without what is never shown.

use super::super::elements::is_block;
use super::super::tree::{NodeId, Tree};
use super::plain::one_line;

/// A line of the page.
#[derive(Debug)]
pub(super) struct Block {
    /// The innermost element that makes it a line of its own.
    pub(super) node: NodeId,
    /// The first text in it: lines stand in the order of these.
    pub(super) first: NodeId,
    /// Cut after [`LONG`] bytes: only short lines are read as titles, bylines or dates.
    pub(super) text: String,
}

/// Lines longer than this are prose.
pub(super) const LONG: usize = 600;

/// The text below `id` in one line, as it is shown.
pub(super) fn text(tree: &Tree, id: NodeId) -> String {
    text_without(tree, id, &[])
}

/// The same without these parts.
pub(super) fn text_without(tree: &Tree, id: NodeId, omitted: &[NodeId]) -> String {
    shown(tree, id, omitted, "")
}

/// The same with a bar where two elements touch that only style sets apart: "Jane Doe|Follow".
pub(super) fn parted_text(tree: &Tree, id: NodeId) -> String {
    shown(tree, id, &[], "|")
}

fn shown(tree: &Tree, id: NodeId, omitted: &[NodeId], joint: &str) -> String {
    let mut shown = String::new();
    let mut hidden_until = 0;
    let mut block_ends: Vec<usize> = Vec::new();
    let mut last_parent = None;
    for id in std::iter::once(id).chain(tree.descendants(id)) {
        if id.index() < hidden_until {
            continue;
        }
        while block_ends.pop_if(|end| id.index() >= *end).is_some() {
            shown.push(' ');
        }
        if let Some(own) = tree.own_text(id) {
            let parent = tree.parent(id);
            if last_parent.is_some()
                && last_parent != parent
                && !shown.ends_with(char::is_whitespace)
                && own.starts_with(char::is_alphanumeric)
            {
                shown.push_str(joint);
            }
            last_parent = parent;
            shown.push_str(own);
        } else if let Some(name) = tree.name(id) {
            if is_hidden(tree, id, name) || omitted.contains(&id) {
                hidden_until = tree.end(id);
            } else if is_block(name) || matches!(name, "br" | "button") {
                shown.push(' ');
                block_ends.push(tree.end(id));
            }
        }
        if shown.len() > LONG * 8 {
            break;
        }
    }
    one_line(&shown)
}

/// All lines of the page, in its order.
pub(super) fn blocks(tree: &Tree) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Vec<NodeId> = vec![tree.root()];
    let mut line = Line::default();
    let mut hidden_until = 0;
    for id in tree.descendants(tree.root()) {
        if id.index() < hidden_until {
            continue;
        }
        while let Some(&block) = open.last() {
            if id.index() < tree.end(block) {
                break;
            }
            line.end(block, &mut found);
            open.pop();
        }
        let block = open.last().copied().unwrap_or_else(|| tree.root());
        if let Some(own) = tree.own_text(id) {
            line.first.get_or_insert(id);
            if line.text.len() < LONG {
                line.text.push_str(own);
            }
        } else if let Some(name) = tree.name(id) {
            if is_hidden(tree, id, name) {
                hidden_until = tree.end(id);
            } else if name == "br" {
                line.end(block, &mut found);
            } else if is_block(name) || name == "button" {
                line.end(block, &mut found);
                open.push(id);
            } else if !line.text.is_empty() {
                // Neighbours in one line are often parted by style alone.
                line.text.push(if matches!(name, "span" | "a" | "time") {
                    ' '
                } else {
                    '\u{200b}'
                });
            }
        }
    }
    while let Some(block) = open.pop() {
        line.end(block, &mut found);
    }
    found
}

/// A line that is still being read.
#[derive(Default)]
struct Line {
    first: Option<NodeId>,
    text: String,
}

impl Line {
    fn end(&mut self, node: NodeId, found: &mut Vec<Block>) {
        let line = std::mem::take(self);
        let text = one_line(&line.text);
        if let Some(first) = line.first.filter(|_| !text.is_empty()) {
            found.push(Block { node, first, text });
        }
    }
}

fn is_hidden(tree: &Tree, id: NodeId, name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "textarea"
            | "select"
            | "head"
            | "object"
            | "video"
            | "audio"
    ) || tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "class").is_some_and(|classes| {
            classes
                .split_whitespace()
                .any(|class| FOR_SCREEN_READERS.contains(&class))
        })
}

/// Class names of what only screen readers say.
const FOR_SCREEN_READERS: &[&str] = &[
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader-text",
    "screenreader",
    "element-invisible",
    "hidden-visually",
    "u-visually-hidden",
    "show-for-sr",
    "hideCompletely",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_the_lines_a_reader_sees() {
        let tree = Tree::parse(
            "<div>Harbour <b>news</b><p>Ice<script>x()</script> on the quay<br>By Jane</p>\
             <p hidden>secret</p>tail<span>Doe</span></div>",
        );
        let lines: Vec<String> = blocks(&tree).into_iter().map(|block| block.text).collect();
        assert_eq!(
            lines,
            ["Harbour news", "Ice on the quay", "By Jane", "tail Doe"]
        );
        let body = tree.elements("body").next().unwrap();
        assert_eq!(
            text(&tree, body),
            "Harbour news Ice on the quay By Jane tailDoe"
        );
    }
}
