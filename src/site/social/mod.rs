//! What link previews show of a topic, of an issue, and of all that has no picture of its own.
//!
//! 1. [`told`]: what such a picture tells: a title, a few facts, how much there was when
//! 2. [`palette`]: its colours, by the theme
//! 3. [`font`]: text becomes glyphs, the same on every machine
//! 4. [`layout`]: as large as its place allows
//! 5. [`glyph`]: how much of each pixel a glyph covers
//! 6. [`canvas`]: pixels of few colours, with rectangles and text on them
//! 7. [`drawing`]: all of it in its places; `deliver/drawing.rs` makes a PNG of it

pub mod canvas;
pub mod drawing;
pub mod font;
pub mod glyph;
pub mod layout;
pub mod palette;
pub mod told;
