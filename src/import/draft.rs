//! An article found in a raw document, before it has a place in the archive.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use crate::content::date::PublicationDate;
use crate::content::front_matter::{Image, Kind};

/// What converters need to know beside the document itself.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// The zone of dates that name none; `None` when neither the archive nor the editor said.
    pub time_zone: Option<TimeZone>,
    /// Whether the editor chose that zone for just these documents.
    pub is_chosen: bool,
}

impl Setting {
    /// The setting of a text in a language (BCP 47) that is written in one zone only, or nearly so:
    /// its clocks are not the archive's, unless the editor says that they are.
    pub fn in_language(&self, language: Option<&str>) -> Cow<'_, Self> {
        let primary = language.and_then(|tag| tag.split('-').next());
        let hours = match primary {
            Some("ko" | "ja") => 9,
            Some("zh") => 8,
            _ => return Cow::Borrowed(self),
        };
        if self.is_chosen {
            return Cow::Borrowed(self);
        }
        Cow::Owned(Self {
            time_zone: Some(TimeZone::fixed(jiff::tz::offset(hours))),
            ..self.clone()
        })
    }
}

/// What one converter found: everything that goes into front matter but terms and provenance,
/// and the body as Markdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub title: String,
    pub subtitle: Option<String>,
    pub summary: Option<String>,
    pub date: Option<PublicationDate>,
    pub updated: Option<PublicationDate>,
    pub kind: Kind,
    pub authors: Vec<String>,
    pub editors: Vec<String>,
    pub contributors: Vec<String>,
    pub publisher: Option<String>,
    pub agency: Option<String>,
    pub dateline: Option<String>,
    pub series: Option<String>,
    pub issue: Option<String>,
    /// Section names and free keywords; the archive's vocabulary turns them into topics.
    pub keywords: Vec<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The article's own address, canonical where the document says so.
    pub url: Option<String>,
    pub license: Option<String>,
    pub image: Option<Image>,
    /// CommonMark; never starts with the title.
    pub body: String,
    /// What the converter was not sure of, one sentence each.
    pub review: Vec<String>,
}
