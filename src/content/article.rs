//! Content files as typed values: an article, a term, an undated page.

use std::ops::Range;
use std::sync::Arc;

use super::front_matter::{FrontMatter, Kind};
use super::markdown::outline::Outline;
use super::taxonomy::Taxonomy;
use super::term::TermFrontMatter;
use crate::diagnostic::SourceText;
use crate::text::hash::Fingerprint;

/// A text in a file: where it stands and how it is built.
#[derive(Debug, Clone)]
pub struct Body {
    /// The whole file, front matter included, so that spans can be shown.
    pub source: SourceText,
    /// Where in it the Markdown stands.
    pub range: Range<usize>,
    /// Of the Markdown.
    pub hash: Fingerprint,
    /// Of all that stands before it in the file.
    pub front_hash: Fingerprint,
    /// Links, headings, length: everything but the HTML.
    pub outline: Outline,
}

impl Body {
    pub fn markdown(&self) -> &str {
        &self.source.text()[self.range.clone()]
    }

    /// A range of the body as a range of the file.
    pub fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        self.range.start + range.start..self.range.start + range.end
    }
}

/// A briefing or a source article.
#[derive(Debug, Clone)]
pub struct Article {
    pub slug: String,
    pub kind: Kind,
    pub front: FrontMatter,
    pub body: Body,
}

/// A term that has a file of its own.
#[derive(Debug, Clone)]
pub struct TermFile {
    pub taxonomy: Taxonomy,
    pub slug: String,
    pub front: TermFrontMatter,
    pub body: Body,
}

/// An undated page.
#[derive(Debug, Clone)]
pub struct Page {
    pub slug: String,
    pub front: FrontMatter,
    pub body: Body,
}

/// What one content file turned out to be. Cheap to clone: an item never changes.
#[derive(Debug, Clone)]
pub enum Item {
    Article(Arc<Article>),
    Term(Arc<TermFile>),
    Page(Arc<Page>),
}

/// A file beside the articles: a picture, a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Relative to the archive's root, `/` between the parts.
    pub path: String,
    /// Width and height in pixels, of a picture.
    pub size: Option<(usize, usize)>,
}
