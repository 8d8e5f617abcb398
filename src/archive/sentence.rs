//! The sentence that stands at a place of a body.

use crate::content::article::Body;
use crate::content::markdown::prose::{Joint, Place};
use crate::text::words::sentence_around;

/// Characters of a sentence at the most.
const LONGEST: usize = 280;

/// The sentence around byte `at` of a body, empty where no text stands; `title` tells what the
/// reader sees in place of a link's name, by the byte where that begins.
pub fn sentence_at<'a>(body: &Body, at: usize, title: impl Fn(usize) -> Option<&'a str>) -> String {
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
            Place::LinkName => title(range.start),
            Place::Running | Place::Heading | Place::Link => None,
        };
        text.push_str(title.unwrap_or(&markdown[range]));
    }
    sentence_around(&text, there, LONGEST)
}

/// The same; `None` where it depends on what a link leads to.
pub fn own_sentence(body: &Body, at: usize) -> Option<String> {
    let block = body.outline.prose.block_at(at).iter();
    let is_own = block.clone().all(|piece| piece.place != Place::LinkName);
    is_own.then(|| sentence_at(body, at, |_| None))
}
