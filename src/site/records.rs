//! Files of a record an article: JSON Lines, a table, a bibliography.
//!
//! `archive.jsonl` is as large as all texts together, and none of them is small; so nobody holds one as a
//! whole who can do without. They are made record by record, and a record that tells what it told before
//! is the same.

use serde::Serialize;

use super::cards::{excerpt, full_text};
use super::cite::bibtex::bibtex;
use super::cite::reference::Reference;
use super::known::Known;
use super::plan::Site;
use crate::archive::ids::{ArticleId, Node};
use crate::content::front_matter::Kind;
use crate::text::hash::Fingerprint;
use crate::text::json::write_string;

/// How a record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Form {
    /// JSON Lines: an object a line, with the text where it may be shown.
    JsonLines,
    /// RFC 4180.
    Csv,
    /// How to cite each article.
    BibTex,
}

impl Form {
    pub fn file_name(self) -> &'static str {
        match self {
            Self::JsonLines => "archive.jsonl",
            Self::Csv => "archive.csv",
            Self::BibTex => "archive.bib",
        }
    }

    /// What stands before the first record.
    pub fn head(self) -> &'static str {
        match self {
            Self::JsonLines | Self::BibTex => "",
            Self::Csv => {
                "url,original,kind,title,date,language,authors,publisher,topics,summary\r\n"
            }
        }
    }
}

/// A file before it is made.
#[derive(Debug)]
pub struct Records {
    pub form: Form,
    /// Of all that each record is made from.
    pub prints: Vec<Fingerprint>,
    /// Of all of them.
    pub fingerprint: Fingerprint,
}

impl Records {
    pub fn of(site: &Site<'_>, form: Form, known: Known<'_>) -> Self {
        let archive = site.archive;
        let print = |id: ArticleId| {
            let told = site.cards.prints.told(id);
            let of_form = match form {
                Form::JsonLines => vec![site.cards.prints.quotable(Node::Article(id))],
                Form::Csv => Vec::new(),
                // It names the series.
                Form::BibTex => {
                    let terms = archive.terms_of[id.index()].iter();
                    terms
                        .map(|term| site.cards.fingerprint(Node::Term(*term)))
                        .collect()
                }
            };
            known.key.of(&(known.settings, form, told, of_form))
        };
        let prints: Vec<Fingerprint> = archive.ids().map(print).collect();
        Self {
            form,
            fingerprint: known.key.of(&(known.settings, form, &prints)),
            prints,
        }
    }

    /// Writes one record, by its index, with a line break at its end.
    pub fn write(&self, site: &Site<'_>, index: usize, to: &mut Vec<u8>) {
        let id = ArticleId::new(index);
        match self.form {
            Form::JsonLines => write_line(&Record::of(site, id), to),
            Form::Csv => write_row(&Record::of(site, id), to),
            Form::BibTex => to.extend_from_slice(bibtex(&Reference::of(site, id)).as_bytes()),
        }
    }

    /// The whole file.
    pub fn bytes(&self, site: &Site<'_>) -> Vec<u8> {
        let mut bytes = self.form.head().as_bytes().to_vec();
        for index in 0..self.prints.len() {
            self.write(site, index, &mut bytes);
        }
        bytes
    }
}

/// What `archive.jsonl` and `archive.csv` tell of an article.
#[derive(Serialize)]
struct Record<'a> {
    /// Where it stands on this site.
    url: String,
    /// Where it first appeared, of an article that is only quoted here.
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<&'a str>,
    kind: Kind,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    language: &'a str,
    authors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    topics: Vec<&'a str>,
    summary: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<&'a str>,
    /// The first words, where the whole text isn't ours to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    excerpt: Option<String>,
    /// Markdown. Long, and so written by itself behind all others.
    #[serde(skip)]
    text: Option<&'a str>,
}

impl<'a> Record<'a> {
    fn of(site: &'a Site<'_>, id: ArticleId) -> Self {
        let article = site.archive.article(id);
        let front = &article.front;
        let card = site.card(id);
        let url = site.url(&card.address);
        let shown = front.withdrawn.is_none();
        Self {
            original: site.original(id).filter(|original| *original != url),
            url,
            kind: card.kind,
            title: &card.title,
            date: card.date.as_deref(),
            language: &card.language,
            authors: &card.authors,
            publisher: card.publisher.as_deref(),
            topics: card
                .topics
                .iter()
                .map(|topic| topic.title.as_str())
                .collect(),
            summary: &card.teaser,
            withdrawn: front.withdrawn.as_ref().map(|notice| notice.note.as_str()),
            excerpt: excerpt(site.archive, id).filter(|_| shown),
            text: (shown && full_text(site.archive, article)).then(|| article.body.markdown()),
        }
    }
}

fn write_line(record: &Record<'_>, lines: &mut Vec<u8>) {
    // Strings, lists and options of them always become JSON, and a list of bytes takes it.
    if serde_json::to_writer(&mut *lines, record).is_err() {
        return;
    }
    if let Some(text) = record.text {
        lines.pop();
        lines.extend_from_slice(b",\"text\":");
        write_string(text, lines);
        lines.push(b'}');
    }
    lines.push(b'\n');
}

fn write_row(record: &Record<'_>, table: &mut Vec<u8>) {
    let authors = record.authors.join("; ");
    let topics = record.topics.join("; ");
    let row = [
        &record.url,
        record.original.unwrap_or_default(),
        record.kind.name(),
        record.title,
        record.date.unwrap_or_default(),
        record.language,
        &authors,
        record.publisher.unwrap_or_default(),
        &topics,
        record.summary,
    ];
    table.extend_from_slice(row.map(cell).join(",").as_bytes());
    table.extend_from_slice(b"\r\n");
}

/// A field of a row: always quoted (RFC 4180, 2.5). What a spreadsheet would run as a formula
/// begins with an apostrophe, since titles come from anywhere.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
