//! What links to a page or names it, with the sentence that does.

use super::super::cards::{full_text, title_language};
use super::super::plan::Site;
use super::super::sentence::Sentence;
use super::super::view::card::Quoted;
use crate::archive::ids::{ArticleId, Node, TermId};
use crate::archive::links::Resolved;
use crate::content::front_matter::Kind;

/// Everything that links to a node, in the order of the archive: articles newest first, then
/// terms, then pages.
pub fn backlinks<'s>(site: &'s Site<'_>, node: Node) -> Vec<Quoted<'s>> {
    let archive = site.archive;
    let backlinks = archive.backlinks.of(node);
    backlinks
        .iter()
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
pub fn mention<'s>(site: &'s Site<'_>, of: TermId, id: ArticleId) -> Quoted<'s> {
    let archive = site.archive;
    let from = Node::Article(id);
    let named = archive.mentions.of(from).iter();
    let named = named
        .filter(|mention| mention.term == of)
        .map(|mention| mention.range.start);
    let links = archive.links.of(from).iter().enumerate();
    let to = Node::Term(of);
    let linked = links
        .filter(|(_, link)| matches!(link, Resolved::Node { node, .. } if *node == to))
        .filter_map(|(index, _)| archive.article(id).body.outline.links.get(index))
        .map(|written| written.range.start);
    let at = named.chain(linked).min().unwrap_or_default();
    quoted(site, from, at)
}

fn quoted<'s>(site: &'s Site<'_>, from: Node, at: usize) -> Quoted<'s> {
    let archive = site.archive;
    let (title, language, day, ours) = match from {
        // The card says all of it, and has been read already: tens of thousands are quoted.
        Node::Article(id) => {
            let card = site.card(id);
            let ours = card.kind == Kind::Briefing || full_text(archive, archive.article(id));
            let language = Some(&*card.language);
            let language = language.filter(|language| *language != archive.config.language);
            let day = card.day.as_deref();
            (&*card.title, language, day, ours && !card.withdrawn)
        }
        Node::Term(_) | Node::Page(_) => {
            let language = title_language(archive, from);
            (archive.nodes().title(from), language, None, true)
        }
    };
    Quoted {
        print: site.cards.fingerprint(from),
        address: site.address(from),
        title,
        language,
        day,
        sentence: ours.then(|| Sentence {
            archive,
            from,
            at,
            quotable: site.cards.prints.quotable(from),
        }),
    }
}
