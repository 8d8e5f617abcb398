//! Views: the typed structs that templates get, each the complete input of its page.
//!
//! A view holds light values only: cards and links, never whole articles. What a template may
//! use is what is written down here.
//!
//! - [`card`]: an article in a list, a link, a term with a count
//! - [`article`]: one article in full; [`term`], [`period`], [`home`]: the pages that list;
//!   [`search`]: what results can be narrowed by
//! - [`group`]: pages that a theme adds; [`corrections`]: what was wrong
//! - [`body`]: the text of a page; [`email`]: an issue with its texts
//! - [`story`]: events, threads, related articles
//! - [`common`]: what every page has: title, language, canonical address, breadcrumbs

pub mod article;
pub mod body;
pub mod card;
pub mod common;
pub mod corrections;
pub mod email;
pub mod group;
pub mod home;
pub mod period;
pub mod search;
pub mod story;
pub mod term;
