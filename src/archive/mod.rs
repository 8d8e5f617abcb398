//! Typed values become one linked archive.
//!
//! 1. [`entry`]: which articles are in, on which day, newest first; [`ids`]: their names from here on
//! 2. [`vocabulary`]: every term that has a file or is used, and the articles under it;
//!    [`term_check`]: what is doubtful about them
//! 3. [`calendar`]: years, months, ISO weeks; [`issue`]: newsletter issues
//! 4. [`nodes`], [`names`], [`links`], [`references`]: what links and front matter lead to, and
//!    from where, [`by_node`]
//! 5. [`mention`]: names of terms in running text; [`quote`]: the [`sentence`] that a name or a
//!    link stands in
//! 6. [`vector`], [`neighbour`]: what each article is about, and which others are; [`related`]: what
//!    to read next; all of that brought up to date after an edit, [`near`]; [`event`]: several publishers on one thing; [`thread`]: one story over months
//! 7. [`linked`]: all of it as one value that never changes again
//!
//! References that lead nowhere are in [`error`]; what is not wrong and not finished either is in
//! [`loose_ends`], names without a term in [`candidates`]. [`rewrite`] makes what leads to one thing
//! lead to another.

pub mod by_node;
pub mod calendar;
pub mod candidates;
pub mod entry;
pub mod error;
pub mod event;
pub mod ids;
pub mod issue;
pub mod linked;
pub mod links;
pub mod loose_ends;
pub mod mention;
pub mod names;
pub mod near;
pub mod neighbour;
pub mod nodes;
pub mod quote;
pub mod references;
pub mod related;
pub mod rewrite;
pub mod sentence;
pub mod term_check;
pub mod thread;
pub mod vector;
pub mod vocabulary;
