//! Views of one year, or one month, of a term.

use std::ops::Range;

use super::super::address::Address;
use super::super::plan::Site;
use super::super::view::period::{Period, PeriodLink};
use super::super::view::term::TermYearView;
use super::quote::mention;
use crate::archive::calendar::{Month, neighbours};
use crate::archive::ids::{ArticleId, Node, TermId};

pub fn term_year<'s>(site: &'s Site<'_>, id: TermId, year: i16) -> TermYearView<'s> {
    let pages = &site.term_pages[id.index()].years;
    let months = pages.get(&year).map_or(&[][..], Vec::as_slice);
    let (previous, next) = neighbours(pages, year);
    let mut view = term_period(site, id, site.archive.calendar.years.get(&year));
    if !months.is_empty() {
        view.articles.clear();
        view.mentions.clear();
    }
    TermYearView {
        year,
        months: months
            .iter()
            .rev()
            .map(|month| month_link(site, id, *month))
            .collect(),
        previous: previous.map(|year| year_link(site, id, year)),
        next: next.map(|year| year_link(site, id, year)),
        ..view
    }
}

pub fn term_month<'s>(site: &'s Site<'_>, id: TermId, month: Month) -> TermYearView<'s> {
    let months = site.term_pages[id.index()].years.values().flatten();
    let months: Vec<Month> = months.copied().collect();
    let at = months.binary_search(&month).unwrap_or_default();
    let previous = at.checked_sub(1).map(|before| months[before]);
    let next = months.get(at + 1).copied();
    TermYearView {
        year: month.year,
        month: Some(month.number),
        previous: previous.map(|month| month_link(site, id, month)),
        next: next.map(|month| month_link(site, id, month)),
        ..term_period(site, id, site.archive.calendar.months.get(&month))
    }
}

/// What a term has within a stretch of the archive.
fn term_period<'s>(
    site: &'s Site<'_>,
    id: TermId,
    period: Option<&Range<usize>>,
) -> TermYearView<'s> {
    let archive = site.archive;
    let term = archive.term(id);
    let articles = within(&term.articles, period);
    let mentions = within(&site.term_pages[id.index()].mentions, period);
    TermYearView {
        term: site.term_link(id),
        taxonomy: archive.config.taxonomies.name(term.taxonomy),
        year: 0,
        month: None,
        count: articles.len(),
        months: Vec::new(),
        articles: articles.iter().map(|article| site.card(*article)).collect(),
        mentions: mentions
            .iter()
            .map(|article| mention(site, id, *article))
            .collect(),
        previous: None,
        next: None,
    }
}

fn year_link(site: &Site<'_>, id: TermId, year: i16) -> PeriodLink {
    PeriodLink {
        address: Address::term_year(site.address(Node::Term(id)), year),
        period: Period { year, number: None },
        count: count(site, id, site.archive.calendar.years.get(&year)),
    }
}

fn month_link(site: &Site<'_>, id: TermId, month: Month) -> PeriodLink {
    PeriodLink {
        address: Address::term_month(site.address(Node::Term(id)), month),
        period: Period {
            year: month.year,
            number: Some(month.number),
        },
        count: count(site, id, site.archive.calendar.months.get(&month)),
    }
}

fn count(site: &Site<'_>, id: TermId, period: Option<&Range<usize>>) -> usize {
    within(&site.archive.term(id).articles, period).len()
}

/// Those of sorted articles that stand in a stretch of the archive.
fn within<'a>(articles: &'a [ArticleId], period: Option<&Range<usize>>) -> &'a [ArticleId] {
    let Some(period) = period else { return &[] };
    let place = |end: usize| articles.partition_point(|article| article.index() < end);
    &articles[place(period.start)..place(period.end)]
}
