//! What is new, for feed readers: of the whole site and of every term.
//!
//! 1. [`subject`]: whose news a feed brings, and which articles it holds
//! 2. [`archived`]: what stands behind the newest articles, in documents that stay as they are
//! 3. [`entry`]: what a feed says of an article
//! 4. [`atom`], [`json`]: the two formats, saying the same

pub mod archived;
pub mod atom;
pub mod entry;
pub mod json;
pub mod subject;
