//! The text of a page.

use serde::Serialize;

use crate::content::markdown::html::{Destination, MentionLink};

/// Everything that the HTML of a body is made from, beside the theme: equal values, equal HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyView {
    /// SHA-256 of the Markdown.
    pub hash: String,
    /// Where its links lead, in their order.
    pub links: Vec<Destination>,
    /// Names of terms that become links, in their order.
    pub mentions: Vec<MentionLink>,
}
