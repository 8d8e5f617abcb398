//! What links to a page or names it, with the sentence that does.

use super::super::cards::{full_text, node_link};
use super::super::plan::Site;
use super::super::view::card::{Link, Quoted};
use crate::archive::ids::{ArticleId, Node, TermId};
use crate::archive::quote::sentence;

/// Everything that links to a node, in the order of the archive: articles newest first, then
/// terms, then pages.
pub fn backlinks(site: &Site<'_>, node: Node) -> Vec<Quoted> {
    let archive = site.archive;
    let backlinks = archive.backlinks.get(&node).into_iter().flatten();
    backlinks
        .filter_map(|backlink| {
            let link = archive
                .body(backlink.from)?
                .outline
                .links
                .get(backlink.link)?;
            Some(quoted(site, backlink.from, link.range.start))
        })
        .collect()
}

/// How an article speaks of a term that it names or links to.
pub fn mention(site: &Site<'_>, of: TermId, id: ArticleId) -> Quoted {
    let archive = site.archive;
    let from = Node::Article(id);
    let named = archive.mentions.get(&from).into_iter().flatten();
    let named = named
        .filter(|mention| mention.term == of)
        .map(|mention| mention.range.start);
    let linked = archive.backlinks.get(&Node::Term(of)).into_iter().flatten();
    let linked = linked
        .filter(|backlink| backlink.from == from)
        .filter_map(|backlink| archive.body(from)?.outline.links.get(backlink.link))
        .map(|link| link.range.start);
    let at = named.chain(linked).min().unwrap_or_default();
    quoted(site, from, at)
}

fn quoted(site: &Site<'_>, from: Node, at: usize) -> Quoted {
    let archive = site.archive;
    let Link {
        address,
        title,
        language,
    } = node_link(archive, from);
    let (day, ours) = match from {
        Node::Article(id) => {
            let article = archive.article(id);
            let ours = full_text(archive, article) && article.front.withdrawn.is_none();
            (site.card(id).day.clone(), ours)
        }
        Node::Term(_) | Node::Page(_) => (None, true),
    };
    Quoted {
        address,
        title,
        language,
        day,
        sentence: Some(())
            .filter(|()| ours)
            .map(|()| sentence(archive, from, at))
            .filter(|sentence| !sentence.is_empty()),
    }
}
