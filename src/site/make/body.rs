//! The view of a body: where its links and the names in it lead.

use super::super::address::Address;
use super::super::plan::Site;
use super::super::view::body::BodyView;
use super::super::widths::srcset;
use crate::archive::ids::Node;
use crate::archive::links::Resolved;
use crate::content::article::Body;
use crate::content::markdown::html::{Destination, MentionLink};

/// From where a body's links lead.
#[derive(Debug, Clone, Copy)]
pub enum Whence<'a> {
    /// Relative to a page.
    Page(&'a Address),
    /// From outside the site: full addresses; the body's own page is `own`.
    Mail { own: &'a str },
}

/// The body of a node as it is shown in a place.
pub fn body(site: &Site<'_>, node: Node, body: &Body, whence: Whence<'_>) -> BodyView {
    let (root, own) = match whence {
        Whence::Page(address) => (site.shards.root(address), ""),
        Whence::Mail { own } => (site.shards.base(), own),
    };
    let links = site.archive.links.get(&node).map_or(&[][..], Vec::as_slice);
    BodyView {
        hash: body.hash,
        links: links
            .iter()
            .map(|link| destination(site, node, link, &root, own))
            .collect(),
        mentions: mentions(site, node, links, &root),
    }
}

fn destination(site: &Site<'_>, node: Node, link: &Resolved, root: &str, own: &str) -> Destination {
    let page = |href: String, title: String| Destination::Page { href, title };
    match link {
        Resolved::Node { node, section } => {
            let section = section.as_ref().map_or(String::new(), |s| format!("#{s}"));
            page(
                format!("{root}{}{section}", site.address(*node).as_str()),
                site.archive.nodes().title(*node).to_owned(),
            )
        }
        Resolved::Section(section) => page(format!("{own}#{section}"), section.clone()),
        Resolved::Site(address) => page(
            format!("{root}{}", address.trim_start_matches('/')),
            address.clone(),
        ),
        Resolved::Asset(asset) => {
            let address = site.assets.get(&(node, *asset));
            let asset = &site.archive.assets[*asset];
            Destination::Image {
                src: address.map_or(String::new(), |a| format!("{root}{}", a.as_str())),
                srcset: address.map_or(String::new(), |a| srcset(asset, a, root)),
                size: asset.size,
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
