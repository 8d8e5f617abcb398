//! Every address of the site and what stands there, without rendering any.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;

use super::address::{Address, beside};
use super::cards::{Cards, full_text};
use super::error::SiteError;
use super::export::Export;
use super::feed::archived::Volumes;
use super::feed::entry::updated;
use super::feed::subject::Subject;
use super::files::{copies, of_every_shard};
use super::lists::Lists;
use super::page_kind::Group;
use super::permalinks;
use super::search;
use super::shard::{Shard, Shards};
use super::shared::Shared;
use super::site_links;
use super::sitemap::Part;
use super::social::palette::Palette;
use super::social::told;
use super::term_pages::{TermPages, term_pages};
use super::theme::Theme;
use super::view::card::{Card, Link};
use super::widths;
use crate::archive::calendar::{Month, Week};
use crate::archive::entry::Entry;
use crate::archive::error::file_span;
use crate::archive::ids::{ArticleId, Node, PageId, TermId};
use crate::archive::linked::Archive;
use crate::archive::links::Resolved;
use crate::content::article::Body;
use crate::content::taxonomy::Taxonomy;
use crate::diagnostic::{Findings, SourceText, span_within};

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Home,
    Article(ArticleId),
    /// The article as Markdown.
    Markdown(ArticleId),
    Page(PageId),
    Taxonomy(Taxonomy),
    Term(TermId),
    TermYear(TermId, i16),
    TermMonth(TermId, Month),
    /// Index into the archive's issues.
    Issue(usize),
    Events,
    /// Index into the archive's events.
    Event(usize),
    Threads,
    /// Index into the archive's threads.
    Thread(usize),
    Year(i16),
    Month(Month),
    Week(Week),
    /// A page that the theme adds: index into its page kinds, and into the groups of that kind.
    Group(usize, usize),
    GroupYear(usize, usize, i16),
    /// The index of the pages of one kind.
    Groups(usize),
    /// All corrections and withdrawals; with a text of the editor's own before them, if there is a
    /// page of this address.
    Corrections(Option<PageId>),
    NotFound(Shard),
    Search,
    /// A file of the search index, known by its address.
    SearchFile,
    Redirect(Address),
    Feed(Subject),
    JsonFeed(Subject),
    /// A picture for link previews.
    SocialImage(told::Subject),
    /// The volume of a feed's archive that begins with a year.
    ArchivedFeed(Subject, i16),
    /// The index of the sitemaps.
    Sitemap(Shard),
    /// The ledger of addresses that stay.
    Permalinks(Shard),
    /// Old addresses in one file, for hosts that read one.
    Redirects,
    SitemapOf(Part),
    Export(Export),
    Robots(Shard),
    /// Tells GitHub Pages to publish files as they are.
    NoJekyll,
    /// Tells GitHub Pages the site's own domain.
    Domain(String),
    /// Name of a file of the theme.
    Static(String),
    /// Index into the archive's assets.
    Asset(usize),
    /// The picture of that index, so many pixels wide.
    Narrower(usize, usize),
}

/// The whole site, ready to be rendered address by address.
#[derive(Debug)]
pub struct Site<'a> {
    pub archive: &'a Archive,
    pub theme: &'a Theme,
    /// How it is cut, and where its parts stand.
    pub shards: Shards,
    /// Every address, in their order.
    pub contents: BTreeMap<Address, Content>,
    /// What every shard but the front has of its own beside that.
    pub copies: BTreeMap<(Shard, Address), Content>,
    /// Every article and term as lists show them.
    pub cards: Cards,
    /// When something about each article last changed, by its id.
    pub updated: Vec<Option<Timestamp>>,
    /// How the lists of each term are paged, by its id.
    pub term_pages: Vec<TermPages>,
    /// What stands behind each feed.
    pub volumes: Volumes,
    /// Where each asset stands that an article uses.
    pub assets: BTreeMap<(Node, usize), Address>,
    /// What pictures for link previews are drawn with.
    pub palette: Palette,
    /// What the search page reads; empty when the archive has none.
    pub search: search::file::Files,
    /// The pages of each page kind of the theme, by their slugs.
    pub groups: Vec<Vec<Group>>,
    /// What each query of the theme has found.
    pub queries: BTreeMap<&'a str, Vec<ArticleId>>,
}

impl<'a> Site<'a> {
    /// Plans the site. Two things that want one address, links to addresses that aren't there
    /// and old addresses that can't be kept go into `findings`.
    pub fn plan(
        archive: &'a Archive,
        theme: &'a Theme,
        shards: impl Into<Shards>,
        Lists { cards, search }: Lists,
        findings: &mut Findings,
    ) -> Self {
        let shards = shards.into();
        let term_pages = term_pages(archive);
        let volumes = Volumes::of_archive(archive);
        let mut plan = Plan {
            archive,
            cards: &cards,
            term_pages: &term_pages,
            volumes: &volumes,
            contents: BTreeMap::new(),
            findings,
        };
        plan.fixed(theme);
        plan.search(&search);
        plan.articles();
        plan.stories();
        plan.corrections();
        plan.pages();
        plan.terms();
        plan.periods();
        plan.social_images();
        let groups = plan.groups(theme);
        let assets = plan.assets();
        plan.redirects();
        let contents = plan.contents;
        site_links::check(archive, &contents, findings);
        let palette = Palette::of(theme, &archive.config, findings);
        let queries = theme.queries.iter();
        let queries = queries.map(|(name, query)| (&**name, query.select(archive, findings)));
        Self {
            queries: queries.collect(),
            updated: updated(archive),
            groups,
            archive,
            theme,
            copies: copies(archive, theme, &shards),
            shards,
            contents,
            cards,
            term_pages,
            volumes,
            assets,
            palette,
            search,
        }
    }

    /// Where a node stands.
    pub fn address(&self, node: Node) -> &Address {
        self.cards.address(node)
    }

    /// The full address an article wants to be known by: what is only quoted here belongs to the
    /// original's.
    pub fn canonical(&self, id: ArticleId) -> String {
        let original = self.original(id);
        original.map_or_else(|| self.url(&self.card(id).address), str::to_owned)
    }

    /// Where an article first appeared that is only quoted here.
    pub fn original(&self, id: ArticleId) -> Option<&str> {
        let article = self.archive.article(id);
        let url = article.front.provenance.as_ref()?.url.as_deref()?;
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        (is_web && !full_text(self.archive, article)).then_some(url)
    }

    /// The full address of a place in the site.
    pub fn url(&self, address: &Address) -> String {
        self.shards.url(address)
    }

    pub fn card(&self, id: ArticleId) -> &Shared<Card> {
        &self.cards.articles[id.index()]
    }

    pub fn term_link(&self, id: TermId) -> &Shared<Link> {
        &self.cards.terms[id.index()]
    }
}

/// Where a node of the archive stands.
pub fn address(archive: &Archive, node: Node) -> Address {
    match node {
        Node::Article(id) => {
            let entry = archive.entry(id);
            Address::of_article(&archive.config.permalinks, entry, &entry.article.slug)
        }
        Node::Term(id) => {
            let term = archive.term(id);
            Address::term(archive.config.taxonomies.name(term.taxonomy), &term.slug)
        }
        Node::Page(id) => Address::page(&archive.page(id).slug),
    }
}

/// The plan while it is made.
struct Plan<'a, 'f> {
    archive: &'a Archive,
    cards: &'f Cards,
    term_pages: &'f [TermPages],
    volumes: &'f Volumes,
    contents: BTreeMap<Address, Content>,
    findings: &'f mut Findings,
}

impl<'a> Plan<'a, '_> {
    /// Puts something in its place, unless something else stands there.
    fn put(&mut self, address: Address, content: Content) {
        let body = self.body(&content);
        self.put_for(address, content, || body.map(|body| (&body.source, 0..3)));
    }

    /// Puts something in its place that is asked for at a range of a file.
    fn put_for<'t>(
        &mut self,
        address: Address,
        content: Content,
        asked_for: impl FnOnce() -> Option<(&'t SourceText, Range<usize>)>,
    ) {
        let Some(there) = self.contents.get(&address) else {
            self.contents.insert(address, content);
            return;
        };
        if *there == content {
            return;
        }
        let first = self.describe(there);
        let error = match asked_for() {
            Some((source, range)) => SiteError::AddressClash {
                address: address.to_string(),
                first,
                source_code: source.named(),
                span: span_within(source.text(), range).into(),
            },
            None => SiteError::Clash {
                address: address.to_string(),
                first,
                second: self.describe(&content),
            },
        };
        self.findings.push(error);
    }

    fn body(&self, content: &Content) -> Option<&'a Body> {
        let node = match content {
            Content::Article(id) => Node::Article(*id),
            Content::Page(id) | Content::Corrections(Some(id)) => Node::Page(*id),
            Content::Term(id) => Node::Term(*id),
            _ => return None,
        };
        self.archive.body(node)
    }

    fn describe(&self, content: &Content) -> String {
        if let Some(body) = self.body(content) {
            return body.source.name().to_owned();
        }
        match content {
            Content::Redirect(to) => format!("the redirect to {to}"),
            Content::Static(name) => format!("the theme's file static/{name}"),
            Content::Asset(index) | Content::Narrower(index, _) => {
                self.archive.assets[*index].path.clone()
            }
            Content::Term(id) | Content::TermYear(id, _) | Content::TermMonth(id, _) => {
                format!("the page of the term `{}`", self.archive.term(*id).slug)
            }
            Content::Taxonomy(taxonomy) => {
                format!(
                    "the index of {}",
                    self.archive.config.taxonomies.name(*taxonomy)
                )
            }
            Content::Year(_) | Content::Month(_) | Content::Week(_) => "the calendar".to_owned(),
            Content::Issue(_) => "a newsletter issue".to_owned(),
            Content::Event(_) => "the page of an event".to_owned(),
            Content::Thread(_) => "the page of a thread".to_owned(),
            Content::Group(..) | Content::GroupYear(..) | Content::Groups(_) => {
                "a page that the theme adds".to_owned()
            }
            _ => "a page that every site has".to_owned(),
        }
    }

    fn fixed(&mut self, theme: &Theme) {
        self.put(Address::home(), Content::Home);
        for (address, content) in of_every_shard(Shard::Front) {
            self.put(address, content);
        }
        self.feeds(Subject::Site);
        let years = &self.archive.calendar.years;
        for part in Part::all(years.keys().copied()) {
            self.put(part.address(), Content::SitemapOf(part));
        }
        if self.archive.config.exports.enabled {
            for export in Export::ALL {
                self.put(Address::file(export.file_name()), Content::Export(export));
            }
        }
        if let Some(domain) = &self.archive.config.publish.domain {
            self.put(Address::file("CNAME"), Content::Domain(domain.clone()));
        }
        for (name, file) in &theme.statics {
            self.put(file.address.clone(), Content::Static(name.clone()));
        }
    }

    /// The news of a subject in both formats, and what stands behind them.
    fn feeds(&mut self, subject: Subject) {
        let page = subject.page(self.archive);
        let volumes = self.volumes;
        for volume in volumes.of(subject) {
            let year = volume.first_year;
            let archived = Content::ArchivedFeed(subject, year);
            self.put(Address::archived_feed(&page, year), archived);
        }
        self.put(Address::feed(&page), Content::Feed(subject));
        self.put(Address::json_feed(&page), Content::JsonFeed(subject));
    }

    /// The search page and its index, where the archive wants one.
    fn search(&mut self, files: &search::file::Files) {
        if self.archive.config.search {
            self.put(Address::search(), Content::Search);
        }
        for address in files.keys() {
            self.put(address.clone(), Content::SearchFile);
        }
    }

    fn articles(&mut self) {
        for id in self.archive.ids() {
            let address = self.cards.address(Node::Article(id)).clone();
            if self.archive.config.exports.markdown {
                self.put(Address::markdown(&address), Content::Markdown(id));
            }
            self.put(address, Content::Article(id));
        }
        permalinks::check_given(self.archive, self.findings);
        for (index, issue) in self.archive.issues.iter().enumerate() {
            let series = &self.archive.term(issue.series).slug;
            self.put(Address::issue(series, &issue.slug), Content::Issue(index));
        }
    }

    fn stories(&mut self) {
        for (index, event) in self.archive.events.iter().enumerate() {
            self.put(Address::taxonomy("events"), Content::Events);
            self.put(Address::event(&event.slug), Content::Event(index));
        }
        for (index, thread) in self.archive.threads.iter().enumerate() {
            self.put(Address::taxonomy("threads"), Content::Threads);
            self.put(Address::thread(&thread.slug), Content::Thread(index));
        }
    }

    fn pages(&mut self) {
        for index in 0..self.archive.pages.len() {
            let id = PageId::new(index);
            let address = self.cards.address(Node::Page(id)).clone();
            if self.contents.get(&address) != Some(&Content::Corrections(Some(id))) {
                self.put(address, Content::Page(id));
            }
        }
    }

    /// One page for everything that was wrong, where anything was.
    fn corrections(&mut self) {
        if self.archive.entries.iter().any(Entry::is_corrected) {
            let mut pages = self.archive.pages.iter();
            let own = pages.position(|page| Address::page(&page.slug) == Address::corrections());
            let content = Content::Corrections(own.map(PageId::new));
            self.put(Address::corrections(), content);
        }
    }

    fn terms(&mut self) {
        let archive = self.archive;
        for (index, term) in archive.terms.iter().enumerate() {
            let id = TermId::new(index);
            self.put(
                Address::taxonomy(archive.config.taxonomies.name(term.taxonomy)),
                Content::Taxonomy(term.taxonomy),
            );
            let address = self.cards.address(Node::Term(id)).clone();
            if !term.articles.is_empty() {
                self.feeds(Subject::Term(id));
            }
            let pages: &BTreeMap<i16, Vec<Month>> = &self.term_pages[index].years;
            for (&year, months) in pages {
                let of_year = Address::term_year(&address, year);
                self.put(of_year, Content::TermYear(id, year));
                for &month in months {
                    let of_month = Address::term_month(&address, month);
                    self.put(of_month, Content::TermMonth(id, month));
                }
            }
            self.put(address, Content::Term(id));
        }
    }

    fn periods(&mut self) {
        let calendar = &self.archive.calendar;
        for year in calendar.years.keys() {
            self.put(Address::year(*year), Content::Year(*year));
        }
        for month in calendar.months.keys() {
            self.put(Address::month(*month), Content::Month(*month));
        }
        for week in calendar.weeks.keys() {
            self.put(Address::week(*week), Content::Week(*week));
        }
    }

    fn social_images(&mut self) {
        for subject in told::Subject::all(self.archive) {
            let address = subject.address(self.archive);
            self.put(address, Content::SocialImage(subject));
        }
    }

    /// The pages that the theme adds, with an index of each kind.
    fn groups(&mut self, theme: &Theme) -> Vec<Vec<Group>> {
        let kinds = theme.page_kinds.iter().enumerate();
        kinds
            .map(|(number, kind)| {
                kind.check_templates(theme, self.findings);
                let groups = kind.groups(self.archive, self.findings);
                let index = kind.index().filter(|_| !groups.is_empty());
                if let Some(index) = index {
                    self.put_for(index, Content::Groups(number), || Some(kind.asked_for()));
                }
                for (place, group) in groups.iter().enumerate() {
                    let content = Content::Group(number, place);
                    self.put_for(group.address.clone(), content, || Some(kind.asked_for()));
                    for year in group.years(self.archive) {
                        let address = Address::term_year(&group.address, year);
                        let content = Content::GroupYear(number, place, year);
                        self.put_for(address, content, || Some(kind.asked_for()));
                    }
                }
                groups
            })
            .collect()
    }

    /// Files beside an article stand below its address, once for every body that uses them.
    fn assets(&mut self) -> BTreeMap<(Node, usize), Address> {
        let archive = self.archive;
        let linked = archive.links.iter().flat_map(|(node, links)| {
            links.iter().filter_map(move |link| match link {
                Resolved::Asset(index) => Some((node, *index)),
                _ => None,
            })
        });
        let pictures = archive
            .images
            .iter()
            .map(|(id, index)| (Node::Article(*id), *index));
        let mut assets = BTreeMap::new();
        for (node, index) in linked.chain(pictures) {
            let Some(body) = archive.body(node) else {
                continue;
            };
            let name = beside(body.source.name(), &archive.assets[index].path);
            let place = Address::beside(self.cards.address(node), name);
            for width in widths::narrower(&archive.assets[index]) {
                let narrower = Address::narrower(&place, width);
                self.put(narrower, Content::Narrower(index, width));
            }
            self.put(place.clone(), Content::Asset(index));
            assets.insert((node, index), place);
        }
        assets
    }

    fn redirects(&mut self) {
        let archive = self.archive;
        let articles = archive.ids().map(|id| {
            let article = archive.article(id);
            (Node::Article(id), &article.front.aliases, &article.body)
        });
        let pages = archive.pages.iter().enumerate().map(|(index, page)| {
            let node = Node::Page(PageId::new(index));
            (node, &page.front.aliases, &page.body)
        });
        let terms = archive
            .terms
            .iter()
            .enumerate()
            .filter_map(|(index, term)| {
                let (front, body) = term.file.as_ref()?;
                Some((Node::Term(TermId::new(index)), &front.aliases, body))
            });
        for (node, aliases, body) in articles.chain(pages).chain(terms) {
            for written in aliases {
                match Address::alias(written) {
                    // A post that moved in keeps the address it always had.
                    Some(alias) if alias == *self.cards.address(node) => {}
                    Some(alias) => {
                        let to = Content::Redirect(self.cards.address(node).clone());
                        let asked_for = || Some((&body.source, find(body, written)));
                        self.put_for(alias, to, asked_for);
                        self.put(Address::file("_redirects"), Content::Redirects);
                    }
                    None => self.findings.push(SiteError::BadAlias {
                        written: written.clone(),
                        source_code: body.source.named(),
                        span: file_span(body, find(body, written)),
                    }),
                }
            }
        }
    }
}

fn find(body: &Body, written: &str) -> Range<usize> {
    let start = body.source.text().find(written).unwrap_or(0);
    start..start + written.len()
}
