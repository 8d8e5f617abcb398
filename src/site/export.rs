//! The archive as data: a line of JSON, a row or a BibTeX entry an article, and a guide for
//! language models.

use std::fmt::Write;

use serde::Serialize;

use super::address::Address;
use super::cards::{excerpt, full_text};
use super::cite::bibtex::bibtex;
use super::cite::reference::Reference;
use super::known::Known;
use super::plan::Site;
use super::render::Output;
use crate::archive::ids::{ArticleId, Node, TermId};
use crate::content::front_matter::Kind;
use crate::content::taxonomy::Taxonomy;
use crate::text::json::write_string;

/// A file that holds the whole archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Export {
    /// JSON Lines: an object a line, with the text where it may be shown.
    JsonLines,
    /// RFC 4180.
    Csv,
    BibTex,
    /// What the site is and where things are (llmstxt.org).
    Llms,
}

impl Export {
    pub const ALL: [Self; 4] = [Self::JsonLines, Self::Csv, Self::BibTex, Self::Llms];

    pub fn file_name(self) -> &'static str {
        match self {
            Self::JsonLines => "archive.jsonl",
            Self::Csv => "archive.csv",
            Self::BibTex => "archive.bib",
            Self::Llms => "llms.txt",
        }
    }

    pub fn output(self, site: &Site<'_>, known: Known<'_>) -> Output {
        let articles: Vec<ArticleId> = site.archive.ids().collect();
        let terms = site.cards.terms.iter().zip(&site.archive.terms);
        let terms: Vec<_> = terms
            .map(|(link, term)| (link, term.articles.len()))
            .collect();
        let prints = &site.cards.prints;
        let texts = match self {
            Self::JsonLines => articles
                .iter()
                .map(|id| prints.quotable(Node::Article(*id)))
                .collect(),
            Self::Csv | Self::BibTex | Self::Llms => Vec::new(),
        };
        let made_from = (self, prints.told_of(&articles), texts, terms);
        known.unless_same(&made_from, || self.bytes(site))
    }

    fn bytes(self, site: &Site<'_>) -> Vec<u8> {
        let text: String = match self {
            Self::JsonLines => return json_lines(site),
            Self::Csv => csv(site),
            Self::BibTex => site
                .archive
                .ids()
                .map(|id| bibtex(&Reference::of(site, id)))
                .collect(),
            Self::Llms => llms(site),
        };
        text.into_bytes()
    }
}

/// An article in `archive.jsonl`.
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

fn json_lines(site: &Site<'_>) -> Vec<u8> {
    let entries = site.archive.entries.iter();
    // The texts with what else a line says: growing on the way would take the room of two.
    let room = entries.map(|entry| entry.article.body.range.len() * 9 / 8 + 1024);
    let mut lines = Vec::with_capacity(room.sum());
    for id in site.archive.ids() {
        let record = Record::of(site, id);
        // Strings, lists and options of them always become JSON, and a list of bytes takes it.
        if serde_json::to_writer(&mut lines, &record).is_err() {
            continue;
        }
        if let Some(text) = record.text {
            lines.pop();
            lines.extend_from_slice(b",\"text\":");
            write_string(text, &mut lines);
            lines.push(b'}');
        }
        lines.push(b'\n');
    }
    lines
}

fn csv(site: &Site<'_>) -> String {
    let mut table =
        String::from("url,original,kind,title,date,language,authors,publisher,topics,summary\r\n");
    for id in site.archive.ids() {
        let record = Record::of(site, id);
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
        table.push_str(&row.map(cell).join(","));
        table.push_str("\r\n");
    }
    table
}

/// A field of a row: always quoted (RFC 4180, 2.5). What a spreadsheet would run as a formula
/// begins with an apostrophe, since titles come from anywhere.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

fn llms(site: &Site<'_>) -> String {
    let config = &site.archive.config;
    let mut text = format!("# {}\n\n", config.title);
    // Writing to a string cannot fail.
    if !config.description.is_empty() {
        let _ = writeln!(text, "> {}\n", config.description);
    }
    text.push_str("## Data\n\n");
    for (file, about) in [
        (
            "archive.jsonl",
            "every article with its metadata, one JSON object a line",
        ),
        ("archive.csv", "the same as a table"),
        ("archive.bib", "how to cite each article, as BibTeX"),
        ("feed.json", "the newest articles"),
    ] {
        let url = site.url(&Address::file(file));
        let _ = writeln!(text, "- [{file}]({url}): {about}");
    }
    if config.exports.markdown {
        text.push_str(
            "\nEvery article is there as Markdown too: its address, with `index.html.md` behind it.\n",
        );
    }
    let topics = site
        .archive
        .terms
        .iter()
        .enumerate()
        .filter(|(_, term)| term.taxonomy == Taxonomy::TOPICS && !term.articles.is_empty());
    let topics: Vec<String> = topics
        .map(|(index, term)| {
            let url = site.url(site.address(Node::Term(TermId::new(index))));
            format!(
                "- [{}]({url}): {}\n",
                one_line(&term.title),
                term.articles.len()
            )
        })
        .collect();
    if !topics.is_empty() {
        let _ = write!(text, "\n## Topics\n\n{}", topics.concat());
    }
    text.push_str("\n## Latest\n\n");
    for card in site
        .cards
        .articles
        .iter()
        .filter(|card| card.kind == Kind::Briefing)
        .take(20)
    {
        let address = if config.exports.markdown {
            &Address::markdown(&card.address)
        } else {
            &card.address
        };
        let url = site.url(address);
        let _ = writeln!(
            text,
            "- [{}]({url}): {}",
            one_line(&card.title),
            one_line(&card.teaser)
        );
    }
    text
}

/// Text in a line of Markdown, where it can neither end the line nor the link it stands in.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
        .replace('[', "(")
        .replace(']', ")")
}
