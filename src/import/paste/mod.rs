//! Pasted text becomes drafts: what a person gets with select-all, copy, menus and all.
//!
//! 1. [`wrap`], [`line`]: one line of the paste is one block of the page
//! 2. [`role`], [`caption`]: lines that speak about the article: bylines, dates, pictures
//! 3. [`features`], [`chain`], [`model`], [`body`]: the lines that tell an article
//! 4. [`title`], [`articles`]: the page's title, and where each of its articles begins and ends
//! 5. [`when`]: dates, from each article and its neighbours
//! 6. [`blocks`], [`markdown`]: its lines become headings, lists, tables, and those Markdown
//! 7. [`convert`]: the way through all of them

pub mod articles;
pub mod blocks;
pub mod body;
pub mod caption;
pub mod chain;
pub mod convert;
pub mod features;
pub mod line;
pub mod markdown;
pub mod model;
pub mod role;
pub mod title;
pub mod when;
pub mod wrap;
