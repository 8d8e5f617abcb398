//! Raw articles become content files.
//!
//! 1. [`document`]: bytes with a name; what kind of document they are; [`charset`]: their text
//! 2. [`convert`]: the converter for that kind: [`html`] or [`paste`]
//! 3. [`byline`], [`head_line`], [`dateline`], [`wire`], [`briefing`], [`date_text`]: signals that
//!    every kind of text shares
//! 4. [`draft`]: what every converter hands on, an article without a place in the archive yet
//! 5. [`vocabulary`]: terms of the archive that a draft is about
//! 6. [`place`]: its file, and what becomes of a file already there; what can fail is in [`error`]

pub mod briefing;
pub mod byline;
pub mod charset;
pub mod convert;
pub mod date_text;
pub mod dateline;
pub mod document;
pub mod draft;
pub mod error;
pub mod head_line;
pub mod html;
pub mod paste;
pub mod place;
pub mod vocabulary;
pub mod wire;
