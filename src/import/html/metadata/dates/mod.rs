//! When the article was published and changed.
//!
//! 1. [`address`], [`seen`]: dates in the address and on the page, beside those written for
//!    machines
//! 2. [`choose`]: which of them count
//! 3. [`printed`]: what machines are told, held against what readers see

mod address;
pub(super) mod choose;
mod printed;
mod seen;
