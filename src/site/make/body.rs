//! The view of a body: where its links and the names in it lead.

use std::ops::Range;

use serde::Serialize;

use super::super::address::Address;
use super::super::plan::Site;
use super::super::view::body::BodyView;
use super::super::widths::srcset;
use crate::archive::ids::Node;
use crate::archive::links::Resolved;
use crate::archive::mention::Mention;
use crate::content::article::Body;
use crate::content::markdown::html::{Destination, MentionLink};
use crate::text::hash::Fingerprint;

/// From where a body's links lead.
#[derive(Debug, Clone, Copy)]
pub enum Whence<'a> {
    /// Relative to a page.
    Page(&'a Address),
    /// From outside the site: full addresses; the body's own page is `own`.
    Mail { own: &'a str },
}

/// What stands for the view of a body and for its Markdown in the fingerprint of a page: without
/// the way to the root, which is there already.
#[derive(Debug, Serialize)]
pub struct BodyPrint<'a> {
    markdown: Fingerprint,
    links: Vec<LinkPrint<'a>>,
    mentions: Vec<(&'a Range<usize>, Fingerprint)>,
}

/// Where a link leads: all that a page shows of that.
#[derive(Debug, Serialize)]
enum LinkPrint<'a> {
    /// What lists show of a node holds its address and its title.
    Node(Fingerprint, Option<&'a str>),
    Section(&'a str),
    Site(&'a str),
    Other(Destination),
}

/// That of a body, which says whether its view would be the same without making it.
pub fn body_print<'s>(site: &'s Site<'_>, node: Node, body: &Body) -> BodyPrint<'s> {
    let links = site.archive.links.of(node);
    let print = |link: &'s Resolved| match link {
        Resolved::Node { node, section } => {
            LinkPrint::Node(site.cards.fingerprint(*node), section.as_deref())
        }
        Resolved::Section(section) => LinkPrint::Section(section),
        Resolved::Site(address) => LinkPrint::Site(address),
        Resolved::Asset(_) | Resolved::Nothing => {
            LinkPrint::Other(destination(site, node, link, "", ""))
        }
    };
    let mentions = mentions(site, node, links);
    BodyPrint {
        markdown: body.hash,
        links: links.iter().map(print).collect(),
        mentions: mentions
            .map(|mention| {
                let term = site.cards.fingerprint(Node::Term(mention.term));
                (&mention.range, term)
            })
            .collect(),
    }
}

/// The body of a node as it is shown in a place.
pub fn body(site: &Site<'_>, node: Node, whence: Whence<'_>) -> BodyView {
    let (root, own) = match whence {
        Whence::Page(address) => (site.shards.root(address), ""),
        Whence::Mail { own } => (site.shards.base(), own),
    };
    let links = site.archive.links.of(node);
    BodyView {
        links: links
            .iter()
            .map(|link| destination(site, node, link, &root, own))
            .collect(),
        mentions: mentions(site, node, links)
            .map(|mention| MentionLink {
                range: mention.range.clone(),
                href: format!("{root}{}", site.address(Node::Term(mention.term)).as_str()),
            })
            .collect(),
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
fn mentions<'s>(
    site: &'s Site<'_>,
    node: Node,
    links: &'s [Resolved],
) -> impl Iterator<Item = &'s Mention> {
    let linked = move |to: Node| {
        links
            .iter()
            .any(|link| matches!(link, Resolved::Node { node, .. } if *node == to))
    };
    let found = site.archive.mentions.of(node);
    found
        .iter()
        .filter(move |mention| !linked(Node::Term(mention.term)))
}
