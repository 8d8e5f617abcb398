//! The view of one article.

use std::collections::BTreeSet;

use super::super::cards::{excerpt, full_text, title_language};
use super::super::plain;
use super::super::plan::Site;
use super::super::sentence::Sentences;
use super::super::shared::Shared;
use super::super::view::article::{
    ArticleView, ContentsEntry, ImageView, NoticeView, Origin, SourceRef, TermGroup, Use,
};
use super::super::view::card::{Card, Link, Quoted};
use super::quote;
use super::story;
use crate::archive::ids::{ArticleId, Node};
use crate::archive::linked::Archive;
use crate::archive::references::Source;
use crate::content::front_matter::Notice;
use crate::content::taxonomy::Taxonomy;
use crate::site::address::Address;
use crate::site::widths::srcset;

/// A table of contents is shown from this many headings on.
const CONTENTS_FROM: usize = 4;

pub fn article<'s>(site: &'s Site<'_>, id: ArticleId) -> ArticleView<'s> {
    let archive = site.archive;
    let article = archive.article(id);
    let front = &article.front;
    let of = |taxonomy| of(site, id, taxonomy);
    let whole = full_text(archive, article) && front.withdrawn.is_none();
    let headings = &article.body.outline.headings;
    let drawn_on_by: Vec<&Shared<Card>> = archive
        .drawn_on_by
        .get(&id)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .map(|id| site.card(*id))
        .collect();
    // Those that draw on it are named already, with what they say of it.
    let (uses, backlinks): (Vec<Quoted<'_>>, Vec<Quoted<'_>>) =
        quote::backlinks(site, Node::Article(id))
            .into_iter()
            .partition(|link| drawn_on_by.iter().any(|card| card.address == *link.address));
    ArticleView {
        event: archive
            .event_of
            .get(&id)
            .map(|event| story::event_link(site, *event)),
        threads: threads(site, id),
        related: story::related(site, id, &shown_already(archive, id)),
        card: site.card(id),
        updated: front.updated.map(|date| date.to_string()),
        authors: of(Taxonomy::AUTHORS),
        editors: &front.editors,
        contributors: &front.contributors,
        publisher: of(Taxonomy::PUBLISHERS).into_iter().next(),
        agency: front.agency.as_deref(),
        dateline: front.dateline.as_deref(),
        series: of(Taxonomy::SERIES).into_iter().next(),
        issue: issue_link(site, id),
        terms: term_groups(site, id),
        keywords: &front.keywords,
        contents: if whole && headings.len() >= CONTENTS_FROM {
            headings
                .iter()
                .map(|heading| ContentsEntry {
                    level: heading.level,
                    title: &heading.text,
                    id: &heading.id,
                })
                .collect()
        } else {
            Vec::new()
        },
        excerpt: excerpt(archive, id).filter(|_| front.withdrawn.is_none()),
        image: image(site, id, &site.shards.root(&site.card(id).address)),
        origin: front.provenance.as_ref().map(|provenance| Origin {
            url: provenance.url.as_deref().filter(|url| is_web(url)),
            archived_url: provenance.archived_url.as_deref().filter(|url| is_web(url)),
            retrieved: provenance
                .retrieved
                .map(|date| date.day(&archive.config.time_zone).to_string()),
            sha256: provenance.sha256.as_deref(),
            license: provenance.license.as_deref(),
        }),
        sources: archive.sources[id.index()]
            .iter()
            .map(|source| match source {
                Source::Article(id) => SourceRef {
                    card: Some(site.card(*id)),
                    url: None,
                },
                Source::Address(url) => SourceRef {
                    card: None,
                    url: Some(url),
                },
            })
            .collect(),
        drawn_on_by: drawn_on_by
            .into_iter()
            .map(|card| {
                let quotes = uses.iter().filter(|link| *link.address == card.address);
                Use {
                    card,
                    sentences: Sentences(quotes.filter_map(|quote| quote.sentence).collect()),
                }
            })
            .collect(),
        backlinks,
        translations: archive
            .translations
            .get(&id)
            .into_iter()
            .flatten()
            .map(|other| Link {
                language: Some(site.card(*other).language.clone()),
                ..link(site, *other)
            })
            .collect(),
        corrections: front.corrections.iter().map(notice).collect(),
        withdrawn: front.withdrawn.as_ref().map(notice),
        newer: neighbour(site, id, Direction::Newer),
        older: neighbour(site, id, Direction::Older),
        extra: plain::table(&front.extra),
    }
}

/// The terms of an article under one taxonomy.
fn of<'s>(site: &'s Site<'_>, id: ArticleId, taxonomy: Taxonomy) -> Vec<&'s Shared<Link>> {
    let archive = site.archive;
    archive.terms_of[id.index()]
        .iter()
        .filter(|term| archive.term(**term).taxonomy == taxonomy)
        .map(|term| site.term_link(*term))
        .collect()
}

fn term_groups<'s>(site: &'s Site<'_>, id: ArticleId) -> Vec<TermGroup<'s>> {
    let archive = site.archive;
    archive
        .config
        .taxonomies
        .by_slug()
        .map(|(taxonomy, settings)| TermGroup {
            taxonomy: &settings.name,
            terms: of(site, id, taxonomy),
        })
        .filter(|group| !group.terms.is_empty())
        .collect()
}

fn threads(site: &Site<'_>, id: ArticleId) -> Vec<Link> {
    let threads = site.archive.threads_of.get(&id).into_iter().flatten();
    threads
        .map(|thread| story::thread_link(site, *thread))
        .collect()
}

/// Articles that the page of an article names elsewhere: they need not be related as well.
fn shown_already(archive: &Archive, id: ArticleId) -> BTreeSet<ArticleId> {
    let sources = archive.sources[id.index()].iter();
    let sources = sources.filter_map(|source| match source {
        Source::Article(id) => Some(*id),
        Source::Address(_) => None,
    });
    let drawing = archive.drawn_on_by.get(&id).into_iter().flatten().copied();
    let translations = archive.translations.get(&id).into_iter().flatten().copied();
    sources.chain(drawing).chain(translations).collect()
}

/// Addresses of the web; anything else (`javascript:`, a path) is no place to send a reader.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

pub fn notice(notice: &Notice) -> NoticeView {
    NoticeView {
        date: notice.date.to_string(),
        note: notice.note.clone(),
    }
}

/// The picture of an article as a page sees it whose way to the site's root is `root`.
pub fn image(site: &Site<'_>, id: ArticleId, root: &str) -> Option<ImageView> {
    let image = site.archive.article(id).front.image.as_ref()?;
    let index = site.archive.images.get(&id);
    let asset = index.map(|index| &site.archive.assets[*index]);
    let size = asset.and_then(|asset| asset.size);
    let address = index.and_then(|index| site.assets.get(&(Node::Article(id), *index)));
    Some(ImageView {
        srcset: asset
            .zip(address)
            .map_or(String::new(), |(asset, address)| {
                srcset(asset, address, root)
            }),
        address: address.cloned(),
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        alt: image.alt.clone().unwrap_or_default(),
        caption: image.caption.clone(),
        credit: image.credit.clone(),
        license: image.license.clone(),
    })
}

fn issue_link(site: &Site<'_>, id: ArticleId) -> Option<Link> {
    let archive = site.archive;
    let issue = &archive.issues[*archive.issue_of.get(&id)?];
    Some(Link {
        address: Address::issue(&archive.term(issue.series).slug, &issue.slug),
        title: issue.name.clone(),
        language: None,
    })
}

#[derive(Clone, Copy)]
enum Direction {
    Newer,
    Older,
}

/// The nearest dated article of the same kind.
fn neighbour(site: &Site<'_>, id: ArticleId, direction: Direction) -> Option<Link> {
    let archive = site.archive;
    let kind = archive.article(id).kind;
    archive.entry(id).day?;
    let fits = |index: &usize| {
        let entry = &archive.entries[*index];
        entry.article.kind == kind && entry.day.is_some()
    };
    let found = match direction {
        Direction::Newer => (0..id.index()).rev().find(fits),
        Direction::Older => (id.index() + 1..archive.entries.len()).find(fits),
    };
    found.map(|index| link(site, ArticleId::new(index)))
}

/// A link to an article by its title.
fn link(site: &Site<'_>, id: ArticleId) -> Link {
    let language = title_language(site.archive, Node::Article(id));
    let card = site.card(id);
    Link {
        address: card.address.clone(),
        title: card.title.clone(),
        language: language.map(str::to_owned),
    }
}
