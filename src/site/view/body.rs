//! The text of a page.

use crate::content::markdown::html::{Destination, MentionLink};

/// Everything that the HTML of a body is made from, beside its Markdown and the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyView {
    /// Where its links lead, in their order.
    pub links: Vec<Destination>,
    /// Names of terms that become links, in their order.
    pub mentions: Vec<MentionLink>,
}
