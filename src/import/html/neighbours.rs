//! What the blocks beside one say about it.

use super::landscape::{Landscape, Seen};
use super::row::Row;
use crate::import::phrases::Topic;

/// The blocks beside it.
pub fn neighbours(page: &Landscape<'_>, at: usize, row: &mut Row) {
    let nobody = Seen::nobody();
    for offset in [-3isize, -2, -1, 1, 2, 3] {
        let other = at
            .checked_add_signed(offset)
            .filter(|&other| other < page.blocks.len());
        let seen = other.map_or(&nobody, |other| &page.seen[other]);
        row.count("neighbour's weight", seen.weight);
        row.count("neighbour's linked", seen.linked);
        row.flag("neighbour ends a sentence", seen.ends_sentence);
        row.flag(
            "neighbour is of the same element",
            other.is_some_and(|other| {
                let (own, other) = (page.blocks[at].element, page.blocks[other].element);
                page.tree.name(own) == page.tree.name(other)
                    && page.tree.parent(own) == page.tree.parent(other)
            }),
        );
    }
    for width in [4, 12] {
        let window = at.saturating_sub(width)..(at + width + 1).min(page.blocks.len());
        let (mut prose, mut linked, mut chars) = (0, 0, 0);
        for other in window {
            prose += if page.seen[other].is_prose {
                page.seen[other].weight
            } else {
                0
            };
            linked += page.blocks[other].link_chars;
            chars += page.blocks[other].chars;
        }
        row.count("prose nearby", prose);
        row.share("linked nearby", linked, chars);
    }
}

const HEADINGS: [Topic; 7] = [
    Topic::Comments,
    Topic::Related,
    Topic::Legal,
    Topic::AuthorBox,
    Topic::Tags,
    Topic::Newsletter,
    Topic::Share,
];

/// For every block how many blocks ago a short line spoke of comments, related articles and so on.
pub fn since_headings(page: &Landscape<'_>) -> Vec<[usize; 7]> {
    let mut since = [999; 7];
    let mut found = Vec::with_capacity(page.blocks.len());
    for seen in &page.seen {
        found.push(since);
        for (since, topic) in since.iter_mut().zip(HEADINGS) {
            if seen.weight < 40 && seen.words <= 5 && seen.topics.contains(topic) {
                *since = 0;
            } else if *since < 999 {
                *since += 1;
            }
        }
    }
    found
}
