//! The archive as data: a line of JSON, a row or a BibTeX entry an article, and a guide for
//! language models.

use std::fmt::Write;

use serde::Serialize;

use super::address::Address;
use super::cards::{excerpt, full_text};
use super::cite::bibtex::bibtex;
use super::cite::reference::Reference;
use super::json_lines::JsonLines;
use super::known::Known;
use super::plan::Site;
use super::render::Output;
use crate::archive::ids::{ArticleId, Node, TermId};
use crate::content::front_matter::Kind;
use crate::content::taxonomy::Taxonomy;

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
        let make = match self {
            Self::JsonLines => {
                let lines = JsonLines::of(site, known);
                let is_known = known.file == Some(lines.fingerprint);
                return if is_known {
                    Output::Same
                } else {
                    Output::Lines(lines)
                };
            }
            Self::Csv => csv,
            Self::BibTex => bibliography,
            Self::Llms => llms,
        };
        let articles: Vec<ArticleId> = site.archive.ids().collect();
        let terms = site.cards.terms.iter().zip(&site.archive.terms);
        let terms: Vec<_> = terms
            .map(|(link, term)| (link, term.articles.len()))
            .collect();
        let made_from = (self, site.cards.prints.told_of(&articles), terms);
        known.unless_same(&made_from, || make(site))
    }
}

/// An article in `archive.jsonl`.
#[derive(Serialize)]
pub struct Record<'a> {
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
    pub text: Option<&'a str>,
}

impl<'a> Record<'a> {
    pub fn of(site: &'a Site<'_>, id: ArticleId) -> Self {
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

fn bibliography(site: &Site<'_>) -> String {
    let references = site.archive.ids().map(|id| Reference::of(site, id));
    references.map(|reference| bibtex(&reference)).collect()
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
