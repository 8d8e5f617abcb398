//! Markdown: what a body links to and how it reads as HTML. The one home of pulldown-cmark.
//!
//! - [`syntax`]: the parser with its extensions
//! - [`outline`]: what a body holds beside its text, read with the file
//! - [`image`]: the pictures in it
//! - [`prose`]: its words, as pieces of the source
//! - [`plain`]: the text alone
//! - [`html`]: the body as a page shows it
//!
//! A body is walked twice, and both walks see the same events in the same order: the outline when
//! it is read, the HTML when its page is rendered. The n-th link of the outline is therefore the
//! n-th link to be rendered, and nothing has to be looked up by name in between.

pub mod html;
pub mod image;
pub mod outline;
pub mod plain;
pub mod prose;
pub mod syntax;
