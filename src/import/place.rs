//! A draft finds its place in the archive: its file, and what becomes of a file already there.
//!
//! An imported article is known by the hash of its raw bytes and its part, wherever it was moved
//! and whatever it was renamed to. As long as nobody has edited its file it may be refreshed.

use std::collections::{BTreeMap, HashMap};

use super::document::RawDocument;
use super::draft::Draft;
use crate::content::front_matter::{FrontMatter, Kind, Provenance};
use crate::content::split::split;
use crate::content::write::to_text;
use crate::text::hash::sha256;
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
    pub placement: Placement,
}

/// The files of the folder that is imported into, as they are before the import, and as they
/// become.
#[derive(Debug, Default)]
pub struct Shelf {
    texts: BTreeMap<String, Option<String>>,
    by_identity: HashMap<(String, u32), String>,
}

impl Shelf {
    /// Takes in a file that is already there; one without provenance only takes its name.
    pub fn add(&mut self, path: String, text: String) {
        if let Some(provenance) = read_provenance(&text)
            && let Some(sha256) = provenance.sha256
        {
            let identity = (sha256, provenance.part.unwrap_or(1));
            self.by_identity.insert(identity, path.clone());
            self.texts.insert(path, Some(text));
        } else {
            self.texts.insert(path, None);
        }
    }

    /// Finds the place of the `part`-th draft (from 1) of a document.
    pub fn place(
        &mut self,
        document: &RawDocument,
        (draft, terms, part): (Draft, Terms, u32),
        format: &'static str,
        naming: Naming,
        edited: Edited,
    ) -> Placed {
        let identity = (document.sha256(), part);
        let kind = draft.kind;
        let known = self.by_identity.get(&identity).cloned();
        let path = known.clone().unwrap_or_else(|| {
            let wanted = wanted_path(document, &draft, part, naming);
            self.free(&wanted)
        });
        let (front, text) = write(draft, terms, kind, &path, &identity, format);
        let there = known.and_then(|path| self.texts.get(&path).cloned().flatten());
        let placement = match there {
            None => Placement::New,
            Some(there) if there == text => Placement::Unchanged,
            Some(there) if is_unedited(&there) => Placement::Refreshed,
            Some(_) if edited == Edited::Keep => Placement::KeptEdited,
            Some(_) => Placement::BackedUp(self.free(&format!("{path}.bak"))),
        };
        if placement != Placement::KeptEdited {
            self.texts.insert(path.clone(), Some(text.clone()));
        }
        self.by_identity.insert(identity, path.clone());
        Placed {
            path,
            text,
            front,
            kind,
            placement,
        }
    }

    /// `wanted`, or the first `wanted-2`, `wanted-3` … that no other file has.
    fn free(&self, wanted: &str) -> String {
        if !self.texts.contains_key(wanted) {
            return wanted.to_owned();
        }
        let (stem, ending) = wanted
            .split_once('.')
            .map_or((wanted, ""), |(stem, _)| (stem, &wanted[stem.len()..]));
        let mut number = 2;
        loop {
            let path = format!("{stem}-{number}{ending}");
            if !self.texts.contains_key(&path) {
                return path;
            }
            number += 1;
        }
    }
}

/// Terms of the archive's vocabulary that a draft was found to be about, by slug.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    pub topics: Vec<String>,
    pub people: Vec<String>,
    pub places: Vec<String>,
    pub organizations: Vec<String>,
}

fn wanted_path(document: &RawDocument, draft: &Draft, part: u32, naming: Naming) -> String {
    match naming {
        Naming::KeepNames if part == 1 => format!("{}.md", document.stem()),
        Naming::KeepNames => format!("{}-{part}.md", document.stem()),
        Naming::ByTitle => {
            let folder = match draft.kind {
                Kind::Briefing => "briefings",
                Kind::Source => "sources",
            };
            let year = draft.date.map_or("undated".to_owned(), |date| {
                format!("{:04}", date.printed_day().year())
            });
            let name = slug(&draft.title)
                .or_else(|| slug(&document.stem()))
                .unwrap_or_else(|| "article".to_owned());
            format!("{folder}/{year}/{name}.md")
        }
    }
}

fn write(
    draft: Draft,
    terms: Terms,
    kind: Kind,
    path: &str,
    (sha, part): &(String, u32),
    format: &'static str,
) -> (FrontMatter, String) {
    let Draft {
        title,
        subtitle,
        summary,
        date,
        updated,
        kind: _,
        authors,
        editors,
        contributors,
        publisher,
        agency,
        dateline,
        series,
        issue,
        keywords,
        language,
        url,
        license,
        image,
        body,
        review,
    } = draft;
    let Terms {
        topics,
        people,
        places,
        organizations,
    } = terms;
    let folder_kind = if path.split('/').any(|part| part == "briefings") {
        Kind::Briefing
    } else {
        Kind::Source
    };
    let mut front = FrontMatter {
        title,
        subtitle,
        summary,
        date,
        updated,
        kind: (kind != folder_kind).then_some(kind),
        authors,
        editors,
        contributors,
        publisher,
        agency,
        dateline,
        series,
        issue,
        topics,
        people,
        places,
        organizations,
        keywords,
        language,
        review,
        image,
        provenance: Some(Provenance {
            url,
            sha256: Some(sha.clone()),
            part: Some(*part),
            license,
            format: Some(format.to_owned()),
            ..Provenance::default()
        }),
        ..FrontMatter::default()
    };
    let seal = sha256(to_text(&front, &body).as_bytes());
    if let Some(provenance) = &mut front.provenance {
        provenance.written = Some(seal);
    }
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
