//! Pages with several whole articles, such as the front page of a blog that prints its posts in
//! full.

use super::address::Base;
use super::block::key;
use super::landscape::Landscape;
use super::tree::{NodeId, Tree};
use crate::content::date::PublicationDate;
use crate::import::draft::Setting;
use crate::import::readers::dates;

/// Characters of chosen running text that make an article instead of a teaser.
const LEAST: usize = 400;

/// One of several articles on a page.
#[derive(Debug)]
pub struct Part {
    pub root: NodeId,
    pub title: String,
    /// Where its own page is.
    pub url: Option<String>,
    pub date: Option<PublicationDate>,
}

/// The articles of a page that has more than one; none if it has one, or if that is not clear.
///
/// They are `article` elements side by side, each with a heading of its own and enough text, and
/// none of them has most of the page's: comments and teasers are `article`s on some pages too.
pub fn parts(page: &Landscape<'_>, chosen: &[bool], base: &Base, setting: &Setting) -> Vec<Part> {
    let tree = page.tree;
    let whole = prose(page, chosen, tree.root());
    let mut found: Vec<Part> = Vec::new();
    let mut parent = None;
    for article in tree.elements("article") {
        if parent.is_some() && tree.parent(article) != parent {
            continue;
        }
        let text = prose(page, chosen, article);
        if text < LEAST {
            continue;
        }
        if text * 3 > whole * 2 {
            return Vec::new();
        }
        if let Some(part) = part(tree, article, base, setting)
            && found.iter().all(|other| other.title != part.title)
        {
            parent = tree.parent(article);
            found.push(part);
        }
    }
    let told: usize = found
        .iter()
        .map(|part| prose(page, chosen, part.root))
        .sum();
    if found.len() > 1 && told * 4 > whole * 3 {
        found
    } else {
        Vec::new()
    }
}

fn part(tree: &Tree, article: NodeId, base: &Base, setting: &Setting) -> Option<Part> {
    let within = |name: &'static str| {
        tree.descendants(article)
            .filter(move |&node| tree.name(node) == Some(name))
    };
    let heading = within("h1")
        .chain(within("h2"))
        .chain(within("h3"))
        .next()?;
    let title = tree
        .text(heading)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if key(&title).is_empty() {
        return None;
    }
    // The heading's link leads to the article's own page.
    let link = tree
        .descendants(heading)
        .chain(tree.ancestors(heading).take(1))
        .find(|&node| tree.name(node) == Some("a"));
    let date = within("time")
        .filter_map(|time| tree.attribute(time, "datetime"))
        .find_map(|written| dates::read(written, setting));
    Some(Part {
        root: article,
        title,
        url: link
            .and_then(|link| tree.attribute(link, "href"))
            .and_then(|href| base.link(href)),
        date,
    })
}

fn prose(page: &Landscape<'_>, chosen: &[bool], outer: NodeId) -> usize {
    let blocks = page.blocks.iter().zip(&page.seen).zip(chosen);
    blocks
        .filter(|((block, seen), chosen)| {
            **chosen && seen.is_prose && page.tree.contains(outer, block.nodes[0])
        })
        .map(|((_, seen), _)| seen.weight)
        .sum()
}
