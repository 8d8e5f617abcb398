//! The archive as data, as [`Records`] of its articles, and a guide for language models.

use std::fmt::Write;

use super::address::Address;
use super::known::Known;
use super::plan::Site;
use super::records::{Form, Records};
use super::render::Output;
use crate::archive::ids::{ArticleId, Node, TermId};
use crate::content::front_matter::Kind;
use crate::content::taxonomy::Taxonomy;

/// A file that holds the whole archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// All there is to tell of each article.
    Records(Form),
    /// What the site is and where things are (llmstxt.org).
    Llms,
}

impl Export {
    pub const ALL: [Self; 4] = [
        Self::Records(Form::JsonLines),
        Self::Records(Form::Csv),
        Self::Records(Form::BibTex),
        Self::Llms,
    ];

    pub fn file_name(self) -> &'static str {
        match self {
            Self::Records(form) => form.file_name(),
            Self::Llms => "llms.txt",
        }
    }

    pub fn output(self, site: &Site<'_>, known: Known<'_>) -> Output {
        match self {
            Self::Records(form) => {
                let records = Records::of(site, form, known);
                if known.file == Some(records.fingerprint) {
                    Output::Same
                } else {
                    Output::Records(records)
                }
            }
            Self::Llms => {
                let articles: Vec<ArticleId> = site.archive.ids().collect();
                let terms = site.cards.terms.iter().zip(&site.archive.terms);
                let terms: Vec<_> = terms
                    .map(|(link, term)| (link, term.articles.len()))
                    .collect();
                let made_from = (site.cards.prints.told_of(&articles), terms);
                known.unless_same(&made_from, || llms(site))
            }
        }
    }
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
