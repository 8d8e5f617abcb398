//! What was wrong.

use serde::Serialize;

use super::article::NoticeView;
use super::card::Card;
use crate::site::shared::Shared;

/// `corrections` in `corrections.html`: every correction and every withdrawal.
#[derive(Debug, Serialize)]
pub struct CorrectionsView<'a> {
    /// Newest first.
    pub notices: Vec<Correction<'a>>,
}

/// One notice with its article.
#[derive(Debug, Serialize)]
pub struct Correction<'a> {
    /// Of the article.
    pub card: &'a Shared<Card>,
    /// What was wrong.
    pub notice: NoticeView,
    /// Whether it takes the whole article back.
    pub withdrawal: bool,
}
