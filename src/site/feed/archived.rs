//! What stands behind the newest articles of a feed (RFC 5005, 4): all of them, in documents of
//! whole years that stay as they are.
//!
//! Years are put together from the oldest on until there is enough for a document, so that a new
//! article changes the last one only, and a term that is rarely written about has a single one
//! and not one a year.

use super::subject::{NEWEST, Subject};
use crate::archive::ids::ArticleId;
use crate::archive::linked::Archive;

/// How many articles are enough for a document.
const ENOUGH: usize = 100;

/// The articles of some years.
#[derive(Debug, PartialEq, Eq)]
pub struct Volume {
    pub first_year: i16,
    pub last_year: i16,
    /// Newest first.
    pub articles: Vec<ArticleId>,
}

/// The archive of a subject, oldest first: nothing where its feed holds everything. Only the last
/// volume still grows.
pub fn volumes(archive: &Archive, subject: Subject) -> Vec<Volume> {
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
