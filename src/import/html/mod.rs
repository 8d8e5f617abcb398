//! Saved web pages become drafts.
//!
//! 1. [`tree`]: the page as a browser would parse it
//! 2. [`metadata`]: what the page says about itself, each signal in one place

pub mod metadata;
pub mod tree;
