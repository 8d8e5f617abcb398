//! The front page.

use serde::Serialize;

use super::article::ImageView;
use super::card::{Card, Counted};
use super::period::MonthGrid;
use super::term::IssueView;
use crate::site::shared::Shared;

/// `home` in `home.html`.
#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    /// The newest issue of all series, where there is one.
    pub newest_issue: Option<IssueView<'a>>,
    /// The picture of the first article of the newest issue.
    pub lead_image: Option<ImageView>,
    /// The latest briefings, newest first, without those of the newest issue.
    pub briefings: Vec<&'a Shared<Card>>,
    /// The latest source articles, newest first.
    pub sources: Vec<&'a Shared<Card>>,
    /// Most used first.
    pub topics: Vec<Counted>,
    /// Newest first, with how many articles each has.
    pub years: Vec<Counted>,
    /// The calendar of the newest month that has articles.
    pub month: Option<MonthGrid>,
    /// All articles of the archive.
    pub total: usize,
}
