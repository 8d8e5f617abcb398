//! Files and streams become raw documents, one after the other and never all at once.
//!
//! 1. [`open`]: what a file holds, unpacked ([`gzip`]) and recognised ([`recognise`])
//! 2. containers that hold many documents: [`warc`] (of [`http_message`]s), [`mbox`], [`feed`] and
//!    [`wordpress`] (both through [`xml`]; [`wordpress_content`] is a post's text), [`json`]
//! 3. containers of one: [`mail`], which MHTML is too
//! 4. [`dates`]: dates as machines write them

pub mod dates;
pub mod feed;
pub mod gzip;
pub mod http_message;
pub mod json;
pub mod mail;
pub mod mbox;
pub mod open;
pub mod recognise;
pub mod warc;
pub mod wordpress;
pub mod wordpress_content;
pub mod xml;
