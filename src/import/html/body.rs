//! Which part of a page is its article.

use super::tree::{NodeId, Tree};

/// What of a page belongs to its article.
#[derive(Debug)]
pub struct Body {
    /// The element that holds all of it.
    pub root: NodeId,
    /// By node: whether it is kept.
    pub kept: Vec<bool>,
}

/// Finds the element with the most running text in its paragraphs, and keeps all of it that is
/// not marked as furniture.
pub fn find(tree: &Tree) -> Option<Body> {
    let mut scores = vec![0usize; tree.size()];
    for node in tree.descendants(tree.root()) {
        if matches!(tree.name(node), Some("p" | "pre" | "blockquote" | "li")) {
            let length = tree.text(node).trim().chars().count();
            if length > 40 {
                for (at, outer) in tree.ancestors(node).take(2).enumerate() {
                    scores[outer.index()] += length / (at + 1);
                }
            }
        }
    }
    let best = (0..scores.len())
        .max_by_key(|&at| scores[at])
        .filter(|&at| scores[at] > 0);
    let root = match best {
        Some(at) => tree.at(at)?,
        None => tree.elements("body").next()?,
    };
    let mut kept = vec![false; tree.size()];
    let mut skipped: Option<NodeId> = None;
    for node in tree.descendants(root) {
        if skipped.is_some_and(|skipped| tree.contains(skipped, node)) {
            continue;
        }
        if matches!(
            tree.name(node),
            Some("nav" | "aside" | "footer" | "script" | "style" | "form")
        ) {
            skipped = Some(node);
        }
        kept[node.index()] = true;
    }
    Some(Body { root, kept })
}
