//! The view of the search page.

use std::collections::BTreeSet;

use super::super::plan::Site;
use super::super::search::record::FACETS;
use super::super::view::search::{FacetValue, FacetView, SearchView};
use crate::content::term::Taxonomy;

/// Years stand behind the first facets that readers reach for.
const YEAR_AT: usize = 2;

pub fn search(site: &Site<'_>) -> SearchView {
    let mut facets: Vec<FacetView> = FACETS
        .into_iter()
        .map(|name| FacetView {
            name,
            values: values(site, name),
        })
        .collect();
    let years = site.archive.calendar.years.keys().rev();
    let year = FacetView {
        name: "year",
        values: years.map(|year| value(&year.to_string(), "")).collect(),
    };
    facets.insert(YEAR_AT, year);
    // One value narrows nothing.
    facets.retain(|facet| facet.values.len() > 1);
    SearchView { facets }
}

fn values(site: &Site<'_>, facet: &str) -> Vec<FacetValue> {
    match facet {
        "kind" => {
            let kinds: BTreeSet<_> = site.cards.iter().map(|card| card.kind.name()).collect();
            kinds.into_iter().map(|kind| value(kind, "")).collect()
        }
        "language" => {
            let languages: BTreeSet<_> = site.cards.iter().map(|card| &card.language).collect();
            languages.into_iter().map(|tag| value(tag, "")).collect()
        }
        _ => {
            let taxonomy = Taxonomy::from_name(facet);
            let terms = site.archive.terms.iter();
            let mut values: Vec<_> = terms
                .filter(|term| Some(term.taxonomy) == taxonomy && !term.articles.is_empty())
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
