//! What would go wrong once the site is out, found before it is.
//!
//! 1. [`page`], [`stylesheet`]: what one file refers to and what can be referred to in it
//! 2. [`reference`]: a written address becomes a place in the site, or one outside of it
//! 3. [`survey`]: all files together; what a thousand pages share is remembered once
//! 4. [`lookup`]: which file answers an address, by the rules of GitHub Pages
//! 5. [`names`], [`size`]: what file systems and hosts refuse
//! 6. [`judge`]: everything that is wrong, as [`finding`]s that point into the files ([`excerpt`])
//!
//! [`folder`] surveys a site that already lies on disk. Each trap is a test, with its message, in
//! `tests/audit.rs`.

pub mod excerpt;
pub mod finding;
pub mod folder;
pub mod judge;
pub mod lookup;
pub mod names;
pub mod page;
pub mod reference;
pub mod size;
pub mod stylesheet;
pub mod survey;
