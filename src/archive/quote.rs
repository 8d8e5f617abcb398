//! The sentence that a link or a name stands in, as its reader reads it.

use super::ids::Node;
use super::linked::Archive;
use super::links::Resolved;
use crate::content::article::Body;
use crate::content::markdown::prose::{Joint, Place};
use crate::text::words::sentence_around;

/// Characters of a quoted sentence at the most.
const LONGEST: usize = 280;

/// The sentence around byte `at` of the body of `from`; empty where no text stands there.
pub fn sentence(archive: &Archive, from: Node, at: usize) -> String {
    let Some(body) = archive.body(from) else {
        return String::new();
    };
    let markdown = body.markdown();
    let mut text = String::new();
    let mut there = 0;
    for piece in body.outline.prose.block_at(at) {
        if piece.joint == Joint::Line && !text.is_empty() {
            text.push(' ');
        }
        let range = piece.range();
        if range.start <= at {
            there = text.len() + (at - range.start).min(range.len());
        }
        let title = match piece.place {
            Place::LinkName => title(archive, from, body, range.start),
            Place::Running | Place::Heading | Place::Link => None,
        };
        text.push_str(title.unwrap_or(&markdown[range]));
    }
    sentence_around(&text, there, LONGEST)
}

/// The title of what the link around byte `at` leads to.
fn title<'a>(archive: &'a Archive, from: Node, body: &Body, at: usize) -> Option<&'a str> {
    let links = &body.outline.links;
    let index = links.iter().position(|link| link.range.contains(&at))?;
    match archive.links.get(&from)?.get(index)? {
        Resolved::Node { node, .. } => Some(archive.nodes().title(*node)),
        _ => None,
    }
}
