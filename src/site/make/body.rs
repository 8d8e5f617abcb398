//! The view of a body: where its links and the names in it lead.

use super::super::address::Address;
use super::super::cards::node_link;
use super::super::plan::Site;
use super::super::view::body::BodyView;
use crate::archive::ids::Node;
use crate::archive::links::Resolved;
use crate::content::article::Body;
use crate::content::markdown::html::{Destination, MentionLink};

/// The body of a node as the page at `from` shows it.
pub fn body(site: &Site<'_>, node: Node, body: &Body, from: &Address) -> BodyView {
    let root = from.root();
    let links = site.archive.links.get(&node).map_or(&[][..], Vec::as_slice);
    BodyView {
        hash: body.hash,
        links: links
            .iter()
            .map(|link| destination(site, node, link, &root))
            .collect(),
        mentions: mentions(site, node, links, &root),
    }
}

fn destination(site: &Site<'_>, node: Node, link: &Resolved, root: &str) -> Destination {
    let page = |href: String, title: String| Destination::Page { href, title };
    match link {
        Resolved::Node { node, section } => {
            let link = node_link(site.archive, *node);
            let section = section.as_ref().map_or(String::new(), |s| format!("#{s}"));
            page(
                format!("{root}{}{section}", link.address.as_str()),
                link.title,
            )
        }
        Resolved::Section(section) => page(format!("#{section}"), section.clone()),
        Resolved::Site(address) => page(
            format!("{root}{}", address.trim_start_matches('/')),
            address.clone(),
        ),
        Resolved::Asset(asset) => {
            let address = site.assets.get(&(node, *asset));
            Destination::Image {
                src: address.map_or(String::new(), |a| format!("{root}{}", a.as_str())),
                size: site.archive.assets[*asset].size,
            }
        }
        Resolved::Nothing => page(String::new(), String::new()),
    }
}

/// Names of terms become links where the text doesn't link to the term by itself.
fn mentions(site: &Site<'_>, node: Node, links: &[Resolved], root: &str) -> Vec<MentionLink> {
    let linked = |to: Node| {
        links
            .iter()
            .any(|link| matches!(link, Resolved::Node { node, .. } if *node == to))
    };
    let found = site.archive.mentions.get(&node).into_iter().flatten();
    found
        .filter(|mention| !linked(Node::Term(mention.term)))
        .map(|mention| MentionLink {
            range: mention.range.clone(),
            href: format!("{root}{}", site.address(Node::Term(mention.term)).as_str()),
        })
        .collect()
}
