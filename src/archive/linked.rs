//! The archive: everything known about everything, as one value that never changes again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::by_node::ByNode;
use super::calendar::Calendar;
use super::entry::{Entry, HeldBack, Selection, select};
use super::event::{Event, event_of, events};
use super::ids::{ArticleId, Node, PageId, TermId};
use super::issue::{Issue, issue_of, issues};
use super::links::{Backlink, Resolved, Scope, backlinks, resolve_all};
use super::mention::{Mentions, mentioned_in, mentions};
use super::names::Names;
use super::near::near;
use super::nodes::Nodes;
use super::references::{Source, drawn_on_by, images, sources, translations};
use super::related::Relation;
use super::term_check::check_terms;
use super::thread::{Thread, threads, threads_of};
use super::vector::term_key;
use super::vocabulary::{Term, gather};
use crate::content::article::{Article, Asset, Body, Page};
use crate::content::config::Config;
use crate::content::kept::Kept;
use crate::content::library::Library;
use crate::content::stamps::Changed;
use crate::diagnostic::Findings;
use crate::text::hash::FingerprintKey;

/// Articles, terms and pages with everything that connects them.
#[derive(Debug)]
pub struct Archive {
    pub config: Config,
    /// With which all that is told of it from one build to the next is fingerprinted.
    pub key: FingerprintKey,
    /// Newest first, undated last; [`ArticleId`] is an index into them.
    pub entries: Vec<Entry>,
    pub pages: Vec<Arc<Page>>,
    /// Sorted by path.
    pub assets: Vec<Asset>,
    pub terms: Vec<Term>,
    /// Terms of each article.
    pub terms_of: Vec<Vec<TermId>>,
    pub calendar: Calendar,
    pub issues: Vec<Issue>,
    /// Index into the issues of each article that is in one.
    pub issue_of: BTreeMap<ArticleId, usize>,
    /// Links of each body, in the order of its outline.
    pub links: ByNode<Resolved>,
    pub backlinks: ByNode<Backlink>,
    /// Names of terms in each body, where they stand first.
    pub mentions: Mentions,
    /// The articles that name each term or link to it, newest first.
    pub mentioned_in: Vec<Vec<ArticleId>>,
    /// What each article draws on.
    pub sources: Vec<Vec<Source>>,
    /// Which articles draw on each article.
    pub drawn_on_by: BTreeMap<ArticleId, Vec<ArticleId>>,
    /// Index into the assets of each article's picture.
    pub images: BTreeMap<ArticleId, usize>,
    /// Articles in other languages that say the same, both ways.
    pub translations: BTreeMap<ArticleId, BTreeSet<ArticleId>>,
    /// What to read next, by article.
    pub related: Vec<Vec<(ArticleId, Relation)>>,
    /// Newest first.
    pub events: Vec<Event>,
    /// Index into the events of each article that is in one.
    pub event_of: BTreeMap<ArticleId, usize>,
    /// By slug.
    pub threads: Vec<Thread>,
    /// Indices into the threads of each article that is in any.
    pub threads_of: BTreeMap<ArticleId, Vec<usize>>,
    pub held_back: Vec<HeldBack>,
    /// Files that turn out not to be what they were taken for, once their texts are asked for.
    pub changed: Arc<Changed>,
}

impl Archive {
    /// Links a library. Every dead reference goes into `findings`; the archive is complete
    /// without it.
    pub fn link(
        library: Library,
        selection: Selection,
        kept: &Kept,
        findings: &mut Findings,
    ) -> Self {
        let Library {
            config,
            articles,
            terms,
            pages,
            mut assets,
            unparsed,
            changed,
        } = library;
        assets.sort_by(|a, b| a.path.cmp(&b.path));
        let (entries, held_back) = select(articles, &config.time_zone, selection);
        let vocabulary = gather(terms, &entries, &config.taxonomies);
        let nodes = Nodes {
            entries: &entries,
            terms: &vocabulary.terms,
            pages: &pages,
            taxonomies: &config.taxonomies,
        };
        check_terms(nodes, &vocabulary.of_article, findings);
        let term_keys: Vec<u64> = nodes
            .terms
            .iter()
            .map(|term| term_key(nodes.taxonomies.name(term.taxonomy), &term.slug))
            .collect();
        // What is written and what it is about have nothing to do with each other.
        let (written, near) = rayon::join(
            || {
                let scope = Scope {
                    nodes,
                    names: &Names::of(nodes, &held_back),
                    held_back: &held_back,
                    assets: &assets,
                    unparsed: &unparsed,
                };
                let links = resolve_all(&scope, &nodes.bodies(), findings);
                let sources = sources(&entries, &scope, findings);
                let images = images(&entries, &assets, findings);
                let translations = translations(&entries, &scope, findings);
                (links, sources, images, translations)
            },
            || near(&entries, &vocabulary.of_article, &term_keys, kept),
        );
        let (links, sources, images, translations) = written;
        // Nor have who names whom, and what belongs together.
        let (named, told) = rayon::join(
            || {
                let (backlinks, mentions) = rayon::join(
                    || backlinks(nodes, &links),
                    || mentions(nodes, &vocabulary.of_article, kept),
                );
                let mentioned_in = mentioned_in(&mentions, &backlinks, nodes.terms.len());
                (backlinks, mentions, mentioned_in)
            },
            || {
                let events = events(&entries, &near.vectors, &near.neighbours, &sources);
                let threads = threads(&entries, &vocabulary.terms);
                (events, threads, issues(&entries, &vocabulary))
            },
        );
        let (backlinks, mentions, mentioned_in) = named;
        let (events, threads, issues) = told;

        Self {
            calendar: Calendar::of(&entries),
            issue_of: issue_of(&issues),
            issues,
            backlinks,
            mentions,
            mentioned_in,
            drawn_on_by: drawn_on_by(&sources),
            related: near.related,
            event_of: event_of(&events),
            events,
            threads_of: threads_of(&threads),
            threads,
            terms: vocabulary.terms,
            terms_of: vocabulary.of_article,
            key: kept.key,
            config,
            entries,
            pages,
            assets,
            links,
            sources,
            images,
            translations,
            held_back,
            changed,
        }
    }

    pub fn entry(&self, id: ArticleId) -> &Entry {
        &self.entries[id.index()]
    }

    pub fn article(&self, id: ArticleId) -> &Article {
        &self.entry(id).article
    }

    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[id.index()]
    }

    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// Every article's id, newest first.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> + use<> {
        (0..self.entries.len()).map(ArticleId::new)
    }

    pub fn term_ids(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..self.terms.len()).map(TermId::new)
    }

    pub fn page_ids(&self) -> impl Iterator<Item = PageId> + use<> {
        (0..self.pages.len()).map(PageId::new)
    }

    /// The issues of a series, oldest first.
    pub fn issues_of(&self, series: TermId) -> impl DoubleEndedIterator<Item = &Issue> {
        let start = self.issues.partition_point(|issue| issue.series < series);
        let end = self.issues.partition_point(|issue| issue.series <= series);
        self.issues[start..end].iter()
    }

    pub fn body(&self, node: Node) -> Option<&Body> {
        self.nodes().body(node)
    }

    pub fn nodes(&self) -> Nodes<'_> {
        Nodes {
            entries: &self.entries,
            terms: &self.terms,
            pages: &self.pages,
            taxonomies: &self.config.taxonomies,
        }
    }
}
