//! What a page says about itself: title, authors, dates, publisher, address, language.

use super::tree::Tree;
use crate::content::date::PublicationDate;
use crate::content::front_matter::Image;
use crate::import::draft::Setting;

/// Everything a page says about its article beside the text itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// Without the site's name.
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub summary: Option<String>,
    /// Persons, by their names only.
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub agency: Option<String>,
    pub date: Option<PublicationDate>,
    pub updated: Option<PublicationDate>,
    /// BCP 47.
    pub language: Option<String>,
    /// Canonical where the page says so.
    pub url: Option<String>,
    pub license: Option<String>,
    pub image: Option<Image>,
    /// Section names and keywords.
    pub keywords: Vec<String>,
    /// What was doubtful, one sentence each.
    pub review: Vec<String>,
}

/// Reads the title of a page.
pub fn read(tree: &Tree, _setting: &Setting) -> Metadata {
    let title = tree.elements("title").next();
    Metadata {
        title: title
            .map(|title| tree.text(title).trim().to_owned())
            .filter(|title| !title.is_empty()),
        ..Metadata::default()
    }
}
