//! The site as a commit on a branch of its own, made with the user's own `git`.
//!
//! Neither the work tree nor the index nor the current branch is touched, and there is no second
//! checkout: files go from the renderer into the object store, and from there to the remote.
//!
//! 1. [`repository`]: `git`, run in the archive's folder
//! 2. [`base`]: what the remote has, and whether it is what we know
//! 3. [`tree`]: the files of the last publication, and what its commit [`notes`]; [`blob`]:
//!    whether one of ours differs
//! 4. [`spool`]: what differs, as `git fast-import` reads it, until the audit is over
//! 5. [`publish`]: all of it in order for one branch, and the push
//! 6. [`error`]: what can go wrong
pub mod base;
pub mod blob;
pub mod error;
pub mod notes;
pub mod publish;
pub mod repository;
pub mod spool;
pub mod tree;
