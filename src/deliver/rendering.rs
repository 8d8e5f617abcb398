//! Every file of the site, rendered in parallel and handed on one by one, never held together.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::error::DeliverError;
use crate::diagnostic::Findings;
use crate::site::address::Address;
use crate::site::error::SiteError;
use crate::site::plan::Site;
use crate::site::render::{Output, Renderer};

/// A site about to be rendered as a whole.
pub struct Rendering<'a> {
    pub site: &'a Site<'a>,
    pub renderer: &'a Renderer<'a>,
    /// The archive's folder, where pictures and other files beside the articles are.
    pub root: &'a Path,
    /// Called once a file.
    pub tick: &'a (dyn Fn() + Sync),
}

/// A file of the site, as it will be published.
#[derive(Debug)]
pub struct RenderedFile {
    /// Relative to the site's root, `/` between the parts.
    pub path: String,
    pub bytes: Vec<u8>,
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
        let failures = Mutex::new(Failures::default());
        let taken: Vec<T> = self
            .site
            .contents
            .par_iter()
            .filter_map(|(address, content)| {
                (self.tick)();
                match self.renderer.render(address, content) {
                    Ok(output) => Some(self.file(address, output).and_then(&take)),
                    Err(error) => {
                        let mut failures = failures.lock().unwrap_or_else(PoisonError::into_inner);
                        failures.add(address, error);
                        None
                    }
                }
            })
            .collect::<Result<_, _>>()?;
        let failures = failures
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        Ok((!failures.report(findings)).then_some(taken))
    }

    fn file(&self, address: &Address, output: Output) -> Result<RenderedFile, DeliverError> {
        let bytes = match output {
            Output::Bytes(bytes) => bytes,
            Output::CopyOf(path) => {
                let path = self.root.join(path);
                fs::read(&path).map_err(|e| DeliverError::io("read", &path, &e))?
            }
        };
        Ok(RenderedFile {
            path: address.to_file(),
            bytes,
        })
    }
}

/// One broken template breaks thousands of pages: each fault is told once, with the first page
/// it was met on.
#[derive(Default)]
struct Failures {
    seen: Vec<(String, Address, SiteError, usize)>,
}

impl Failures {
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
        self.seen.sort_by(|a, b| a.1.cmp(&b.1));
        let any = !self.seen.is_empty();
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
