//! What is new, for feed readers: of the whole site and of every term.
//!
//! 1. [`entry`]: which articles a feed holds, and what it says of each
//! 2. [`atom`], [`json`]: the two formats, saying the same

pub mod atom;
pub mod entry;
pub mod json;
