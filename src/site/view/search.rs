//! The search page.

use serde::Serialize;

/// `search` in `search.html`.
#[derive(Debug, Serialize)]
pub struct SearchView<'a> {
    /// What results can be narrowed by, in this order; the script counts on demand.
    pub facets: Vec<FacetView<'a>>,
    /// Where the years of an archive stand that is published in shards: a JSON object.
    pub shards: Option<String>,
}

/// One facet with its values.
#[derive(Debug, Serialize)]
pub struct FacetView<'a> {
    /// `kind`, `year`, `language` or the name of a taxonomy.
    pub name: &'a str,
    /// Those that some article has; by title, years newest first.
    pub values: Vec<FacetValue>,
}

#[derive(Debug, Serialize)]
pub struct FacetValue {
    /// As it stands in a query's address: a slug, a year, a language (BCP 47).
    pub value: String,
    /// The name of a term; empty where the theme has a word for the value.
    pub title: String,
}
