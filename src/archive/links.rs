//! Where links lead, and from where they come.

use rayon::prelude::*;

use super::by_node::ByNode;
use super::entry::{HeldBack, HeldBackReason};
use super::error::{LinkError, file_span};
use super::ids::Node;
use super::names::{Found, Names};
use super::nodes::Nodes;
use crate::content::article::{Asset, Body};
use crate::content::markdown::outline::{Link, Target};
use crate::diagnostic::{Findings, nearest};

/// Where one link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    Node {
        node: Node,
        section: Option<String>,
    },
    /// A section of the same body.
    Section(String),
    /// An address of the site, to be checked against its plan.
    Site(String),
    /// Index into the archive's assets.
    Asset(usize),
    /// A dead link, or one to a file that can't be parsed: either is reported, and shown as text.
    Nothing,
}

/// Everything links can be resolved against.
pub struct Scope<'a> {
    pub nodes: Nodes<'a>,
    pub names: &'a Names<'a>,
    pub held_back: &'a [HeldBack],
    pub assets: &'a [Asset],
    /// Paths of files that are there and can't be parsed: that is told once, of the file itself.
    pub unparsed: &'a [String],
}

impl Scope<'_> {
    /// Whether a name can only mean a file that could not be parsed.
    pub fn is_unparsed(&self, name: &str) -> bool {
        self.unparsed.iter().any(|path| {
            let path = path.trim_start_matches("content/").trim_end_matches(".md");
            path == name || path.rsplit('/').next() == Some(name)
        })
    }
}

/// The links of every body, in the order of its outline.
pub fn resolve_all(
    scope: &Scope<'_>,
    bodies: &[(Node, &Body)],
    findings: &mut Findings,
) -> ByNode<Resolved> {
    let resolved: Vec<_> = bodies
        .par_iter()
        .filter(|(_, body)| !body.outline.links.is_empty())
        .map(|&(node, body)| {
            let links: Vec<_> = body
                .outline
                .links
                .iter()
                .map(|link| resolve(scope, body, link))
                .collect();
            (node, links)
        })
        .collect();
    let mut all = ByNode::new(scope.nodes);
    for (node, links) in resolved {
        let links = links.into_iter();
        let kept = links.map(|link| findings.keep(link).unwrap_or(Resolved::Nothing));
        *all.of_mut(node) = kept.collect();
    }
    all
}

fn resolve(scope: &Scope<'_>, body: &Body, link: &Link) -> Result<Resolved, LinkError> {
    let span = || file_span(body, body.in_file(&link.range));
    let source_code = || body.source.named();
    match &link.target {
        Target::Site(address) => Ok(Resolved::Site(address.clone())),
        Target::Section(section) => {
            check_section(body, body, link, section)?;
            Ok(Resolved::Section(section.clone()))
        }
        Target::Asset(written) => {
            let path = join(body.source.name(), written);
            match scope.assets.binary_search_by(|asset| asset.path.cmp(&path)) {
                Ok(index) => Ok(Resolved::Asset(index)),
                Err(_) => Err(LinkError::MissingFile {
                    path,
                    source_code: source_code(),
                    span: span(),
                }),
            }
        }
        Target::File { path, section } => {
            let path = join(body.source.name(), path);
            let Some(node) = scope.names.at_path(&path) else {
                if scope.unparsed.contains(&path) {
                    return Ok(Resolved::Nothing);
                }
                let held = scope
                    .held_back
                    .iter()
                    .find(|held| held.article.body.source.name() == path);
                return Err(match held {
                    Some(held) => unpublished(held, body, link),
                    None => LinkError::Dead {
                        help: scope
                            .names
                            .nearest_path(&path)
                            .map(|near| format!("did you mean {near}?")),
                        label: format!("there is no {path}"),
                        source_code: source_code(),
                        span: span(),
                    },
                });
            };
            with_section(scope, body, link, node, section.as_deref())
        }
        Target::Wiki { name, section } => match scope.names.find(name) {
            Found::One(node) => with_section(scope, body, link, node, section.as_deref()),
            Found::Unpublished(index) => Err(unpublished(&scope.held_back[index], body, link)),
            Found::Several(nodes) => Err(LinkError::Ambiguous {
                choices: choices(scope, nodes),
                source_code: source_code(),
                span: span(),
            }),
            Found::Nothing if scope.is_unparsed(name) => Ok(Resolved::Nothing),
            Found::Nothing => Err(LinkError::Dead {
                help: suggestion(scope, name).or_else(|| Some(NAMES.to_owned())),
                label: "no article, term or page has this name".to_owned(),
                source_code: source_code(),
                span: span(),
            }),
        },
    }
}

fn with_section(
    scope: &Scope<'_>,
    body: &Body,
    link: &Link,
    node: Node,
    section: Option<&str>,
) -> Result<Resolved, LinkError> {
    if let (Some(section), Some(target)) = (section, scope.nodes.body(node)) {
        check_section(body, target, link, section)?;
    }
    Ok(Resolved::Node {
        node,
        section: section.map(str::to_owned),
    })
}

fn check_section(body: &Body, target: &Body, link: &Link, section: &str) -> Result<(), LinkError> {
    let anchors = || target.outline.anchors();
    if anchors().any(|anchor| anchor == section) {
        return Ok(());
    }
    Err(LinkError::DeadSection {
        section: section.to_owned(),
        help: Some(match nearest(section, anchors()) {
            Some(near) => format!("did you mean `#{near}`?"),
            None if anchors().next().is_none() => "there are no headings in that text".to_owned(),
            None => format!("there are: #{}", anchors().collect::<Vec<_>>().join(", #")),
        }),
        source_code: body.source.named(),
        span: file_span(body, body.in_file(&link.range)),
    })
}

fn unpublished(held: &HeldBack, body: &Body, link: &Link) -> LinkError {
    LinkError::Unpublished {
        path: held.article.body.source.name().to_owned(),
        reason: match held.reason {
            HeldBackReason::Draft => "this article is a draft".to_owned(),
            HeldBackReason::Future(day) => format!("this article is dated {day}"),
        },
        source_code: body.source.named(),
        span: file_span(body, body.in_file(&link.range)),
    }
}

fn choices(scope: &Scope<'_>, nodes: &[Node]) -> String {
    nodes
        .iter()
        .map(|node| {
            let path = scope.nodes.path(*node);
            let path = path.trim_start_matches("content/").trim_end_matches(".md");
            format!("`[[{path}]]`")
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// What a link in double brackets can say.
const NAMES: &str = "write the name of its file without `.md`, or its path below `content/`; what \
                     isn't in the archive is linked by its address: `[text](https://…)`";

/// What a dead name was probably meant to be, with the date of an article.
pub fn suggestion(scope: &Scope<'_>, name: &str) -> Option<String> {
    let near = scope.names.nearest(name)?;
    Some(format!("did you mean `{near}`?"))
}

/// `written`, a path relative to the file `from`, as a path from the archive's root. A path
/// that leads out of the archive comes out as it is and matches nothing.
pub fn join(from: &str, written: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return written.to_owned();
                }
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A node that links to another, by the first of its links that does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlink {
    pub from: Node,
    /// Which link of its outline.
    pub link: usize,
}

/// What links to each node: every node once, in the order of the archive.
pub fn backlinks(nodes: Nodes<'_>, links: &ByNode<Resolved>) -> ByNode<Backlink> {
    let mut back = ByNode::new(nodes);
    for (from, links) in links.iter() {
        for (link, resolved) in links.iter().enumerate() {
            let Resolved::Node { node, .. } = resolved else {
                continue;
            };
            let known: &mut Vec<Backlink> = back.of_mut(*node);
            if *node != from && known.last().is_none_or(|last| last.from != from) {
                known.push(Backlink { from, link });
            }
        }
    }
    back
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn relative_paths_are_read_from_the_file_that_names_them() {
        let from = "content/briefings/2021/a.md";
        for (written, wanted) in [
            ("b.md", "content/briefings/2021/b.md"),
            ("./b.md", "content/briefings/2021/b.md"),
            ("../../sources/2021/c.md", "content/sources/2021/c.md"),
            ("../../../../../etc/passwd", "../../../../../etc/passwd"),
        ] {
            assert_eq!(join(from, written), wanted);
        }
    }
}
