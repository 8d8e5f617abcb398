//! When the article was published and changed.
//!
//! 1. [`told`], [`address`], [`seen`], [`scripted`]: dates written for machines, in the address, on
//!    the page, in its scripts
//! 2. [`choose`]: which of them count
//! 3. [`printed`]: what machines are told, held against what readers see

mod address;
pub(super) mod choose;
mod printed;
mod scripted;
mod seen;
mod told;
