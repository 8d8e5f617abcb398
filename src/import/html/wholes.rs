//! Tables and lists belong to an article as a whole: a short cell or item looks like clutter by
//! itself, and without it the others say something else.

use super::landscape::Landscape;
use super::tree::NodeId;

/// Chooses the rest of every table and list of which most of the text is chosen.
pub fn complete(page: &Landscape<'_>, chosen: &mut [bool]) {
    let tree = page.tree;
    // Characters before each block: all, and of those that are chosen.
    let mut before = Vec::with_capacity(chosen.len() + 1);
    let (mut all, mut of_article) = (0, 0);
    before.push((all, of_article));
    for (block, chosen) in page.blocks.iter().zip(chosen.iter()) {
        all += block.chars;
        of_article += if *chosen { block.chars } else { 0 };
        before.push((all, of_article));
    }
    let mut done = 0;
    for node in tree.descendants(tree.root()) {
        let is_whole = match tree.name(node) {
            Some("ul" | "ol" | "dl") => !has_headings(page, node),
            Some("table") => is_data(page, node),
            _ => false,
        };
        if !is_whole || node.index() < done {
            continue;
        }
        let blocks = page.blocks_in(node);
        let (from, to) = (before[blocks.start], before[blocks.end]);
        let (all, of_article) = (to.0 - from.0, to.1 - from.1);
        if of_article * 2 > all {
            chosen[blocks].fill(true);
            done = tree.end(node);
        }
    }
}

/// Whether the items of a list have titles: then they are parts of a page.
fn has_headings(page: &Landscape<'_>, list: NodeId) -> bool {
    page.blocks_in(list).any(|at| {
        let name = page.tree.name(page.blocks[at].element);
        matches!(name, Some("h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    })
}

/// Whether a table shows data; others only place what stands in them. No cell of it holds a table,
/// a heading or much text.
fn is_data(page: &Landscape<'_>, table: NodeId) -> bool {
    const LONGEST: usize = 600;
    let tree = page.tree;
    let mut cells = 0;
    for node in tree.descendants(table) {
        match tree.name(node) {
            Some("table" | "h1" | "h2" | "h3" | "article" | "nav" | "form") => return false,
            Some("td" | "th") => {
                cells += 1;
                if page.measure(node).chars > LONGEST {
                    return false;
                }
            }
            _ => {}
        }
    }
    cells >= 4
}
