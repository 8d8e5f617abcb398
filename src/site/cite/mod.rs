//! How to cite an article: what it is known by becomes a line of a bibliography or a record for a
//! reference manager.
//!
//! 1. [`reference`]: who wrote it, what it is called, where and when it appeared
//! 2. [`styles`]: as style guides print it (Chicago, APA, MLA)
//! 3. [`bibtex`], [`ris`], [`csl_json`]: as programs read it
//!
//! All of them say the same: they are made from the one [`reference::Reference`].

pub mod bibtex;
pub mod csl_json;
pub mod reference;
pub mod ris;
pub mod styles;
