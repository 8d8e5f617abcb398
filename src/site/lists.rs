//! What is made of the whole archive before any page is planned.

use super::cards::{Cards, cards};
use super::search::file::{Files, index};
use super::search::posting::Parts;
use crate::archive::linked::Archive;

/// Every article and term as lists show them, and the search index.
#[derive(Debug)]
pub struct Lists {
    pub cards: Cards,
    /// What the search page reads; empty when the archive has none.
    pub search: Files,
}

impl Lists {
    /// Makes all of it anew.
    pub fn of(archive: &Archive) -> Self {
        let cards = cards(archive);
        let search = if archive.config.search {
            index(archive, &cards, &Parts::new()).0
        } else {
            Files::new()
        };
        Self { cards, search }
    }
}
