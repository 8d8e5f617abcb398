//! The archive becomes pages: a function from address to bytes.
//!
//! 1. [`address`]: where everything stands
//! 2. [`layers`], [`manifest`]: a theme and those it extends, embedded or from disk;
//!    [`theme`]: their templates, static files ([`style`] sheets without comments) and strings as
//!    one ([`page_kind`]s and [`query`]s by any [`field`] of articles: what a theme asks for beyond
//!    every site's pages; [`data`]: what an archive has for its templates, as [`plain`] values)
//! 3. [`plan`]: every address of the site and what stands there, without rendering any;
//!    [`site_links`]: links that are addresses lead somewhere
//!    ([`term_pages`]: how the lists of terms are paged; [`shard`]: which part of a large site an
//!    address is in; [`files`]: all of it, part by part)
//! 4. [`cards`], [`lists`], [`make`]: archive values become the typed [`view`]s that templates get
//!    ([`shared`]: made ready once where many pages show them; [`sentence`]s of other texts;
//!    [`prints`]: what is told of an article, as a fingerprint)
//! 5. [`body`], [`highlight`], [`widths`]: Markdown becomes HTML, with its links, its code and its
//!    pictures
//! 6. [`cite`]: how to cite an article
//! 7. [`templates`], [`locale`]: the theme, compiled for each of its languages ([`each`]: what many
//!    pages show alike is rendered once, and known by its [`calls`]); what Tera says of them is put
//!    into words in [`template_error`] ([`usage`]: what of a theme no page uses)
//! 8. [`search`]: the index that the search page reads
//! 9. [`markdown`]: an article for readers that are programs; [`email`]: an issue to be sent
//! 10. [`social`]: what link previews show
//! 11. [`render`]: an address becomes bytes, unless they are [`known`] to be the same: a view and a template, a [`feed`], a [`sitemap`],
//!     an [`export`] ([`records`] one by one), a [`machine`] file, the ledger of [`permalinks`]
//!
//! What can be wrong with a theme or an address is in [`error`].

pub mod address;
pub mod body;
pub mod calls;
pub mod cards;
pub mod cite;
pub mod data;
pub mod each;
pub mod email;
pub mod error;
pub mod export;
pub mod feed;
pub mod field;
pub mod files;
pub mod highlight;
pub mod known;
pub mod layers;
pub mod lists;
pub mod locale;
pub mod machine;
pub mod make;
pub mod manifest;
pub mod markdown;
pub mod page_kind;
pub mod permalinks;
pub mod plain;
pub mod plan;
pub mod prints;
pub mod query;
pub mod records;
pub mod render;
pub mod search;
pub mod sentence;
pub mod shard;
pub mod shared;
pub mod site_links;
pub mod sitemap;
pub mod social;
pub mod style;
pub mod template_error;
pub mod templates;
pub mod term_pages;
pub mod theme;
pub mod usage;
pub mod view;
pub mod widths;
