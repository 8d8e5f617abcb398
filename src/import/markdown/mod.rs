//! Markdown of other programs (Hugo, Jekyll, Zola, Obsidian) becomes ours, with nothing dropped
//! silently.
//!
//! 1. [`split`]: front matter in YAML, TOML or JSON, and the body
//! 2. [`fields`]: their front matter in our terms; what has no place there goes under `[extra]`
//! 3. the body outside of its [`code`]: [`shortcodes`], [`raw_html`], [`marks`] of one program,
//!    [`links`]
//! 4. [`convert`]: all of it together

pub mod code;
pub mod convert;
pub mod fields;
pub mod links;
pub mod marks;
pub mod raw_html;
pub mod shortcodes;
pub mod split;
