//! The bytes of one content file become a typed value.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::article::{Article, Body, Item, Page, TermFile};
use super::characters;
use super::error::ContentError;
use super::front_matter::{FrontMatter, Kind};
use super::kept::{Aspect, Kept};
use super::markdown::outline::outline;
use super::split::split;
use super::taxonomy::{Taxonomies, Taxonomy};
use super::term::TermFrontMatter;
use crate::diagnostic::SourceText;
use crate::text::hash::Fingerprint;
use crate::text::slug::slug;

/// A content file as it lies on disk.
#[derive(Debug)]
pub struct ContentFile {
    /// Relative to the archive's root, `/` between the parts: `content/briefings/2021/x.md`.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What the folder under `content/` says about the files in it.
enum Folder {
    Articles(Kind),
    Terms(Taxonomy),
    Pages,
}

fn folder(path: &str, taxonomies: &Taxonomies) -> Result<Folder, ContentError> {
    let name = path.split('/').nth(1).unwrap_or_default();
    match name {
        "briefings" => Ok(Folder::Articles(Kind::Briefing)),
        "sources" => Ok(Folder::Articles(Kind::Source)),
        "pages" => Ok(Folder::Pages),
        _ => taxonomies.find(name).map(Folder::Terms).ok_or_else(|| {
            let names: Vec<&str> = taxonomies.iter().map(|(_, t)| t.name.as_str()).collect();
            ContentError::UnknownFolder {
                path: path.to_owned(),
                folders: format!("briefings/, sources/, pages/, {}/", names.join("/, ")),
            }
        }),
    }
}

/// Reads one file: front matter and outline, no HTML yet.
pub fn parse(
    file: ContentFile,
    taxonomies: &Taxonomies,
    kept: &Kept,
) -> Result<Item, ContentError> {
    let ContentFile { path, bytes } = file;
    let folder = folder(&path, taxonomies)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid_up_to = error.utf8_error().valid_up_to();
        ContentError::not_utf8(&path, error.as_bytes(), valid_up_to)
    })?;
    let source = SourceText::new(path, text);
    let parts = split(source.text()).map_err(|error| ContentError::split(&source, error))?;
    characters::check(&source, &parts.front)?;
    let markdown = &source.text()[parts.body.clone()];
    let hash = Fingerprint::of_bytes(markdown.as_bytes());
    let body = Body {
        hash,
        outline: kept.value(hash, Aspect::Outline, || outline(markdown)),
        range: parts.body,
        source: source.clone(),
    };
    let slug = file_slug(&source)?;
    Ok(match folder {
        Folder::Articles(default) => {
            let front = read_article(&source, parts.front, taxonomies)?;
            Item::Article(Arc::new(Article {
                slug,
                kind: front.kind.unwrap_or(default),
                front,
                body,
            }))
        }
        Folder::Terms(taxonomy) => Item::Term(Arc::new(TermFile {
            taxonomy,
            slug,
            front: titled::<TermFrontMatter>(&source, &parts.front, read_toml)?,
            body,
        })),
        Folder::Pages => Item::Page(Arc::new(Page {
            slug,
            front: read_article(&source, parts.front, taxonomies)?,
            body,
        })),
    })
}

/// The slug is the file's name, brought into the form that addresses have.
fn file_slug(source: &SourceText) -> Result<String, ContentError> {
    let name = source.name().rsplit('/').next().unwrap_or_default();
    slug(name.strip_suffix(".md").unwrap_or(name)).ok_or_else(|| {
        ContentError::field(
            source,
            0..0,
            "this file's name makes no address",
            format!("`{name}` has no letter or digit"),
            Some("rename it, in lower-case letters: `beijing-calibrates-its-approach.md`".into()),
        )
    })
}

trait Titled {
    fn title(&self) -> &str;
}

impl Titled for FrontMatter {
    fn title(&self) -> &str {
        &self.title
    }
}

impl Titled for TermFrontMatter {
    fn title(&self) -> &str {
        &self.title
    }
}

/// The front matter of an article, with the fields of the taxonomies that `site.toml` adds.
fn read_article(
    source: &SourceText,
    range: Range<usize>,
    taxonomies: &Taxonomies,
) -> Result<FrontMatter, ContentError> {
    titled(source, &range, |text| {
        if taxonomies.added().next().is_none() {
            return read_toml(text);
        }
        let mut table = DeTable::parse(text)?;
        let mut added = BTreeMap::new();
        for name in taxonomies.added() {
            if let Some(value) = table.get_mut().remove(name) {
                let list = Vec::<String>::deserialize(ValueDeserializer::from(value))?;
                added.insert(name.to_owned(), list);
            }
        }
        let front = FrontMatter::deserialize(toml::Deserializer::from(table))?;
        Ok(FrontMatter { added, ..front })
    })
}

fn read_toml<T: DeserializeOwned>(text: &str) -> Result<T, toml::de::Error> {
    toml::from_str(text)
}

/// Reads front matter, which needs a title.
fn titled<T: Titled>(
    source: &SourceText,
    range: &Range<usize>,
    read: impl FnOnce(&str) -> Result<T, toml::de::Error>,
) -> Result<T, ContentError> {
    let front = read(&source.text()[range.clone()])
        .map_err(|error| ContentError::toml(source, range.start, &error))?;
    if front.title().trim().is_empty() {
        let at = field_range(source, range, "title", 0).unwrap_or(0..3);
        return Err(ContentError::field(
            source,
            at,
            "there is no title",
            "a title is expected in here",
            Some("add `title = \"…\"`".into()),
        ));
    }
    Ok(front)
}

/// Where in the file a front-matter field stands (or the `index`-th entry of a list), for the
/// message about it. Looked up only when there is something to say.
pub fn field_range(
    source: &SourceText,
    front: &Range<usize>,
    field: &str,
    index: usize,
) -> Option<Range<usize>> {
    let text = &source.text()[front.clone()];
    let table = DeTable::parse(text).ok()?;
    let whole = table.get_ref().get(field)?;
    let at = match whole.get_ref() {
        DeValue::Array(list) => list.get(index).map_or(whole.span(), Spanned::span),
        _ => whole.span(),
    };
    Some(front.start + at.start..front.start + at.end)
}
