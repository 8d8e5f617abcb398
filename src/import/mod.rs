//! Raw articles become content files.
//!
//! 1. [`draft`]: what every converter hands on, an article without a place in the archive yet

pub mod draft;
pub mod html;
