//! A part of a page becomes CommonMark that renders to the same text.
//!
//! 1. [`write`]: walks the tree and opens and closes blocks
//! 2. [`characters`]: typographic noise leaves the text
//! 3. [`inline`]: the text of one block with its links and marks; [`escape`]: what Markdown would
//!    misread in it
//! 4. [`table`]: tables of data, and which tables are none; [`image`]: where a picture really is
//! 5. [`blocks`]: blocks on lines of their own, inside their lists and quotes

pub mod blocks;
pub mod characters;
pub mod escape;
pub mod image;
pub mod inline;
pub mod table;
pub mod write;
