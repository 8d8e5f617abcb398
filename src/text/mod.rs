//! Words, names and languages of plain text: pure functions that import and archive share.
//!
//! - [`characters`]: those that no text has
//! - [`filing`]: where a title stands in an index
//! - [`hash`]: bytes become a name
//! - [`json`]: long texts as JSON strings
//! - [`language`]: the language a text is written in
//! - [`longer_name`]: whether a name stands there as a part of a longer one
//! - [`names`], [`organisations`]: persons in a byline, and houses that are none
//! - [`name_match`]: whether a name found in a text stands there as a name
//! - [`near`]: two spellings of one name
//! - [`person_name`]: family name and given name
//! - [`resemblance`]: how much two texts are the same
//! - [`script`]: East Asian text, which says more in fewer characters
//! - [`near_duplicate`]: texts that are nearly the same, among many
//! - [`search_terms`]: what a text is found by
//! - [`section`]: the three parts of a briefing
//! - [`slug`]: a title becomes a lower-case ASCII path part
//! - [`stems`]: words brought to their stems, for comparing texts
//! - [`trigrams`]: which of many names look like a given one
//! - [`words`]: counts, first sentences, first words

pub mod characters;
pub mod filing;
pub mod hash;
pub mod json;
pub mod language;
pub mod longer_name;
pub mod name_match;
pub mod names;
pub mod near;
pub mod near_duplicate;
pub mod organisations;
pub mod person_name;
pub mod resemblance;
pub mod script;
pub mod search_terms;
pub mod section;
pub mod slug;
pub mod stems;
pub mod trigrams;
pub mod words;
