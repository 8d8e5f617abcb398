//! Views of the pages that a theme adds.

use super::super::address::Address;
use super::super::plan::Site;
use super::super::shared::Shared;
use super::super::term_pages::NEWEST;
use super::super::view::card::Card;
use super::super::view::group::{GroupLink, GroupView, GroupsView};
use super::super::view::period::{Period, PeriodLink};
use crate::archive::ids::ArticleId;

/// The page of a value, or that of one of its years.
pub fn group<'s>(
    site: &'s Site<'_>,
    kind: usize,
    index: usize,
    year: Option<i16>,
) -> GroupView<'s> {
    let group = &site.groups[kind][index];
    let year_of = |id: &ArticleId| site.archive.entry(*id).day.map(jiff::civil::Date::year);
    let cards = |ids: &mut dyn Iterator<Item = &ArticleId>| -> Vec<&'s Shared<Card>> {
        ids.map(|id| site.card(*id)).collect()
    };
    let years = group.years(site.archive);
    let articles = match year {
        Some(_) => cards(&mut group.articles.iter().filter(|id| year_of(id) == year)),
        None if years.is_empty() => cards(&mut group.articles.iter()),
        // Those without a date are on no year's page.
        None => {
            let dated = group.articles.iter().filter(|id| year_of(id).is_some());
            let undated = group.articles.iter().filter(|id| year_of(id).is_none());
            cards(&mut dated.take(NEWEST).chain(undated))
        }
    };
    let link = |year: i16| PeriodLink {
        address: Address::term_year(&group.address, year),
        period: Period { year, number: None },
        count: group
            .articles
            .iter()
            .filter(|id| year_of(id) == Some(year))
            .count(),
    };
    GroupView {
        name: &site.theme.page_kinds[kind].name,
        title: &group.title,
        slug: &group.slug,
        count: group.articles.len(),
        year,
        years: years.into_iter().map(link).collect(),
        articles,
    }
}

/// The index of the pages of one kind.
pub fn groups<'s>(site: &'s Site<'_>, kind: usize) -> GroupsView<'s> {
    let mut groups: Vec<GroupLink<'s>> = site.groups[kind]
        .iter()
        .map(|group| GroupLink {
            address: &group.address,
            title: &group.title,
            slug: &group.slug,
            count: group.articles.len(),
        })
        .collect();
    groups.sort_by_cached_key(|group| group.title.to_lowercase());
    let kind = &site.theme.page_kinds[kind];
    GroupsView {
        name: &kind.name,
        title: &kind.title,
        groups,
    }
}
