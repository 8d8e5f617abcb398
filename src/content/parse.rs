//! The bytes of one content file become a typed value.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::article::{Article, Body, Item, Page, TermFile};
use super::characters;
use super::error::ContentError;
use super::front_matter::{FrontMatter, Kind};
use super::kept::{Aspect, Kept};
use super::markdown::outline::{EXCERPT_OPENING, Outline, TEASER_OPENING, outline};
use super::packed::Packed;
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

/// What is in a file, but for its text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Contents<F> {
    pub front: F,
    /// Where in the file the Markdown stands, its hash and its outline.
    pub range: Range<usize>,
    pub hash: Fingerprint,
    /// Of all that stands before the Markdown.
    pub front_hash: Fingerprint,
    pub outline: Outline,
}

/// Front matter as it is kept, with the fields that `site.toml` adds.
type Front = (Packed<FrontMatter>, BTreeMap<String, Vec<String>>);

/// Reads one file: front matter and outline, no HTML yet. What a file without a fault says is `kept`
/// under the hash of its bytes; what is wrong with one is found in the same way each time.
pub fn parse(
    file: ContentFile,
    taxonomies: &Taxonomies,
    kept: &Kept,
) -> Result<Item, ContentError> {
    let (source, print) = read(file, kept)?;
    parse_text(&source, print, taxonomies, kept)
}

/// The text of a file, and the fingerprint that it is known by.
pub fn read(file: ContentFile, kept: &Kept) -> Result<(SourceText, Fingerprint), ContentError> {
    let ContentFile { path, bytes } = file;
    let print = kept.key.of_bytes(&bytes);
    let text = simdutf8::compat::from_utf8(&bytes)
        .map_err(|error| ContentError::not_utf8(&path, &bytes, error.valid_up_to()))?;
    Ok((SourceText::new(path, text), print))
}

/// The same as [`parse`], of a text whose fingerprint is known. A text that is known altogether isn't
/// looked into.
pub fn parse_text(
    source: &SourceText,
    print: Fingerprint,
    taxonomies: &Taxonomies,
    kept: &Kept,
) -> Result<Item, ContentError> {
    let folder = folder(source.name(), taxonomies)?;
    let article = |default: Option<Kind>| {
        let aspect = Aspect::Article(default, added(taxonomies));
        let contents = kept.try_value(print, aspect, || {
            contents(source, kept, |range| {
                let front = read_article(source, range, taxonomies)?;
                let opening = opening_length(front.kind.or(default));
                // A field that comes from `site.toml` isn't one of the struct.
                let added = front.added.clone();
                Ok(((Packed(front), added), opening))
            })
        })?;
        let (slug, front, body) = in_file::<Front>(source, contents)?;
        let (Packed(front), added) = front;
        Ok((slug, FrontMatter { added, ..front }, body))
    };
    Ok(match folder {
        Folder::Articles(default) => {
            let (slug, front, body) = article(Some(default))?;
            Item::Article(Arc::new(Article {
                slug,
                kind: front.kind.unwrap_or(default),
                front,
                body,
            }))
        }
        Folder::Terms(taxonomy) => {
            let contents = kept.try_value(print, Aspect::Term, || {
                contents(source, kept, |range| {
                    let front = titled::<TermFrontMatter>(source, &range, read_toml)?;
                    Ok((Packed(front), opening_length(None)))
                })
            })?;
            let (slug, Packed(front), body) = in_file(source, contents)?;
            Item::Term(Arc::new(TermFile {
                taxonomy,
                slug,
                front,
                body,
            }))
        }
        Folder::Pages => {
            let (slug, front, body) = article(None)?;
            Item::Page(Arc::new(Page { slug, front, body }))
        }
    })
}

/// How many characters of a text's opening are shown where the whole of it isn't.
fn opening_length(kind: Option<Kind>) -> usize {
    match kind {
        Some(Kind::Briefing) => TEASER_OPENING,
        Some(Kind::Source) => EXCERPT_OPENING,
        None => 0,
    }
}

/// Takes a file apart; `read` reads the front matter at this range, and says how many characters of
/// the text's opening are wanted.
fn contents<F>(
    source: &SourceText,
    kept: &Kept,
    read: impl FnOnce(Range<usize>) -> Result<(F, usize), ContentError>,
) -> Result<Contents<F>, ContentError> {
    let parts = split(source.text()).map_err(|error| ContentError::split(source, error))?;
    characters::check(source, &parts.front)?;
    // What is wrong with its name is told before what is wrong with its front matter.
    file_slug(source)?;
    let (front, markdown) = source.text().split_at(parts.body.start);
    let markdown = &markdown[..parts.body.len()];
    let (front_matter, opening) = read(parts.front)?;
    Ok(Contents {
        front: front_matter,
        front_hash: kept.key.of_bytes(front.as_bytes()),
        hash: kept.key.of_bytes(markdown.as_bytes()),
        outline: outline(markdown, opening),
        range: parts.body,
    })
}

/// What is in a file of this name: slug, front matter and body.
fn in_file<F>(
    source: &SourceText,
    contents: Contents<F>,
) -> Result<(String, F, Body), ContentError> {
    let Contents {
        front,
        range,
        hash,
        front_hash,
        outline,
    } = contents;
    let body = Body {
        source: source.clone(),
        range,
        hash,
        front_hash,
        outline,
    };
    Ok((file_slug(source)?, front, body))
}

/// Stands for the names of the fields that `site.toml` adds to those of every article.
fn added(taxonomies: &Taxonomies) -> Fingerprint {
    let names: Vec<&str> = taxonomies.added().collect();
    if names.is_empty() {
        Fingerprint::default()
    } else {
        Fingerprint::of(&names)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::cache::Cache;
    use crate::diagnostic::Findings;

    fn read(path: &str, text: &str, kept: &Kept) -> Result<Item, ContentError> {
        let file = ContentFile {
            path: path.to_owned(),
            bytes: text.into(),
        };
        parse(file, &Taxonomies::default(), kept)
    }

    /// All that is told of a file, wrong or right.
    fn told(path: &str, text: &str, kept: &Kept) -> String {
        match read(path, text, kept) {
            Ok(item) => format!("{item:?}"),
            Err(error) => format!("{:?}", miette::Report::new(error)),
        }
    }

    #[test]
    fn a_file_says_the_same_whether_its_text_is_known_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        let kept = Kept::new();
        // From here on, another one can have the same key.
        kept.save(&cache, "p", &mut Findings::default());
        let texts = [
            "+++\ntitle = \"Tide\"\nkind = \"source\"\n+++\n\n## Ebb\n\nSee [[flood]].\n",
            "+++\ntitle = \"Tide\"\n+++\n",
            "+++\ntitel = \"Tide\"\n+++\n",
            "+++\ntitle = \" \"\n+++\n",
            "+++\ntitle = \"a\\u0007\"\n+++\n",
            "Nothing",
        ];
        let paths = [
            "content/briefings/tide.md",
            "content/sources/2021/Tide!.md",
            "content/topics/tide.md",
            "content/pages/tide.md",
            "content/briefings/!.md",
            "content/nowhere/tide.md",
        ];
        for text in texts {
            for path in paths {
                let wanted = told(path, text, &Kept::key_of(&cache));
                for _ in 0..2 {
                    assert_eq!(told(path, text, &kept), wanted, "{path}");
                }
            }
        }
    }
}
