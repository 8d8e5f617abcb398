//! The search index: static files that the search page's script reads a few of.
//!
//! 1. [`record`]: what can be found, and the fields it is found by
//! 2. [`posting`]: every term with the records it stands in, and how much it says about each
//! 3. [`file`]: the index as files: terms in chunks, records in chunks, facets
//! 4. [`stored`]: the files as one value, kept until some text changes
//!
//! A query reads `index.json` (where each chunk begins), one chunk for each word, the records it
//! shows, and the pages of those for an excerpt: no text is stored twice, and what a page doesn't
//! show can't be shown by search either.

pub mod file;
pub mod posting;
pub mod record;
pub mod stored;
