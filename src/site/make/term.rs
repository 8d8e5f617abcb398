//! Views of terms, of the A-Z index of a taxonomy, and of newsletter issues.

use std::collections::BTreeMap;

use super::super::address::Address;
use super::super::plain;
use super::super::plan::Site;
use super::super::term_pages::NEWEST;
use super::super::view::card::Counted;
use super::super::view::term::{
    IssueLink, IssueView, LetterGroup, ShadedCount, TaxonomyView, TermCard, TermView, YearCount,
};
use super::matrix::matrix;
use super::period::level;
use super::quote::{backlinks, mention};
use super::related_terms::related_terms;
use crate::archive::ids::{Node, TermId};
use crate::archive::issue::Issue;
use crate::content::taxonomy::Taxonomy;
use crate::text::filing::{Letter, letter, sort_key};

pub fn term<'s>(site: &'s Site<'_>, id: TermId) -> TermView<'s> {
    let archive = site.archive;
    let term = archive.term(id);
    let front = term.file.as_ref().map(|(front, _)| front);
    let issues = archive.issues_of(id).rev();
    let mentions = &site.term_pages[id.index()].mentions;
    TermView {
        taxonomy: archive.config.taxonomies.name(term.taxonomy),
        title: &term.title,
        names: front.map_or(&[], |front| &front.names),
        description: front.and_then(|front| front.description.as_deref()),
        links: front.map_or(BTreeMap::new(), |front| front.links.clone()),
        parent: term.parent.map(|parent| site.term_link(parent)),
        children: term
            .children
            .iter()
            .map(|child| counted(site, *child))
            .collect(),
        count: term.articles.len(),
        years: years(site, id),
        articles: term
            .articles
            .iter()
            .take(NEWEST)
            .map(|id| site.card(*id))
            .collect(),
        related: related_terms(site, id),
        undated: term
            .articles
            .iter()
            .skip(NEWEST)
            .filter(|article| archive.entry(**article).day.is_none())
            .map(|article| site.card(*article))
            .collect(),
        issues: issues.map(|issue| issue_link(site, issue)).collect(),
        mention_count: mentions.len(),
        mentions: mentions
            .iter()
            .take(NEWEST)
            .map(|article| mention(site, id, *article))
            .collect(),
        backlinks: backlinks(site, Node::Term(id)),
        extra: front.map_or(serde_json::Map::new(), |front| plain::table(&front.extra)),
    }
}

pub fn counted(site: &Site<'_>, id: TermId) -> Counted {
    let term = site.archive.term(id);
    Counted {
        address: site.address(Node::Term(id)).clone(),
        title: term.title.clone(),
        count: term.articles.len(),
    }
}

/// Articles of a term by year and month, newest year first.
fn years(site: &Site<'_>, id: TermId) -> Vec<YearCount> {
    let term = site.archive.term(id);
    let address = site.address(Node::Term(id));
    let mut counts: BTreeMap<i16, [usize; 12]> = BTreeMap::new();
    for id in &term.articles {
        if let Some(day) = site.archive.entry(*id).day {
            let month = usize::try_from(day.month() - 1).unwrap_or(0);
            counts.entry(day.year()).or_default()[month] += 1;
        }
    }
    let busiest = counts.values().flatten().copied().max().unwrap_or(0);
    let pages = &site.term_pages[id.index()].years;
    counts
        .into_iter()
        .rev()
        .map(|(year, months)| YearCount {
            year,
            count: months.iter().sum(),
            address: pages
                .contains_key(&year)
                .then(|| Address::term_year(address, year)),
            months: months.map(|count| ShadedCount {
                count,
                level: level(count, busiest),
            }),
        })
        .collect()
}

pub fn taxonomy<'s>(site: &'s Site<'_>, taxonomy: Taxonomy) -> TaxonomyView<'s> {
    let settings = site.archive.config.taxonomies.get(taxonomy);
    let language = &site.archive.config.language;
    let mut groups: BTreeMap<Letter, Vec<TermCard>> = BTreeMap::new();
    let mut count = 0;
    for (index, term) in site.archive.terms.iter().enumerate() {
        if term.taxonomy != taxonomy {
            continue;
        }
        count += 1;
        let front = term.file.as_ref().map(|(front, _)| front);
        groups
            .entry(letter(&term.title, language))
            .or_default()
            .push(TermCard {
                address: site.address(Node::Term(TermId::new(index))).clone(),
                title: term.title.clone(),
                count: term.articles.len(),
                description: front.and_then(|front| front.description.clone()),
                names: front.map_or(Vec::new(), |front| front.names.clone()),
            });
    }
    TaxonomyView {
        name: &settings.name,
        matrix: matrix(site, taxonomy),
        count,
        groups: groups
            .into_iter()
            .map(|(letter, mut terms)| {
                terms.sort_by_cached_key(|term| sort_key(&term.title, language));
                LetterGroup {
                    letter: letter.name,
                    terms,
                }
            })
            .collect(),
    }
}

pub fn issue<'s>(site: &'s Site<'_>, index: usize) -> IssueView<'s> {
    let archive = site.archive;
    let issue = &archive.issues[index];
    let same = |other: Option<&Issue>| {
        other
            .filter(|other| other.series == issue.series)
            .map(|other| issue_link(site, other))
    };
    IssueView {
        address: Address::issue(&archive.term(issue.series).slug, &issue.slug),
        series: site.term_link(issue.series),
        name: issue.name.clone(),
        day: day(site, issue),
        articles: issue.articles.iter().map(|id| site.card(*id)).collect(),
        previous: same(index.checked_sub(1).map(|before| &archive.issues[before])),
        next: same(archive.issues.get(index + 1)),
    }
}

pub fn issue_link(site: &Site<'_>, issue: &Issue) -> IssueLink {
    let series = site.archive.term(issue.series);
    IssueLink {
        address: Address::issue(&series.slug, &issue.slug),
        series: series.title.clone(),
        name: issue.name.clone(),
        day: day(site, issue),
        count: issue.articles.len(),
    }
}

fn day(site: &Site<'_>, issue: &Issue) -> Option<String> {
    let newest = issue.articles.first()?;
    site.card(*newest).day.clone()
}
