//! Every file of the site, rendered in parallel and handed on one by one, never held together.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::error::DeliverError;
use super::{drawing, picture};
use crate::content::cache::Cache;
use crate::content::error::ContentError;
use crate::content::stamps::Stamps;
use crate::diagnostic::Findings;
use crate::site::address::Address;
use crate::site::error::SiteError;
use crate::site::files::files;
use crate::site::plan::{Content, Site};
use crate::site::records::Records;
use crate::site::render::{Output, Prepared, Renderer};
use crate::site::shard::Shard;
use crate::text::hash::Fingerprint;

/// A site about to be rendered as a whole.
pub struct Rendering<'a> {
    pub site: &'a Site<'a>,
    pub renderer: &'a Renderer<'a>,
    /// The archive's folder, where pictures and other files beside the articles are.
    pub root: &'a Path,
    /// Names the program that renders: another one may make other pages of the same input.
    pub program: &'a str,
    /// Called once a file, with what it took.
    pub tick: &'a (dyn Fn(Timed<'_>) + Sync),
}

/// What one file of the site took to be made.
#[derive(Debug, Clone, Copy)]
pub struct Timed<'a> {
    pub address: &'a Address,
    pub work: Work<'a>,
    pub took: Duration,
}

/// How a file is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work<'a> {
    /// From a template.
    Page(&'a str),
    /// Drawn, for link previews.
    Drawing,
    /// A picture of the archive, made fit to be published.
    Picture,
    /// Anything else: a feed, a list for programs, a copy.
    File,
}

/// A file of the site, as it will be published.
#[derive(Debug)]
pub struct RenderedFile {
    /// Below the folder of its shard, or relative to the site's root; `/` between the parts.
    pub path: String,
    pub bytes: Vec<u8>,
    /// Of what it is made from: the page of the next build that has the same is the same.
    pub fingerprint: Fingerprint,
}

/// A file, or the word that it is as it was.
#[derive(Debug)]
pub enum Rendered<K> {
    /// Its path, and what was known of it.
    Same(String, K),
    File(RenderedFile),
    /// A file that is large, and made record by record, with its path.
    Records(String, Records),
}

/// What became of an address.
enum Made {
    Same,
    File(RenderedFile),
    Records(Records),
}

impl Rendering<'_> {
    /// Renders every file and hands it to `take`, from several threads and in no order; what
    /// `take` makes of them comes back in the order of their addresses. `None` when a page could
    /// not be rendered; `findings` say why then.
    pub fn each_file<T: Send>(
        &self,
        findings: &mut Findings,
        take: impl Fn(RenderedFile) -> Result<T, DeliverError> + Sync,
    ) -> Result<Option<Vec<T>>, DeliverError> {
        let nothing = |_: &str| None::<(Fingerprint, Infallible)>;
        self.each_changed_file(findings, nothing, |rendered| match rendered {
            Rendered::File(file) => take(file),
            Rendered::Records(path, records) => take(self.whole(path, &records)),
            Rendered::Same(_, never) => match never {},
        })
    }

    /// The same, but a page isn't rendered when its fingerprint is still that of all it is made
    /// from; `known` tells the fingerprint of a path, and whatever else is to come back with it.
    pub fn each_changed_file<K, T: Send>(
        &self,
        findings: &mut Findings,
        known: impl Fn(&str) -> Option<(Fingerprint, K)> + Sync,
        take: impl Fn(Rendered<K>) -> Result<T, DeliverError> + Sync,
    ) -> Result<Option<Vec<T>>, DeliverError> {
        let failures = Mutex::new(Failures::default());
        let taken: Vec<T> = files(self.site)
            .into_par_iter()
            .filter_map(|(shard, address, content)| {
                let path = self.path(shard, address);
                let (print, known) = known(&path).unzip();
                let file = match self.timed(&path, address, content, print, &failures) {
                    Ok(file) => file,
                    Err(error) => {
                        let mut failures = failures.lock().unwrap_or_else(PoisonError::into_inner);
                        failures.add(address, error);
                        return None;
                    }
                };
                Some(file.and_then(|file| match (file, known) {
                    (Made::File(file), Some(known)) if print == Some(file.fingerprint) => {
                        take(Rendered::Same(file.path, known))
                    }
                    (Made::File(file), _) => take(Rendered::File(file)),
                    (Made::Records(records), _) => take(Rendered::Records(path, records)),
                    (Made::Same, Some(known)) => take(Rendered::Same(path, known)),
                    (Made::Same, None) => unreachable!("only a known file is the same"),
                }))
            })
            .collect::<Result<_, _>>()?;
        let mut failures = failures
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        failures.changed = self.site.archive.changed.files();
        if !failures.changed.is_empty() {
            Stamps::forget(&Cache::of(self.root));
        }
        Ok((!failures.report(findings)).then_some(taken))
    }

    /// A file, unless it is the same as the known one; how long that took is told.
    fn timed(
        &self,
        path: &str,
        address: &Address,
        content: &Content,
        known: Option<Fingerprint>,
        failures: &Mutex<Failures>,
    ) -> Result<Result<Made, DeliverError>, SiteError> {
        let begun = Instant::now();
        let (output, view) = match self.renderer.prepare(address, content, known) {
            Prepared::Done(output) => (Ok(output), None),
            Prepared::Page(view) => (self.renderer.page_of(&view), Some(view)),
        };
        let work = match (&view, &output) {
            (Some(view), _) => Work::Page(&view.template),
            (None, Ok(Output::Drawing(_))) => Work::Drawing,
            (None, Ok(Output::Picture { .. })) => Work::Picture,
            (None, _) => Work::File,
        };
        let file = output.map(|output| self.file(path, output, failures));
        (self.tick)(Timed {
            address,
            work,
            took: begun.elapsed(),
        });
        file
    }

    /// The bytes of one file, to quote from; `None` for what is no file of the site.
    pub fn again(&self, path: &str) -> Option<Vec<u8>> {
        let (_, address, content) = files(self.site)
            .into_iter()
            .find(|(shard, address, _)| self.path(*shard, address) == path)?;
        let output = self.renderer.render(address, content, None).ok()?;
        match self.file(path, output, &Mutex::default()).ok()? {
            Made::File(file) => Some(file.bytes),
            Made::Records(records) => Some(records.bytes(self.site)),
            Made::Same => None,
        }
    }

    /// The bytes of all records of a file.
    pub fn whole(&self, path: String, records: &Records) -> RenderedFile {
        RenderedFile {
            path,
            bytes: records.bytes(self.site),
            fingerprint: records.fingerprint,
        }
    }

    fn path(&self, shard: Shard, address: &Address) -> String {
        let mut path = self.site.shards.folder(shard);
        path.push_str(&address.to_file());
        path
    }

    fn file(
        &self,
        path: &str,
        output: Output,
        failures: &Mutex<Failures>,
    ) -> Result<Made, DeliverError> {
        let (bytes, fingerprint) = match output {
            Output::Same => return Ok(Made::Same),
            Output::Records(records) => return Ok(Made::Records(records)),
            Output::Page(bytes, fingerprint) | Output::Made(bytes, fingerprint) => {
                (bytes, fingerprint)
            }
            Output::Bytes(bytes) => {
                let fingerprint = Fingerprint::of_bytes(&bytes);
                (bytes, fingerprint)
            }
            Output::Picture { path, width } => {
                let (bytes, warning) = picture::published(self.root, &path, width)?;
                if let Some(warning) = warning {
                    let mut failures = failures.lock().unwrap_or_else(PoisonError::into_inner);
                    failures.add_picture(path, warning);
                }
                let fingerprint = Fingerprint::of_bytes(&bytes);
                (bytes, fingerprint)
            }
            Output::Drawing(drawing) => (drawing::png(&drawing.draw()), drawing.fingerprint),
            Output::CopyOf(from) => {
                let from = self.root.join(from);
                let bytes = fs::read(&from).map_err(|e| DeliverError::io("read", &from, &e))?;
                let fingerprint = Fingerprint::of_bytes(&bytes);
                (bytes, fingerprint)
            }
        };
        Ok(Made::File(RenderedFile {
            path: path.to_owned(),
            bytes,
            fingerprint,
        }))
    }
}

/// One broken template breaks thousands of pages: each fault is told once, with the first page
/// it was met on.
#[derive(Default)]
struct Failures {
    /// By their paths: each once, in however many widths it was wanted.
    pictures: BTreeMap<String, DeliverError>,
    /// Whatever keeps one picture out of the cache keeps all of them out.
    not_kept: Option<ContentError>,
    /// Files of the archive that were not what they were taken for.
    changed: Vec<String>,
    seen: Vec<(String, Address, SiteError, usize)>,
}

impl Failures {
    fn add_picture(&mut self, path: String, warning: picture::Warning) {
        match warning {
            picture::Warning::AsItIs(warning) => {
                self.pictures.insert(path, warning);
            }
            picture::Warning::NotKept(warning) => self.not_kept = Some(warning),
        }
    }

    fn add(&mut self, address: &Address, error: SiteError) {
        let key = fault_key(&error);
        match self.seen.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, first, kept, count)) => {
                *count += 1;
                if address < first {
                    *first = address.clone();
                    *kept = error;
                }
            }
            None => self.seen.push((key, address.clone(), error, 1)),
        }
    }

    /// Hands everything over, in the order of the addresses; says whether there was anything.
    fn report(mut self, findings: &mut Findings) -> bool {
        for warning in self.pictures.into_values() {
            findings.push(warning);
        }
        if let Some(warning) = self.not_kept {
            findings.push(warning);
        }
        self.seen.sort_by(|a, b| a.1.cmp(&b.1));
        let any = !self.seen.is_empty() || !self.changed.is_empty();
        for path in self.changed {
            findings.push(DeliverError::Changed { path });
        }
        for (_, address, error, count) in self.seen {
            findings.push(error.on_page(&address, count));
        }
        any
    }
}

fn fault_key(error: &SiteError) -> String {
    match error {
        SiteError::Template { message, span, .. } => format!("{message} {span:?}"),
        other => other.to_string(),
    }
}
