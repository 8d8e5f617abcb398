//! Pages reach a folder.
//!
//! - [`rendering`]: every file of the site, one after the other
//! - [`folder`]: every address as a file; all of them or none
//! - [`error`]: what can go wrong on the way

pub mod error;
pub mod folder;
pub mod rendering;
