//! The search page.

use serde::Serialize;

/// `search` in `search.html`.
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// What results can be narrowed by, in this order; the script counts on demand.
    pub facets: Vec<FacetView>,
}

/// One facet with its values.
#[derive(Debug, Serialize)]
pub struct FacetView {
    /// `kind`, `topics`, `year`, `series`, `publishers` or `language`.
    pub name: &'static str,
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
