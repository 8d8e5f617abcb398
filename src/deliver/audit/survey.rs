//! All files of a site together, as far as the audit needs them.
//!
//! A menu link stands on every page; it is remembered once, with the first page it was seen on
//! and how many there are. Pages name it by a number, so that what is kept stays small: a page
//! that has not changed since an earlier run needn't be looked at again ([`super::seen`]). No text
//! is kept; a message that points into a file asks for the file again ([`super::quote`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::super::rendering::RenderedFile;
use super::look::{Look, Reference, anchor, look, look_at_size};
use super::lookup::Files;
use super::reference::{Destination, Places};
use super::seen::{Made, Seen, SeenPage};
use crate::content::cache::Cache;
use crate::diagnostic::Findings;
use crate::text::hash::Fingerprint;

/// Where something was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The first page, in the order of their paths.
    pub first: Box<str>,
    pub pages: usize,
}

impl Sighting {
    /// Not seen yet.
    fn none() -> Self {
        Self {
            first: "".into(),
            pages: 0,
        }
    }

    fn add(&mut self, file: &str) {
        // Files come in no order; the same one is named in every run.
        if self.pages == 0 || *file < *self.first {
            self.first = file.into();
        }
        self.pages += 1;
    }
}

/// What one file refers to, and what can be referred to in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traces {
    /// Their numbers in the survey's list.
    pub references: Vec<u32>,
    pub ids: Vec<u32>,
    pub duplicate_ids: Vec<Box<str>>,
    pub homeless: bool,
}

/// References by number, with where they were seen.
#[derive(Debug, Default)]
struct References {
    numbers: HashMap<Reference, u32>,
    /// By number.
    sightings: Vec<Sighting>,
}

impl References {
    fn number(&mut self, reference: Reference) -> u32 {
        let next = u32::try_from(self.sightings.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(reference).or_insert(next);
        if number == next {
            self.sightings.push(Sighting::none());
        }
        number
    }
}

/// Everything the audit remembers of a site.
#[derive(Debug, Default)]
pub struct Survey {
    pub files: Files,
    references: References,
    pub duplicate_ids: BTreeMap<Box<str>, Sighting>,
    /// 404 pages that have links that only work at one depth.
    pub homeless: BTreeSet<Box<str>>,
    /// What files `CNAME` say, by their paths.
    pub domains: BTreeMap<Box<str>, String>,
    /// Relative to the site's root.
    pub symbolic_links: Vec<PathBuf>,
    /// Names that are not UTF-8.
    pub unreadable_names: Vec<PathBuf>,
    pub traces: HashMap<Box<str>, Traces>,
}

impl Survey {
    /// Of nothing yet, with the numbers that references had in an earlier run.
    pub fn numbered(references: &[Reference]) -> Self {
        let numbers = references.iter().cloned().zip(0..).collect();
        Self {
            references: References {
                numbers,
                sightings: vec![Sighting::none(); references.len()],
            },
            ..Self::default()
        }
    }

    /// Adds what was seen in a file.
    pub fn add(&mut self, look: Look) {
        let Look {
            path,
            size,
            references,
            ids,
            duplicate_ids,
            homeless,
            domain,
        } = look;
        let numbers = references
            .into_iter()
            .map(|(reference, _)| self.references.number(reference))
            .collect();
        let traces = Traces {
            references: numbers,
            ids,
            duplicate_ids: duplicate_ids.into_iter().map(|(id, _)| id).collect(),
            homeless: !homeless.is_empty(),
        };
        if let Some(domain) = domain {
            self.domains.insert(path.clone(), domain);
        }
        self.add_traces(&path, size, traces);
    }

    /// Adds a file that was seen in an earlier run; its references are by that run's numbers.
    pub fn add_traces(&mut self, path: &str, size: u64, traces: Traces) {
        for number in &traces.references {
            if let Some(sighting) = self.references.sightings.get_mut(*number as usize) {
                sighting.add(path);
            }
        }
        for id in &traces.duplicate_ids {
            let sighting = self.duplicate_ids.entry(id.clone());
            sighting.or_insert_with(Sighting::none).add(path);
        }
        if traces.homeless {
            self.homeless.insert(path.into());
        }
        self.files.insert(path.into(), size);
        if traces != Traces::default() {
            self.traces.insert(path.into(), traces);
        }
    }

    /// Everything that is referred to, in order, with its number and where it was seen.
    pub fn references(&self) -> Vec<(&Reference, u32, &Sighting)> {
        let numbers = self.references.numbers.iter();
        let mut all: Vec<_> = numbers
            .filter_map(|(reference, number)| {
                let sighting = self.references.sightings.get(*number as usize)?;
                // Some were seen in an earlier run only.
                (sighting.pages > 0).then_some((reference, *number, sighting))
            })
            .collect();
        all.sort_by(|a, b| a.0.cmp(b.0));
        all
    }

    /// The addresses of other sites, in their order, with where they were seen.
    pub fn outside(&self) -> Vec<(String, Sighting)> {
        let mut outside: Vec<_> = self
            .references()
            .into_iter()
            .filter_map(|((destination, _), _, sighting)| match destination {
                Destination::Outside(url) => Some((url.clone(), sighting.clone())),
                _ => None,
            })
            .collect();
        outside.dedup_by(|later, first| later.0 == first.0);
        outside
    }

    /// Whether `file` has something to point at with `#id`.
    pub fn has_anchor(&self, file: &str, id: &str) -> bool {
        let traces = self.traces.get(file);
        traces.is_some_and(|traces| traces.ids.contains(&anchor(id)))
    }
}

/// Gathers a survey from several threads.
pub struct Surveyor<'a> {
    places: &'a Places,
    seen: Seen,
    gathered: Mutex<Gathered>,
}

#[derive(Default)]
struct Gathered {
    survey: Survey,
    pages: HashMap<Box<str>, Made>,
    /// Whether a page differs from what was seen in an earlier run.
    news: bool,
}

impl<'a> Surveyor<'a> {
    /// `seen` is what is known from an earlier run.
    pub fn new(places: &'a Places, seen: Seen) -> Self {
        let gathered = Gathered {
            survey: Survey::numbered(&seen.references),
            ..Gathered::default()
        };
        Self {
            places,
            seen,
            gathered: Mutex::new(gathered),
        }
    }

    /// What a page was made from in an earlier run.
    pub fn made(&self, path: &str) -> Option<&Made> {
        self.seen.pages.get(path).map(|page| &page.made)
    }

    /// Whether a page was seen in an earlier run as it is now.
    pub fn has_seen(&self, path: &str, now: Fingerprint) -> bool {
        self.made(path).is_some_and(|made| made.fingerprint == now)
    }

    /// Takes in a page that is as it was.
    pub fn see_again(&self, path: &str) {
        let Some(SeenPage { made, size, traces }) = self.seen.pages.get(path) else {
            return;
        };
        let mut gathered = self.gathered();
        gathered.survey.add_traces(path, *size, traces.clone());
        gathered.pages.insert(path.into(), made.clone());
    }

    /// Takes in a file as it will be published; `blob` is the name git has for it, where that is
    /// known.
    pub fn see_rendered(&self, file: &RenderedFile, blob: Option<&str>) {
        let look = look(self.places, &file.path, &file.bytes);
        let mut gathered = self.gathered();
        gathered.survey.add(look);
        // Of all other files nobody asks whether they are as they were.
        if file.path.ends_with(".html") {
            let before = self.made(&file.path);
            let same = before.filter(|made| made.fingerprint == file.fingerprint);
            let made = Made {
                fingerprint: file.fingerprint,
                blob: blob
                    .map(Box::from)
                    .or_else(|| same.and_then(|made| made.blob.clone())),
            };
            gathered.news |= before != Some(&made);
            gathered.pages.insert(file.path.as_str().into(), made);
        }
    }

    /// Takes in a file.
    pub fn see(&self, path: &str, bytes: &[u8]) {
        let look = look(self.places, path, bytes);
        self.gathered().survey.add(look);
    }

    /// Takes in a file of which only the size matters.
    pub fn see_size(&self, path: &str, size: u64) {
        self.gathered().survey.add(look_at_size(path, size));
    }

    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was gathered. What is new is kept for later runs of `program`.
    pub fn finish(self, cache: &Cache, program: &str, findings: &mut Findings) -> Survey {
        let places = self.places;
        let before = self.seen.pages.len();
        let Gathered {
            survey,
            pages,
            news,
        } = self
            .gathered
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if news || pages.len() != before {
            Seen::of(&survey, pages).write(cache, program, places, findings);
        }
        survey
    }

    /// What was gathered, of files that nobody has rendered.
    pub fn into_survey(self) -> Survey {
        let gathered = self.gathered.into_inner();
        gathered.unwrap_or_else(PoisonError::into_inner).survey
    }
}
