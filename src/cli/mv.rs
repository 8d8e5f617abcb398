//! `briefbook mv`

use std::fs;
use std::path::Path;

use clap::Args;

use super::edits::{Refusal, find_node, opened, write_edits};
use super::terminal::{Terminal, counted};
use super::{Outcome, archive_root};
use crate::archive::ids::Node;
use crate::archive::linked::Archive;
use crate::archive::rewrite::{Place, own_links, redirect};
use crate::content::edit::with;
use crate::site::address::Address;
use crate::site::plan::address;
use crate::text::slug::is_slug;

/// Rename or move an article, a term or a page
///
/// Everything that leads there is rewritten: links in every text, `sources`, terms in front
/// matter. The old address stays as a redirect (`aliases`). Nothing else in any file changes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Its slug, or the path of its file
    #[arg(value_name = "OLD")]
    old: String,

    /// Its new slug, or the new path of its file
    #[arg(value_name = "NEW")]
    new: String,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments { old, new } = arguments;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    match moved(&root, old, new) {
        Ok(said) => {
            terminal.say(&said);
            Outcome::Done
        }
        Err(refusal) => refusal.tell(terminal),
    }
}

fn moved(root: &Path, old: &str, new: &str) -> Result<String, Refusal> {
    let archive = opened(root)?;
    let node = find_node(&archive, old)?;
    let from = archive.nodes().path(node).into_owned();
    let Some(body) = archive.body(node) else {
        return Err(Refusal::typed(
            format!("`{old}` has no file that could be moved"),
            "`briefbook terms merge` makes one term of two; `briefbook terms --write` writes files",
        ));
    };
    let to = target(&from, new)?;
    check(root, &archive, node, &from, &to)?;
    let place = Place { path: &to };
    let mut edits = redirect(&archive, node, place);
    let own = edits.entry(from.clone()).or_default();
    own.extend(own_links(body, &from, &to));
    let before = address(&archive, node);
    let after = new_address(&archive, node, place.slug());
    if before != after {
        own.extend(with(body.source.text(), "aliases", &[before.to_string()]));
    }
    let files = edits.len();
    write_edits(root, &archive, edits, &[(from.clone(), Some(to.clone()))])?;
    move_folder(root, &from, &to)?;
    Ok(format!(
        "{from} is {to} now ({} rewritten){}",
        counted(files, "file", "files"),
        if before == after {
            String::new()
        } else {
            format!("; {before} leads to {after}")
        }
    ))
}

/// The path that `new` means: a path below the root or below `content/`, or a slug in the same
/// folder.
fn target(from: &str, new: &str) -> Result<String, Refusal> {
    let new = new.trim_start_matches("./");
    let path = if new.contains('/') {
        let path = new.strip_prefix("content/").unwrap_or(new);
        format!("content/{}.md", path.trim_end_matches(".md"))
    } else {
        let folder = from
            .rsplit_once('/')
            .map_or("content", |(folder, _)| folder);
        format!("{folder}/{}.md", new.trim_end_matches(".md"))
    };
    let sound = path
        .split('/')
        .all(|part| !part.is_empty() && part != ".." && part != ".");
    if !sound || !is_slug((Place { path: &path }).slug()) {
        return Err(Refusal::typed(
            format!("`{new}` makes no address"),
            "a slug has lower-case letters, digits and single hyphens: `grid-storage`",
        ));
    }
    Ok(path)
}

fn check(root: &Path, archive: &Archive, node: Node, from: &str, to: &str) -> Result<(), Refusal> {
    let room = |path: &str| path.split('/').nth(1).unwrap_or_default().to_owned();
    let articles = ["briefings", "sources"];
    let same = room(from) == room(to)
        || matches!(node, Node::Article(id) if articles.contains(&&*room(to))
            && archive.article(id).front.kind.is_some());
    if !same {
        return Err(Refusal::typed(
            format!("{to} would make something else of {from}"),
            "move it within its own folder of `content/`",
        ));
    }
    if root.join(to).exists() {
        return Err(Refusal::typed(
            format!("{to} is already there"),
            "choose another name",
        ));
    }
    Ok(())
}

fn new_address(archive: &Archive, node: Node, slug: &str) -> Address {
    match node {
        Node::Article(id) => {
            Address::of_article(&archive.config.permalinks, archive.entry(id), slug)
        }
        Node::Term(id) => {
            let taxonomy = archive.term(id).taxonomy;
            Address::term(archive.config.taxonomies.name(taxonomy), slug)
        }
        Node::Page(_) => Address::page(slug),
    }
}

/// Files beside an article stand in a folder of its name and go with it.
fn move_folder(root: &Path, from: &str, to: &str) -> Result<(), Refusal> {
    let folder = |path: &str| root.join(path.trim_end_matches(".md"));
    let (from, to) = (folder(from), folder(to));
    if !from.is_dir() {
        return Ok(());
    }
    fs::rename(&from, &to).map_err(|error| {
        Refusal::typed(
            format!("cannot move {}: {error}", from.display()),
            "move the folder by hand: its article has been moved",
        )
    })
}
