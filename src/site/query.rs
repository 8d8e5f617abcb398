//! `[queries.NAME]` of a `theme.toml`: articles that a theme asks for beside those that its pages
//! list anyway, as data and not as a program.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::error::SiteError;
use super::field::{Field, Key, Named};
use crate::archive::ids::ArticleId;
use crate::archive::linked::Archive;
use crate::content::front_matter::Kind;
use crate::content::taxonomy::{Taxonomies, Taxonomy};
use crate::diagnostic::{Findings, SourceText, nearest, span_within};

/// Every kind of page, in `on`.
pub const ALL: &str = "all";

/// One query as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    #[serde(default)]
    from: From,
    #[serde(default, rename = "where")]
    conditions: BTreeMap<Spanned<String>, Spanned<toml::Value>>,
    sort: Option<Spanned<String>>,
    limit: Option<Spanned<usize>>,
    on: Option<Vec<Spanned<String>>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum From {
    #[default]
    Articles,
    Briefings,
    Sources,
}

/// One query, checked.
#[derive(Debug, Clone)]
pub struct Query {
    source: SourceText,
    from: From,
    /// An article must fulfil every one.
    pub conditions: Vec<Condition>,
    sort: Option<(Field, Direction)>,
    limit: usize,
    /// The kinds of page whose templates get it.
    pub on: Vec<Spanned<String>>,
}

/// A field that must have one of some values.
#[derive(Debug, Clone)]
pub struct Condition {
    field: Field,
    named: Range<usize>,
    wanted: Vec<String>,
    values: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Rising,
    Falling,
}

impl Query {
    /// Checks a query of the `theme.toml` that `source` is.
    ///
    /// # Errors
    /// A field that articles don't have, a value that none can have, a limit of nothing.
    pub fn check(
        source: &SourceText,
        written: Written,
        taxonomies: &Taxonomies,
    ) -> Result<Self, SiteError> {
        let Written {
            from,
            conditions,
            sort,
            limit,
            on,
        } = written;
        let conditions = conditions.into_iter().map(|(name, value)| {
            let (named, values) = (name.span(), value.span());
            let field = Field::find(name.get_ref(), taxonomies).ok_or_else(|| {
                Field::unknown(source, named.clone(), name.get_ref(), taxonomies)
            })?;
            let wanted = wanted(value.get_ref()).ok_or_else(|| {
                SiteError::theme_toml(
                    source,
                    values.clone(),
                    format!("no `{}` can be like this", name.get_ref()),
                    "a value, or a list of values",
                    Some("write something like `series = \"weekly\"`, or `[\"weekly\", \"extra\"]` for either".to_owned()),
                )
            })?;
            Ok(Condition {
                field,
                named,
                wanted,
                values,
            })
        });
        if let Some(limit) = limit.as_ref().filter(|limit| *limit.get_ref() == 0) {
            return Err(SiteError::theme_toml(
                source,
                limit.span(),
                "this query finds nothing",
                "at least 1",
                Some("without `limit`, all that fit are found".to_owned()),
            ));
        }
        Ok(Self {
            source: source.clone(),
            from,
            conditions: conditions.collect::<Result<_, _>>()?,
            sort: match sort {
                Some(sort) => Some(direction(source, &sort, taxonomies)?),
                None => None,
            },
            limit: limit.map_or(usize::MAX, Spanned::into_inner),
            on: on.unwrap_or_else(|| vec![Spanned::new(0..0, "home".to_owned())]),
        })
    }

    /// Holds the kinds of page that are to get it against those that there are.
    pub fn check_kinds(&self, kinds: &[&str], findings: &mut Findings) {
        let unknown = self.on.iter().filter(|on| {
            let on = on.get_ref().as_str();
            on != ALL && !kinds.contains(&on)
        });
        for on in unknown {
            let help = match nearest(on.get_ref(), kinds.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}, and `{ALL}` of them", kinds.join(", ")),
            };
            findings.push(SiteError::theme_toml(
                &self.source,
                on.span(),
                format!("there is no kind of page `{}`", on.get_ref()),
                "not known",
                Some(help),
            ));
        }
    }

    /// Whether the templates of a kind of page get it.
    pub fn is_on(&self, kind: &str) -> bool {
        let mut on = self.on.iter().map(Spanned::get_ref);
        on.any(|on| on == kind || on == ALL)
    }

    /// The articles that fit. What nothing in the archive can fulfil is a warning.
    pub fn select(&self, archive: &Archive, findings: &mut Findings) -> Vec<ArticleId> {
        let kind = match self.from {
            From::Articles => None,
            From::Briefings => Some(Kind::Briefing),
            From::Sources => Some(Kind::Source),
        };
        let mut found: Vec<ArticleId> = archive
            .ids()
            .filter(|id| kind.is_none_or(|kind| archive.article(*id).kind == kind))
            .collect();
        for condition in &self.conditions {
            condition.retain(&self.source, archive, &mut found, findings);
        }
        if let Some((field, direction)) = &self.sort {
            found = sorted(archive, found, field, *direction);
        }
        found.truncate(self.limit);
        found
    }
}

impl Condition {
    fn retain(
        &self,
        source: &SourceText,
        archive: &Archive,
        found: &mut Vec<ArticleId>,
        findings: &mut Findings,
    ) {
        if let Some(nowhere) = self.field.nowhere(archive, source, self.named.clone()) {
            findings.push(nowhere);
        }
        let Field::Terms(taxonomy) = self.field else {
            found.retain(|id| {
                let values = self.field.values(archive, *id);
                values.iter().any(|value| self.is_wanted(value))
            });
            return;
        };
        // As on a term's own page: its articles and those of the terms below it.
        let mut lists = Vec::new();
        for wanted in &self.wanted {
            let terms = archive
                .terms
                .iter()
                .filter(|term| term.taxonomy == taxonomy);
            let before = lists.len();
            lists.extend(
                terms
                    .filter(|term| term.slug == *wanted || term.title == *wanted)
                    .map(|term| &term.articles),
            );
            if lists.len() == before {
                findings.push(self.no_term(source, archive, taxonomy, wanted));
            }
        }
        found.retain(|id| lists.iter().any(|list| list.binary_search(id).is_ok()));
    }

    fn is_wanted(&self, value: &Named<'_>) -> bool {
        let text = value.text();
        self.wanted.iter().any(|wanted| wanted == text)
    }

    fn no_term(
        &self,
        source: &SourceText,
        archive: &Archive,
        taxonomy: Taxonomy,
        wanted: &str,
    ) -> SiteError {
        let terms = archive.terms.iter().filter(|t| t.taxonomy == taxonomy);
        let near = nearest(wanted, terms.map(|term| term.slug.as_str()));
        SiteError::NothingChosen {
            message: format!(
                "the {} know no `{wanted}`",
                archive.config.taxonomies.name(taxonomy)
            ),
            help: near.map(|near| format!("did you mean `{near}`?")),
            source_code: source.named(),
            span: span_within(source.text(), self.values.clone()).into(),
        }
    }
}

fn direction(
    source: &SourceText,
    written: &Spanned<String>,
    taxonomies: &Taxonomies,
) -> Result<(Field, Direction), SiteError> {
    let text = written.get_ref();
    let (name, direction) = match text.strip_prefix('-') {
        Some(name) => (name, Direction::Falling),
        None => (text.as_str(), Direction::Rising),
    };
    let field = Field::find(name, taxonomies);
    let field = field.ok_or_else(|| Field::unknown(source, written.span(), name, taxonomies))?;
    Ok((field, direction))
}

/// The values one of which an article must have; `None` for what is no value.
fn wanted(value: &toml::Value) -> Option<Vec<String>> {
    match value {
        toml::Value::String(text) => Some(vec![text.clone()]),
        toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => Some(vec![value.to_string()]),
        toml::Value::Array(values) => {
            let values: Option<Vec<_>> = values.iter().map(wanted).collect();
            values.map(|values| values.concat())
        }
        toml::Value::Table(_) => None,
    }
}

/// Articles in another order than the archive's (newest first), which stays among equals. What has
/// no value stands last either way.
fn sorted(
    archive: &Archive,
    found: Vec<ArticleId>,
    field: &Field,
    direction: Direction,
) -> Vec<ArticleId> {
    let mut keyed: Vec<(Key, ArticleId)> = Vec::with_capacity(found.len());
    let mut without = Vec::new();
    for id in found {
        match field.key(archive, id) {
            Some(key) => keyed.push((key, id)),
            None => without.push(id),
        }
    }
    keyed.sort_by(|(a, _), (b, _)| match direction {
        Direction::Rising => a.order(b),
        Direction::Falling => b.order(a),
    });
    let keyed = keyed.into_iter().map(|(_, id)| id);
    keyed.chain(without).collect()
}
