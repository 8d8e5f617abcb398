//! Articles that belong together: events, threads, what is related.

use serde::Serialize;

use super::card::{Card, Link};
use super::period::Period;
use crate::site::address::Address;
use crate::site::shared::Shared;

/// Articles about the same things, each list nearest first.
#[derive(Debug, Default, Serialize)]
pub struct RelatedView<'a> {
    /// The same story before, nearest first.
    pub earlier: Vec<&'a Shared<Card>>,
    /// The same story after, nearest first.
    pub later: Vec<&'a Shared<Card>>,
    /// The same subject.
    pub also: Vec<&'a Shared<Card>>,
}

/// `event` in `event.html`: one event as several publishers report it.
#[derive(Debug, Serialize)]
pub struct EventView<'a> {
    /// The event's name, or the headline of its first report.
    pub title: String,
    /// Oldest first.
    pub reports: Vec<ReportView<'a>>,
    /// Newest first.
    pub briefings: Vec<&'a Shared<Card>>,
    /// Of its reports.
    pub days: DaysView,
}

/// One report of an event.
#[derive(Debug, Serialize)]
pub struct ReportView<'a> {
    /// Of the article that reports it.
    pub card: &'a Shared<Card>,
    /// Its headline in pieces: what only this one says, and what others say too.
    pub headline: Vec<HeadlinePart>,
    /// Whether it is known to be the first: only the time of day tells reports of one day apart.
    pub first: bool,
}

/// A piece of a headline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadlinePart {
    /// Some words of it.
    pub text: String,
    /// Whether only this report says them.
    pub own: bool,
}

/// `thread` in `thread.html`: one story over months.
#[derive(Debug, Serialize)]
pub struct ThreadView<'a> {
    /// The story's name.
    pub title: String,
    /// The term that the story belongs to.
    pub term: Option<&'a Shared<Link>>,
    /// Of articles in it.
    pub count: usize,
    /// Oldest first.
    pub months: Vec<ThreadMonth<'a>>,
    /// Articles of it without a date.
    pub undated: Vec<&'a Shared<Card>>,
    /// The days on which it was written about, as thousandths of the way from the first to the
    /// last.
    pub marks: Vec<i16>,
    /// Of all its articles.
    pub days: DaysView,
}

/// The articles of a thread in one month, oldest first.
#[derive(Debug, Serialize)]
pub struct ThreadMonth<'a> {
    /// The month.
    pub month: Period,
    /// Oldest first.
    pub articles: Vec<&'a Shared<Card>>,
}

/// `stories` in `stories.html`: the list of all events or of all threads.
#[derive(Debug, Serialize)]
pub struct StoriesView {
    /// `events` or `threads`.
    pub name: &'static str,
    /// Newest first.
    pub stories: Vec<StoryLink>,
}

/// An event or a thread in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoryLink {
    /// Relative to the root.
    pub address: Address,
    /// The event's or the story's name.
    pub title: String,
    /// Of articles in it.
    pub count: usize,
    /// Of its articles.
    pub days: DaysView,
}

/// From when to when, `2021-04-14`; absent where no article has a date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DaysView {
    /// The day of the oldest.
    pub first: Option<String>,
    /// The day of the newest.
    pub last: Option<String>,
}
