//! Bylines readers see: elements the markup calls an author, and lines that say who wrote.

use std::borrow::Cow;

use super::super::tree::NodeId;
use super::head;
use super::plain::key;
use super::signals::Signals;
use super::title::Title;
use super::visible::{self, Block};
use crate::import::byline::{self, Byline};
use crate::import::date_text::dates::{DayMonthOrder, dates_in};
use crate::text::names;

/// Elements that the markup calls an author: `rel=author`, a link to an author's page, class names.
///
/// The innermost one counts: a byline's box often holds a portrait, a job and a date too.
pub(super) fn marked(signals: &Signals<'_>, title: Option<&Title>) -> Vec<(String, NodeId)> {
    let tree = signals.tree;
    let zone = head::lines(signals, title);
    let lines: Vec<&Block> = zone.iter().map(|&at| &signals.blocks[at]).collect();
    let mut found: Vec<(String, NodeId, u8)> = Vec::new();
    for id in tree.descendants(tree.root()) {
        let Some(name) = tree.name(id) else { continue };
        if matches!(
            name,
            "html" | "body" | "main" | "article" | "img" | "script" | "meta" | "link"
        ) || signals.regions.outside(id)
        {
            continue;
        }
        let near = lines.iter().any(|line| {
            tree.contains(id, line.first) || line.node == id || tree.contains(line.node, id)
        });
        let Some(strength) = strength(signals, id, name, near) else {
            continue;
        };
        let text = visible::parted_text(tree, id);
        if text.is_empty() || text.chars().count() > 100 {
            continue;
        }
        // Of nested marks the inner one is the name.
        found.retain(|(_, outer, _)| !tree.contains(*outer, id));
        found.push((text, id, strength));
        if found.len() > 200 {
            break;
        }
    }
    let strongest = found.iter().map(|(_, _, strength)| *strength).max();
    let mut chosen: Vec<(String, NodeId)> = Vec::new();
    for (text, id, strength) in found {
        if Some(strength) != strongest {
            continue;
        }
        // Authors of one article stand side by side, those of teasers far apart.
        if let Some((_, last)) = chosen.last()
            && tree.parent(id) != tree.parent(*last)
            && tree.parent(id).and_then(|id| tree.parent(id))
                != tree.parent(*last).and_then(|id| tree.parent(id))
        {
            break;
        }
        chosen.push((text, id));
    }
    chosen
}

fn strength(signals: &Signals<'_>, id: NodeId, name: &str, near: bool) -> Option<u8> {
    let tree = signals.tree;
    let near_bonus = if near { 2 } else { 0 };
    if name == "a" {
        let rel = tree.attribute(id, "rel").is_some_and(|rel| {
            rel.split_whitespace()
                .any(|word| word.eq_ignore_ascii_case("author"))
        });
        if rel {
            return Some(2 + near_bonus);
        }
        if near && tree.attribute(id, "href").is_some_and(is_author_page) {
            return Some(1 + near_bonus);
        }
    }
    head::has_word(
        signals,
        id,
        &[
            "author",
            "authors",
            "byline",
            "authorname",
            "autorname",
            "byauthor",
            "autor",
            "autoren",
            "auteur",
            "autore",
            "writer",
            "redakteur",
        ],
    )
    .then_some(1 + near_bonus)
}

/// `/author/jane-doe`, `/autoren/jane-doe/`, `/profile/142`.
fn is_author_page(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty()).rev();
    parts.next();
    parts.take(2).any(|part| {
        matches!(
            part.to_ascii_lowercase().as_str(),
            "author"
                | "authors"
                | "autor"
                | "autoren"
                | "autores"
                | "auteur"
                | "auteurs"
                | "autore"
                | "autori"
                | "autorzy"
                | "writers"
                | "contributors"
                | "reporters"
                | "journalist"
                | "journalists"
                | "by"
                | "byline"
                | "profile"
                | "people"
                | "staff"
                | "columnists"
                | "reporter"
        )
    })
}

/// A byline with a lead ("By", "Von", "기자") in a short line, beside dates and whatever else.
pub(super) fn byline_at(
    signals: &Signals<'_>,
    at: usize,
    order: DayMonthOrder,
) -> Option<(Byline, NodeId)> {
    let block = &signals.blocks[at];
    let mut text = Cow::Borrowed(&block.text);
    // "By" in one box, the name in the next.
    if let Some(next) = signals.blocks.get(at + 1)
        && byline::is_bare_lead(&text)
    {
        text = Cow::Owned(format!("{text} {}", next.text));
    }
    if text.chars().count() > 200 {
        return None;
    }
    let mut rest = text.as_str();
    let mut parts = Vec::new();
    while let Some(date) = dates_in(rest, order).into_iter().next() {
        parts.push(&rest[..date.range.start]);
        rest = &rest[date.range.end..];
    }
    parts.push(rest);
    parts
        .into_iter()
        .flat_map(|part| part.split(['|', '•', '·', '»', '—', '–']))
        .map(|part| part.trim().trim_matches(','))
        .find_map(|part| {
            let byline = byline::parse(part)?;
            let sure = byline.authors.iter().any(|name| names::is_full_name(name))
                || part.split_whitespace().count() <= 4;
            (sure && !byline.authors.is_empty() || byline.agency.is_some()).then_some(byline)
        })
        .map(|byline| (byline, block.node))
}

/// A line with nothing but a name, beside a line with a date, right behind the title.
pub(super) fn bare_name(
    signals: &Signals<'_>,
    title: Option<&Title>,
    order: DayMonthOrder,
) -> Option<(String, NodeId)> {
    let title = title?;
    let start = signals.line_of(title.node?)?;
    let lines = signals.blocks.get(start + 1..)?;
    let near = &lines[..lines.len().min(CLUSTER)];
    let dated =
        |line: &Block| line.text.chars().count() <= 80 && !dates_in(&line.text, order).is_empty();
    near.iter()
        .enumerate()
        .filter(|(_, line)| !signals.regions.outside(line.first))
        .find(|&(at, line)| {
            let beside = &near[at.saturating_sub(2)..(at + 3).min(near.len())];
            line.text.split(' ').count() <= 4
                && names::is_full_name(&line.text)
                && !key(&title.text).contains(&key(&line.text))
                && beside.iter().any(dated)
        })
        .map(|(_, line)| (line.text.clone(), line.node))
}

/// Byline and date stand within this many lines behind the title.
const CLUSTER: usize = 8;
