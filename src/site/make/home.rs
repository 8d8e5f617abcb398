//! The view of the front page.

use super::super::address::Address;
use super::super::plan::Site;
use super::super::shared::Shared;
use super::super::view::card::{Card, Counted};
use super::super::view::home::HomeView;
use super::article::image;
use super::period::grid;
use super::term::{counted, issue};
use crate::archive::ids::TermId;
use crate::content::front_matter::Kind;
use crate::content::taxonomy::Taxonomy;

const BRIEFINGS: usize = 8;
const SOURCES: usize = 6;
const TOPICS: usize = 12;

pub fn home<'s>(site: &'s Site<'_>) -> HomeView<'s> {
    let archive = site.archive;
    // The issue with the newest article: ids are in the order of time.
    let newest = (0..archive.issues.len()).min_by_key(|index| archive.issues[*index].articles[0]);
    let newest_issue = newest.map(|index| issue(site, index));
    let in_issue = |card: &Card| {
        let cards = newest_issue
            .as_ref()
            .map_or(&[][..], |issue| &issue.articles);
        cards.iter().any(|other| other.address == card.address)
    };
    let latest = |kind: Kind, most: usize| -> Vec<&'s Shared<Card>> {
        let cards = &site.cards.articles;
        cards
            .iter()
            .filter(|card| card.kind == kind && card.day.is_some() && !in_issue(card))
            .take(most)
            .collect()
    };
    HomeView {
        lead_image: newest
            .and_then(|index| {
                image(
                    site,
                    archive.issues[index].articles[0],
                    &site.shards.root(&Address::home()),
                )
            })
            .filter(|image| image.address.is_some()),
        briefings: latest(Kind::Briefing, BRIEFINGS),
        sources: latest(Kind::Source, SOURCES),
        topics: topics(site),
        years: archive
            .calendar
            .years
            .iter()
            .rev()
            .map(|(year, range)| Counted {
                address: Address::year(*year),
                title: year.to_string(),
                count: range.len(),
            })
            .collect(),
        month: archive
            .calendar
            .months
            .keys()
            .next_back()
            .map(|month| grid(&archive.calendar, *month)),
        total: archive.entries.len(),
        newest_issue,
    }
}

/// The most used topics.
fn topics(site: &Site<'_>) -> Vec<Counted> {
    let terms = site.archive.terms.iter().enumerate();
    let mut topics: Vec<Counted> = terms
        .filter(|(_, term)| term.taxonomy == Taxonomy::TOPICS && !term.articles.is_empty())
        .map(|(index, _)| counted(site, TermId::new(index)))
        .collect();
    topics.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.title.cmp(&b.title)));
    topics.truncate(TOPICS);
    topics
}
