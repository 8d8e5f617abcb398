//! Which lines of a page tell the article.

use super::chain::{self, Link};
use super::features::page::Page;
use super::line::Line;
use super::model::MODEL;
use super::role::Role;
use crate::import::phrases;
use crate::text::script::is_east_asian;

/// From this probability on a line is kept: losing a paragraph is worse than keeping a caption.
pub const KEPT: f64 = 0.38;

/// What a line does for an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// It belongs to the page around.
    No,
    /// It belongs to an article: a heading, an item, a short paragraph, or the title.
    Line,
    /// It is a paragraph that nobody would take for anything else.
    Paragraph,
}

/// For every line, what it does for an article.
pub fn telling(lines: &[Line], roles: &[Role]) -> Vec<Telling> {
    let probabilities = probabilities(lines, roles);
    let mut found: Vec<Telling> = lines
        .iter()
        .zip(&probabilities)
        .map(|(line, &probability)| {
            if probability < KEPT {
                Telling::No
            } else if is_paragraph(line) {
                Telling::Paragraph
            } else {
                Telling::Line
            }
        })
        .collect();
    join_tables(lines, &mut found);
    if found.contains(&Telling::Paragraph) {
        return found;
    }
    // Nothing looks like prose: a list, a poem, a note. Then what tells is what there is, and
    // failing that, whatever is no furniture.
    let all = !found.contains(&Telling::Line);
    for (telling, line) in found.iter_mut().zip(lines) {
        if *telling == Telling::Line || all && phrases::topics(&line.text.to_lowercase()).is_empty()
        {
            *telling = Telling::Paragraph;
        }
    }
    found
}

/// A table tells as a whole, however little its rows look like text.
fn join_tables(lines: &[Line], telling: &mut [Telling]) {
    let mut at = 0;
    while at < lines.len() {
        let width = lines[at].cells.len();
        let rows = lines[at..]
            .iter()
            .take_while(|line| line.cells.len() == width)
            .count();
        if width >= 2 && rows >= 2 {
            let table = &mut telling[at..at + rows];
            let told = table.iter().filter(|row| **row != Telling::No).count();
            table.fill(if told * 3 >= rows {
                Telling::Line
            } else {
                Telling::No
            });
        }
        at += rows;
    }
}

fn is_paragraph(line: &Line) -> bool {
    let least = if is_east_asian(&line.text) { 20 } else { 50 };
    line.chars >= least && (line.ends_sentence() || line.chars >= 4 * least)
}

/// For every line, the probability that it belongs to an article.
fn probabilities(lines: &[Line], roles: &[Role]) -> Vec<f64> {
    let page = Page::new(lines, roles);
    let mut features = Vec::new();
    let links: Vec<Link> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            page.features(at, &mut features);
            Link {
                score: MODEL.score(&features),
                gap: line.gap,
                known: None,
            }
        })
        .collect();
    chain::posterior(&links, &MODEL.transitions).telling
}
