//! Saved web pages become drafts.
//!
//! 1. [`tree`]: the page as a browser would parse it, within [`bounds`]
//! 2. [`metadata`]: what the page says about itself, each signal in one place
//! 3. [`block`]: its text in the units that readers see ([`elements`]); [`landscape`] and
//!    [`class_words`]: what is measured of the page around them; [`told`]: what its data says of its
//!    text; [`features`], a [`row`] a block: what speaks for each one by itself, beside its
//!    [`neighbours`] and in its [`context`]; [`forest`]: how much that says; [`body`]: which of them
//!    are the article, tables and lists as [`wholes`];
//!    [`head`]: and not in the front matter already; [`several`]: pages with more than one
//! 4. [`markdown`]: the article as Markdown; [`footnotes`]: numbers and the notes to them;
//!    [`address`]: where its links lead
//! 5. [`convert`]: all of it together, a draft an article; [`sections`]: the parts of a briefing

pub mod address;
pub mod block;
pub mod body;
pub mod bounds;
pub mod class_words;
pub mod context;
pub mod convert;
pub mod elements;
pub mod features;
pub mod footnotes;
pub mod forest;
pub mod head;
pub mod landscape;
pub mod markdown;
pub mod metadata;
pub mod neighbours;
pub mod row;
pub mod sections;
pub mod several;
pub mod told;
pub mod tree;
pub mod wholes;
