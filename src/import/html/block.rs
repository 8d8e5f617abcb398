//! The blocks of a page: every stretch of text that a reader sees as one paragraph, heading, list
//! item, cell or button. They are the units of which an article is chosen.

use super::elements::{is_block, is_silent};
use super::markdown::characters;
use super::tree::{NodeId, Tree};

/// One block of a page.
#[derive(Debug, Clone)]
pub struct Block {
    /// The innermost element that stands on lines of its own around it.
    pub element: NodeId,
    /// Its text nodes, in document order.
    pub nodes: Vec<NodeId>,
    /// White space collapsed, invisible characters gone; never empty.
    pub text: String,
    /// Characters of it.
    pub chars: usize,
    /// Characters of it inside links.
    pub link_chars: usize,
    /// Links in it.
    pub links: usize,
}

/// Letters and digits only, in lower case.
pub fn key(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The blocks of a page, in its order.
pub fn blocks(tree: &Tree) -> Vec<Block> {
    let mut reader = Reader {
        found: Vec::new(),
        open: None,
        break_before: false,
    };
    // The elements around the current node that bound blocks, and the links.
    let mut around: Vec<NodeId> = vec![tree.root()];
    let mut links: Vec<NodeId> = Vec::new();
    let mut silent: Option<NodeId> = None;
    for node in tree.descendants(tree.root()) {
        if silent.is_some_and(|silent| tree.contains(silent, node)) {
            continue;
        }
        while around.len() > 1
            && !around
                .last()
                .is_some_and(|&outer| tree.contains(outer, node))
        {
            around.pop();
            reader.end();
        }
        while links.last().is_some_and(|&link| !tree.contains(link, node)) {
            links.pop();
        }
        let element = around.last().copied().unwrap_or(tree.root());
        if let Some(text) = tree.own_text(node) {
            reader.text(node, text, element, links.last().copied());
        } else if let Some(name) = tree.name(node) {
            if is_silent(name) {
                silent = Some(node);
            } else if name == "br" {
                reader.line_break();
            } else if name == "hr" {
                reader.end();
            } else if is_block(name) || matches!(name, "button" | "option" | "select" | "label") {
                reader.end();
                around.push(node);
            } else if name == "a" {
                links.push(node);
            }
        }
    }
    reader.end();
    reader.found
}

struct Reader {
    found: Vec<Block>,
    open: Option<Open>,
    /// A line break came and no text since.
    break_before: bool,
}

struct Open {
    block: Block,
    space: bool,
    link: Option<NodeId>,
}

impl Reader {
    fn text(&mut self, node: NodeId, text: &str, element: NodeId, link: Option<NodeId>) {
        let text = characters::clean(text);
        if text.trim().is_empty() {
            if let Some(open) = &mut self.open {
                open.space = true;
            }
            return;
        }
        let open = self.open.get_or_insert_with(|| Open {
            block: Block {
                element,
                nodes: Vec::new(),
                text: String::new(),
                chars: 0,
                link_chars: 0,
                links: 0,
            },
            space: false,
            link: None,
        });
        self.break_before = false;
        open.block.nodes.push(node);
        if link.is_some() && link != open.link {
            open.block.links += 1;
        }
        open.link = link;
        let before = open.block.chars;
        open.space |= text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            if open.space && !open.block.text.is_empty() {
                open.block.text.push(' ');
                open.block.chars += 1;
            }
            open.block.text.push_str(word);
            open.block.chars += word.chars().count();
            open.space = true;
        }
        open.space = text.ends_with(char::is_whitespace);
        if link.is_some() {
            open.block.link_chars += open.block.chars - before;
        }
    }

    /// One break is a new line, two are a new paragraph.
    fn line_break(&mut self) {
        if self.break_before {
            self.end();
        } else if let Some(open) = &mut self.open {
            open.space = true;
            self.break_before = true;
        }
    }

    fn end(&mut self) {
        self.break_before = false;
        if let Some(open) = self.open.take() {
            self.found.push(open.block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_what_a_reader_sees_as_one() {
        let tree = Tree::parse(
            "<title>x</title><p>The <a href=/h>har\u{ad}bour</a>\n froze.<p>Twice.<br>Then<br> <br>thaw.\
             <ul><li>ice<li><button>Share</button> now</ul><script>no()</script>",
        );
        let found = blocks(&tree);
        let texts: Vec<_> = found.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "The harbour froze.",
                "Twice. Then",
                "thaw.",
                "ice",
                "Share",
                "now"
            ]
        );
        assert_eq!((found[0].links, found[0].link_chars), (1, 8));
        assert_eq!(tree.name(found[3].element), Some("li"));
    }
}
