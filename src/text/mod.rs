//! Words, names and languages of plain text: pure functions that import and archive share.

pub mod names;
pub mod organisations;
