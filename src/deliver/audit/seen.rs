//! What the audit saw of each page, kept from one run to the next: a page that is made from the
//! same as then refers to the same, and needn't be rendered to be looked at again.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::look::Reference;
use super::reference::Places;
use super::survey::{Survey, Traces};
use crate::content::cache::Cache;
use crate::diagnostic::Findings;
use crate::text::hash::Fingerprint;

/// The name it is kept under.
const NAME: &str = "audit";
/// A new number for every change of what is kept, or of how a page is looked at.
const VERSION: u32 = 1;

/// Which page it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Of all it was made from.
    pub fingerprint: Fingerprint,
    /// The name git has for its bytes, where that was asked for.
    pub blob: Option<Box<str>>,
}

/// A page as it was seen.
#[derive(Debug, Serialize, Deserialize)]
pub struct SeenPage {
    pub made: Made,
    pub size: u64,
    pub traces: Traces,
}

/// All pages of an earlier run, by their paths.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// By the numbers that the pages' traces have.
    pub references: Vec<Reference>,
    pub pages: HashMap<Box<str>, SeenPage>,
}

impl Seen {
    /// What a survey has seen of these pages.
    pub fn of(survey: &Survey, pages: HashMap<Box<str>, Made>) -> Self {
        let references = survey.references();
        let renumbered: HashMap<u32, u32> = references
            .iter()
            .zip(0..)
            .map(|((_, old, _), new)| (*old, new))
            .collect();
        let page = |(path, made): (Box<str>, Made)| {
            let mut traces = survey.traces.get(&path).cloned().unwrap_or_default();
            for number in &mut traces.references {
                // What a page refers to has been seen.
                *number = renumbered.get(number).copied().unwrap_or(u32::MAX);
            }
            let size = survey.files.get(&path).copied().unwrap_or_default();
            (path, SeenPage { made, size, traces })
        };
        Self {
            pages: pages.into_iter().map(page).collect(),
            references: references
                .into_iter()
                .map(|(reference, ..)| reference.clone())
                .collect(),
        }
    }

    /// What `program` has seen of a site at this place; nothing, when that isn't known.
    pub fn read(cache: &Cache, program: &str, places: &Places) -> Self {
        cache
            .read(NAME, made_from(program, places))
            .and_then(|bytes| postcard::from_bytes(&bytes).ok())
            .unwrap_or_default()
    }

    /// Keeps it; a warning in `findings` when that failed.
    pub fn write(&self, cache: &Cache, program: &str, places: &Places, findings: &mut Findings) {
        let bytes = postcard::to_stdvec(self).expect("lists and maps of known length");
        findings.keep(cache.write(NAME, made_from(program, places), &bytes));
    }
}

fn made_from(program: &str, places: &Places) -> Fingerprint {
    let places: Vec<_> = places
        .iter()
        .map(|(folder, place)| (folder, &place.host, &place.path))
        .collect();
    Fingerprint::of(&(VERSION, program, places))
}
