//! What the commands that change content files have in common: everything is read and linked
//! first, every new text is ready before the first file is replaced.

use std::fs;
use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use super::Outcome;
use super::site_arguments::today;
use super::terminal::Terminal;
use crate::archive::entry::{Selection, Unpublished};
use crate::archive::ids::{Node, PageId, TermId};
use crate::archive::linked::Archive;
use crate::archive::rewrite::Edits;
use crate::content::config::Config;
use crate::content::edit::edited;
use crate::diagnostic::{Findings, nearest};
use crate::{SiteOptions, open};

/// Why nothing was changed.
pub enum Refusal {
    Findings(Box<Findings>),
    Typed { message: String, help: String },
}

impl Refusal {
    pub fn typed(message: String, help: &str) -> Self {
        Self::Typed {
            message,
            help: help.to_owned(),
        }
    }

    pub fn tell(self, terminal: &Terminal) -> Outcome {
        match self {
            Self::Findings(findings) => {
                terminal.show(&findings);
                terminal.error(
                    "nothing was changed",
                    "mend the errors first: a file that cannot be read cannot be rewritten",
                );
                Outcome::Faulty
            }
            Self::Typed { message, help } => {
                terminal.error(&message, &help);
                Outcome::Mistyped
            }
        }
    }
}

/// The archive with its drafts; refused when any file has an error.
pub fn opened(root: &Path) -> Result<Archive, Refusal> {
    let mut findings = Findings::default();
    let options = SiteOptions {
        root,
        base_url: None,
        // Nothing is rendered.
        program: "",
        selection: &|config: &Config| Selection {
            today: today(&config.time_zone),
            unpublished: Unpublished::Include,
        },
    };
    match open(&options, &mut findings) {
        Some(opened) if findings.errors() == 0 => Ok(opened.archive),
        _ => Err(Refusal::Findings(Box::new(findings))),
    }
}

/// The article, term or page of a slug, of `topics/quad`, or of a path.
pub fn find_node(archive: &Archive, name: &str) -> Result<Node, Refusal> {
    let nodes = archive.nodes();
    let articles = archive.ids().map(Node::Article);
    let terms = (0..archive.terms.len()).map(|i| Node::Term(TermId::new(i)));
    let pages = (0..archive.pages.len()).map(|i| Node::Page(PageId::new(i)));
    let all: Vec<(Node, String)> = articles
        .chain(terms)
        .chain(pages)
        .map(|node| (node, nodes.path(node).into_owned()))
        .collect();
    let wanted = name.trim_start_matches("./").trim_end_matches(".md");
    let wanted = wanted.strip_prefix("content/").unwrap_or(wanted);
    let long = |path: &str| {
        path.trim_start_matches("content/")
            .trim_end_matches(".md")
            .to_owned()
    };
    let short = |path: &str| long(path).rsplit('/').next().unwrap_or_default().to_owned();
    let found: Vec<&(Node, String)> = all
        .iter()
        .filter(|(_, path)| {
            if wanted.contains('/') {
                long(path) == wanted
            } else {
                short(path) == wanted
            }
        })
        .collect();
    match found[..] {
        [(node, _)] => Ok(*node),
        [] => {
            let names: Vec<String> = all.iter().map(|(_, path)| short(path)).collect();
            let near = nearest(wanted, names.iter().map(String::as_str));
            Err(Refusal::typed(
                format!("nothing has the name `{name}`"),
                &near.map_or_else(
                    || "name it by its slug, or by the path of its file".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                ),
            ))
        }
        ref several => {
            let paths: Vec<&str> = several.iter().map(|(_, path)| path.as_str()).collect();
            Err(Refusal::typed(
                format!("several things have the name `{name}`"),
                &format!("name one by its path: {}", paths.join(", ")),
            ))
        }
    }
}

/// Writes every edited file; `moves` are files that get another path, or none: they go. New texts
/// are all on disk before the first old one is replaced.
pub fn write_edits(
    root: &Path,
    archive: &Archive,
    edits: Edits,
    moves: &[(String, Option<String>)],
) -> Result<(), Refusal> {
    let mut texts: Vec<(String, String)> = Vec::new();
    for (path, edits) in edits {
        let moved = moves.iter().find(|(from, _)| *from == path);
        let to = match moved {
            Some((_, None)) => continue,
            Some((_, Some(to))) => to.clone(),
            None => path.clone(),
        };
        if let Some(text) = text_of(archive, &path) {
            texts.push((to, edited(text, edits)));
        }
    }
    write_texts(root, texts)?;
    for (from, _) in moves {
        let path = root.join(from);
        if path.is_file() {
            fs::remove_file(&path).map_err(|error| failed("remove", &path, &error))?;
        }
    }
    Ok(())
}

/// Writes files, all of them or none where that can be helped.
pub fn write_texts(root: &Path, texts: Vec<(String, String)>) -> Result<(), Refusal> {
    let mut staged = Vec::new();
    for (path, text) in texts {
        let path = root.join(path);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(|error| failed("make the folder of", &path, &error))?;
        let mut file = NamedTempFile::new_in(folder).map_err(|e| failed("write", &path, &e))?;
        file.write_all(text.as_bytes())
            .map_err(|error| failed("write", &path, &error))?;
        staged.push((file, path));
    }
    for (file, path) in staged {
        file.persist(&path)
            .map_err(|error| failed("write", &path, &error.error))?;
    }
    Ok(())
}

/// The text of a content file.
pub fn text_of<'a>(archive: &'a Archive, path: &str) -> Option<&'a str> {
    let bodies = archive.nodes().bodies();
    let (_, body) = bodies
        .into_iter()
        .find(|(_, body)| body.source.name() == path)?;
    Some(body.source.text())
}

fn failed(action: &str, path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::typed(
        format!("cannot {action} {}: {error}", path.display()),
        "look at the permissions and the free space there",
    )
}
