//! Articles that front matter names: sources, translations, pictures.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::Entry;
use super::error::{LinkError, field_span};
use super::ids::{ArticleId, Node};
use super::links::{Scope, join, suggestion};
use super::names::Found;
use crate::content::article::{Asset, Body};
use crate::diagnostic::Findings;

/// What a briefing draws on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Article(ArticleId),
    /// An address outside the archive.
    Address(String),
}

/// A front-matter reference that leads nowhere.
pub fn dead_reference(
    body: &Body,
    field: &str,
    index: usize,
    label: String,
    help: Option<String>,
) -> LinkError {
    LinkError::DeadReference {
        field: field.to_owned(),
        label,
        help,
        source_code: body.source.named(),
        span: field_span(body, field, index),
    }
}

/// The article that front matter names in `field`, or why there is none; nothing of one whose
/// file can't be parsed.
fn referred(
    name: &str,
    body: &Body,
    field: &str,
    index: usize,
    scope: &Scope<'_>,
) -> Result<Option<ArticleId>, LinkError> {
    let dead = |label: &str, help| dead_reference(body, field, index, label.to_owned(), help);
    match scope.names.find(name) {
        Found::One(Node::Article(id)) => Ok(Some(id)),
        Found::One(_) => Err(dead("this is not an article", None)),
        Found::Several(nodes) => {
            let mut articles = nodes.iter().filter_map(|node| match node {
                Node::Article(id) => Some(*id),
                Node::Term(_) | Node::Page(_) => None,
            });
            match (articles.next(), articles.next()) {
                (Some(id), None) => Ok(Some(id)),
                _ => Err(dead(
                    "several articles have this name",
                    Some("write its path below `content/`: `sources/2021/…`".into()),
                )),
            }
        }
        Found::Unpublished(held) => Err(dead(
            "this article is not published",
            Some(format!(
                "publish {}, or build with `--drafts`",
                scope.held_back[held].article.body.source.name()
            )),
        )),
        Found::Nothing if scope.is_unparsed(name) => Ok(None),
        Found::Nothing => Err(dead("no article has this name", suggestion(scope, name))),
    }
}

pub fn sources(entries: &[Entry], scope: &Scope<'_>, findings: &mut Findings) -> Vec<Vec<Source>> {
    entries
        .iter()
        .map(|entry| {
            let names = entry.article.front.sources.iter().enumerate();
            names
                .filter_map(|(index, name)| {
                    if name.starts_with("https://") || name.starts_with("http://") {
                        return Some(Source::Address(name.clone()));
                    }
                    findings
                        .keep(referred(name, &entry.article.body, "sources", index, scope))
                        .flatten()
                        .map(Source::Article)
                })
                .collect()
        })
        .collect()
}

pub fn drawn_on_by(sources: &[Vec<Source>]) -> BTreeMap<ArticleId, Vec<ArticleId>> {
    let mut by: BTreeMap<ArticleId, Vec<ArticleId>> = BTreeMap::new();
    for (index, sources) in sources.iter().enumerate() {
        for source in sources {
            if let Source::Article(id) = source {
                by.entry(*id).or_default().push(ArticleId::new(index));
            }
        }
    }
    by
}

pub fn images(
    entries: &[Entry],
    assets: &[Asset],
    findings: &mut Findings,
) -> BTreeMap<ArticleId, usize> {
    let mut images = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let body = &entry.article.body;
        let Some(written) = entry
            .article
            .front
            .image
            .as_ref()
            .and_then(|i| i.path.as_ref())
        else {
            continue;
        };
        let path = join(body.source.name(), written);
        match assets.binary_search_by(|asset| asset.path.cmp(&path)) {
            Ok(asset) => {
                images.insert(ArticleId::new(index), asset);
            }
            Err(_) => findings.push(dead_reference(
                body,
                "image",
                0,
                format!("there is no {path}"),
                Some("`path` is relative to the article's file".to_owned()),
            )),
        }
    }
    images
}

pub fn translations(
    entries: &[Entry],
    scope: &Scope<'_>,
    findings: &mut Findings,
) -> BTreeMap<ArticleId, BTreeSet<ArticleId>> {
    let mut groups: BTreeMap<ArticleId, BTreeSet<ArticleId>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let Some(name) = &entry.article.front.translation_of else {
            continue;
        };
        let found = referred(name, &entry.article.body, "translation_of", 0, scope);
        if let Some(original) = findings.keep(found).flatten() {
            let members = groups.entry(original).or_default();
            members.insert(original);
            members.insert(ArticleId::new(index));
        }
    }
    let mut translations = BTreeMap::new();
    for members in groups.values() {
        for id in members {
            let others = members
                .iter()
                .copied()
                .filter(|other| other != id)
                .collect();
            translations.insert(*id, others);
        }
    }
    translations
}
