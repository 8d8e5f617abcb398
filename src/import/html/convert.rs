//! From a page to its article.

use super::address::Base;
use super::block::{self, Block};
use super::body::{self, Choice};
use super::forest::GROWN;
use super::landscape::Landscape;
use super::markdown::write::{Selection, markdown};
use super::metadata::{self, Metadata};
use super::tree::Tree;
use super::{head, sections};
use crate::content::front_matter::Kind;
use crate::import::dateline;
use crate::import::draft::{Draft, Setting};

/// The articles of a page; none if it has no text. `url` is where the page was found, if known.
pub fn convert(html: &str, url: Option<&str>, setting: &Setting) -> Vec<Draft> {
    let tree = Tree::parse(html);
    let metadata = metadata::read(&tree, setting);
    let base = Base::of(&tree, url.or(metadata.url.as_deref()));
    let blocks = block::blocks(&tree);
    let page = Landscape::of(&tree, &blocks);
    let Choice { mut chosen, doubt } = body::choose(&page, &GROWN);
    head::drop_shown(&page, &metadata, &mut chosen);
    let kept = body::kept(&page, &chosen);
    let body = markdown(
        &Selection {
            tree: &tree,
            base: &base,
            keeps: &|node| kept[node.index()],
            levels: head::levels(&page, &chosen),
        },
        tree.root(),
    );
    if body.is_empty() {
        return Vec::new();
    }
    let text = blocks.iter().zip(&chosen).filter(|(_, chosen)| **chosen);
    let opening = text.map(|(block, _)| block).find(|block| is_opening(block));
    let mut draft = draft(metadata, body);
    draft.review.extend(doubt);
    if let Some(found) = opening.and_then(|block| dateline::split(&block.text)) {
        draft.dateline = found.place.map(str::to_owned);
        draft.agency = draft.agency.or(found.agency);
        draft.publisher = draft
            .publisher
            .or(found.publisher)
            .or_else(|| draft.agency.clone());
    }
    vec![sections::mark(draft)]
}

/// Whether a block is long enough to begin a report.
fn is_opening(block: &Block) -> bool {
    block.chars >= 60
}

/// All of a fragment as Markdown: nothing in it is anything but the article.
pub fn whole(html: &str, url: Option<&str>) -> String {
    let tree = Tree::parse(html);
    let base = Base::of(&tree, url);
    let selection = Selection {
        tree: &tree,
        base: &base,
        keeps: &|_| true,
        levels: [2, 2, 3, 4, 5, 6],
    };
    markdown(&selection, tree.root())
}

fn draft(metadata: Metadata, body: String) -> Draft {
    let Metadata {
        title,
        subtitle,
        summary,
        authors,
        publisher,
        agency,
        date,
        updated,
        language,
        url,
        license,
        image,
        keywords,
        review,
        shown: _,
    } = metadata;
    Draft {
        title: title.unwrap_or_default(),
        subtitle,
        summary,
        date,
        updated,
        kind: Kind::Source,
        authors,
        editors: Vec::new(),
        contributors: Vec::new(),
        publisher,
        agency,
        dateline: None,
        series: None,
        issue: None,
        keywords,
        language,
        url,
        license,
        image,
        body,
        review,
    }
}
