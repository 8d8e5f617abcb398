//! Raw articles become content files.
//!
//! 1. [`draft`]: what every converter hands on, an article without a place in the archive yet
//! 2. [`date_text`]: dates as people print them

pub mod date_text;
pub mod draft;
pub mod html;
