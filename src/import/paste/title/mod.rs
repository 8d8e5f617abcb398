//! Which line of a page is the title of its first article.
//!
//! A copied page says nowhere which line was its heading, but much hints at it: the lines below
//! speak of the same things, a byline or a date follows, the breadcrumb ends with the same words,
//! menus of short lines lie above and the text below. Each of these is a [`clue`]; what each is
//! worth is learned (`training/paste/README.md`).
//!
//! 1. [`clue`]: what speaks for and against a line, and how much
//! 2. [`page`]: a page's lines, measured by it

pub mod clue;
pub mod page;
