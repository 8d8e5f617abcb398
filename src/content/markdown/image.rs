//! The pictures of a body.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::syntax::parse;

/// A picture as it stands in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The bytes of the whole of it.
    pub range: Range<usize>,
    pub address: String,
    /// What a reader who can't see it should know.
    pub alt: String,
}

/// Every picture of a body, in its order.
pub fn images(markdown: &str) -> Vec<Image> {
    let mut images = Vec::new();
    let mut open: Option<Image> = None;
    for (event, range) in parse(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                open = Some(Image {
                    range,
                    address: dest_url.into_string(),
                    alt: String::new(),
                });
            }
            Event::End(TagEnd::Image) => images.extend(open.take()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(image) = &mut open {
                    image.alt.push_str(&text);
                }
            }
            _ => {}
        }
    }
    images
}
