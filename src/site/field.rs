//! A field of articles by the name that front matter gives it: what queries and page kinds of a
//! theme go by.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use super::cards::language;
use super::error::SiteError;
use crate::archive::ids::ArticleId;
use crate::archive::linked::Archive;
use crate::archive::vocabulary::Term;
use crate::content::taxonomy::{Taxonomies, Taxonomy};
use crate::diagnostic::{SourceText, nearest, span_within};
use crate::text::slug::slug;

/// Fields that are text, beside the taxonomies.
const FRONT: [&str; 12] = [
    "title",
    "kind",
    "language",
    "date",
    "updated",
    "editors",
    "contributors",
    "agency",
    "dateline",
    "issue",
    "keywords",
    "thread",
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// One of those above.
    Front(&'static str),
    Terms(Taxonomy),
    /// The way to a field below `[extra]`.
    Extra(Vec<String>),
}

/// One value of a field.
#[derive(Debug)]
pub enum Named<'a> {
    Term(&'a Term),
    Text(Cow<'a, str>),
}

impl Named<'_> {
    pub fn text(&self) -> &str {
        match self {
            Self::Term(term) => &term.title,
            Self::Text(text) => text,
        }
    }

    /// As a part of an address; `None` when nothing of the text can be written that way.
    pub fn slug(&self) -> Option<String> {
        match self {
            Self::Term(term) => Some(term.slug.clone()),
            Self::Text(text) => slug(text),
        }
    }
}

/// What articles are sorted by.
#[derive(Debug)]
pub enum Key {
    /// A place in the archive's own order, the newest first: it knows the time of day.
    Place(Reverse<ArticleId>),
    Number(f64),
    Text(String),
}

impl Key {
    /// Numbers stand before text.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Place(a), Self::Place(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Place(_), _) | (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (_, Self::Place(_)) | (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        }
    }
}

impl Field {
    /// The field called `name`: `series`, `extra.treaty`. `None` when there is none.
    pub fn find(name: &str, taxonomies: &Taxonomies) -> Option<Self> {
        if let Some(way) = name.strip_prefix("extra.") {
            let way: Vec<String> = way.split('.').map(str::to_owned).collect();
            return way
                .iter()
                .all(|part| !part.is_empty())
                .then_some(Self::Extra(way));
        }
        let front = FRONT.iter().find(|known| **known == name);
        if let Some(known) = front {
            return Some(Self::Front(known));
        }
        // Front matter names one publisher, the taxonomy is called by all of them.
        let taxonomy = if name == "publisher" {
            Some(Taxonomy::PUBLISHERS)
        } else {
            taxonomies.find(name)
        };
        taxonomy.map(Self::Terms)
    }

    /// The message that there is no field called `name`, at a range of a `theme.toml`.
    pub fn unknown(
        source: &SourceText,
        at: Range<usize>,
        name: &str,
        taxonomies: &Taxonomies,
    ) -> SiteError {
        let known = || {
            let taxonomies = taxonomies.iter().map(|(_, settings)| &*settings.name);
            FRONT.into_iter().chain(taxonomies)
        };
        let help = match nearest(name, known()) {
            Some(near) => format!("did you mean `{near}`? A field of your own is `extra.{name}`"),
            None => format!(
                "there are {}; a field of your own is `extra.{name}`",
                known().collect::<Vec<_>>().join(", ")
            ),
        };
        SiteError::theme_toml(
            source,
            at,
            format!("articles have no field `{name}`"),
            "no such field",
            Some(help),
        )
    }

    /// What an article says here: nothing, one value or several.
    pub fn values<'a>(&self, archive: &'a Archive, id: ArticleId) -> Vec<Named<'a>> {
        let article = archive.article(id);
        let front = &article.front;
        let list = |values: &'a [String]| -> Vec<Named<'a>> {
            let values = values.iter();
            values
                .map(|value| Named::Text(Cow::from(value.as_str())))
                .collect()
        };
        match self {
            Self::Terms(taxonomy) => archive.terms_of[id.index()]
                .iter()
                .map(|term| archive.term(*term))
                .filter(|term| term.taxonomy == *taxonomy)
                .map(Named::Term)
                .collect(),
            Self::Extra(way) => found(&front.extra, way).map_or(Vec::new(), texts),
            Self::Front(name) => match *name {
                "title" => vec![Named::Text(Cow::from(&*front.title))],
                "kind" => vec![Named::Text(Cow::from(article.kind.name()))],
                "language" => vec![Named::Text(Cow::from(language(archive, article)))],
                "date" => date(archive.entry(id).day.as_ref()),
                "updated" => date(front.updated.as_ref()),
                "editors" => list(&front.editors),
                "contributors" => list(&front.contributors),
                "agency" => list(front.agency.as_slice()),
                "dateline" => list(front.dateline.as_slice()),
                "issue" => list(front.issue.as_slice()),
                "keywords" => list(&front.keywords),
                "thread" => list(front.thread.as_slice()),
                _ => Vec::new(),
            },
        }
    }

    /// What an article is sorted by, if it says anything here.
    pub fn key(&self, archive: &Archive, id: ArticleId) -> Option<Key> {
        if *self == Self::Front("date") {
            let dated = archive.entry(id).day.is_some();
            return dated.then_some(Key::Place(Reverse(id)));
        }
        if let Self::Extra(way) = self {
            let number = match found(&archive.article(id).front.extra, way) {
                // An order needs no more digits than a float has.
                #[expect(clippy::cast_precision_loss, reason = "see above")]
                Some(toml::Value::Integer(number)) => Some(*number as f64),
                Some(toml::Value::Float(number)) => Some(*number),
                _ => None,
            };
            if let Some(number) = number {
                return Some(Key::Number(number));
            }
        }
        let values = self.values(archive, id);
        let first = values.first()?;
        Some(Key::Text(first.text().to_lowercase()))
    }

    /// Whether two articles may well have the same value.
    pub fn groups(&self) -> bool {
        !matches!(self, Self::Front("title" | "date" | "updated"))
    }

    /// The message that no article has this field of one's own; `None` where one has it, or where
    /// every archive has the field.
    pub fn nowhere(
        &self,
        archive: &Archive,
        source: &SourceText,
        at: Range<usize>,
    ) -> Option<SiteError> {
        let Self::Extra(way) = self else { return None };
        let extras = || {
            archive
                .entries
                .iter()
                .map(|entry| &entry.article.front.extra)
        };
        if archive.entries.is_empty() || extras().any(|extra| found(extra, way).is_some()) {
            return None;
        }
        let name = way.join(".");
        let near = nearest(
            &name,
            extras().flat_map(toml::Table::keys).map(String::as_str),
        );
        Some(SiteError::NothingChosen {
            message: format!("no article has a field `{name}` under `[extra]`"),
            help: near.map(|near| format!("did you mean `extra.{near}`?")),
            source_code: source.named(),
            span: span_within(source.text(), at).into(),
        })
    }
}

fn date<'a>(date: Option<&impl ToString>) -> Vec<Named<'a>> {
    let date = date.map(|date| Named::Text(Cow::from(date.to_string())));
    date.into_iter().collect()
}

fn found<'t>(extra: &'t toml::Table, way: &[String]) -> Option<&'t toml::Value> {
    let (first, rest) = way.split_first()?;
    let value = extra.get(first)?;
    rest.iter().try_fold(value, |value, part| value.get(part))
}

/// A value as text; a list has several, a table none.
fn texts(value: &toml::Value) -> Vec<Named<'_>> {
    let text = match value {
        toml::Value::String(text) => Cow::from(text.as_str()),
        toml::Value::Integer(number) => Cow::from(number.to_string()),
        toml::Value::Float(number) => Cow::from(number.to_string()),
        toml::Value::Boolean(flag) => Cow::from(flag.to_string()),
        toml::Value::Datetime(date) => Cow::from(date.to_string()),
        toml::Value::Array(values) => return values.iter().flat_map(texts).collect(),
        toml::Value::Table(_) => return Vec::new(),
    };
    vec![Named::Text(text)]
}
