//! Pages reach a folder, a branch, or a browser.
//!
//! - [`rendering`]: every file of the site, one after the other
//! - [`picture`]: pictures in a few widths, without metadata
//! - [`drawing`]: what the site draws, as PNG
//! - [`audit`]: what would go wrong once the site is out
//! - [`external`]: whether links to other sites still lead somewhere
//! - [`ledger`]: addresses that were published before
//! - [`manifest`]: what the last build left there
//! - [`last_build`]: whether anything has changed since; [`remembered`]: what it warned of
//! - [`folder`]: every address as a file; all of them or none ([`records`]: a large one record by record)
//! - [`git`]: the site as a commit on a branch of its own
//! - [`publish`]: an audited site to a branch or a folder
//! - [`serve`]: the site over HTTP while somebody works on it
//! - [`error`]: what can go wrong on the way

pub mod audit;
pub mod drawing;
pub mod error;
pub mod external;
pub mod folder;
pub mod git;
pub mod last_build;
pub mod ledger;
pub mod manifest;
pub mod picture;
pub mod publish;
pub mod records;
pub mod remembered;
pub mod rendering;
pub mod serve;
