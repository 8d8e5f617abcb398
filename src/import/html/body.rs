//! Which blocks of a page are its article.

use std::collections::HashMap;

use super::class_words::Kind;
use super::features;
use super::forest::{Forest, Forests};
use super::landscape::Landscape;
use super::row::Row;
use super::tree::NodeId;
use super::wholes;

/// The blocks of an article.
#[derive(Debug)]
pub struct Choice {
    /// By block: whether it belongs to the article.
    pub chosen: Vec<bool>,
    /// Why this may be no article, in words.
    pub doubt: Option<String>,
}

/// A block that is likelier than this belongs to the article.
const LIKELY: f32 = 0.6;
/// One that looks unlikelier than this by itself is not looked at again.
const HOPELESS: f32 = 0.01;
/// What must be found (in characters) before a page counts as having an article at all.
const LEAST: usize = 200;
/// Where so little is likely, the best there is stands in for it.
const UNLIKELY: [f32; 3] = [0.3, 0.1, 0.03];

/// Chooses the blocks of a page's article.
pub fn choose(page: &Landscape<'_>, forests: &Forests) -> Choice {
    let mut rows = features::rows(page);
    let alone = chances(&forests.alone, &rows);
    features::add_context(page, &alone, &mut rows);
    let chances: Vec<f32> = rows
        .iter()
        .zip(&alone)
        .map(|(row, alone)| {
            if *alone < HOPELESS {
                *alone
            } else {
                forests.in_context.chance(&row.values)
            }
        })
        .collect();
    let likely =
        |least: f32| -> Vec<bool> { chances.iter().map(|chance| *chance > least).collect() };
    let weight = |chosen: &[bool]| -> usize {
        let pairs = page.seen.iter().zip(chosen);
        pairs
            .filter(|(_, chosen)| **chosen)
            .map(|(seen, _)| seen.weight)
            .sum()
    };
    let mut chosen = likely(LIKELY);
    let found = weight(&chosen);
    for least in UNLIKELY {
        if weight(&chosen) < LEAST {
            chosen = likely(least);
        }
    }
    keep_headings(page, &chances, &mut chosen);
    wholes::complete(page, &mut chosen);
    drop_boxes(page, &mut chosen);
    drop_repeats(page, &mut chosen);
    if weight(&chosen) == 0 {
        chosen = anything(page);
    }
    let doubt = (found < LEAST)
        .then(|| format!("no clear article: only {found} characters of the page look like one"));
    Choice { chosen, doubt }
}

/// What a page has where nothing of it looks like an article: its text outside of links, else
/// whatever it has. A few words on a page of their own are better shown, with a doubt, than lost.
pub fn anything(page: &Landscape<'_>) -> Vec<bool> {
    let unlinked: Vec<bool> = page.seen.iter().map(|seen| seen.linked < 50).collect();
    if unlinked.contains(&true) {
        unlinked
    } else {
        vec![true; page.blocks.len()]
    }
}

fn chances(forest: &Forest, rows: &[Row]) -> Vec<f32> {
    rows.iter().map(|row| forest.chance(&row.values)).collect()
}

/// A heading belongs to the text right below it, unless it is most unlikely by itself. It may stand
/// in a frame of its own.
fn keep_headings(page: &Landscape<'_>, chances: &[f32], chosen: &mut [bool]) {
    let beside = |at: usize| {
        let (heading, text) = (page.blocks[at].element, page.blocks[at + 1].nodes[0]);
        let outer = page.tree.ancestors(heading).take(3);
        outer
            .into_iter()
            .any(|outer| page.tree.contains(outer, text))
    };
    for at in 0..chosen.len().saturating_sub(1) {
        let name = page.tree.name(page.blocks[at].element);
        let is_heading = matches!(name, Some("h2" | "h3" | "h4" | "h5" | "h6"));
        if is_heading && chances[at] > 0.2 && chosen[at + 1] && beside(at) {
            chosen[at] = true;
        }
    }
}

/// What an element that calls itself one of these holds is never the article's text.
const BOXES: [Kind; 5] = [
    Kind::Newsletter,
    Kind::Share,
    Kind::Comments,
    Kind::Popup,
    Kind::Advert,
];

/// Boxes inside an article: small elements with a telling name and nothing else about them. Names
/// that would take much of the article tell something else.
fn drop_boxes(page: &Landscape<'_>, chosen: &mut [bool]) {
    let whole = page.whole();
    let in_box = |at: usize| {
        let element = page.blocks[at].element;
        std::iter::once(element)
            .chain(page.tree.ancestors(element))
            .take_while(|&node| page.measure(node).chars * 5 < whole.chars)
            .any(|node| {
                let kinds = page.kinds[node.index()];
                BOXES.iter().any(|kind| kinds.has(*kind as usize))
                    && !kinds.has(Kind::Article as usize)
                    && !kinds.has(Kind::Text as usize)
            })
    };
    let boxed: Vec<usize> = (0..chosen.len())
        .filter(|&at| chosen[at] && in_box(at))
        .collect();
    let weight = |at: &usize| page.seen[*at].weight;
    let all: usize = (0..chosen.len())
        .filter(|at| chosen[*at])
        .map(|at| weight(&at))
        .sum();
    if boxed.iter().map(weight).sum::<usize>() * 4 < all {
        for at in boxed {
            chosen[at] = false;
        }
    }
}

/// A long passage that the article has already is a copy: a pull quote, a teaser, a second version
/// for small screens. One that stands beside the first, in an element like it, is the author's own:
/// a refrain, a formula.
fn drop_repeats(page: &Landscape<'_>, chosen: &mut [bool]) {
    let mut first: HashMap<&str, NodeId> = HashMap::new();
    for (block, chosen) in page.blocks.iter().zip(chosen) {
        if *chosen && block.chars >= 40 {
            let element = block.element;
            let before = *first.entry(block.text.as_str()).or_insert(element);
            *chosen = page.tree.parent(before) == page.tree.parent(element)
                && page.tree.name(before) == page.tree.name(element)
                && page.tree.attribute(before, "class") == page.tree.attribute(element, "class");
        }
    }
}

/// By node of the page: whether it is written, as text of a chosen block or as a picture among
/// them.
pub fn kept(page: &Landscape<'_>, chosen: &[bool]) -> Vec<bool> {
    let tree = page.tree;
    let mut kept = vec![false; tree.size()];
    // Characters before each node: chosen ones, and all.
    let mut sums = vec![(0usize, 0usize); tree.size() + 1];
    for (block, chosen) in page.blocks.iter().zip(chosen) {
        for node in &block.nodes {
            kept[node.index()] = *chosen;
        }
        let sum = &mut sums[block.nodes[0].index() + 1];
        sum.0 += if *chosen { block.chars } else { 0 };
        sum.1 += block.chars;
    }
    for at in 1..sums.len() {
        sums[at].0 += sums[at - 1].0;
        sums[at].1 += sums[at - 1].1;
    }
    let within = |node: NodeId| {
        let (from, to) = (sums[node.index()], sums[tree.end(node)]);
        (to.0 - from.0, to.1 - from.1)
    };
    let shown = ["img", "iframe", "video", "audio"];
    for node in tree.descendants(tree.root()) {
        if tree.name(node).is_some_and(|name| shown.contains(&name)) {
            kept[node.index()] = neighbourhood(page, node).is_some_and(|outer| {
                let (chosen, all) = within(outer);
                chosen * 2 > all
            });
        }
    }
    kept
}

/// The nearest element with text beside a picture, which says whose picture it is. A caption alone
/// does not: it is left out or kept as the picture is.
fn neighbourhood(page: &Landscape<'_>, picture: NodeId) -> Option<NodeId> {
    let mut caption = 0;
    page.tree.ancestors(picture).find(|&outer| {
        let all = page.measure(outer).chars;
        if all <= caption {
            return false;
        }
        if is_frame(page, outer) {
            caption = all;
            return false;
        }
        true
    })
}

/// Whether all the text of an element is the caption of a picture in it: little, in one or two
/// blocks, and no title that leads to another article.
fn is_frame(page: &Landscape<'_>, outer: NodeId) -> bool {
    const LONGEST: usize = 400;
    const MOST: usize = 3;
    if page.measure(outer).chars > LONGEST {
        return false;
    }
    let blocks = page.blocks_in(outer);
    let is_figure = page.tree.name(outer) == Some("figure");
    (is_figure || blocks.len() <= MOST)
        && blocks.into_iter().all(|at| {
            let element = page.blocks[at].element;
            let name = page.tree.name(element).unwrap_or_default();
            let is_label = matches!(name, "figcaption" | "div" | "span" | "small" | "p" | "dd");
            page.seen[at].linked < 90 && (is_label || is_figure && element == outer)
        })
}
