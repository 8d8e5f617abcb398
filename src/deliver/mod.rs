//! Pages reach a folder.
//!
//! - [`rendering`]: every file of the site, one after the other
//! - [`audit`]: what would go wrong once the site is out
//! - [`folder`]: every address as a file; all of them or none
//! - [`error`]: what can go wrong on the way

pub mod audit;
pub mod error;
pub mod folder;
pub mod rendering;
