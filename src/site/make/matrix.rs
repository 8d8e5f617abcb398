//! Which terms were written about when: a table whose shades say at a glance what came and went.

use std::collections::BTreeMap;

use super::super::address::Address;
use super::super::plan::Site;
use super::super::view::period::{Period, PeriodLink};
use super::super::view::term::{Matrix, MatrixRow, ShadedCount};
use super::period::level;
use super::term::counted;
use crate::archive::calendar::Month;
use crate::archive::ids::TermId;
use crate::content::taxonomy::Taxonomy;

/// More would not be taken in at a glance.
const ROWS: usize = 12;
const COLUMNS: usize = 20;

/// The most used terms of a taxonomy by year, or by month where the archive has one year only;
/// `None` where there is nothing to compare.
pub fn matrix(site: &Site<'_>, taxonomy: Taxonomy) -> Option<Matrix> {
    let archive = site.archive;
    let by_year = archive.calendar.years.len() > 1;
    let columns = if by_year { years(site) } else { months(site) };
    let terms = archive.terms.iter().enumerate();
    let mut ids: Vec<TermId> = terms
        .filter(|(_, term)| term.taxonomy == taxonomy && !term.articles.is_empty())
        .map(|(index, _)| TermId::new(index))
        .collect();
    ids.sort_by_key(|id| std::cmp::Reverse(archive.term(*id).articles.len()));
    ids.truncate(ROWS);
    if columns.len() < 2 || ids.len() < 2 {
        return None;
    }
    let counts: Vec<Vec<usize>> = ids
        .iter()
        .map(|id| {
            let mut counts: BTreeMap<Period, usize> = BTreeMap::new();
            for article in &archive.term(*id).articles {
                if let Some(day) = archive.entry(*article).day {
                    let number = (!by_year).then(|| day.month());
                    let year = day.year();
                    *counts.entry(Period { year, number }).or_default() += 1;
                }
            }
            let count = |column: &PeriodLink| counts.get(&column.period).copied();
            columns.iter().map(|c| count(c).unwrap_or(0)).collect()
        })
        .collect();
    let busiest = counts.iter().flatten().copied().max().unwrap_or(0);
    let shaded = |count| ShadedCount {
        count,
        level: level(count, busiest),
    };
    let rows = ids.iter().zip(counts).map(|(id, counts)| MatrixRow {
        term: counted(site, *id),
        cells: counts.into_iter().map(shaded).collect(),
    });
    Some(Matrix {
        rows: rows.collect(),
        columns,
    })
}

/// The last years that have articles, oldest first.
fn years(site: &Site<'_>) -> Vec<PeriodLink> {
    let years = &site.archive.calendar.years;
    let first = years.len().saturating_sub(COLUMNS);
    years
        .iter()
        .skip(first)
        .map(|(year, range)| PeriodLink {
            address: Address::year(*year),
            period: Period {
                year: *year,
                number: None,
            },
            count: range.len(),
        })
        .collect()
}

/// The months that have articles, oldest first.
fn months(site: &Site<'_>) -> Vec<PeriodLink> {
    let months = site.archive.calendar.months.iter();
    months
        .map(|(&month, range)| {
            let Month { year, number } = month;
            PeriodLink {
                address: Address::month(month),
                period: Period {
                    year,
                    number: Some(number),
                },
                count: range.len(),
            }
        })
        .collect()
}
