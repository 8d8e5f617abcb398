//! From a page to its article.

use super::address::Base;
use super::block::{self, Block, key};
use super::body::{self, Choice};
use super::footnotes::Footnotes;
use super::forest::GROWN;
use super::landscape::Landscape;
use super::markdown::write::{Selection, markdown};
use super::metadata::{self, Metadata};
use super::several::{self, Part};
use super::told::Told;
use super::tree::Tree;
use super::{head, sections};
use crate::content::front_matter::{FrontMatter, Kind, Provenance};
use crate::import::dateline;
use crate::import::draft::{Draft, Setting};

/// The articles of a page; none if it has no text. `url` is where the page was found, if known.
pub fn convert(html: &str, url: Option<&str>, setting: &Setting) -> Vec<Draft> {
    let tree = Tree::parse(html);
    let metadata = metadata::read(&tree, setting);
    let base = Base::of(&tree, url.or(metadata.url.as_deref()));
    let blocks = block::blocks(&tree);
    let page = Landscape::of(&tree, &blocks, Told::of(&metadata));
    let Choice { mut chosen, doubt } = body::choose(&page, &GROWN);
    head::drop_shown(&page, &metadata, &mut chosen);
    if !chosen.contains(&true) {
        // What looked like an article was its head alone.
        chosen = body::anything(&page);
        head::drop_shown(&page, &metadata, &mut chosen);
    }
    sections::keep_headings(&page, &mut chosen);
    let footnotes = Footnotes::of(&tree, &base);
    footnotes.choose(&tree, &blocks, &mut chosen);
    let kept = body::kept(&page, &chosen);
    let selection = Selection {
        tree: &tree,
        base: &base,
        footnotes: &footnotes,
        keeps: &|node| kept[node.index()],
        levels: head::levels(&page, &chosen),
    };
    let parts = several::parts(&page, &chosen, &base, setting);
    if !parts.is_empty() {
        let drafts = parts.into_iter().map(|part| {
            let body = markdown(&selection, part.root);
            one_of_several(part, body, &metadata)
        });
        return drafts.collect();
    }
    let body = markdown(&selection, tree.root());
    if body.is_empty() {
        return Vec::new();
    }
    let text = blocks.iter().zip(&chosen).filter(|(_, chosen)| **chosen);
    let opening = text.map(|(block, _)| block).find(|block| is_opening(block));
    let mut draft = draft(metadata, body);
    draft.front.review.extend(doubt);
    if tree.is_cut() {
        draft.front.review.push(
            "markup: the page has more of it than can be read, and some was left out".to_owned(),
        );
    }
    if let Some(found) = opening.and_then(|block| dateline::split(&block.text)) {
        let front = &mut draft.front;
        front.dateline = found.place.map(str::to_owned);
        front.agency = front.agency.take().or(found.agency);
        let publisher = front.publisher.take().or(found.publisher);
        front.publisher = publisher.or_else(|| front.agency.clone());
    }
    vec![sections::mark(draft)]
}

/// What the page says about itself is not about one of its articles, but for its house and its
/// language.
fn one_of_several(part: Part, body: String, page: &Metadata) -> Draft {
    let Part {
        root: _,
        title,
        url,
        date,
    } = part;
    // The title is its first heading.
    let body = match body.split_once("\n\n") {
        Some((first, rest)) if first.starts_with('#') && key(first).contains(&key(&title)) => {
            rest.to_owned()
        }
        _ => body,
    };
    let metadata = Metadata {
        title: Some(title),
        url,
        date,
        publisher: page.publisher.clone(),
        language: page.language.clone(),
        authors: page.authors.clone(),
        review: vec!["one of several articles on its page: look at its title and date".to_owned()],
        ..Metadata::default()
    };
    sections::mark(draft(metadata, body))
}

/// Whether a block is long enough to begin a report.
fn is_opening(block: &Block) -> bool {
    block.chars >= 60
}

/// All of a fragment as Markdown: nothing in it is anything but the article.
pub fn whole(html: &str, url: Option<&str>) -> String {
    let tree = Tree::parse(html);
    let base = Base::of(&tree, url);
    let footnotes = Footnotes::of(&tree, &base);
    let selection = Selection {
        tree: &tree,
        base: &base,
        footnotes: &footnotes,
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
        text: _,
    } = metadata;
    Draft {
        front: FrontMatter {
            title: title.unwrap_or_default(),
            subtitle,
            summary,
            date,
            updated,
            kind: Some(Kind::Source),
            authors,
            publisher,
            agency,
            keywords,
            language,
            image: image.map(Box::new),
            review,
            provenance: Some(Box::new(Provenance {
                url,
                license,
                ..Provenance::default()
            })),
            ..FrontMatter::default()
        },
        body,
    }
}
