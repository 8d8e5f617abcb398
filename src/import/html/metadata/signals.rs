//! Everything in a page that may speak about its article, gathered once, judged by the fields.

use super::super::tree::{NodeId, Tree};
use super::json_ld::{self, JsonLd};
use super::meta_tags::{self, MetaTags};
use super::microdata;
use super::region::Regions;
use super::schema::Description;
use super::visible::{self, Block};

pub(super) struct Signals<'a> {
    pub(super) tree: &'a Tree,
    pub(super) tags: MetaTags,
    pub(super) json_ld: JsonLd,
    pub(super) microdata: Option<Description>,
    pub(super) regions: Regions,
    pub(super) blocks: Vec<Block>,
}

impl<'a> Signals<'a> {
    pub(super) fn of(tree: &'a Tree) -> Self {
        let tags = meta_tags::read(tree);
        let declared: Vec<String> = tags.all(&["og:title"]).chain(tags.title.clone()).collect();
        let declared: Vec<&str> = declared.iter().map(String::as_str).collect();
        let json_ld = json_ld::read(tree, &declared);
        let microdata = microdata::read(tree, &declared);
        Self {
            tree,
            json_ld,
            microdata,
            tags,
            regions: Regions::of(tree),
            blocks: visible::blocks(tree),
        }
    }

    /// The descriptions of the article itself, the more reliable one first.
    pub(super) fn articles(&self) -> impl Iterator<Item = &Description> {
        self.json_ld.article.iter().chain(&self.microdata)
    }

    /// The line that a node's text begins in.
    pub(super) fn line_of(&self, node: NodeId) -> Option<usize> {
        let at = self.blocks.partition_point(|line| line.first < node);
        match self.blocks.get(at) {
            Some(line) if line.first == node || self.tree.contains(node, line.first) => Some(at),
            // It begins within a line.
            _ => at.checked_sub(1),
        }
    }
}
