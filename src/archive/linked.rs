//! The archive: everything known about everything, as one value that never changes again.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::Calendar;
use super::entry::{Entry, HeldBack, Selection, select};
use super::error::{LinkError, file_span};
use super::ids::{ArticleId, Node, PageId, TermId};
use super::issue::{Issue, issues};
use super::links::{Resolved, Scope, backlinks, join, resolve_all, suggestion};
use super::names::{Found, Names};
use super::vocabulary::{Term, Vocabulary, gather};
use crate::content::article::{Article, Asset, Body, Page};
use crate::content::config::Config;
use crate::content::library::Library;
use crate::content::parse::field_range;
use crate::content::split::split;
use crate::diagnostic::Findings;

/// What a briefing draws on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Article(ArticleId),
    /// An address outside the archive.
    Address(String),
}

/// Articles, terms and pages with everything that connects them.
#[derive(Debug)]
pub struct Archive {
    pub config: Config,
    /// Newest first, undated last; [`ArticleId`] is an index into them.
    pub entries: Vec<Entry>,
    pub pages: Vec<Page>,
    /// Sorted by path.
    pub assets: Vec<Asset>,
    pub terms: Vec<Term>,
    /// Terms of each article.
    pub terms_of: Vec<Vec<TermId>>,
    pub calendar: Calendar,
    pub issues: Vec<Issue>,
    /// Links of each body that has any, in the order of its outline.
    pub links: BTreeMap<Node, Vec<Resolved>>,
    pub backlinks: BTreeMap<Node, BTreeSet<Node>>,
    /// What each article draws on.
    pub sources: Vec<Vec<Source>>,
    /// Which articles draw on each article.
    pub drawn_on_by: BTreeMap<ArticleId, Vec<ArticleId>>,
    /// Index into the assets of each article's picture.
    pub images: BTreeMap<ArticleId, usize>,
    /// Articles in other languages that say the same, both ways.
    pub translations: BTreeMap<ArticleId, BTreeSet<ArticleId>>,
    pub held_back: Vec<HeldBack>,
}

impl Archive {
    /// Links a library. Every dead reference goes into `findings`; the archive is complete
    /// without it.
    pub fn link(library: Library, selection: Selection, findings: &mut Findings) -> Self {
        let Library {
            config,
            articles,
            terms,
            pages,
            mut assets,
        } = library;
        assets.sort_by(|a, b| a.path.cmp(&b.path));
        let (entries, held_back) = select(articles, &config.time_zone, selection);
        let Vocabulary { terms, of_article } = gather(terms, &entries);
        let vocabulary = Vocabulary { terms, of_article };
        check_parents(&vocabulary, findings);
        let names = Names::of(&entries, &vocabulary, &pages, &held_back);

        let body = |node| body_of(node, &entries, &vocabulary.terms, &pages);
        let path = |node| path_of(node, &entries, &vocabulary.terms, &pages);
        let scope = Scope {
            names: &names,
            held_back: &held_back,
            assets: &assets,
            body: &body,
            path: &path,
        };
        let bodies = bodies(&entries, &vocabulary.terms, &pages);
        let links = resolve_all(&scope, &bodies, findings);
        let sources = sources(&entries, &scope, findings);
        let images = images(&entries, &assets, findings);
        let translations = translations(&entries, &scope, findings);

        Self {
            calendar: Calendar::of(&entries),
            issues: issues(&entries, &vocabulary),
            backlinks: backlinks(&links),
            drawn_on_by: drawn_on_by(&sources),
            terms: vocabulary.terms,
            terms_of: vocabulary.of_article,
            config,
            entries,
            pages,
            assets,
            links,
            sources,
            images,
            translations,
            held_back,
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

    /// The issues of a series, oldest first.
    pub fn issues_of(&self, series: TermId) -> impl DoubleEndedIterator<Item = &Issue> {
        let start = self.issues.partition_point(|issue| issue.series < series);
        let end = self.issues.partition_point(|issue| issue.series <= series);
        self.issues[start..end].iter()
    }

    pub fn body(&self, node: Node) -> Option<&Body> {
        body_of(node, &self.entries, &self.terms, &self.pages)
    }
}

fn body_of<'a>(
    node: Node,
    entries: &'a [Entry],
    terms: &'a [Term],
    pages: &'a [Page],
) -> Option<&'a Body> {
    match node {
        Node::Article(id) => Some(&entries[id.index()].article.body),
        Node::Term(id) => terms[id.index()].file.as_ref().map(|(_, body)| body),
        Node::Page(id) => Some(&pages[id.index()].body),
    }
}

fn path_of(node: Node, entries: &[Entry], terms: &[Term], pages: &[Page]) -> String {
    match (body_of(node, entries, terms, pages), node) {
        (Some(body), _) => body.source.name().to_owned(),
        (None, Node::Term(id)) => {
            let term = &terms[id.index()];
            format!("{}/{}", term.taxonomy.name(), term.slug)
        }
        (None, Node::Article(_) | Node::Page(_)) => String::new(),
    }
}

fn bodies<'a>(entries: &'a [Entry], terms: &'a [Term], pages: &'a [Page]) -> Vec<(Node, &'a Body)> {
    let articles = entries
        .iter()
        .enumerate()
        .map(|(i, entry)| (Node::Article(ArticleId::new(i)), &entry.article.body));
    let terms = terms.iter().enumerate().filter_map(|(i, term)| {
        let (_, body) = term.file.as_ref()?;
        Some((Node::Term(TermId::new(i)), body))
    });
    let pages = pages
        .iter()
        .enumerate()
        .map(|(i, page)| (Node::Page(PageId::new(i)), &page.body));
    articles.chain(terms).chain(pages).collect()
}

/// A front-matter reference that leads nowhere.
fn dead_reference(
    body: &Body,
    field: &'static str,
    index: usize,
    label: String,
    help: Option<String>,
) -> LinkError {
    let range = split(body.source.text())
        .ok()
        .and_then(|parts| field_range(&body.source, &parts.front, field, index));
    LinkError::DeadReference {
        field,
        label,
        help,
        source_code: body.source.named(),
        span: file_span(body, range.unwrap_or(0..3)),
    }
}

/// The article that front matter names in `field`, or why there is none.
fn referred(
    name: &str,
    body: &Body,
    field: &'static str,
    index: usize,
    scope: &Scope<'_>,
) -> Result<ArticleId, LinkError> {
    let dead = |label: &str, help| dead_reference(body, field, index, label.to_owned(), help);
    match scope.names.find(name) {
        Found::One(Node::Article(id)) => Ok(id),
        Found::One(_) => Err(dead("this is not an article", None)),
        Found::Several(nodes) => {
            let mut articles = nodes.iter().filter_map(|node| match node {
                Node::Article(id) => Some(*id),
                Node::Term(_) | Node::Page(_) => None,
            });
            match (articles.next(), articles.next()) {
                (Some(id), None) => Ok(id),
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
        Found::Nothing => Err(dead("no article has this name", suggestion(scope, name))),
    }
}

fn sources(entries: &[Entry], scope: &Scope<'_>, findings: &mut Findings) -> Vec<Vec<Source>> {
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
                        .map(Source::Article)
                })
                .collect()
        })
        .collect()
}

fn drawn_on_by(sources: &[Vec<Source>]) -> BTreeMap<ArticleId, Vec<ArticleId>> {
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

fn images(
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

fn translations(
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
        if let Some(original) = findings.keep(found) {
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

/// Every `parent` must exist, and no term may be its own ancestor.
fn check_parents(vocabulary: &Vocabulary, findings: &mut Findings) {
    for (index, term) in vocabulary.terms.iter().enumerate() {
        let Some((front, body)) = &term.file else {
            continue;
        };
        let Some(written) = &front.parent else {
            continue;
        };
        if term.parent.is_none() {
            let siblings = vocabulary
                .terms
                .iter()
                .filter(|other| other.taxonomy == term.taxonomy)
                .map(|other| other.slug.as_str());
            let help = crate::diagnostic::nearest(written, siblings)
                .map(|near| format!("did you mean `{near}`?"));
            let label = format!("none of the {} has this slug", term.taxonomy.name());
            findings.push(dead_reference(body, "parent", 0, label, help));
            continue;
        }
        let mut chain = vec![term.slug.as_str()];
        let mut above = term.parent;
        while let Some(id) = above {
            chain.push(&vocabulary.terms[id.index()].slug);
            if id.index() == index {
                let range = split(body.source.text())
                    .ok()
                    .and_then(|parts| field_range(&body.source, &parts.front, "parent", 0));
                findings.push(LinkError::ParentCycle {
                    chain: chain.join(" → "),
                    source_code: body.source.named(),
                    span: file_span(body, range.unwrap_or(0..3)),
                });
                break;
            }
            if chain.len() > vocabulary.terms.len() {
                break;
            }
            above = vocabulary.terms[id.index()].parent;
        }
    }
}
