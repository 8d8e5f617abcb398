//! What can be seen of a line, as yes-or-no features, so that a weight says in one number what
//! each speaks for; lengths and shares are cut into steps.
//!
//! 1. [`group`]: what is looked at, and the number each feature goes by
//! 2. [`shape`]: a line's own look
//! 3. [`wording`]: its words
//! 4. [`page`]: its neighbours, its place on the page, and all of the above as one list

pub mod group;
pub mod page;
pub mod shape;
pub mod wording;
