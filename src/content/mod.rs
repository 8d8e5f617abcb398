//! Content files become typed values.
//!
//! 1. [`disk`]: bytes of `site.toml` and of everything under `content/`; [`picture_size`]:
//!    how large its pictures are shown
//! 2. [`config`]: `site.toml`, checked; its parts about where articles stand, [`permalinks`], and
//!    where the site goes, [`publishing`];
//!    [`furniture`]: what stands around every page
//! 3. [`split`], [`characters`], [`front_matter`], [`date`], [`term`],
//!    [`taxonomy`], [`markdown`]: the parts of one file
//! 4. [`parse`]: one file becomes an [`article`], a term or a page
//! 5. [`library`]: all of them together; what is wrong goes into findings as [`error`]s
//!    (with what the TOML reader says put into words by [`toml_error`])
//!
//! What is worth keeping between two runs goes through [`cache`]; what was made of one text alone is
//! [`kept`] under the text's hash, front matter [`packed`], lists of a [`fixed`] size; a program that goes on running reads only what has changed since
//! a [`recent`] look, and a file that looks as before, by its [`stamps`], is only read when somebody asks
//! for its words.
//!
//! The way back is [`write`]: an article as the text of its file; [`edit`] changes a file without
//! touching anything else in it; [`review`] finds and settles what import left open in one.

pub mod article;
pub mod cache;
pub mod characters;
pub mod config;
pub mod date;
pub mod disk;
pub mod edit;
pub mod error;
pub mod fixed;
pub mod front_matter;
pub mod furniture;
pub mod kept;
pub mod library;
pub mod markdown;
pub mod packed;
pub mod parse;
pub mod permalinks;
pub mod picture_size;
pub mod publishing;
pub mod recent;
pub mod review;
pub mod split;
pub mod stamps;
pub mod taxonomy;
pub mod term;
pub mod toml_error;
pub mod write;
