//! Everything under `content/`, read and sorted into kinds.

use std::sync::Arc;

use rayon::prelude::*;

use super::article::{Article, Asset, Item, Page, TermFile};
use super::config::Config;
use super::disk::ContentFolder;
use super::error::ContentError;
use super::kept::Kept;
use super::parse::parse;
use super::stamps::Changed;
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
    /// Files that turn out not to be what they were taken for.
    pub changed: Arc<Changed>,
}

impl Library {
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
                parse(file, &config.taxonomies, kept).map_err(|error| (path, error))
            })
            .collect();
        Self::of(config, parsed.into_iter(), folder.assets, findings)
    }

    /// Sorts what the files have turned out to be, in the order of their paths; of one that can't be
    /// parsed, its path and why.
    pub fn of(
        config: Config,
        parsed: impl ExactSizeIterator<Item = Result<Item, (String, ContentError)>>,
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
            changed: Arc::default(),
        };
        for item in parsed {
            match item {
                Ok(Item::Article(article)) => library.articles.push(article),
                Ok(Item::Term(term)) => library.terms.push(term),
                Ok(Item::Page(page)) => library.pages.push(page),
                Err((path, error)) => {
                    findings.push(error);
                    library.unparsed.push(path);
                }
            }
        }
        library
    }
}
