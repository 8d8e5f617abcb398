//! A newsletter issue as an e-mail.

use serde::Serialize;

use super::article::NoticeView;
use super::card::Card;
use super::term::IssueView;
use crate::site::shared::Shared;

/// `email` in `email/issue.html` and `email/issue.txt`: an issue with its texts.
#[derive(Debug, Serialize)]
pub struct EmailView<'a> {
    /// The issue, as its page gets it.
    pub issue: IssueView<'a>,
    /// Newest first, as in `issue`.
    pub articles: Vec<EmailArticle<'a>>,
}

/// An article of the issue with its text.
#[derive(Debug, Serialize)]
pub struct EmailArticle<'a> {
    /// Title, date and so on, as in lists.
    pub card: &'a Shared<Card>,
    /// HTML whose links are full addresses; empty where the text isn't ours to show.
    pub body: String,
    /// The same as Markdown, which reads as plain text.
    pub text: String,
    /// The first words, of an article that isn't shown in full.
    pub excerpt: Option<String>,
    /// Where the whole of it is to be read.
    pub url: String,
    /// In the order of the front matter.
    pub corrections: Vec<NoticeView>,
    /// Why it was taken back; `body` is empty then.
    pub withdrawn: Option<NoticeView>,
}
