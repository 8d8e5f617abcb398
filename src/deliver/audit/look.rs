//! One file, as far as the audit is concerned.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::page::{Page, Purpose, read_html, read_xml};
use super::reference::{Destination, Places, follow};
use super::stylesheet;

/// The page that is shown wherever nothing stands.
pub const NOT_FOUND: &str = "404.html";

/// The file that tells GitHub Pages a site's domain.
pub const DOMAIN: &str = "CNAME";

/// What is to be looked up, and for what.
pub type Reference = (Destination, Purpose);

/// What one file adds to a survey.
#[derive(Debug)]
pub struct Look {
    pub path: Box<str>,
    pub size: u64,
    /// Each once, with the byte at which it is written.
    pub references: Vec<(Reference, usize)>,
    /// As [`anchor`] makes them.
    pub ids: Vec<u32>,
    pub duplicate_ids: Vec<(Box<str>, usize)>,
    /// Links of the 404 page that only work at one depth: the bytes at which they are written.
    pub homeless: Vec<usize>,
    /// What the file `CNAME` says.
    pub domain: Option<String>,
}

/// Whether the contents of a file matter; of all others the size is enough.
pub fn is_read(path: &str) -> bool {
    path == DOMAIN
        || [".html", ".xml", ".css"]
            .iter()
            .any(|end| path.ends_with(end))
}

/// Looks at one file.
pub fn look(places: &Places, path: &str, bytes: &[u8]) -> Look {
    let mut look = look_at_size(path, bytes.len() as u64);
    if path.ends_with(".html") {
        look.page(places, read_html(bytes));
    } else if path.ends_with(".xml") {
        look.page(places, read_xml(bytes));
    } else if path.ends_with(".css") {
        let css = String::from_utf8_lossy(bytes);
        let mut seen = HashSet::new();
        for (url, offset) in stylesheet::urls(&css) {
            let reference = (follow(places, path, &url), Purpose::Asset);
            look.refer(&mut seen, reference, offset);
        }
    } else if places.is_at_root(path, DOMAIN) {
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
    fn page(&mut self, places: &Places, page: Page) {
        let Page {
            base,
            references,
            ids,
        } = page;
        let mut seen = HashSet::with_capacity(references.len());
        // What is relative is so to the page, or to where its `<base>` says it is.
        let base = base.map(|base| follow(places, &self.path, &base));
        let from = match &base {
            None => self.path.to_string(),
            Some(Destination::Inside { path, .. }) => path.clone(),
            // Its links lead to another site.
            Some(_) => return,
        };
        for reference in references {
            if places.is_at_root(&self.path, NOT_FOUND)
                && base.is_none()
                && is_relative(&reference.url)
            {
                self.homeless.push(reference.offset);
                continue;
            }
            let destination = follow(places, &from, &reference.url);
            self.refer(
                &mut seen,
                (destination, reference.purpose),
                reference.offset,
            );
        }
        let mut known = HashSet::with_capacity(ids.len());
        for (id, offset) in ids {
            if known.insert(id.clone()) {
                self.ids.push(anchor(&id));
            } else {
                self.duplicate_ids.push((id.into(), offset));
            }
        }
    }

    fn refer(&mut self, seen: &mut HashSet<Reference>, reference: Reference, offset: usize) {
        if !matches!(reference.0, Destination::Elsewhere) && seen.insert(reference.clone()) {
            self.references.push((reference, offset));
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

/// An id as a number: a large site has millions of them, and few are ever asked for.
pub fn anchor(id: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    let [a, b, c, d, ..] = hasher.finish().to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
