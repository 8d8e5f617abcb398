//! An article found in a raw document, before it has a place in the archive.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use crate::content::front_matter::FrontMatter;

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

/// What one converter found.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Everything but terms; of the provenance the address and the licence that the text itself
    /// gives. `review` has what the converter was not sure of, one sentence each.
    pub front: FrontMatter,
    /// CommonMark; never starts with the title.
    pub body: String,
}
