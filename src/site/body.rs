//! The body of an article, a term or a page as HTML, its links pointing where things stand.

use super::address::Address;
use super::highlight::highlight;
use super::make::body as make;
use super::plan::Site;
use super::view::body::BodyView;
use crate::archive::ids::Node;
use crate::content::markdown::html::{Destination, Rendering, render};

/// What the renderer says on its own, in the language of the page.
pub struct Labels<'a> {
    pub footnotes: &'a str,
    pub back: &'a str,
}

/// Renders a node's body for the page at `from`; empty for a term without a file.
pub fn body(site: &Site<'_>, node: Node, from: &Address, labels: &Labels<'_>) -> String {
    let Some(body) = site.archive.body(node) else {
        return String::new();
    };
    let BodyView {
        hash: _,
        links,
        mentions,
    } = make::body(site, node, body, from);
    let nowhere = || Destination::Page {
        href: String::new(),
        title: String::new(),
    };
    let destination = |index: usize| links.get(index).cloned().unwrap_or_else(nowhere);
    render(
        body.markdown(),
        &Rendering {
            outline: &body.outline,
            mentions: &mentions,
            destination: &destination,
            highlight: &highlight,
            back_label: labels.back,
            footnotes_label: labels.footnotes,
        },
    )
}
