//! Making what leads to one thing lead to another: the edits that `mv` and `terms merge` ask for.

use std::collections::BTreeMap;

use super::ids::{ArticleId, Node, TermId};
use super::linked::Archive;
use super::links::{Resolved, join};
use crate::content::article::Body;
use crate::content::edit::{Edit, quoted, strings, without};
use crate::content::markdown::outline::Target;
use crate::content::taxonomy::Taxonomy;
use crate::text::slug::slug;

/// Edits of files, by the files' paths.
pub type Edits = BTreeMap<String, Vec<Edit>>;

/// What a thing is known by: its file, from the archive's root.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub path: &'a str,
}

impl<'a> Place<'a> {
    pub fn slug(self) -> &'a str {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        name.trim_end_matches(".md")
    }

    /// As `[[…]]` may name it where the slug isn't clear enough: `topics/quad`.
    fn long_name(self) -> &'a str {
        let path = self.path.strip_prefix("content/").unwrap_or(self.path);
        path.trim_end_matches(".md")
    }
}

/// Every edit that makes links and front matter that lead to `node` lead to `to`. A link that
/// names it by its title or by another name stays as it is.
pub fn redirect(archive: &Archive, node: Node, to: Place<'_>) -> Edits {
    let nodes = archive.nodes();
    let from = nodes.path(node).into_owned();
    let from = Place { path: &from };
    let mut edits = Edits::new();
    for (other, links) in archive.links.iter() {
        let Some(body) = archive.body(other) else {
            continue;
        };
        for (link, resolved) in body.outline.links.iter().zip(links) {
            if matches!(resolved, Resolved::Node { node: target, .. } if *target == node) {
                let range = body.in_file(&link.range);
                let edit = link_edit(body, range, &link.target, from, to);
                add(&mut edits, body, edit);
            }
        }
    }
    match node {
        Node::Article(id) => articles_that_name(archive, id, from, to, &mut edits),
        Node::Term(id) => term_uses(archive, id, to, &mut edits),
        Node::Page(_) => {}
    }
    edits
}

fn add(edits: &mut Edits, body: &Body, edit: impl IntoIterator<Item = Edit>) {
    let mut edit = edit.into_iter().peekable();
    if edit.peek().is_some() {
        let path = body.source.name().to_owned();
        edits.entry(path).or_default().extend(edit);
    }
}

/// The edit of one link: of its name in `[[name]]`, of the path in `[text](path.md)`.
fn link_edit(
    body: &Body,
    range: std::ops::Range<usize>,
    target: &Target,
    from: Place<'_>,
    to: Place<'_>,
) -> Option<Edit> {
    let written = &body.source.text()[range.clone()];
    let (name, new) = match target {
        Target::Wiki { name, .. } if name == from.slug() => (name.as_str(), to.slug().to_owned()),
        Target::Wiki { name, .. } if name.trim_end_matches(".md") == from.long_name() => {
            (name.as_str(), to.long_name().to_owned())
        }
        Target::File { path, .. } => (path.as_str(), relative(body.source.name(), to.path)),
        _ => return None,
    };
    let at = match target {
        Target::Wiki { .. } => written.find(name)?,
        _ => written.rfind(name)?,
    };
    Some(Edit {
        range: range.start + at..range.start + at + name.len(),
        text: new,
    })
}

/// Front matter of other articles that names an article: sources, the original of a translation.
fn articles_that_name(
    archive: &Archive,
    id: ArticleId,
    from: Place<'_>,
    to: Place<'_>,
    edits: &mut Edits,
) {
    for entry in &archive.entries {
        let body = &entry.article.body;
        for field in ["sources", "translation_of"] {
            for (range, name) in strings(body.source.text(), field) {
                let new = match name.as_str() {
                    name if name == from.slug() => to.slug(),
                    name if name.trim_end_matches(".md") == from.long_name() => to.long_name(),
                    _ => continue,
                };
                let edit = Edit {
                    range,
                    text: quoted(new),
                };
                // A slug that several articles have may mean another one.
                if archive.nodes().path(Node::Article(id)) == from.path {
                    add(edits, body, [edit]);
                }
            }
        }
    }
}

/// Front matter that names a term: of its articles, of the terms below it.
fn term_uses(archive: &Archive, id: TermId, to: Place<'_>, edits: &mut Edits) {
    let term = archive.term(id);
    let field = match term.taxonomy {
        Taxonomy::PUBLISHERS => "publisher",
        other => archive.config.taxonomies.name(other),
    };
    // Names as printed lead to the file of the term by its title and names: they stay.
    let named = |name: &str| slug(name).as_deref() == Some(&*term.slug);
    if term.taxonomy.by_slug() {
        for (entry, terms) in archive.entries.iter().zip(&archive.terms_of) {
            if terms.contains(&id) {
                let body = &entry.article.body;
                let text = body.source.text();
                let listed = strings(text, field);
                let has_both = listed.iter().any(|(_, name)| name == to.slug());
                let own = listed.into_iter().filter(|(_, name)| named(name));
                let edit = own.map(|(range, _)| {
                    if has_both {
                        without(text, range)
                    } else {
                        Edit {
                            range,
                            text: quoted(to.slug()),
                        }
                    }
                });
                add(edits, body, edit);
            }
        }
    }
    for child in &term.children {
        if let Some((_, body)) = &archive.term(*child).file {
            let parent = strings(body.source.text(), "parent").into_iter();
            let edit = parent.map(|(range, _)| Edit {
                range,
                text: quoted(to.slug()),
            });
            add(edits, body, edit);
        }
    }
}

/// Edits of a file that moves itself: its relative links start from another folder then. Files
/// below the folder of its own name move with it.
pub fn own_links(body: &Body, from: &str, to: &str) -> Vec<Edit> {
    let own = |path: &str| path.strip_suffix(".md").unwrap_or(path).to_owned() + "/";
    let (own_from, own_to) = (own(from), own(to));
    let moved = |path: String| match path.strip_prefix(&own_from) {
        Some(rest) => format!("{own_to}{rest}"),
        None if path == from => to.to_owned(),
        None => path,
    };
    let mut edits = Vec::new();
    for link in &body.outline.links {
        let (Target::File { path, .. } | Target::Asset(path)) = &link.target else {
            continue;
        };
        let range = body.in_file(&link.range);
        let Some(at) = body.source.text()[range.clone()].rfind(path.as_str()) else {
            continue;
        };
        let new = relative(to, &moved(join(from, path)));
        if new != *path {
            edits.push(Edit {
                range: range.start + at..range.start + at + path.len(),
                text: new,
            });
        }
    }
    edits
}

/// The way from the file `from` to the file `to`, both from the archive's root.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folder = &from[..from.len().saturating_sub(1)];
    let same = folder
        .iter()
        .zip(&to[..to.len().saturating_sub(1)])
        .take_while(|(a, b)| a == b)
        .count();
    let mut way = "../".repeat(folder.len() - same);
    way.push_str(&to[same..].join("/"));
    way
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn the_way_from_file_to_file() {
        for (from, to, way) in [
            (
                "content/briefings/2021/a.md",
                "content/briefings/2021/b.md",
                "b.md",
            ),
            (
                "content/briefings/2021/a.md",
                "content/sources/2020/b.md",
                "../../sources/2020/b.md",
            ),
            (
                "content/topics/a.md",
                "content/topics/a/map.png",
                "a/map.png",
            ),
        ] {
            assert_eq!(relative(from, to), way);
        }
    }
}
