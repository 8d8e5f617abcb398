//! `briefbook new`

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::site_arguments::today;
use super::terminal::Terminal;
use super::{Outcome, archive_root};
use crate::content::article::Article;
use crate::content::config::Config;
use crate::content::date::PublicationDate;
use crate::content::disk::read_config;
use crate::content::front_matter::FrontMatter;
use crate::content::kept::Kept;
use crate::content::recent::Recent;
use crate::content::write::to_text;
use crate::diagnostic::{Findings, nearest};
use crate::text::slug::slug;

/// Start a new text
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Start a briefing: its three parts, with its sources filled in
    Briefing {
        /// Its title; the file is named after it
        title: String,
        /// Articles it draws on, by slug or path; their topics, people and places are taken over
        #[arg(long, value_name = "SOURCE", num_args = 1..)]
        from: Vec<String>,
    },
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let What::Briefing { title, from } = &arguments.what;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    match briefing(&root, title, from) {
        Ok(path) => {
            terminal.say(&format!("A new briefing is in {path}"));
            Outcome::Done
        }
        Err(Refusal::Findings(findings)) => {
            terminal.show(&findings);
            Outcome::Faulty
        }
        Err(Refusal::Typed { message, help }) => {
            terminal.error(&message, &help);
            Outcome::Faulty
        }
    }
}

enum Refusal {
    Findings(Findings),
    Typed { message: String, help: String },
}

fn refuse(message: String, help: &str) -> Refusal {
    Refusal::Typed {
        message,
        help: help.to_owned(),
    }
}

fn briefing(root: &Path, title: &str, from: &[String]) -> Result<String, Refusal> {
    let mut findings = Findings::default();
    let config = findings
        .keep(read_config(root))
        .and_then(|source| findings.keep(Config::parse(&source)));
    let Some(config) = config else {
        return Err(Refusal::Findings(findings));
    };
    let today = today(&config.time_zone);
    // A broken file elsewhere is no reason not to start a new one; `build` tells about it.
    let library = Recent::default().library(root, config, &Kept::new(), &mut findings);
    let sources = from
        .iter()
        .map(|name| source(&library.articles, name))
        .collect::<Result<Vec<_>, _>>()?;
    let Some(slug) = slug(title) else {
        return Err(refuse(
            format!("`{title}` makes no file name"),
            "give it a title with a letter or a digit in it",
        ));
    };
    let path = format!("content/briefings/{}/{slug}.md", today.year());
    let file = root.join(&path);
    if file.exists() {
        return Err(refuse(
            format!("{path} is already there"),
            "choose another title, or go on writing that one",
        ));
    }
    let front = FrontMatter {
        title: title.to_owned(),
        date: Some(PublicationDate::Day(today)),
        topics: gathered(&sources, |front| &front.topics),
        people: gathered(&sources, |front| &front.people),
        places: gathered(&sources, |front| &front.places),
        organizations: gathered(&sources, |front| &front.organizations),
        sources: sources.iter().map(|article| article.slug.clone()).collect(),
        draft: true,
        ..FrontMatter::default()
    };
    let text = to_text(&front, &skeleton(&sources));
    file.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&file, text))
        .map_err(|error| {
            refuse(
                format!("cannot write {path}: {error}"),
                "look at the permissions and the free space there",
            )
        })?;
    Ok(path)
}

fn source<'a>(articles: &'a [Arc<Article>], name: &str) -> Result<&'a Article, Refusal> {
    let path = name.trim_start_matches("./");
    articles
        .iter()
        .find(|article| article.slug == name || article.body.source.name() == path)
        .map(Arc::as_ref)
        .ok_or_else(|| {
            let near = nearest(name, articles.iter().map(|article| article.slug.as_str()));
            refuse(
                format!("no article has the name `{name}`"),
                &near.map_or_else(
                    || "name it by its slug: its file's name without `.md`".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                ),
            )
        })
}

/// What the sources say in one field, each once.
fn gathered(sources: &[&Article], field: fn(&FrontMatter) -> &Vec<String>) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in sources.iter().flat_map(|article| field(&article.front)) {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    values
}

fn skeleton(sources: &[&Article]) -> String {
    let mut text = String::from("## What Happened\n\n");
    if sources.is_empty() {
        text.push_str("- \n");
    }
    for article in sources {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "- {} [[{}]]", article.front.title, article.slug);
    }
    text.push_str("\n## Implications\n\n\n## Context\n");
    text
}
