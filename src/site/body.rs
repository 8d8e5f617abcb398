//! The body of an article, a term or a page as HTML, its links pointing where things stand.

use super::address::Address;
use super::cards::node_link;
use super::highlight::highlight;
use super::plan::Site;
use crate::archive::ids::Node;
use crate::archive::links::Resolved;
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
    let root = from.root();
    let links = site.archive.links.get(&node).map_or(&[][..], Vec::as_slice);
    let page = |href: String, title: String| Destination::Page { href, title };
    let destination = |index: usize| match links.get(index) {
        Some(Resolved::Node { node, section }) => {
            let link = node_link(site.archive, *node);
            let section = section.as_ref().map_or(String::new(), |s| format!("#{s}"));
            page(
                format!("{root}{}{section}", link.address.as_str()),
                link.title,
            )
        }
        Some(Resolved::Section(section)) => page(format!("#{section}"), section.clone()),
        Some(Resolved::Site(address)) => page(
            format!("{root}{}", address.trim_start_matches('/')),
            address.clone(),
        ),
        Some(Resolved::Asset(asset)) => {
            let address = site.assets.get(&(node, *asset));
            Destination::Image {
                src: address.map_or(String::new(), |a| format!("{root}{}", a.as_str())),
                size: site.archive.assets[*asset].size,
            }
        }
        Some(Resolved::Nothing) | None => page(String::new(), String::new()),
    };
    render(
        body.markdown(),
        &Rendering {
            outline: &body.outline,
            destination: &destination,
            highlight: &highlight,
            back_label: labels.back,
            footnotes_label: labels.footnotes,
        },
    )
}
