//! A part of a page becomes CommonMark that renders to the same text.
//!
//! 1. [`write`]: walks the tree and opens and closes blocks
//! 2. [`characters`]: typographic noise leaves the text
//! 3. [`inline`]: the text of one block, gathered in [`piece`]s with a [`style`]; [`fit`]: its
//!    marks moved to where Markdown reads them; [`written`], with [`escape`]: as it is written
//! 4. [`table`]: tables of data, and which tables are none; [`code`]: preformatted text;
//!    [`image`]: where a picture really is; [`embed`]: players and posts
//! 5. [`blocks`]: blocks on lines of their own, inside their lists and quotes

pub mod blocks;
pub mod characters;
pub mod code;
pub mod embed;
pub mod escape;
pub mod fit;
pub mod image;
pub mod inline;
pub mod piece;
pub mod style;
pub mod table;
pub mod write;
pub mod written;
