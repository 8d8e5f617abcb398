//! Archive values become views: one function a kind of page.
//!
//! - [`meta`]: what every page has
//! - [`article`], [`term`], [`period`], [`home`], [`search`]: what its kind adds
//! - [`matrix`]: terms against years or months

pub mod article;
pub mod home;
pub mod matrix;
pub mod meta;
pub mod period;
pub mod search;
pub mod term;
