//! briefbook turns source articles into a briefing archive.

pub mod content;
pub mod diagnostic;
pub mod import;
pub mod text;
