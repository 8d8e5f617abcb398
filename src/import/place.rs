//! A draft finds its place in the archive: its file, and what becomes of a file already there.
//!
//! An imported article is known by the hash of its raw bytes and its part, wherever it was moved
//! and whatever it was renamed to. As long as nobody has edited its file it may be refreshed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::article::Article;
use super::batch::Located;
use super::document::{Format, RawDocument};
use super::editions::{Edition, Editions};
use super::pictures::{FOLDER, Picture};
use crate::content::front_matter::{FrontMatter, Kind, Provenance};
use crate::content::split::split;
use crate::content::write::to_text;
use crate::text::hash::{Fingerprint, sha256};
use crate::text::near_duplicate::Signature;
use crate::text::slug::slug;

/// How files are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// By kind, year and title: `sources/2021/title.md`.
    ByTitle,
    /// After the document: `stem.md`, `stem-2.md`.
    KeepNames,
}

/// What to do with a file that a person has edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    Keep,
    /// Overwrite it; the edited text goes into a file beside it.
    BackUp,
}

/// What happens to one article's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placement {
    /// A new file.
    New,
    /// The same text is there already.
    Unchanged,
    /// Nobody has edited the file, and it is written again.
    Refreshed,
    /// Not written: the same text stands at this path, from another document.
    AlreadyThere(String),
    /// A person has edited it: left as it is.
    KeptEdited,
    /// A person has edited it: their text moves to the path here.
    BackedUp(String),
}

/// One article with its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Relative to the folder that is imported into.
    pub path: String,
    pub text: String,
    pub front: FrontMatter,
    pub kind: Kind,
    /// What goes into the folder of the same name beside it.
    pub pictures: Vec<Picture>,
    pub placement: Placement,
}

/// What an article is known by, wherever its file goes; and what it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Of the raw bytes.
    pub sha256: String,
    /// Which article of the document, from 1.
    pub part: u32,
    pub format: Format,
}

/// The files of the folder that is imported into, as they are before the import, and as they
/// become. Of each only what tells it apart is kept.
#[derive(Debug, Default)]
pub struct Shelf {
    files: BTreeMap<Arc<str>, Option<Standing>>,
    by_identity: HashMap<(Fingerprint, u32), Arc<str>>,
    editions: Editions,
}

/// A file that was imported once.
#[derive(Debug, Clone, Copy)]
struct Standing {
    text: Fingerprint,
    is_edited: bool,
}

impl Shelf {
    /// Takes in a file that is already there; one that can't be read only takes its name.
    pub fn add(&mut self, path: &str, text: &str) {
        let path: Arc<str> = path.into();
        if let Ok(parts) = split(text)
            && let Ok(front) = toml::from_str::<FrontMatter>(&text[parts.front])
        {
            let signature = Signature::of(&text[parts.body]);
            self.editions.add(path.clone(), &front, signature.as_ref());
        }
        let provenance = read_provenance(text);
        let sha256_of_raw = provenance.as_ref().and_then(|p| p.sha256.clone());
        if let (Some(provenance), Some(raw)) = (provenance, sha256_of_raw) {
            let identity = (name(&raw), provenance.part.unwrap_or(1));
            self.by_identity.insert(identity, path.clone());
            let standing = Standing {
                text: Fingerprint::of_bytes(text.as_bytes()),
                is_edited: !is_unedited(text),
            };
            self.files.insert(path, Some(standing));
        } else {
            self.files.insert(path, None);
        }
    }

    /// Every file, by its path.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|path| &**path)
    }

    /// Finds the place of an article of a document.
    pub fn place(
        &mut self,
        document: &RawDocument,
        located: Located,
        naming: Naming,
        edited: Edited,
    ) -> Placed {
        let Located {
            mut article,
            terms,
            identity,
            signature,
        } = located;
        let key = (name(&identity.sha256), identity.part);
        let kind = article.front.kind.unwrap_or(Kind::Source);
        let wanted = wanted_path(document, &article, identity.part, naming);
        // Who wants each output named after its input gets one for each, equal or not.
        let known = self.by_identity.get(&key).cloned();
        let known = known.filter(|path| naming == Naming::ByTitle || **path == *wanted);
        let mut already = None;
        if known.is_none() && naming == Naming::ByTitle {
            let edition = self.editions.compare(&article, signature.as_ref());
            already = mark(&mut article.front, edition);
        }
        let path = known.clone().unwrap_or_else(|| self.free(&wanted).into());
        let pictures = std::mem::take(&mut article.pictures);
        let (front, text) = write(article, terms, &path, &identity);
        let hash = Fingerprint::of_bytes(text.as_bytes());
        let there = known.and_then(|path| self.files.get(&path).copied().flatten());
        let placement = match (there, already) {
            (None, Some(path)) => Placement::AlreadyThere(path),
            (None, None) => Placement::New,
            (Some(there), _) if there.text == hash => Placement::Unchanged,
            (Some(there), _) if !there.is_edited => Placement::Refreshed,
            (Some(_), _) if edited == Edited::Keep => Placement::KeptEdited,
            (Some(_), _) => Placement::BackedUp(self.free(&format!("{path}.bak"))),
        };
        if placement == Placement::New {
            self.editions.add(path.clone(), &front, signature.as_ref());
        }
        if !matches!(
            placement,
            Placement::KeptEdited | Placement::AlreadyThere(_)
        ) {
            let standing = Standing {
                text: hash,
                is_edited: false,
            };
            self.files.insert(path.clone(), Some(standing));
            self.by_identity.insert(key, path.clone());
        }
        Placed {
            path: path.to_string(),
            text,
            front,
            kind,
            pictures,
            placement,
        }
    }

    /// `wanted`, or the first `wanted-2`, `wanted-3` … that no other file has.
    fn free(&self, wanted: &str) -> String {
        if !self.files.contains_key(wanted) {
            return wanted.to_owned();
        }
        let (stem, ending) = wanted
            .split_once('.')
            .map_or((wanted, ""), |(stem, _)| (stem, &wanted[stem.len()..]));
        let mut number = 2;
        loop {
            let path = format!("{stem}-{number}{ending}");
            if !self.files.contains_key(path.as_str()) {
                return path;
            }
            number += 1;
        }
    }
}

/// What stands for the hash of a document, in half the room.
fn name(sha256: &str) -> Fingerprint {
    Fingerprint::of_bytes(sha256.as_bytes())
}

/// Terms of the archive's vocabulary that a draft was found to be about, by slug.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    pub topics: Vec<String>,
    pub people: Vec<String>,
    pub places: Vec<String>,
    pub organizations: Vec<String>,
    /// Of the taxonomies that `site.toml` adds, by their names.
    pub added: BTreeMap<String, Vec<String>>,
    /// Keywords that `site.toml` says the meaning of: they are terms now, or nothing.
    pub settled: Vec<String>,
}

/// Says in the front matter what the article is to others; the path of one that has the same text.
fn mark(front: &mut FrontMatter, edition: Edition) -> Option<String> {
    match edition {
        Edition::First => {}
        Edition::Same { path } => return Some(path),
        Edition::Update { path, change } => {
            // Two versions of one article are never published side by side.
            front.draft = true;
            front.review.push(format!(
                "update: {path} has an earlier version from the same address ({change}); this one \
                 waits as a draft: keep one of the two"
            ));
        }
        Edition::Reprint {
            path,
            percent,
            is_later: true,
        } => {
            front.review.push(format!(
                "reprint: about {percent} % the same text as {path}, which `sources` now names"
            ));
            let name = path.rsplit('/').next().unwrap_or(&path);
            if let Some(original) = slug(name.strip_suffix(".md").unwrap_or(name)) {
                front.sources.push(original);
            }
        }
        Edition::Reprint { path, percent, .. } => front.review.push(format!(
            "reprint: {path}, published later, is about {percent} % the same text; let its `sources` \
             name this one"
        )),
    }
    None
}

fn wanted_path(document: &RawDocument, article: &Article, part: u32, naming: Naming) -> String {
    match naming {
        Naming::KeepNames if part == 1 => format!("{}.md", document.stem()),
        Naming::KeepNames => format!("{}-{part}.md", document.stem()),
        Naming::ByTitle => {
            let name = article
                .slug
                .as_deref()
                .and_then(slug)
                .or_else(|| slug(&article.front.title))
                .or_else(|| slug(&document.stem()))
                .unwrap_or_else(|| "article".to_owned());
            if article.is_page {
                return format!("pages/{name}.md");
            }
            let folder = match article.front.kind {
                Some(Kind::Briefing) => "briefings",
                Some(Kind::Source) | None => "sources",
            };
            let year = article.front.date.map_or("undated".to_owned(), |date| {
                format!("{:04}", date.printed_day().year())
            });
            format!("{folder}/{year}/{name}.md")
        }
    }
}

/// The article as the text of its file: identity, terms and seal added.
fn write(article: Article, terms: Terms, path: &str, identity: &Identity) -> (FrontMatter, String) {
    let Article {
        mut front,
        body,
        pictures: _,
        is_page,
        slug: _,
    } = article;
    let Terms {
        topics,
        people,
        places,
        organizations,
        added,
        settled,
    } = terms;
    front.keywords.retain(|keyword| !settled.contains(keyword));
    for (listed, found) in [
        (&mut front.topics, topics),
        (&mut front.people, people),
        (&mut front.places, places),
        (&mut front.organizations, organizations),
    ] {
        for term in found {
            if !listed.contains(&term) {
                listed.push(term);
            }
        }
    }
    for (taxonomy, found) in added {
        let listed = front.added.entry(taxonomy).or_default();
        listed.extend(found);
        listed.dedup();
    }
    let folder_kind = if path.split('/').any(|part| part == "briefings") {
        Kind::Briefing
    } else {
        Kind::Source
    };
    front.kind = front.kind.filter(|kind| *kind != folder_kind && !is_page);
    let folder = path.rsplit('/').next().unwrap_or_default();
    let folder = format!("{}/", folder.strip_suffix(".md").unwrap_or(folder));
    let body = body.replace(FOLDER, &folder);
    if let Some(path) = front.image.as_mut().and_then(|image| image.path.as_mut()) {
        *path = path.replace(FOLDER, &folder);
    }
    let provenance = front.provenance.get_or_insert_default();
    provenance.sha256 = Some(identity.sha256.clone());
    provenance.part = Some(identity.part);
    provenance.format = Some(identity.format.name().to_owned());
    provenance.written = None;
    let seal = sha256(to_text(&front, &body).as_bytes());
    front.provenance.get_or_insert_default().written = Some(seal);
    let text = to_text(&front, &body);
    (front, text)
}

/// Whether a file is as import wrote it. Line endings and a byte-order mark don't count: editors
/// and git change them without anybody's doing.
pub fn is_unedited(text: &str) -> bool {
    let Some(written) = read_provenance(text).and_then(|provenance| provenance.written) else {
        return false;
    };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let seal = format!("written = \"{written}\"\n");
    sha256(text.replacen(&seal, "", 1).as_bytes()) == written
}

fn read_provenance(text: &str) -> Option<Provenance> {
    #[derive(serde::Deserialize)]
    struct Only {
        provenance: Option<Provenance>,
    }
    let parts = split(text).ok()?;
    toml::from_str::<Only>(&text[parts.front]).ok()?.provenance
}
