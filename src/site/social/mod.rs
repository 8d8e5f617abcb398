//! What link previews show of a topic, of an issue, and of all that has no picture of its own.
//!
//! 1. [`told`]: what such a picture tells: a title, a few facts, how much there was when
//! 2. [`palette`]: its colours, by the theme
//! 3. [`font`]: text becomes shapes, the same on every machine
//! 4. [`layout`]: as large as its place allows
//! 5. [`drawing`]: all of it as SVG; `deliver/drawing.rs` makes a PNG of it

pub mod drawing;
pub mod font;
pub mod layout;
pub mod palette;
pub mod told;
