//! Views of one year, or one month, of a term.

use jiff::civil::Date;

use super::super::address::Address;
use super::super::cards::term_link;
use super::super::plan::Site;
use super::super::term_pages::{mentions, term_pages};
use super::super::view::period::{Period, PeriodLink};
use super::super::view::term::TermYearView;
use super::quote::mention;
use crate::archive::calendar::{Month, neighbours};
use crate::archive::ids::{ArticleId, Node, TermId};

pub fn term_year<'s>(site: &'s Site<'_>, id: TermId, year: i16) -> TermYearView<'s> {
    let pages = term_pages(site.archive, id);
    let months = pages.get(&year).map_or(&[][..], Vec::as_slice);
    let (previous, next) = neighbours(&pages, year);
    let mut view = term_period(site, id, |day| day.year() == year);
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
    let months = term_pages(site.archive, id).into_values().flatten();
    let months: Vec<Month> = months.collect();
    let at = months.binary_search(&month).unwrap_or_default();
    let previous = at.checked_sub(1).map(|before| months[before]);
    let next = months.get(at + 1).copied();
    TermYearView {
        year: month.year,
        month: Some(month.number),
        previous: previous.map(|month| month_link(site, id, month)),
        next: next.map(|month| month_link(site, id, month)),
        ..term_period(site, id, |day| Month::of(day) == month)
    }
}

/// What a term has within a stretch of time.
fn term_period<'s>(
    site: &'s Site<'_>,
    id: TermId,
    within: impl Fn(Date) -> bool,
) -> TermYearView<'s> {
    let archive = site.archive;
    let term = archive.term(id);
    let within = |article: &&ArticleId| archive.entry(**article).day.is_some_and(&within);
    let articles = term.articles.iter().filter(within);
    let mentions = mentions(archive, id);
    let mentions = mentions.iter().filter(within);
    TermYearView {
        term: term_link(archive, id),
        taxonomy: archive.config.taxonomies.name(term.taxonomy),
        year: 0,
        month: None,
        count: articles.clone().count(),
        months: Vec::new(),
        articles: articles.map(|article| site.card(*article)).collect(),
        mentions: mentions
            .map(|article| mention(site, id, *article))
            .collect(),
        previous: None,
        next: None,
    }
}

fn year_link(site: &Site<'_>, id: TermId, year: i16) -> PeriodLink {
    PeriodLink {
        address: Address::term_year(&site.address(Node::Term(id)), year),
        period: Period { year, number: None },
        count: count(site, id, |day| day.year() == year),
    }
}

fn month_link(site: &Site<'_>, id: TermId, month: Month) -> PeriodLink {
    PeriodLink {
        address: Address::term_month(&site.address(Node::Term(id)), month),
        period: Period {
            year: month.year,
            number: Some(month.number),
        },
        count: count(site, id, |day| Month::of(day) == month),
    }
}

fn count(site: &Site<'_>, id: TermId, within: impl Fn(Date) -> bool) -> usize {
    let articles = site.archive.term(id).articles.iter();
    let days = articles.filter_map(|article| site.archive.entry(*article).day);
    days.filter(|day| within(*day)).count()
}
