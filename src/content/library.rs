//! Everything under `content/`, read and sorted into kinds.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::article::{Article, Asset, Item, Page, TermFile};
use super::config::Config;
use super::disk::{ContentFolder, Listing, list_content, read_file};
use super::error::ContentError;
use super::kept::Kept;
use super::parse::parse;
use crate::diagnostic::Findings;

/// The archive's content as typed values, in the order of their paths.
#[derive(Debug)]
pub struct Library {
    pub config: Config,
    pub articles: Vec<Arc<Article>>,
    pub terms: Vec<Arc<TermFile>>,
    pub pages: Vec<Arc<Page>>,
    pub assets: Vec<Asset>,
    /// Paths of the files that could not be parsed. What links to one of them isn't wrong.
    pub unparsed: Vec<String>,
}

impl Library {
    /// Reads and parses everything under the `content/` of the archive at `root`, a file at a time, in
    /// parallel. What can't be read goes into `findings`; the rest goes on.
    pub fn read(root: &Path, config: Config, kept: &Kept, findings: &mut Findings) -> Self {
        let Listing { texts, assets } = list_content(root, findings);
        let parsed: Vec<_> = texts
            .into_par_iter()
            .map(|file| {
                let name = file.name.clone();
                let read = read_file(file);
                let item = read.and_then(|file| parse(file, &config.taxonomies, kept));
                (name, item)
            })
            .collect();
        Self::of(config, parsed.into_iter(), assets, findings)
    }

    /// Parses every file, in parallel. What can't be read goes into `findings`; the rest goes on.
    pub fn parse(
        config: Config,
        folder: ContentFolder,
        kept: &Kept,
        findings: &mut Findings,
    ) -> Self {
        let parsed: Vec<_> = folder
            .files
            .into_par_iter()
            .map(|file| {
                let path = file.path.clone();
                (path, parse(file, &config.taxonomies, kept))
            })
            .collect();
        Self::of(config, parsed.into_iter(), folder.assets, findings)
    }

    /// Sorts what the files have turned out to be, in the order of their paths.
    pub fn of(
        config: Config,
        parsed: impl ExactSizeIterator<Item = (String, Result<Item, ContentError>)>,
        assets: Vec<Asset>,
        findings: &mut Findings,
    ) -> Self {
        let mut library = Self {
            config,
            articles: Vec::with_capacity(parsed.len()),
            terms: Vec::new(),
            pages: Vec::new(),
            assets,
            unparsed: Vec::new(),
        };
        for (path, item) in parsed {
            match findings.keep(item) {
                Some(Item::Article(article)) => library.articles.push(article),
                Some(Item::Term(term)) => library.terms.push(term),
                Some(Item::Page(page)) => library.pages.push(page),
                None => library.unparsed.push(path),
            }
        }
        library
    }
}
