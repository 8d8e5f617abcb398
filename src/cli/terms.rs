//! `briefbook terms`

use std::path::Path;

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use super::edits::{Refusal, find_node, opened, write_edits, write_texts};
use super::terminal::{Terminal, counted};
use super::{Outcome, archive_root};
use crate::archive::candidates::{Candidate, candidates};
use crate::archive::ids::{Node, TermId};
use crate::archive::linked::Archive;
use crate::archive::rewrite::{Place, redirect};
use crate::archive::vocabulary::Term;
use crate::content::edit::{Edit, quoted, with};
use crate::diagnostic::nearest;
use crate::site::plan::address;
use crate::text::slug::slug;

/// List topics, people, places and all other terms; make one of two
///
/// Lists every term with the number of its articles, terms that nothing uses, and names that are
/// met in the text again and again and have no term yet.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: Option<What>,

    /// Write a file for every topic, person, place … that articles use and that has none
    #[arg(long)]
    write: bool,

    /// How the list is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Articles that must have a name before it is offered as a new term
    #[arg(long, value_name = "N", default_value_t = 3)]
    at_least: usize,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write the file of a new term: a name that is met in the text, for example
    Add {
        /// Where it belongs: `people`, `topics` …
        taxonomy: String,
        /// Its title
        title: String,
        /// Other names it is found by, in any language
        names: Vec<String>,
    },
    /// Make one term of two: articles and links are rewritten, the old address leads to the other
    Merge {
        /// The term that goes, as `topics/elections`
        from: String,
        /// The term that stays
        into: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments {
        what,
        write,
        format,
        at_least,
    } = arguments;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    let done = opened(&root).and_then(|archive| match what {
        Some(What::Merge { from, into }) => merge(&root, &archive, from, into),
        Some(What::Add {
            taxonomy,
            title,
            names,
        }) => add(&root, &archive, taxonomy, title, names),
        None if *write => write_files(&root, &archive),
        None => Ok(list(&archive, *at_least, *format)),
    });
    match done {
        Ok(text) => {
            terminal.result(&text);
            Outcome::Done
        }
        Err(refusal) => refusal.tell(terminal),
    }
}

/// One line of the list.
#[derive(Debug, Serialize)]
struct Row<'a> {
    term: String,
    title: &'a str,
    articles: usize,
    /// Articles that name it without being filed under it.
    mentions: usize,
    has_file: bool,
}

#[derive(Debug, Serialize)]
struct List<'a> {
    terms: Vec<Row<'a>>,
    candidates: Vec<Candidate>,
}

fn list(archive: &Archive, at_least: usize, format: Format) -> String {
    let list = List {
        terms: rows(archive),
        candidates: candidates(archive, at_least.max(1)),
    };
    match format {
        Format::Json => serde_json::to_string_pretty(&list).unwrap_or_default(),
        Format::Text => as_text(&list),
    }
}

fn rows(archive: &Archive) -> Vec<Row<'_>> {
    let row = |(index, term): (usize, &'_ Term)| {
        let named = &archive.mentioned_in[index];
        let filed = |id: &&_| term.articles.binary_search(id).is_ok();
        Row {
            term: name(archive, term),
            title: &archive.terms[index].title,
            articles: term.articles.len(),
            mentions: named.len() - named.iter().filter(filed).count(),
            has_file: term.file.is_some(),
        }
    };
    archive.terms.iter().enumerate().map(row).collect()
}

fn name(archive: &Archive, term: &Term) -> String {
    format!(
        "{}/{}",
        archive.config.taxonomies.name(term.taxonomy),
        term.slug
    )
}

/// Names of candidates that are listed for a reader.
const LISTED: usize = 40;

fn as_text(list: &List<'_>) -> String {
    let mut lines = Vec::new();
    let width = list
        .terms
        .iter()
        .map(|row| row.term.len())
        .max()
        .unwrap_or(0);
    for row in &list.terms {
        let note = match (row.has_file, row.articles + row.mentions) {
            (true, 0) => "  unused",
            (true, _) => "",
            (false, _) => "  no file",
        };
        lines.push(format!(
            "{:width$}  {:>5}  {:>5} mentions{note}",
            row.term, row.articles, row.mentions
        ));
    }
    if !list.candidates.is_empty() {
        lines.push(String::new());
        lines.push(
            "In the text, without a term (`briefbook terms add people \"A Name\"`):".to_owned(),
        );
        for candidate in list.candidates.iter().take(LISTED) {
            lines.push(format!("{:>5}  {}", candidate.articles, candidate.name));
        }
        if let Some(more) = list.candidates.len().checked_sub(LISTED).filter(|n| *n > 0) {
            lines.push(format!("       and {more} more (`--format json` has all)"));
        }
    }
    lines.join("\n")
}

/// Writes the file of one new term.
fn add(
    root: &Path,
    archive: &Archive,
    taxonomy: &str,
    title: &str,
    names: &[String],
) -> Result<String, Refusal> {
    let known: Vec<&str> = archive
        .config
        .taxonomies
        .iter()
        .map(|(_, settings)| &*settings.name)
        .collect();
    if !known.contains(&taxonomy) {
        let help = match nearest(taxonomy, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", known.join(", ")),
        };
        return Err(Refusal::typed(
            format!("there is no taxonomy `{taxonomy}`"),
            &help,
        ));
    }
    let Some(slug) = slug(title) else {
        return Err(Refusal::typed(
            format!("`{title}` makes no address"),
            "a title has letters or digits",
        ));
    };
    let path = format!("content/{taxonomy}/{slug}.md");
    if root.join(&path).exists() {
        return Err(Refusal::typed(
            format!("{path} is already there"),
            "add the name to its `names`",
        ));
    }
    write_texts(root, vec![(path.clone(), term_text(title, names, &[], ""))])?;
    Ok(format!("A new term is in {path}"))
}

/// Writes a file for every term by slug that is used and has none.
fn write_files(root: &Path, archive: &Archive) -> Result<String, Refusal> {
    let nodes = archive.nodes();
    let texts: Vec<(String, String)> = archive
        .terms
        .iter()
        .filter(|term| term.file.is_none() && term.taxonomy.by_slug())
        .map(|term| (nodes.term_path(term), term_text(&term.title, &[], &[], "")))
        .collect();
    let mut said = vec![format!("{} written", counted(texts.len(), "file", "files"))];
    said.extend(texts.iter().map(|(path, _)| path.clone()));
    write_texts(root, texts)?;
    Ok(said.join("\n"))
}

fn term_text(title: &str, names: &[String], aliases: &[String], body: &str) -> String {
    let list = |field: &str, values: &[String]| {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        if values.is_empty() {
            String::new()
        } else {
            format!("{field} = [{}]\n", values.join(", "))
        }
    };
    let title = quoted(title);
    let (names, aliases) = (list("names", names), list("aliases", aliases));
    let body = body.trim();
    let body = if body.is_empty() {
        String::new()
    } else {
        format!("\n{body}\n")
    };
    format!("+++\ntitle = {title}\n{names}{aliases}+++\n{body}")
}

fn merge(root: &Path, archive: &Archive, from: &str, into: &str) -> Result<String, Refusal> {
    let (gone, kept) = (term(archive, from)?, term(archive, into)?);
    let [old, new] = [gone, kept].map(|id| archive.term(id));
    if gone == kept || old.taxonomy != new.taxonomy {
        return Err(Refusal::typed(
            format!("`{from}` and `{into}` cannot become one"),
            "both must be terms of one taxonomy, and not the same",
        ));
    }
    let nodes = archive.nodes();
    let path = nodes.term_path(new);
    let mut edits = redirect(archive, Node::Term(gone), Place { path: &path });
    // What the term was called is a name of the other now; its addresses lead there.
    let names: Vec<String> = old
        .names()
        .filter(|name| new.names().all(|known| known != *name))
        .map(str::to_owned)
        .collect();
    let mut aliases = vec![address(archive, Node::Term(gone)).to_string()];
    let mut text = String::new();
    let mut moves = Vec::new();
    if let Some((front, body)) = &old.file {
        aliases.extend(front.aliases.iter().cloned());
        body.markdown().trim().clone_into(&mut text);
        moves.push((nodes.term_path(old), None));
    }
    if let Some((_, body)) = &new.file {
        let source = body.source.text();
        let own = edits.entry(path).or_default();
        own.extend(with(source, "names", &names));
        own.extend(with(source, "aliases", &aliases));
        if !text.is_empty() {
            own.push(Edit {
                range: source.len()..source.len(),
                text: format!("\n{text}\n"),
            });
        }
    } else {
        let written = term_text(&new.title, &names, &aliases, &text);
        write_texts(root, vec![(path, written)])?;
    }
    let files = edits.len();
    write_edits(root, archive, edits, &moves)?;
    Ok(format!(
        "{} is {} now ({} rewritten)",
        name(archive, old),
        name(archive, new),
        counted(files, "file", "files")
    ))
}

fn term(archive: &Archive, name: &str) -> Result<TermId, Refusal> {
    match find_node(archive, name)? {
        Node::Term(id) => Ok(id),
        Node::Article(_) | Node::Page(_) => Err(Refusal::typed(
            format!("`{name}` is not a term"),
            "write it with its taxonomy: `topics/elections`",
        )),
    }
}
