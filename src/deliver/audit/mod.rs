//! What would go wrong once the site is out, found before it is.
//!
//! 1. [`page`], [`stylesheet`]: what one file refers to and what can be referred to in it
//! 2. [`reference`]: a written address becomes a place in the site, or one outside of it
//! 3. [`look`]: one file with all of that; [`survey`]: all files together; [`seen`]: what is
//!    remembered of a page, so that it is looked at once however often it is published
//! 4. [`lookup`]: which file answers an address, by the rules of GitHub Pages
//! 5. [`names`], [`size`]: what file systems and hosts refuse
//! 6. [`judge`]: everything that is wrong, as [`finding`]s that point into the files ([`quote`],
//!    [`excerpt`])
//!
//! [`access`] is for themes: whether everybody can find their way in their pages.
//!
//! [`site`] surveys a site that is rendered for it, [`folder`] one that already lies on disk. Each trap is a test, with its message, in
//! `tests/audit.rs`.

pub mod access;
pub mod excerpt;
pub mod finding;
pub mod folder;
pub mod judge;
pub mod look;
pub mod lookup;
pub mod names;
pub mod page;
pub mod quote;
pub mod reference;
pub mod seen;
pub mod site;
pub mod size;
pub mod stylesheet;
pub mod survey;
