//! Pages that a theme adds: a page for each value of a field.

use serde::Serialize;

use super::card::Card;
use super::period::PeriodLink;
use crate::site::address::Address;
use crate::site::shared::Shared;

/// `group` in `group.html`, or in the template that a page kind names: the articles that share a
/// value.
#[derive(Debug, Serialize)]
pub struct GroupView<'a> {
    /// The page kind, as `theme.toml` calls it.
    pub name: &'a str,
    /// The value, in words.
    pub title: &'a str,
    /// The value, as in the address; what records below `data/` can be found by.
    pub slug: &'a str,
    /// All articles with this value.
    pub count: usize,
    /// On the page of one year: which. Only values with very many articles have such pages.
    pub year: Option<i16>,
    /// The pages of years, newest first.
    pub years: Vec<PeriodLink>,
    /// Newest first.
    pub articles: Vec<&'a Shared<Card>>,
}

/// `groups` in `groups.html`: the index of the pages of one kind.
#[derive(Debug, Serialize)]
pub struct GroupsView<'a> {
    /// The page kind, as `theme.toml` calls it.
    pub name: &'a str,
    /// What the index is called.
    pub title: &'a str,
    /// By title.
    pub groups: Vec<GroupLink<'a>>,
}

/// The page of one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupLink<'a> {
    /// Relative to the root.
    pub address: &'a Address,
    /// The value, in words.
    pub title: &'a str,
    /// The value, as in the address.
    pub slug: &'a str,
    /// Of articles with this value.
    pub count: usize,
}
