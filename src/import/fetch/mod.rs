//! Addresses become documents, politely.
//!
//! 1. [`robots`]: what a site lets programs read
//! 2. [`client`]: one request after the other, slowly, with limits

pub mod client;
pub mod robots;
