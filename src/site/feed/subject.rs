//! Whose news a feed brings, and which articles it holds.

use super::super::address::Address;
use super::super::plan::{Site, address};
use crate::archive::ids::{ArticleId, Node, TermId};
use crate::archive::linked::Archive;

/// How many articles a feed holds: older ones stand in its archive.
pub const NEWEST: usize = 20;

/// Whose news a feed brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Site,
    Term(TermId),
}

impl Subject {
    /// The page whose news it brings.
    pub fn page(self, archive: &Archive) -> Address {
        match self {
            Self::Site => Address::home(),
            Self::Term(id) => address(archive, Node::Term(id)),
        }
    }

    pub fn title(self, site: &Site<'_>) -> String {
        let name = &site.archive.config.title;
        match self {
            Self::Site => name.clone(),
            Self::Term(id) => format!("{} – {name}", site.archive.term(id).title),
        }
    }

    /// Its articles, newest first. Undated ones are left out: an entry without a date is none.
    pub fn articles(self, archive: &Archive) -> Vec<ArticleId> {
        let dated = |id: &ArticleId| archive.entry(*id).day.is_some();
        match self {
            Self::Site => archive.ids().filter(dated).collect(),
            Self::Term(id) => {
                let articles = archive.term(id).articles.iter().copied();
                articles.filter(dated).collect()
            }
        }
    }
}
