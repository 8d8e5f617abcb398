//! Saved web pages become drafts.
//!
//! 1. [`tree`]: the page as a browser would parse it
//! 2. [`metadata`]: what the page says about itself, each signal in one place
//! 3. [`body`]: which part of it is the article
//! 4. [`markdown`]: its text as Markdown; [`address`]: where its links lead
//! 5. [`convert`]: all of it together, a draft an article

pub mod address;
pub mod body;
pub mod convert;
pub mod markdown;
pub mod metadata;
pub mod tree;
