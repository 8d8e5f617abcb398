//! All files of a site together, as far as the audit needs them.
//!
//! A menu link stands on every page; it is remembered once, with the first page it was seen on
//! and how many there are. What is kept so grows with the number of addresses, not of pages
//! times links.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::excerpt::Excerpt;
use super::lookup::Files;
use super::page::{Page, Purpose, read_html, read_xml};
use super::reference::{Destination, Place, follow};
use super::stylesheet;

/// The page that is shown wherever nothing stands.
pub const NOT_FOUND: &str = "404.html";

/// Where something was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// On the first page, in the order of their paths.
    pub first: Excerpt,
    pub pages: usize,
}

/// Things with where they were seen.
#[derive(Debug)]
pub struct Sightings<K>(HashMap<K, Sighting>);

impl<K> Default for Sightings<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq + Ord> Sightings<K> {
    fn add(&mut self, key: K, file: &str, excerpt: impl FnOnce() -> Excerpt) {
        match self.0.get_mut(&key) {
            None => {
                let first = excerpt();
                self.0.insert(key, Sighting { first, pages: 1 });
            }
            Some(sighting) => {
                sighting.pages += 1;
                // Files come in no order; the same one is named in every run.
                if *file < *sighting.first.file {
                    sighting.first = excerpt();
                }
            }
        }
    }

    /// In the order of the keys.
    pub fn sorted(&self) -> Vec<(&K, &Sighting)> {
        let mut all: Vec<_> = self.0.iter().collect();
        all.sort_by(|a, b| a.0.cmp(b.0));
        all
    }
}

/// Everything the audit remembers of a site.
#[derive(Debug, Default)]
pub struct Survey {
    pub files: Files,
    pub references: Sightings<(Destination, Purpose)>,
    pub duplicate_ids: Sightings<Box<str>>,
    /// Links of the 404 page that only work at one depth.
    pub homeless: Vec<Excerpt>,
    /// What the file `CNAME` says.
    pub domain: Option<String>,
    /// Relative to the site's root.
    pub symbolic_links: Vec<PathBuf>,
    /// Names that are not UTF-8.
    pub unreadable_names: Vec<PathBuf>,
    /// Hashes of a file and an id in it.
    anchors: HashSet<u64>,
}

/// Gathers a survey from several threads.
pub struct Surveyor<'a> {
    place: &'a Place,
    survey: Mutex<Survey>,
}

impl<'a> Surveyor<'a> {
    pub fn new(place: &'a Place) -> Self {
        Self {
            place,
            survey: Mutex::default(),
        }
    }

    /// Takes in a file as it will be published.
    pub fn see(&self, path: &str, bytes: &[u8]) {
        let look = look(self.place, path, bytes);
        self.survey().add(look, bytes);
    }

    /// Takes in a file of which only the size matters.
    pub fn see_size(&self, path: &str, size: u64) {
        self.survey().add(look_at_size(path, size), b"");
    }

    fn survey(&self) -> MutexGuard<'_, Survey> {
        self.survey.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn finish(self) -> Survey {
        self.survey
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// What one file adds to a survey.
#[derive(Debug)]
pub struct Look {
    path: Box<str>,
    size: u64,
    /// Each once, with the byte at which it is written.
    references: Vec<(Destination, Purpose, usize)>,
    ids: Vec<u64>,
    duplicate_ids: Vec<(Box<str>, usize)>,
    /// The bytes at which they are written.
    homeless: Vec<usize>,
    domain: Option<String>,
}

/// Whether the contents of a file matter; of all others the size is enough.
pub fn is_read(path: &str) -> bool {
    path == "CNAME"
        || [".html", ".xml", ".css"]
            .iter()
            .any(|end| path.ends_with(end))
}

/// Looks at one file.
pub fn look(place: &Place, path: &str, bytes: &[u8]) -> Look {
    let mut look = look_at_size(path, bytes.len() as u64);
    if path.ends_with(".html") {
        look.page(place, read_html(bytes));
    } else if path.ends_with(".xml") {
        look.page(place, read_xml(bytes));
    } else if path.ends_with(".css") {
        let css = String::from_utf8_lossy(bytes);
        let mut seen = HashSet::new();
        for (url, offset) in stylesheet::urls(&css) {
            look.refer(&mut seen, follow(place, path, &url), Purpose::Asset, offset);
        }
    } else if path == "CNAME" {
        look.domain = Some(String::from_utf8_lossy(bytes).into_owned());
    }
    look
}

/// Looks at a file of which only the size matters.
pub fn look_at_size(path: &str, size: u64) -> Look {
    Look {
        path: path.into(),
        size,
        references: Vec::new(),
        ids: Vec::new(),
        duplicate_ids: Vec::new(),
        homeless: Vec::new(),
        domain: None,
    }
}

impl Look {
    fn page(&mut self, place: &Place, page: Page) {
        let Page {
            base,
            references,
            ids,
        } = page;
        let mut seen = HashSet::with_capacity(references.len());
        // What is relative is so to the page, or to where its `<base>` says it is.
        let base = base.map(|base| follow(place, &self.path, &base));
        let from = match &base {
            None => self.path.to_string(),
            Some(Destination::Inside { path, .. }) => path.clone(),
            // Its links lead to another site.
            Some(_) => return,
        };
        for reference in references {
            if *self.path == *NOT_FOUND && base.is_none() && is_relative(&reference.url) {
                self.homeless.push(reference.offset);
                continue;
            }
            let destination = follow(place, &from, &reference.url);
            self.refer(&mut seen, destination, reference.purpose, reference.offset);
        }
        let mut known = HashSet::with_capacity(ids.len());
        for (id, offset) in ids {
            let hash = anchor(&self.path, &id);
            if known.insert(hash) {
                self.ids.push(hash);
            } else {
                self.duplicate_ids.push((id.into(), offset));
            }
        }
    }

    fn refer(
        &mut self,
        seen: &mut HashSet<(Destination, Purpose)>,
        destination: Destination,
        purpose: Purpose,
        offset: usize,
    ) {
        if matches!(destination, Destination::Elsewhere) {
            return;
        }
        if seen.insert((destination.clone(), purpose)) {
            self.references.push((destination, purpose, offset));
        }
    }
}

/// Whether an address means something else at another depth.
fn is_relative(url: &str) -> bool {
    !url.is_empty()
        && !url.starts_with(['/', '#', '?'])
        && !url
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|start| start.contains(':'))
}

impl Survey {
    /// Adds what was seen in a file; `bytes` are the file's, to quote from.
    pub fn add(&mut self, look: Look, bytes: &[u8]) {
        let Look {
            path,
            size,
            references,
            ids,
            duplicate_ids,
            homeless,
            domain,
        } = look;
        let excerpt = |offset| Excerpt::at(&path, bytes, offset);
        for (destination, purpose, offset) in references {
            let key = (destination, purpose);
            self.references.add(key, &path, || excerpt(offset));
        }
        for (id, offset) in duplicate_ids {
            self.duplicate_ids.add(id, &path, || excerpt(offset));
        }
        self.homeless.extend(homeless.into_iter().map(excerpt));
        self.anchors.extend(ids);
        self.domain = self.domain.take().or(domain);
        self.files.insert(path, size);
    }

    /// The addresses of other sites, in their order, with where they were seen.
    pub fn into_outside(self) -> Vec<(String, Sighting)> {
        let mut outside: Vec<_> = self
            .references
            .0
            .into_iter()
            .filter_map(|((destination, _), sighting)| match destination {
                Destination::Outside(url) => Some((url, sighting)),
                _ => None,
            })
            .collect();
        outside.sort_by(|a, b| a.0.cmp(&b.0));
        outside.dedup_by(|later, first| later.0 == first.0);
        outside
    }

    /// Whether `file` has something to point at with `#id`.
    pub fn has_anchor(&self, file: &str, id: &str) -> bool {
        self.anchors.contains(&anchor(file, id))
    }
}

/// An id is kept as a number: there are millions of them, and few are ever asked for.
fn anchor(file: &str, id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (file, id).hash(&mut hasher);
    hasher.finish()
}
