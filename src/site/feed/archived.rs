//! What stands behind the newest articles of a feed (RFC 5005, 4): all of them, in documents of
//! whole years that stay as they are.
//!
//! Years are put together from the oldest on until there is enough for a document, so that a new
//! article changes the last one only, and a term that is rarely written about has a single one
//! and not one a year.

use rayon::prelude::*;

use super::subject::{NEWEST, Subject};
use crate::archive::ids::ArticleId;
use crate::archive::linked::Archive;

/// How many articles are enough for a document.
const ENOUGH: usize = 100;

/// The volumes of every subject that has any.
#[derive(Debug)]
pub struct Volumes {
    site: Vec<Volume>,
    /// By the ids of the terms.
    terms: Vec<Vec<Volume>>,
}

impl Volumes {
    pub fn of_archive(archive: &Archive) -> Self {
        let terms = archive.term_ids().collect::<Vec<_>>().into_par_iter();
        let terms = terms.map(|id| volumes(archive, Subject::Term(id)));
        Self {
            site: volumes(archive, Subject::Site),
            terms: terms.collect(),
        }
    }

    /// Those of a subject, oldest first: none where its feed holds everything.
    pub fn of(&self, subject: Subject) -> &[Volume] {
        match subject {
            Subject::Site => &self.site,
            Subject::Term(id) => &self.terms[id.index()],
        }
    }
}

/// The articles of some years.
#[derive(Debug, PartialEq, Eq)]
pub struct Volume {
    pub first_year: i16,
    pub last_year: i16,
    /// Newest first.
    pub articles: Vec<ArticleId>,
}

/// Only the last volume still grows.
fn volumes(archive: &Archive, subject: Subject) -> Vec<Volume> {
    let articles = subject.articles(archive);
    if articles.len() <= NEWEST {
        return Vec::new();
    }
    let years = articles.iter().rev().filter_map(|id| {
        let day = archive.entry(*id).day?;
        Some((day.year(), *id))
    });
    let mut volumes: Vec<Volume> = Vec::new();
    for (year, id) in years {
        match volumes.last_mut() {
            Some(last) if last.last_year == year || last.articles.len() < ENOUGH => {
                last.last_year = year;
                last.articles.push(id);
            }
            _ => volumes.push(Volume {
                first_year: year,
                last_year: year,
                articles: vec![id],
            }),
        }
    }
    for volume in &mut volumes {
        volume.articles.reverse();
    }
    volumes
}
