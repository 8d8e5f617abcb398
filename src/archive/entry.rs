//! Which articles are in the archive, and on which day each belongs.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::slice::ParallelSliceMut;
use serde::{Deserialize, Serialize};

use crate::content::article::Article;

/// What decides which articles are in, handed in from outside.
#[derive(Debug, Clone, Copy)]
pub struct Selection {
    /// The day of the build in the site's time zone: later articles are held back.
    pub today: Date,
    pub unpublished: Unpublished,
}

/// What to do with drafts and articles of days to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpublished {
    HoldBack,
    Include,
}

/// An article in its place in the archive.
#[derive(Debug)]
pub struct Entry {
    pub article: Arc<Article>,
    /// In the site's time zone; `None` while nobody knows the date.
    pub day: Option<Date>,
}

/// An article that is not in the archive yet, and why.
#[derive(Debug, Clone)]
pub struct HeldBack {
    pub article: Arc<Article>,
    pub reason: HeldBackReason,
}

/// What is said of an article that is held back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Of its file, from the archive's root.
    pub path: String,
    pub reason: HeldBackReason,
}

/// Names what is held back.
pub fn waiting(held_back: &[HeldBack]) -> Vec<Waiting> {
    held_back
        .iter()
        .map(|held| Waiting {
            path: held.article.body.source.name().to_owned(),
            reason: held.reason,
        })
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeldBackReason {
    Draft,
    Future(Date),
}

impl Entry {
    /// Whether the article was corrected or withdrawn.
    pub fn is_corrected(&self) -> bool {
        let front = &self.article.front;
        front.withdrawn.is_some() || !front.corrections.is_empty()
    }
}

/// Sorts articles into those that are in (newest first; equal dates by slug; undated last) and
/// those held back.
pub fn select(
    articles: Vec<Arc<Article>>,
    zone: &TimeZone,
    selection: Selection,
) -> (Vec<Entry>, Vec<HeldBack>) {
    let mut entries = Vec::with_capacity(articles.len());
    let mut held_back = Vec::new();
    for article in articles {
        let day = article.front.date.map(|date| date.day(zone));
        let reason = if article.front.draft {
            Some(HeldBackReason::Draft)
        } else {
            day.filter(|day| *day > selection.today)
                .map(HeldBackReason::Future)
        };
        match reason {
            Some(reason) if selection.unpublished == Unpublished::HoldBack => {
                held_back.push(HeldBack { article, reason });
            }
            _ => {
                let instant = article.front.date.map(|date| date.instant(zone));
                entries.push((Reverse((day, instant)), Entry { article, day }));
            }
        }
    }
    entries.par_sort_by(|(at, one), (then, two)| {
        let [one, two] = [one, two].map(|entry| &entry.article);
        at.cmp(then)
            .then_with(|| one.slug.cmp(&two.slug))
            .then_with(|| one.body.source.name().cmp(two.body.source.name()))
    });
    let entries = entries.into_iter().map(|(_, entry)| entry);
    (entries.collect(), held_back)
}
