//! An article as style guides print it in a bibliography: the one home of hayagriva.

use std::str::FromStr;
use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style};
use hayagriva::types::{
    ChunkKind, Date, EntryType, FormatString, Person, Publisher, QualifiedUrl, StringChunk,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest, Entry,
};

use super::super::view::article::StyledReference;
use super::reference::Reference;
use crate::content::front_matter::Kind;

/// A style guide: what readers call it, and its rules.
struct Guide {
    name: &'static str,
    style: IndependentStyle,
    houses: Houses,
}

/// Whether a guide names the house behind a newspaper or series beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Houses {
    Named,
    /// The periodical alone is named (APA 7, 9.29).
    Left,
}

/// Unpacked once: a site has many articles.
static GUIDES: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    [
        ("Chicago", ArchivedStyle::ChicagoNotes, Houses::Named),
        (
            "APA",
            ArchivedStyle::AmericanPsychologicalAssociation,
            Houses::Left,
        ),
        (
            "MLA",
            ArchivedStyle::ModernLanguageAssociation,
            Houses::Named,
        ),
    ]
    .into_iter()
    .filter_map(|(name, style, houses)| match style.get() {
        Style::Independent(mut style) => {
            // Only the bibliography is printed. What a style does for citations in a text is
            // most of its work, and is done twice for each.
            style.citation.layout.elements.clear();
            Some(Guide {
                name,
                style,
                houses,
            })
        }
        Style::Dependent(_) => None,
    })
    .collect()
});

/// The guides are American; their dates and words are in English whatever an article's language.
static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let english = LocaleCode::en_us();
    let mut locales = locales();
    locales.retain(|locale| locale.lang.as_ref() == Some(&english));
    locales
});

/// The reference in each style.
pub fn styles(reference: &Reference<'_>) -> Vec<StyledReference> {
    GUIDES
        .iter()
        .map(|guide| StyledReference {
            guide: guide.name,
            text: printed(&entry(reference, guide.houses), &guide.style),
        })
        .collect()
}

fn printed(entry: &Entry, style: &IndependentStyle) -> String {
    let mut driver = BibliographyDriver::new();
    let item = CitationItem::with_entry(entry);
    driver.citation(CitationRequest::from_items(vec![item], style, &LOCALES));
    let rendered = driver.finish(BibliographyRequest::new(
        style,
        Some(LocaleCode::en_us()),
        &LOCALES,
    ));
    let mut text = String::new();
    for item in rendered
        .bibliography
        .into_iter()
        .flat_map(|list| list.items)
    {
        // Writing to a string cannot fail.
        let _ = item.content.write_buf(&mut text, BufWriteFormat::Plain);
    }
    text
}

fn entry(reference: &Reference<'_>, houses: Houses) -> Entry {
    let (own, whole) = match reference.kind {
        Kind::Briefing => (EntryType::Web, EntryType::Web),
        Kind::Source => (EntryType::Article, EntryType::Newspaper),
    };
    let mut entry = Entry::new(&reference.key, own);
    entry.set_title(literal(reference.title));
    let authors = reference.authors.iter().map(|name| Person {
        name: name.family.clone(),
        given_name: name.given.clone(),
        prefix: None,
        suffix: None,
        comma_suffix: false,
        alias: None,
    });
    entry.set_authors(authors.collect());
    if let Some(day) = reference.day {
        let date = Date::from_str(&day.to_string());
        if let Ok(date) = date {
            entry.set_date(date);
        }
    }
    if let Ok(url) = reference.url.parse() {
        entry.set_url(QualifiedUrl::new(url, None));
    }
    let mut container = Entry::new("publication", whole);
    container.set_title(literal(reference.publication));
    if houses == Houses::Named && reference.publisher != reference.publication {
        container.set_publisher(Publisher::new(Some(literal(reference.publisher)), None));
    }
    entry.set_parents(vec![container]);
    entry
}

/// Text that no style may change: a title's capitals are its publisher's.
fn literal(text: &str) -> FormatString {
    StringChunk::new(text, ChunkKind::Verbatim).into()
}
