//! The authors: persons, by their names only.
//!
//! The first source that names a person wins; later ones only repeat it, or name who posted it.

use super::super::tree::NodeId;
use super::head;
use super::plain::key;
use super::publisher;
use super::schema::{Agent, AgentKind};
use super::signals::Signals;
use super::title::Title;
use super::visible;
use crate::import::date_text::dates::DayMonthOrder;
use crate::import::head_line;
use crate::import::wire;
use crate::text::names;

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Authors {
    pub(super) names: Vec<String>,
    pub(super) agency: Option<String>,
    /// The visible lines that bylines were read from.
    pub(super) nodes: Vec<NodeId>,
}

const TAGS: &[&str] = &[
    "citation_author",
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "og:author",
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "shareaholic:article_author_name",
    "cxenseparse:author",
    "vr:author",
    "byl",
    "authors",
];

pub(super) fn choose(
    signals: &Signals<'_>,
    title: Option<&Title>,
    order: DayMonthOrder,
) -> Authors {
    let sites = publisher::site_names(signals);
    let agents = |agents: &[Agent]| {
        let mut raw = Vec::new();
        for agent in agents {
            if agent.kind != AgentKind::Organisation {
                raw.push(agent.name.clone());
            }
        }
        raw
    };
    let json = signals
        .json_ld
        .article
        .as_ref()
        .map(|article| agents(&article.authors))
        .unwrap_or_default();
    let micro = signals
        .microdata
        .as_ref()
        .map(|article| agents(&article.authors))
        .unwrap_or_default();
    let tags: Vec<String> = signals.tags.all(TAGS).collect();
    let marked = marked(signals);
    let seen = seen(signals, title, order);
    let mut found = Authors {
        agency: seen
            .iter()
            .find_map(|(byline, _)| byline.agency.clone())
            .or_else(|| {
                json.iter()
                    .chain(&tags)
                    .find_map(|name| wire::agency(name).map(str::to_owned))
            }),
        nodes: seen
            .iter()
            .map(|(_, node)| *node)
            .chain(marked.iter().map(|(_, node)| *node))
            .collect(),
        names: Vec::new(),
    };
    let marked: Vec<String> = marked.into_iter().map(|(text, _)| text).collect();
    let seen: Vec<String> = seen
        .into_iter()
        .flat_map(|(byline, _)| byline.authors)
        .collect();
    for source in [json, tags, micro, marked, seen] {
        let names = persons(&source, &sites);
        if !names.is_empty() {
            found.names = names;
            break;
        }
    }
    found
}

fn persons(raw: &[String], sites: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in raw {
        if text.contains("://") || text.starts_with('@') {
            continue;
        }
        for name in names::persons(text) {
            let known = key(&name);
            if sites.contains(&known)
                || wire::agency(&name).is_some()
                || found.iter().any(|other| key(other) == known)
            {
                continue;
            }
            found.push(name);
        }
    }
    found.truncate(20);
    found
}

/// Elements that the markup calls an author: `rel=author`, class names.
fn marked(signals: &Signals<'_>) -> Vec<(String, NodeId)> {
    let tree = signals.tree;
    let mut found: Vec<(String, NodeId)> = Vec::new();
    for id in tree.descendants(tree.root()) {
        if !matches!(
            tree.name(id),
            Some(
                "a" | "span"
                    | "div"
                    | "p"
                    | "address"
                    | "li"
                    | "strong"
                    | "b"
                    | "em"
                    | "cite"
                    | "h3"
                    | "h4"
                    | "h5"
            )
        ) || signals.regions.outside(id)
            || found
                .last()
                .is_some_and(|(_, outer)| tree.contains(*outer, id))
        {
            continue;
        }
        let rel = tree.attribute(id, "rel").is_some_and(|rel| {
            rel.split_whitespace()
                .any(|word| word.eq_ignore_ascii_case("author"))
        });
        if rel
            || head::has_word(
                signals,
                id,
                &["author", "byline", "autor", "authors", "writer"],
            )
        {
            let text = visible::text(tree, id);
            if !text.is_empty() && text.chars().count() <= 100 {
                found.push((text, id));
            }
        }
        if found.len() >= 5 {
            break;
        }
    }
    found.truncate(1);
    found
}

fn seen(
    signals: &Signals<'_>,
    title: Option<&Title>,
    order: DayMonthOrder,
) -> Vec<(crate::import::byline::Byline, NodeId)> {
    head::lines(signals, title)
        .into_iter()
        .filter_map(|at| {
            let block = &signals.blocks[at];
            let line = head_line::read(&block.text, order)?;
            Some((line.byline?, block.node))
        })
        .take(1)
        .collect()
}
