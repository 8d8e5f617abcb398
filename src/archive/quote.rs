//! The sentence that a link or a name stands in, as its reader reads it.

use super::ids::Node;
use super::linked::Archive;
use super::links::Resolved;
use super::sentence::sentence_at;
use crate::content::article::Body;

/// The sentence around byte `at` of the body of `from`; empty where no text stands there.
pub fn sentence(archive: &Archive, from: Node, at: usize) -> String {
    let Some(body) = archive.body(from) else {
        return String::new();
    };
    let mentions = archive.mentions.of(from);
    let known = mentions
        .iter()
        .filter(|mention| mention.range.start == at)
        .find_map(|mention| mention.sentence.as_deref());
    known.map_or_else(
        || sentence_at(body, at, |link| title(archive, from, body, link)),
        str::to_owned,
    )
}

/// The title of what the link around byte `at` leads to.
fn title<'a>(archive: &'a Archive, from: Node, body: &Body, at: usize) -> Option<&'a str> {
    let links = &body.outline.links;
    let index = links.iter().position(|link| link.range.contains(&at))?;
    match archive.links.of(from).get(index)? {
        Resolved::Node { node, .. } => Some(archive.nodes().title(*node)),
        _ => None,
    }
}
