//! The text of a page.

use serde::Serialize;

use crate::content::markdown::html::{Destination, MentionLink};
use crate::text::hash::Fingerprint;

/// Everything that the HTML of a body is made from, beside the theme: equal values, equal HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyView {
    /// Of the Markdown.
    pub hash: Fingerprint,
    /// Where its links lead, in their order.
    pub links: Vec<Destination>,
    /// Names of terms that become links, in their order.
    pub mentions: Vec<MentionLink>,
}
