//! Imports as editors do them: files in, an archive out.
//!
//! - [`archive`]: an archive in a folder of its own, and the program run in it
//! - [`containers`]: feeds, mails, exports, web archives, lines of JSON
//! - [`encodings`]: pages in the encodings of their countries
//! - [`hostile`]: input that is out to do harm
//! - [`markdown`]: sites and notes of other programs
//! - [`twice`]: the same article again; taking an import back; settling what is open
//! - [`web`]: addresses, fetched from a server on this machine

mod archive;
mod containers;
mod encodings;
mod hostile;
mod markdown;
mod twice;
mod web;
