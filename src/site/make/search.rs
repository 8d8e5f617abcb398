//! The view of the search page.

use std::collections::BTreeSet;

use super::super::plan::Site;
use super::super::search::record::Facet;
use super::super::shard::Shard;
use super::super::view::search::{FacetValue, FacetView, SearchView};

/// Years stand behind the first facets that readers reach for.
const YEAR_AT: usize = 2;

pub fn search<'s>(site: &'s Site<'_>) -> SearchView<'s> {
    let archive = site.archive;
    let mut facets: Vec<FacetView> = Facet::of(archive)
        .into_iter()
        .map(|facet| FacetView {
            name: facet.name(archive),
            values: values(site, facet),
        })
        .collect();
    let years = archive.calendar.years.keys().rev();
    let year = FacetView {
        name: "year",
        values: years.map(|year| value(&year.to_string(), "")).collect(),
    };
    facets.insert(YEAR_AT, year);
    // One value narrows nothing.
    facets.retain(|facet| facet.values.len() > 1);
    SearchView {
        facets,
        shards: shards(site),
    }
}

fn shards(site: &Site<'_>) -> Option<String> {
    let years = site.shards.years().map(|year| {
        let base_url = site.shards.base_url(Shard::Year(year));
        (format!("{year:04}"), base_url.into())
    });
    let years: serde_json::Map<String, serde_json::Value> = years.collect();
    (!years.is_empty()).then(|| serde_json::Value::Object(years).to_string())
}

fn values(site: &Site<'_>, facet: Facet) -> Vec<FacetValue> {
    match facet {
        Facet::Kind => {
            let kinds: BTreeSet<_> = site
                .cards
                .articles
                .iter()
                .map(|card| card.kind.name())
                .collect();
            kinds.into_iter().map(|kind| value(kind, "")).collect()
        }
        Facet::Language => {
            let languages: BTreeSet<_> = site
                .cards
                .articles
                .iter()
                .map(|card| &card.language)
                .collect();
            languages.into_iter().map(|tag| value(tag, "")).collect()
        }
        Facet::Terms(taxonomy) => {
            let terms = site.archive.terms.iter();
            let mut values: Vec<_> = terms
                .filter(|term| term.taxonomy == taxonomy && !term.articles.is_empty())
                .map(|term| value(&term.slug, &term.title))
                .collect();
            values.sort_by(|a, b| a.title.cmp(&b.title));
            values
        }
    }
}

fn value(value: &str, title: &str) -> FacetValue {
    FacetValue {
        value: value.to_owned(),
        title: title.to_owned(),
    }
}
