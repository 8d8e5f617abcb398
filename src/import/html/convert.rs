//! From a page to its article.

use super::address::Base;
use super::body;
use super::markdown::write::{Selection, markdown};
use super::metadata::{self, Metadata};
use super::tree::Tree;
use crate::content::front_matter::Kind;
use crate::import::draft::{Draft, Setting};

/// The articles of a page; none if it has no text. `url` is where the page was found, if known.
pub fn convert(html: &str, url: Option<&str>, setting: &Setting) -> Vec<Draft> {
    let tree = Tree::parse(html);
    let metadata = metadata::read(&tree, setting);
    let base = Base::of(&tree, url.or(metadata.url.as_deref()));
    let Some(found) = body::find(&tree) else {
        return Vec::new();
    };
    let body = markdown(
        &Selection {
            tree: &tree,
            base: &base,
            keeps: &|node| found.kept[node.index()],
            levels: [2, 2, 3, 4, 5, 6],
        },
        found.root,
    );
    if body.is_empty() {
        return Vec::new();
    }
    vec![draft(metadata, body)]
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
