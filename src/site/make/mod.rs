//! Archive values become views: one function a kind of page.
//!
//! - [`meta`]: what every page has; [`body`]: its text; [`quote`]: what leads to it from elsewhere
//! - [`related_terms`], [`term_year`]: parts of what a term shows
//! - [`article`], [`term`], [`period`], [`home`], [`search`], [`story`]: what its kind adds
//! - [`group`]: pages that a theme adds; [`corrections`]: what was wrong
//! - [`matrix`]: terms against years or months; [`email`]: an issue with its texts

pub mod article;
pub mod body;
pub mod corrections;
pub mod email;
pub mod group;
pub mod home;
pub mod matrix;
pub mod meta;
pub mod period;
pub mod quote;
pub mod related_terms;
pub mod search;
pub mod story;
pub mod term;
pub mod term_year;
