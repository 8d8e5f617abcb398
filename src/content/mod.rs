//! Content files become typed values.
//!
//! 1. [`front_matter`], [`date`]: what an article may say about itself

pub mod date;
pub mod front_matter;
