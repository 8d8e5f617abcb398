//! What is doubtful about the vocabulary: parents that aren't there, terms that a strict taxonomy
//! doesn't know, two terms for one thing.

use std::collections::{BTreeMap, HashMap};

use super::error::{LinkError, field_span};
use super::ids::{ArticleId, TermId};
use super::nodes::Nodes;
use super::references::dead_reference;
use super::vocabulary::named;
use crate::content::taxonomy::{Openness, Taxonomy};
use crate::diagnostic::{Findings, nearest};
use crate::text::near::folded;
use crate::text::slug::slug;
use crate::text::trigrams::TrigramIndex;

/// Checks every term and every use of one.
pub fn check_terms(nodes: Nodes<'_>, of_article: &[Vec<TermId>], findings: &mut Findings) {
    check_parents(nodes, findings);
    check_strict(nodes, of_article, findings);
    check_doubles(nodes, findings);
}

/// In a strict taxonomy, every term that an article names has a file.
fn check_strict(nodes: Nodes<'_>, of_article: &[Vec<TermId>], findings: &mut Findings) {
    let mut known = Slugs::default();
    for (entry, terms) in nodes.entries.iter().zip(of_article) {
        for id in terms {
            let term = &nodes.terms[id.index()];
            let settings = nodes.taxonomies.get(term.taxonomy);
            if term.file.is_some() || settings.vocabulary == Openness::Open {
                continue;
            }
            let written = named(&entry.article.front, term.taxonomy, nodes.taxonomies);
            let index = written
                .iter()
                .position(|name| slug(name).as_deref() == Some(&*term.slug));
            let index = index.unwrap_or(0);
            let name = written.get(index).map_or(&*term.slug, String::as_str);
            let near = known.nearest(&term.slug, term.taxonomy, nodes);
            let path = nodes.term_path(term);
            findings.push(dead_reference(
                &entry.article.body,
                field_of(term.taxonomy, nodes),
                index,
                format!("none of the {} is `{name}`", settings.name),
                Some(match near {
                    Some(near) => format!("did you mean `{near}`? A new term needs a file: {path}"),
                    None => format!("a new term needs a file: {path}"),
                }),
            ));
        }
    }
}

/// The field of front matter that names terms of a taxonomy.
fn field_of(taxonomy: Taxonomy, nodes: Nodes<'_>) -> &str {
    match taxonomy {
        Taxonomy::PUBLISHERS => "publisher",
        other => nodes.taxonomies.name(other),
    }
}

/// Two terms of one taxonomy whose names differ only in spelling are most likely one.
fn check_doubles(nodes: Nodes<'_>, findings: &mut Findings) {
    let mut known: HashMap<(Taxonomy, String), usize> = HashMap::new();
    for (index, term) in nodes.terms.iter().enumerate() {
        // Names that its file calls ambiguous are known to be shared.
        let forms = std::iter::once(&*term.slug).chain(term.names());
        let forms = forms.filter(|name| !term.is_ambiguous(name));
        let mut told = None;
        for form in forms.filter_map(folded) {
            let first = *known.entry((term.taxonomy, form)).or_insert(index);
            if first == index || told == Some(first) {
                continue;
            }
            told = Some(first);
            findings.push(double(nodes, first, index));
        }
    }
}

/// The one without a file, or with fewer articles, is the one that should go.
fn double(nodes: Nodes<'_>, first: usize, second: usize) -> LinkError {
    let rank = |index: usize| {
        let term = &nodes.terms[index];
        (term.file.is_some(), term.articles.len())
    };
    let (keep, drop) = if rank(second) > rank(first) {
        (second, first)
    } else {
        (first, second)
    };
    let [keep, drop] = [keep, drop].map(|index| &nodes.terms[index]);
    let taxonomy = nodes.taxonomies.name(keep.taxonomy);
    let written = |id: &ArticleId| &nodes.entries[id.index()].article.body;
    let body = drop.file.as_ref().map(|(_, body)| body);
    let shown = body.or_else(|| drop.articles.first().map(written));
    LinkError::NearDuplicate {
        taxonomy: taxonomy.to_owned(),
        first: keep.title.clone(),
        second: drop.title.clone(),
        merge: format!(
            "briefbook terms merge {taxonomy}/{} {taxonomy}/{}",
            drop.slug, keep.slug
        ),
        source_code: shown.map(|body| body.source.named()),
        span: shown.map(|body| match drop.file {
            Some(_) => field_span(body, "title", 0),
            None => field_span(body, field_of(drop.taxonomy, nodes), 0),
        }),
    }
}

/// The terms of each taxonomy that have a file: indexed when one is not found.
#[derive(Default)]
struct Slugs(BTreeMap<Taxonomy, TrigramIndex>);

impl Slugs {
    fn nearest(&mut self, slug: &str, taxonomy: Taxonomy, nodes: Nodes<'_>) -> Option<&str> {
        let index = self.0.entry(taxonomy).or_insert_with(|| {
            let terms = nodes.terms.iter();
            let known = terms.filter(|term| term.taxonomy == taxonomy && term.file.is_some());
            TrigramIndex::of(known.map(|term| &*term.slug))
        });
        nearest(slug, index.like(slug))
    }
}

/// Every `parent` must exist, and no term may be its own ancestor.
fn check_parents(nodes: Nodes<'_>, findings: &mut Findings) {
    let mut known = Slugs::default();
    for (index, term) in nodes.terms.iter().enumerate() {
        let Some((front, body)) = &term.file else {
            continue;
        };
        let Some(written) = &front.parent else {
            continue;
        };
        if term.parent.is_none() {
            let near = known.nearest(written, term.taxonomy, nodes);
            let help = near.map(|near| format!("did you mean `{near}`?"));
            let label = format!(
                "none of the {} has this slug",
                nodes.taxonomies.name(term.taxonomy)
            );
            findings.push(dead_reference(body, "parent", 0, label, help));
            continue;
        }
        let mut chain = vec![term.slug.as_str()];
        let mut above = term.parent;
        while let Some(id) = above {
            chain.push(&nodes.terms[id.index()].slug);
            if id.index() == index {
                findings.push(LinkError::ParentCycle {
                    chain: chain.join(" → "),
                    source_code: body.source.named(),
                    span: field_span(body, "parent", 0),
                });
                break;
            }
            if chain.len() > nodes.terms.len() {
                break;
            }
            above = nodes.terms[id.index()].parent;
        }
    }
}
