//! Raw articles become content files.
//!
//! 1. [`readers`]: files and streams become documents ([`document`]), one after the other;
//!    [`fetch`]: addresses do
//! 2. [`charset`]: bytes become text; [`double_encoding`] of old mishaps is undone
//! 3. [`convert`]: the converter for that kind of text: [`html`], [`paste`] or [`markdown`]
//! 4. [`byline`], [`head_line`], [`dateline`], [`wire`], [`briefing`], [`date_text`], [`phrases`]:
//!    signals that every kind of text shares
//! 5. [`draft`]: what a converter found; [`article`]: together with what the container knew, and
//!    with its [`pictures`]
//! 6. [`vocabulary`]: terms of the archive that an article is about; [`topics`]: those that its
//!    other articles teach
//! 7. [`overrides`]: what an editor sets for all of them; [`batch`]: all of this on every core
//! 8. [`place`]: its file, and what becomes of a file already there; [`editions`]: the same text
//!    or the same address twice
//! 9. [`files`]: written whole or not at all; [`journal`]: and taken back
//!
//! What can fail is in [`error`].

pub mod article;
pub mod batch;
pub mod briefing;
pub mod byline;
pub mod charset;
pub mod convert;
pub mod date_text;
pub mod dateline;
pub mod document;
pub mod double_encoding;
pub mod draft;
pub mod editions;
pub mod error;
pub mod fetch;
pub mod files;
pub mod head_line;
pub mod html;
pub mod journal;
pub mod markdown;
pub mod overrides;
pub mod paste;
pub mod phrases;
pub mod pictures;
pub mod place;
pub mod readers;
pub mod topics;
pub mod vocabulary;
pub mod wire;
