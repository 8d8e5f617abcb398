//! Raw articles become content files.
//!
//! 1. [`draft`]: what every converter hands on, an article without a place in the archive yet
//! 2. [`byline`], [`dateline`], [`wire`], [`briefing`], [`date_text`]: signals that every kind of
//!    text shares
//! 3. [`paste`]: pasted text becomes drafts

pub mod briefing;
pub mod byline;
pub mod date_text;
pub mod dateline;
pub mod draft;
pub mod html;
pub mod paste;
pub mod wire;
