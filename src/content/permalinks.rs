//! `[permalinks]` in `site.toml`: the addresses that articles get.

use serde::Deserialize;
use toml::Spanned;

use super::error::ContentError;
use super::front_matter::Kind;
use crate::diagnostic::SourceText;

/// `[permalinks]` as it is written.
#[derive(Debug, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Written {
    article: Option<Spanned<String>>,
    briefing: Option<Spanned<String>>,
    source: Option<Spanned<String>>,
}

/// Patterns of the addresses of articles: `{year}`, `{month}`, `{day}`, `{slug}` are filled in.
#[derive(Debug, Clone)]
pub struct Permalinks {
    briefing: String,
    source: String,
}

impl Permalinks {
    /// A pattern for one kind goes before that for all articles.
    pub fn check(source: &SourceText, written: &Written) -> Result<Self, ContentError> {
        let pattern =
            |own: &Option<Spanned<String>>| match own.as_ref().or(written.article.as_ref()) {
                None => Ok("/{year}/{month}/{slug}/".to_owned()),
                Some(pattern) => check_permalink(source, pattern),
            };
        Ok(Self {
            briefing: pattern(&written.briefing)?,
            source: pattern(&written.source)?,
        })
    }

    /// Whether the year of an article can be read from its address, whatever its kind.
    pub fn say_the_year(&self) -> bool {
        let Self { briefing, source } = self;
        [briefing, source]
            .iter()
            .all(|pattern| pattern.contains("/{year}/"))
    }

    pub fn of(&self, kind: Kind) -> &str {
        match kind {
            Kind::Briefing => &self.briefing,
            Kind::Source => &self.source,
        }
    }
}

fn check_permalink(source: &SourceText, pattern: &Spanned<String>) -> Result<String, ContentError> {
    let text = pattern.get_ref();
    let mut rest = text.clone();
    for field in ["{year}", "{month}", "{day}", "{slug}"] {
        rest = rest.replace(field, "");
    }
    let fault = if !text.contains("{slug}") {
        "every article needs its `{slug}` in its address"
    } else if !text.starts_with('/') || !text.ends_with('/') {
        "an address begins and ends with `/`"
    } else if !rest
        .bytes()
        .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/'))
    {
        "only lower-case letters, digits, `-`, `/` and {year}, {month}, {day}, {slug} may stand here"
    } else {
        return Ok(text.clone());
    };
    Err(ContentError::field(
        source,
        pattern.span(),
        "this pattern makes no good addresses",
        fault,
        Some("the default is `/{year}/{month}/{slug}/`".into()),
    ))
}
