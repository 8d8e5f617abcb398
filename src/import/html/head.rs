//! What the front matter says, the body doesn't say again: the title, the byline and the date that
//! stand above (or, some of them, below) an article's text.

use std::collections::BTreeSet;

use super::block::key;
use super::landscape::Landscape;
use super::metadata::Metadata;
use super::tree::NodeId;

/// A line with a byline or a date is no longer than this; what is longer tells something.
const LONGEST_LINE: usize = 160;

/// Takes back the choice of lines that are in the front matter.
pub fn drop_shown(page: &Landscape<'_>, metadata: &Metadata, chosen: &mut [bool]) {
    let title = metadata.title.as_deref().map(key).unwrap_or_default();
    let first_prose = (0..page.blocks.len())
        .find(|&at| chosen[at] && page.seen[at].is_prose)
        .unwrap_or(page.blocks.len());
    let shown: Vec<NodeId> = metadata
        .shown
        .authors
        .iter()
        .chain(&metadata.shown.dates)
        .copied()
        .collect();
    for (at, block) in page.blocks.iter().enumerate() {
        if !chosen[at] {
            continue;
        }
        let is_title = at <= first_prose && !title.is_empty() && key(&block.text) == title;
        let stands_in = |&outer: &NodeId| {
            outer == block.element
                || page.tree.contains(outer, block.nodes[0])
                || page.tree.contains(block.element, outer)
        };
        let is_line =
            block.chars <= LONGEST_LINE && !page.seen[at].is_prose && shown.iter().any(stands_in);
        if is_title || is_line {
            chosen[at] = false;
        }
    }
}

/// The level each of the page's heading levels gets in the body: the highest that is used becomes
/// the second (the first is the title's), and none is skipped.
pub fn levels(page: &Landscape<'_>, chosen: &[bool]) -> [u8; 6] {
    let used: BTreeSet<u8> = page
        .blocks
        .iter()
        .zip(chosen)
        .filter(|(_, chosen)| **chosen)
        .filter_map(|(block, _)| {
            let heading = std::iter::once(block.element).chain(page.tree.ancestors(block.element));
            heading
                .take(4)
                .find_map(|node| level(page.tree.name(node)?))
        })
        .collect();
    let mut levels = [2; 6];
    for (place, level) in (2u8..).zip(&used) {
        levels[usize::from(*level) - 1] = place.min(6);
    }
    levels
}

fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}
