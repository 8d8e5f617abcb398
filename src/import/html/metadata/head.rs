//! The lines around the title: where readers find the byline and the date.

use super::super::tree::NodeId;
use super::region::words;
use super::signals::Signals;
use super::title::Title;

/// Lines before the title that still belong to it.
const BEFORE: usize = 12;
/// Lines behind the title, until the text begins.
const BEHIND: usize = 25;
/// A line this long, in bytes, tells the article.
const PROSE: usize = 250;

/// Indices of the lines around the title, the nearest to the reader's eye first: those behind it
/// in their order, then those before it, backwards.
pub(super) fn lines(signals: &Signals<'_>, title: Option<&Title>) -> Vec<usize> {
    let blocks = &signals.blocks;
    let Some(anchor) = anchor(signals, title) else {
        return Vec::new();
    };
    let inside = |at: &usize| !signals.regions.outside(blocks[*at].first);
    let mut prose = 0;
    let behind = (anchor + 1..blocks.len())
        .take_while(|&at| {
            prose += usize::from(blocks[at].text.len() > PROSE);
            prose < 2
        })
        .filter(inside)
        .take(BEHIND);
    // A menu between a line and the title parts them: above it stands the page's own frame.
    let before = (0..anchor).rev().take(BEFORE).filter(inside);
    behind.chain(before).collect()
}

/// The line the text begins with.
pub(super) fn first_prose(signals: &Signals<'_>, title: Option<&Title>) -> Option<usize> {
    let blocks = &signals.blocks;
    let start = anchor(signals, title).unwrap_or_default();
    (start..blocks.len())
        .find(|&at| blocks[at].text.len() > PROSE && !signals.regions.outside(blocks[at].first))
}

/// Lines behind the end of the text: where some sign.
const FOOT: usize = 10;
/// The text has ended where no prose follows within this many lines.
const GAP: usize = 20;

/// Indices of the lines behind the text.
pub(super) fn foot(signals: &Signals<'_>, title: Option<&Title>) -> Vec<usize> {
    let blocks = &signals.blocks;
    let Some(first) = first_prose(signals, title) else {
        return Vec::new();
    };
    let inside = |at: usize| !signals.regions.outside(blocks[at].first);
    let mut last = first;
    while let Some(next) = (last + 1..blocks.len())
        .take(GAP)
        .rfind(|&at| blocks[at].text.len() > PROSE && inside(at))
    {
        last = next;
    }
    (last + 1..blocks.len())
        .filter(|&at| inside(at))
        .take(FOOT)
        .collect()
}

/// The line of the title; without a visible title, the last one before the text begins.
pub(super) fn anchor(signals: &Signals<'_>, title: Option<&Title>) -> Option<usize> {
    title
        .and_then(|title| title.node)
        .and_then(|node| signals.line_of(node))
        .or_else(|| {
            signals
                .blocks
                .iter()
                .position(|block| block.text.len() > PROSE && !signals.regions.outside(block.first))
                .map(|at| at.saturating_sub(1))
        })
}

/// Whether a node, or one of the three around it, carries one of these words in its class or id.
pub(super) fn is_marked(signals: &Signals<'_>, node: NodeId, wanted: &[&str]) -> bool {
    std::iter::once(node)
        .chain(signals.tree.ancestors(node).take(2))
        .any(|id| has_word(signals, id, wanted))
}

/// Whether a node's own class or id carries one of these words.
pub(super) fn has_word(signals: &Signals<'_>, id: NodeId, wanted: &[&str]) -> bool {
    ["class", "id"]
        .iter()
        .filter_map(|attribute| signals.tree.attribute(id, attribute))
        .any(|names| words(names).any(|word| wanted.contains(&word.as_str())))
}
