//! `[[page_kinds]]` of a `theme.toml`: a page for each value that articles have in a field: every
//! treaty named under `[extra]`, every place they were filed from.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::address::Address;
use super::error::SiteError;
use super::field::{Field, Named};
use super::theme::Theme;
use super::view::common::KINDS;
use crate::archive::error::file_span;
use crate::archive::ids::ArticleId;
use crate::archive::linked::Archive;
use crate::archive::vocabulary::in_words;
use crate::content::taxonomy::Taxonomies;
use crate::diagnostic::{Findings, SourceText, nearest};
use crate::text::slug::is_slug;

/// From so many articles on, the page of a value shows only the newest, and its years the others.
const LONG: usize = 200;

/// Where the slug of a value stands in an address.
const SLUG: &str = "{slug}";

/// One page kind as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    name: Spanned<String>,
    group_by: Spanned<String>,
    address: Spanned<String>,
    title: Option<String>,
    template: Option<Spanned<String>>,
    index_template: Option<Spanned<String>>,
}

/// One page kind, checked.
#[derive(Debug, Clone)]
pub struct PageKind {
    pub source: SourceText,
    /// `page.kind` of its pages.
    pub name: String,
    /// `page.kind` of its index.
    pub index_name: String,
    /// What readers call its index.
    pub title: String,
    pub group_by: Field,
    grouped: Range<usize>,
    /// `/treaties/{slug}/`
    address: Spanned<String>,
    pub template: TemplateName,
    pub index_template: TemplateName,
}

/// The name of a template, and where it is named if that is not by default.
#[derive(Debug, Clone)]
pub struct TemplateName {
    pub name: String,
    at: Option<Range<usize>>,
}

/// The articles that share a value.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    pub slug: String,
    pub title: String,
    pub address: Address,
    /// Newest first.
    pub articles: Vec<ArticleId>,
}

impl Group {
    /// The years that have a page of their own: lists that are long are paged by time.
    pub fn years(&self, archive: &Archive) -> Vec<i16> {
        if self.articles.len() <= LONG {
            return Vec::new();
        }
        let days = self.articles.iter().filter_map(|id| archive.entry(*id).day);
        let mut years: Vec<i16> = days.map(jiff::civil::Date::year).collect();
        years.dedup();
        years
    }
}

impl PageKind {
    /// Checks a page kind of the `theme.toml` that `source` is.
    ///
    /// # Errors
    /// A name that is taken, a field that articles don't have or that all have differently, an
    /// address without a place for the value.
    pub fn check(
        source: &SourceText,
        written: Written,
        taxonomies: &Taxonomies,
    ) -> Result<Self, SiteError> {
        let Written {
            name,
            group_by,
            address,
            title,
            template,
            index_template,
        } = written;
        check_name(source, &name)?;
        check_address(source, &address)?;
        let field = group_by.get_ref();
        let group_by_field = Field::find(field, taxonomies)
            .ok_or_else(|| Field::unknown(source, group_by.span(), field, taxonomies))?;
        if !group_by_field.groups() {
            return Err(SiteError::theme_toml(
                source,
                group_by.span(),
                format!("articles can't be grouped by `{field}`"),
                "each has its own",
                Some(
                    "group by a field that several articles share: `extra.treaty`, `dateline`"
                        .to_owned(),
                ),
            ));
        }
        let named = |template: Option<Spanned<String>>, otherwise: &str| match template {
            Some(template) => TemplateName {
                at: Some(template.span()),
                name: template.into_inner(),
            },
            None => TemplateName {
                name: otherwise.to_owned(),
                at: None,
            },
        };
        let name = name.into_inner();
        Ok(Self {
            source: source.clone(),
            index_name: format!("{name}-index"),
            title: title.unwrap_or_else(|| in_words(&name)),
            name,
            group_by: group_by_field,
            grouped: group_by.span(),
            address,
            template: named(template, "group.html"),
            index_template: named(index_template, "groups.html"),
        })
    }

    /// Where the list of its pages stands: the folder that they are in, unless that is the site.
    pub fn index(&self) -> Option<Address> {
        let (before, _) = self.address.get_ref().split_once(SLUG)?;
        let folder = &before[..=before.rfind('/')?];
        (folder != "/").then(|| Address::file(folder))
    }

    /// Where its addresses are written.
    pub fn asked_for(&self) -> (&SourceText, Range<usize>) {
        (&self.source, self.address.span())
    }

    /// Holds the templates it names against those that the theme has.
    pub fn check_templates(&self, theme: &Theme, findings: &mut Findings) {
        let index = self.index().map(|_| &self.index_template);
        for wanted in [&self.template].into_iter().chain(index) {
            if theme.template(&wanted.name).is_some() {
                continue;
            }
            let names = theme.templates.keys();
            let names = names.map(|name| name.split_once('/').map_or(&**name, |(_, bare)| bare));
            let help = match nearest(&wanted.name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write it: `templates/{}`", wanted.name),
            };
            findings.push(SiteError::theme_toml(
                &self.source,
                wanted.at.clone().unwrap_or_else(|| self.address.span()),
                format!("the theme has no template `{}`", wanted.name),
                "for these pages",
                Some(help),
            ));
        }
    }

    /// The values that articles have, by their slugs, with those articles. A value that no address
    /// can be made of is an error in its article; a field that nothing has is a warning.
    pub fn groups(&self, archive: &Archive, findings: &mut Findings) -> Vec<Group> {
        if let Some(nowhere) = self
            .group_by
            .nowhere(archive, &self.source, self.grouped.clone())
        {
            findings.push(nowhere);
        }
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for id in archive.ids() {
            for value in self.group_by.values(archive, id) {
                let Some(slug) = value.slug() else {
                    findings.push(self.unwritable(archive, id, &value));
                    continue;
                };
                let group = groups.entry(slug).or_insert_with_key(|slug| Group {
                    slug: slug.clone(),
                    title: title(&value),
                    address: Address::file(&self.address.get_ref().replace(SLUG, slug)),
                    articles: Vec::new(),
                });
                // Two spellings in one article are one value.
                if group.articles.last() != Some(&id) {
                    group.articles.push(id);
                }
            }
        }
        groups.into_values().collect()
    }

    fn unwritable(&self, archive: &Archive, id: ArticleId, value: &Named<'_>) -> SiteError {
        let body = &archive.article(id).body;
        let text = value.text();
        let at = body.source.text().find(text).unwrap_or(0);
        SiteError::NoSlug {
            kind: self.name.clone(),
            source_code: body.source.named(),
            span: file_span(body, at..at + text.len()),
        }
    }
}

/// A value as readers know it: `paris-agreement` in words.
fn title(value: &Named<'_>) -> String {
    match value {
        Named::Text(text) if text.contains(|c: char| c.is_ascii_lowercase()) => in_words(text),
        _ => value.text().to_owned(),
    }
}

fn check_name(source: &SourceText, name: &Spanned<String>) -> Result<(), SiteError> {
    let text = name.get_ref();
    let fault = if !is_slug(text) {
        "only lower-case letters, digits and `-` may stand here"
    } else if KINDS.contains(&text.as_str()) {
        "every site has pages of this kind"
    } else {
        return Ok(());
    };
    Err(SiteError::theme_toml(
        source,
        name.span(),
        format!("a page kind can't be called `{text}`"),
        fault,
        Some("it is what templates find in `page.kind`: `treaty`".to_owned()),
    ))
}

fn check_address(source: &SourceText, address: &Spanned<String>) -> Result<(), SiteError> {
    let text = address.get_ref();
    let rest = text.replacen(SLUG, "", 1);
    let sound = |b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/');
    let fault = if rest.len() == text.len() {
        "every page needs its `{slug}` in its address"
    } else if !text.starts_with('/') || !text.ends_with('/') {
        "an address begins and ends with `/`"
    } else if text.contains("//") || !rest.bytes().all(sound) {
        "only lower-case letters, digits, `-`, `/` and one {slug} may stand here"
    } else {
        return Ok(());
    };
    Err(SiteError::theme_toml(
        source,
        address.span(),
        "this pattern makes no good addresses",
        fault,
        Some("write something like `/treaties/{slug}/`".to_owned()),
    ))
}
