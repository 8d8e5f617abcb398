//! The site over HTTP while somebody works on it: pages are rendered when asked for.
//!
//! 1. [`watch`]: what changed on disk
//! 2. [`newsroom`]: opens the archive, and again after each change; the last good one stays
//! 3. [`edition`]: one state of the site, answering for its addresses
//! 4. [`board`]: what browsers are told: which edition is out, what is wrong
//! 5. [`http`]: requests and answers; who may ask
//! 6. [`page`]: what a page gets only here: live reload, a bar, messages
//! 7. [`media_type`]: what a file is, by its name

pub mod board;
pub mod edition;
pub mod http;
pub mod media_type;
pub mod newsroom;
pub mod page;
pub mod watch;
