//! Pages reach a folder.
//!
//! - [`folder`]: every address as a file; all of them or none
//! - [`error`]: what can go wrong on the way

pub mod error;
pub mod folder;
