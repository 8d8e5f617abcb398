//! Documents in batches: enough of them for every core, few enough to hold in memory.

use std::iter::Peekable;

use rayon::prelude::*;

use super::article::Article;
use super::convert::{Converted, convert};
use super::document::RawDocument;
use super::draft::Setting;
use super::error::ImportError;
use super::markdown::links::Linkable;
use super::overrides::Overrides;
use super::place::{Identity, Terms};
use super::topics::Classifier;
use super::vocabulary::Names;
use crate::text::near_duplicate::Signature;

const MOST_DOCUMENTS: usize = 256;
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Cuts a stream of documents into batches.
pub struct Batches<I: Iterator> {
    documents: Peekable<I>,
}

type Outcome = Result<RawDocument, ImportError>;

impl<I: Iterator<Item = Outcome>> Batches<I> {
    pub fn new(documents: I) -> Self {
        Self {
            documents: documents.peekable(),
        }
    }
}

impl<I: Iterator<Item = Outcome>> Iterator for Batches<I> {
    type Item = Vec<Outcome>;

    fn next(&mut self) -> Option<Self::Item> {
        self.documents.peek()?;
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < MOST_DOCUMENTS && bytes < MOST_BYTES {
            let Some(document) = self.documents.next() else {
                break;
            };
            bytes += document.as_ref().map_or(0, RawDocument::size);
            batch.push(document);
        }
        Some(batch)
    }
}

/// What every document of an import is converted with.
pub struct Conversion<'a> {
    pub setting: &'a Setting,
    pub names: &'a Names,
    pub overrides: &'a Overrides,
    pub linkable: &'a Linkable,
    pub classifier: Option<&'a Classifier>,
}

/// A document with its articles, each with its terms and its identity.
pub struct Found {
    pub document: RawDocument,
    pub articles: Vec<Located>,
}

/// An article with everything that its place depends on.
pub struct Located {
    pub article: Article,
    pub terms: Terms,
    pub identity: Identity,
    /// Absent where the text is too short to be told from others.
    pub signature: Option<Signature>,
}

/// Converts a batch on all cores, in its order. `tick` is called once a document.
pub fn convert_all(
    batch: Vec<Outcome>,
    conversion: &Conversion<'_>,
    tick: &(dyn Fn() + Sync),
) -> Vec<Result<Found, ImportError>> {
    batch
        .into_par_iter()
        .map(|document| {
            let found = document.and_then(|document| find(document, conversion));
            tick();
            found
        })
        .collect()
}

fn find(document: RawDocument, conversion: &Conversion<'_>) -> Result<Found, ImportError> {
    let Conversion {
        setting,
        names,
        overrides,
        linkable,
        classifier,
    } = conversion;
    let Converted { format, articles } = convert(&document, setting, linkable)?;
    let sha256 = document.sha256();
    let articles = (1u32..)
        .zip(articles)
        .map(|(part, mut article)| {
            article.front = overrides.apply(article.front);
            let mut terms = names.find(&article);
            if let Some(classifier) = classifier {
                classifier.suggest(&mut article, &mut terms);
            }
            let signature = Signature::of(&article.body);
            let identity = Identity {
                sha256: sha256.clone(),
                part,
                format,
            };
            Located {
                article,
                terms,
                identity,
                signature,
            }
        })
        .collect();
    Ok(Found { document, articles })
}
