//! What a page says about itself: title, authors, dates, publisher, address, language.
//!
//! 1. [`signals`]: everything that may speak, gathered once: [`meta_tags`], [`json_ld`] (broken
//!    JSON is mended in [`json`]) and [`microdata`] in the terms of [`schema`], the [`visible`]
//!    lines, and which [`region`]s are not the article's
//! 2. one file a field chooses among them and gives its reasons in order: [`title`], [`authors`]
//!    (with [`bylines`]), [`dates`] (both with what stands at the [`head`] of the article),
//!    [`publisher`], [`canonical`], [`language`], [`about`] (summary, picture, licence, keywords)
//!
//! Nobody checked any of it before us: every string goes through [`plain`], every address through
//! [`canonical`].

mod about;
mod authors;
mod bylines;
mod canonical;
mod dates;
mod head;
mod json;
mod json_ld;
mod language;
mod meta_tags;
mod microdata;
mod plain;
mod publisher;
mod region;
mod schema;
mod signals;
mod title;
mod visible;

use super::tree::{NodeId, Tree};
use crate::content::date::PublicationDate;
use crate::content::front_matter::Image;
use crate::import::date_text::dates::DayMonthOrder;
use crate::import::draft::Setting;
use signals::Signals;

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
    /// The article's text as the page's data has it, markup and all.
    pub text: Option<String>,
    /// Where readers see it, so that the body doesn't say it again.
    pub shown: Shown,
    /// What was doubtful, one sentence each.
    pub review: Vec<String>,
}

/// The elements of the page that the metadata was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    pub title: Option<NodeId>,
    pub subtitle: Option<NodeId>,
    /// Bylines, each with whatever else stands in its line.
    pub authors: Vec<NodeId>,
    /// Dates of publication and change, each with whatever else stands in its line.
    pub dates: Vec<NodeId>,
}

/// Reads everything a page says about its article.
pub fn read(tree: &Tree, setting: &Setting) -> Metadata {
    let mut signals = Signals::of(tree);
    let title = title::choose(&signals);
    if let Some(node) = title.as_ref().and_then(|title| title.node) {
        signals.regions = signals.regions.around(tree, node);
    }
    let language = language::choose(&signals);
    let order = DayMonthOrder::of_language(language.as_deref());
    let dates = dates::choose::choose(&signals, title.as_ref(), language.as_deref(), setting);
    let authors = authors::choose(&signals, title.as_ref(), order);
    let subtitle = about::subtitle(&signals, title.as_ref());
    Metadata {
        summary: about::summary(&signals),
        // A wire is the publisher where nobody else is.
        publisher: publisher::choose(&signals)
            .or_else(|| title::site_beside(&signals, &title.as_ref()?.text))
            .or_else(|| authors.agency.clone()),
        url: canonical::choose(&signals).map(|address| address.as_str().to_owned()),
        license: about::license(&signals),
        image: about::image(&signals),
        keywords: about::keywords(&signals),
        shown: Shown {
            title: title.as_ref().and_then(|title| title.node),
            subtitle: subtitle.as_ref().and_then(|(_, node)| *node),
            authors: authors.nodes,
            dates: dates.nodes,
        },
        title: title.map(|title| title.text),
        subtitle: subtitle.map(|(text, _)| text),
        authors: authors.names,
        agency: authors.agency,
        date: dates.date,
        updated: dates.updated,
        language,
        review: dates.review,
        text: about::text(&signals),
    }
}
