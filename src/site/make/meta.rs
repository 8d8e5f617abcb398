//! What every page has: its title, language, canonical address and the way to it.

use std::borrow::Cow;

use super::super::address::Address;
use super::super::cards::language;
use super::super::plain;
use super::super::plan::{Content, Site};
use super::super::social::{drawing, told};
use super::super::view::common::{
    AnalyticsView, Crumb, MenuLink, PageKindLink, PageMeta, Place, SiteMeta, SocialImage,
};
use super::story;
use crate::archive::calendar::{Month, Week};
use crate::archive::ids::{ArticleId, Node, PageId, TermId};

pub fn site_meta(site: &Site<'_>) -> SiteMeta {
    let config = &site.archive.config;
    SiteMeta {
        title: config.title.clone(),
        description: config.description.clone(),
        base_url: site.shards.base(),
        language: config.language.clone(),
        license: config.license.clone(),
        disclaimer: config.disclaimer.clone(),
        menu: config
            .menu
            .iter()
            .map(|item| {
                let Place { address, url } = place(&item.url);
                MenuLink {
                    label: item.label.clone(),
                    address,
                    url,
                }
            })
            .collect(),
        subscribe: config.subscribe.as_ref().map(place),
        contact: config.contact.as_ref().map(place),
        corrections: site.contents.contains_key(&Address::corrections()),
        analytics: config.analytics.as_ref().map(|analytics| AnalyticsView {
            script: analytics.script.clone(),
            origin: analytics.origin.clone(),
            attributes: analytics.attributes.clone(),
        }),
        dated: !site.archive.calendar.years.is_empty(),
        taxonomies: indices(site),
        search: config.search,
        page_kinds: page_kinds(site),
        params: plain::table(&site.theme.params),
    }
}

fn place(written: &toml::Spanned<String>) -> Place {
    let url = written.get_ref();
    let within = url.strip_prefix('/');
    Place {
        address: within.map(Address::file),
        url: within.is_none().then(|| url.clone()),
    }
}

/// The page kinds of the theme that have pages and an index.
fn page_kinds(site: &Site<'_>) -> Vec<PageKindLink> {
    let kinds = site.theme.page_kinds.iter().zip(&site.groups);
    kinds
        .filter(|(_, groups)| !groups.is_empty())
        .filter_map(|(kind, _)| {
            Some(PageKindLink {
                name: kind.name.clone(),
                title: kind.title.clone(),
                address: kind.index()?,
            })
        })
        .collect()
}

/// The taxonomies that have terms, and whether there are events and threads.
fn indices(site: &Site<'_>) -> Vec<String> {
    let archive = site.archive;
    let taxonomies = archive.config.taxonomies.iter();
    let used = taxonomies
        .filter(|(taxonomy, _)| archive.terms.iter().any(|t| t.taxonomy == *taxonomy))
        .map(|(_, settings)| settings.name.clone());
    let events = (!archive.events.is_empty()).then(|| "events".to_owned());
    let threads = (!archive.threads.is_empty()).then(|| "threads".to_owned());
    used.chain(events).chain(threads).collect()
}

/// Titles that depend on the language of the theme, filled in by the templates, are empty here:
/// those of months, weeks, taxonomies.
pub fn page_meta(site: &Site<'_>, address: &Address, content: &Content) -> PageMeta {
    let archive = site.archive;
    let mut meta = PageMeta {
        kind: Cow::Borrowed("page"),
        address: address.clone(),
        title: String::new(),
        description: None,
        language: archive.config.language.clone(),
        canonical: site.url(address),
        feed: None,
        markdown: None,
        social: social_image(site, content),
        breadcrumbs: Vec::new(),
    };
    match content {
        Content::Home => {
            meta.kind = Cow::Borrowed("home");
            meta.description = Some(archive.config.description.clone());
            meta.feed = Some(Address::feed(&Address::home()));
        }
        Content::Article(id) => article(site, *id, &mut meta),
        Content::Page(id) => own_page(site, *id, &mut meta),
        Content::Taxonomy(_) => meta.kind = Cow::Borrowed("taxonomy"),
        Content::Term(id) => term(site, *id, &mut meta),
        Content::TermYear(id, year) => {
            meta.kind = Cow::Borrowed("term-year");
            meta.title = format!("{} {year}", archive.term(*id).title);
            meta.breadcrumbs = above_term(site, *id);
            meta.breadcrumbs.push(Crumb::from(site.term_link(*id)));
        }
        Content::TermMonth(id, month) => term_month(site, *id, *month, &mut meta),
        Content::Events => meta.kind = Cow::Borrowed("events"),
        Content::Threads => meta.kind = Cow::Borrowed("threads"),
        Content::Event(index) => {
            let title = story::event_title(site, &archive.events[*index]);
            story_page("event", "events", title, &mut meta);
        }
        Content::Thread(index) => {
            story_page(
                "thread",
                "threads",
                &archive.threads[*index].name,
                &mut meta,
            );
        }
        Content::Groups(kind) => {
            let kind = &site.theme.page_kinds[*kind];
            meta.kind = Cow::Owned(kind.index_name.clone());
            meta.title.clone_from(&kind.title);
        }
        Content::Group(kind, index) => group(site, (*kind, *index), None, &mut meta),
        Content::GroupYear(kind, index, year) => {
            group(site, (*kind, *index), Some(*year), &mut meta);
        }
        Content::Issue(index) => issue(site, *index, &mut meta),
        Content::Year(year) => {
            meta.kind = Cow::Borrowed("year");
            meta.title = year.to_string();
        }
        Content::Month(Month { year, .. }) => {
            meta.kind = Cow::Borrowed("month");
            meta.breadcrumbs.push(year_crumb(*year));
        }
        Content::Week(Week { year, number }) => {
            meta.kind = Cow::Borrowed("week");
            meta.title = format!("{year}-W{number:02}");
            if archive.calendar.years.contains_key(year) {
                meta.breadcrumbs.push(year_crumb(*year));
            }
        }
        Content::Corrections(own) => {
            if let Some(id) = own {
                own_page(site, *id, &mut meta);
            }
            meta.kind = Cow::Borrowed("corrections");
        }
        Content::NotFound(_) => meta.kind = Cow::Borrowed("not-found"),
        Content::Search => meta.kind = Cow::Borrowed("search"),
        // These have no template and so no view.
        Content::SearchFile
        | Content::Markdown(_)
        | Content::Redirect(_)
        | Content::Feed(_)
        | Content::Permalinks(_)
        | Content::Redirects
        | Content::JsonFeed(_)
        | Content::ArchivedFeed(..)
        | Content::SocialImage(_)
        | Content::Sitemap(_)
        | Content::SitemapOf(_)
        | Content::Export(_)
        | Content::Robots(_)
        | Content::NoJekyll
        | Content::Domain(_)
        | Content::Static(_)
        | Content::Asset(_)
        | Content::Narrower(..) => {}
    }
    meta
}

fn social_image(site: &Site<'_>, content: &Content) -> Option<SocialImage> {
    let archive = site.archive;
    let subject = told::Subject::of(archive, content);
    archive.config.social_images.then(|| SocialImage {
        address: subject.address(archive),
        alt: subject.alt(archive),
        width: drawing::WIDTH,
        height: drawing::HEIGHT,
    })
}

fn term_month(site: &Site<'_>, id: TermId, month: Month, meta: &mut PageMeta) {
    let Month { year, number } = month;
    meta.kind = Cow::Borrowed("term-month");
    meta.title = format!("{} {year}-{number:02}", site.archive.term(id).title);
    meta.breadcrumbs = above_term(site, id);
    meta.breadcrumbs.push(Crumb::from(site.term_link(id)));
    let of_year = Address::term_year(site.address(Node::Term(id)), year);
    meta.breadcrumbs.push(Crumb {
        title: year.to_string(),
        ..unnamed(of_year)
    });
}

fn own_page(site: &Site<'_>, id: PageId, meta: &mut PageMeta) {
    let front = &site.archive.page(id).front;
    meta.title.clone_from(&front.title);
    meta.description.clone_from(&front.summary);
    if let Some(language) = &front.language {
        meta.language.clone_from(language);
    }
}

/// A page that the theme adds, or a year of it.
fn group(site: &Site<'_>, (kind, index): (usize, usize), year: Option<i16>, meta: &mut PageMeta) {
    let group = &site.groups[kind][index];
    let kind = &site.theme.page_kinds[kind];
    meta.kind = Cow::Owned(kind.name.clone());
    if let Some(address) = kind.index() {
        meta.breadcrumbs.push(Crumb {
            title: kind.title.clone(),
            ..unnamed(address)
        });
    }
    match year {
        None => meta.title.clone_from(&group.title),
        Some(year) => {
            meta.title = format!("{} {year}", group.title);
            meta.breadcrumbs.push(Crumb {
                title: group.title.clone(),
                ..unnamed(group.address.clone())
            });
        }
    }
}

fn issue(site: &Site<'_>, index: usize, meta: &mut PageMeta) {
    let archive = site.archive;
    let issue = &archive.issues[index];
    meta.kind = Cow::Borrowed("issue");
    meta.title = format!("{} {}", archive.term(issue.series).title, issue.name);
    meta.breadcrumbs = above_term(site, issue.series);
    meta.breadcrumbs
        .push(Crumb::from(site.term_link(issue.series)));
    meta.feed = Some(Address::feed(site.address(Node::Term(issue.series))));
}

fn story_page(kind: &'static str, index: &str, title: &str, meta: &mut PageMeta) {
    meta.kind = Cow::Borrowed(kind);
    title.clone_into(&mut meta.title);
    meta.breadcrumbs.push(index_crumb(index));
}

fn term(site: &Site<'_>, id: TermId, meta: &mut PageMeta) {
    let term = site.archive.term(id);
    meta.kind = Cow::Borrowed("term");
    meta.title.clone_from(&term.title);
    meta.description = term
        .file
        .as_ref()
        .and_then(|(front, _)| front.description.clone());
    meta.breadcrumbs = above_term(site, id);
    if !term.articles.is_empty() {
        meta.feed = Some(Address::feed(&meta.address));
    }
}

fn article(site: &Site<'_>, id: ArticleId, meta: &mut PageMeta) {
    let archive = site.archive;
    let article = archive.article(id);
    let card = site.card(id);
    meta.kind = Cow::Borrowed(article.kind.name());
    meta.title.clone_from(&card.title);
    meta.description = Some(card.teaser.clone()).filter(|teaser| !teaser.is_empty());
    language(archive, article).clone_into(&mut meta.language);
    meta.canonical = site.canonical(id);
    let markdown = archive.config.exports.markdown;
    meta.markdown = markdown.then(|| Address::markdown(&card.address));
    if let Some(day) = archive.entry(id).day {
        let month = Month::of(day);
        meta.breadcrumbs.push(year_crumb(day.year()));
        meta.breadcrumbs.push(Crumb {
            month: Some(month.number),
            ..unnamed(Address::month(month))
        });
    }
}

fn year_crumb(year: i16) -> Crumb {
    Crumb {
        title: year.to_string(),
        ..unnamed(Address::year(year))
    }
}

fn unnamed(address: Address) -> Crumb {
    Crumb {
        address,
        title: String::new(),
        taxonomy: None,
        month: None,
    }
}

/// The index of the taxonomy, then every term above this one.
fn above_term(site: &Site<'_>, id: TermId) -> Vec<Crumb> {
    let archive = site.archive;
    let term = archive.term(id);
    let mut above = Vec::new();
    let mut parent = term.parent;
    while let Some(id) = parent.filter(|_| above.len() < 8) {
        above.push(Crumb::from(site.term_link(id)));
        parent = archive.term(id).parent;
    }
    above.push(index_crumb(archive.config.taxonomies.name(term.taxonomy)));
    above.reverse();
    above
}

/// The index of a taxonomy, of the events or of the threads: templates know its title.
fn index_crumb(name: &str) -> Crumb {
    Crumb {
        taxonomy: Some(name.to_owned()),
        ..unnamed(Address::taxonomy(name))
    }
}
