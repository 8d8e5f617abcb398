//! How a term's lists are paged: by time, so that old pages never change.
//!
//! A term's own page shows the newest articles. When there are more, every year has a page, and a
//! year with very many has one a month. A new article changes the term's page and those of its
//! own year and month, never all pages after it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::archive::calendar::Month;
use crate::archive::ids::{ArticleId, TermId};
use crate::archive::linked::Archive;

/// How many entries of each kind a term's own page shows.
pub const NEWEST: usize = 30;
/// How many entries the page of a year shows.
const A_YEAR: usize = 200;

/// The lists of a term.
#[derive(Debug)]
pub struct TermPages {
    /// The years that have pages, and the months of each that have pages, in their order.
    pub years: BTreeMap<i16, Vec<Month>>,
    /// Articles that name the term without being filed under it, newest first.
    pub mentions: Vec<ArticleId>,
}

/// Those of every term, by its id.
pub fn term_pages(archive: &Archive) -> Vec<TermPages> {
    let terms = (0..archive.terms.len()).into_par_iter();
    terms
        .map(|index| of_term(archive, TermId::new(index)))
        .collect()
}

fn of_term(archive: &Archive, id: TermId) -> TermPages {
    let articles = &archive.term(id).articles;
    let mentions = mentions(archive, id);
    let mut years: BTreeMap<i16, BTreeMap<Month, usize>> = BTreeMap::new();
    if articles.len() > NEWEST || mentions.len() > NEWEST {
        for article in articles.iter().chain(&mentions) {
            if let Some(day) = archive.entry(*article).day {
                let months = years.entry(day.year()).or_default();
                *months.entry(Month::of(day)).or_default() += 1;
            }
        }
    }
    let paged = |months: BTreeMap<Month, usize>| {
        let many = months.values().sum::<usize>() > A_YEAR;
        months.into_keys().filter(|_| many).collect()
    };
    TermPages {
        years: years
            .into_iter()
            .map(|(year, months)| (year, paged(months)))
            .collect(),
        mentions,
    }
}

fn mentions(archive: &Archive, id: TermId) -> Vec<ArticleId> {
    let articles = &archive.term(id).articles;
    let named = archive.mentioned_in[id.index()].iter().copied();
    named
        .filter(|article| articles.binary_search(article).is_err())
        .collect()
}
