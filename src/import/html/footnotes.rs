//! Footnotes: numbers in the text that lead to notes below it, and back.
//!
//! Word, WordPress, Pandoc and newsletters write them alike: `<sup><a href="#fn1">1</a></sup>` in
//! the text, and a note that bears the name `fn1` and leads back to the number. A list of which
//! some entry is cited from several places is a bibliography; its numbers are part of its text.

use std::collections::{HashMap, HashSet};

use super::address::Base;
use super::block::Block;
use super::tree::{NodeId, Tree};

/// The footnotes of a page.
#[derive(Debug, Default)]
pub struct Footnotes {
    notes: Vec<Note>,
}

/// One of them.
#[derive(Debug)]
struct Note {
    /// As it is called in Markdown.
    name: String,
    /// What of the text is the reference: the number, with brackets around it.
    reference: NodeId,
    text: NodeId,
    /// What in the note leads back.
    back: Vec<NodeId>,
}

/// What an element is to the footnotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    Reference(&'a str),
    Note(&'a str),
    WayBack,
}

impl Footnotes {
    pub fn of(tree: &Tree, base: &Base) -> Self {
        let within: Vec<(NodeId, &str)> = tree
            .elements("a")
            .filter_map(|link| Some((link, base.fragment(tree.attribute(link, "href")?)?)))
            .collect();
        if within.is_empty() {
            return Self::default();
        }
        let places = places(tree);
        let mut found: Vec<Note> = Vec::new();
        for &(link, target) in &within {
            let Some(label) = label(&tree.text(link)) else {
                continue;
            };
            let Some(&place) = places.get(target) else {
                continue;
            };
            let Some(note) = note_around(tree, place).filter(|_| place > link) else {
                continue;
            };
            let leads_back = |&&(back, target): &&(NodeId, &str)| {
                tree.contains(note, back)
                    && places.get(target).is_some_and(|&place| {
                        place == link
                            || tree.ancestors(link).take(3).any(|outer| outer == place)
                            || tree.contains(link, place)
                    })
            };
            let back: Vec<NodeId> = within
                .iter()
                .filter(leads_back)
                .map(|(back, _)| with_brackets(tree, *back))
                .collect();
            if !back.is_empty() && !tree.contains(note, link) {
                found.push(Note {
                    name: label,
                    reference: with_brackets(tree, link),
                    text: note,
                    back,
                });
            }
        }
        drop_bibliographies(tree, &mut found);
        name(&mut found);
        Self { notes: found }
    }

    /// Those of which both ends are kept.
    #[must_use]
    pub fn kept(&self, tree: &Tree, keeps: &dyn Fn(NodeId) -> bool) -> HashMap<NodeId, Part<'_>> {
        let is_kept = |outer: NodeId| {
            tree.descendants(outer)
                .any(|node| tree.own_text(node).is_some() && keeps(node))
        };
        let mut parts = HashMap::new();
        for note in &self.notes {
            if is_kept(note.reference) && is_kept(note.text) {
                parts.insert(note.reference, Part::Reference(note.name.as_str()));
                parts.insert(note.text, Part::Note(note.name.as_str()));
                parts.extend(note.back.iter().map(|&back| (back, Part::WayBack)));
            }
        }
        parts
    }

    /// Chooses the notes to what is chosen.
    pub fn choose(&self, tree: &Tree, blocks: &[Block], chosen: &mut [bool]) {
        let first_in = |node: NodeId| {
            blocks.partition_point(|block| {
                block
                    .nodes
                    .last()
                    .is_some_and(|last| last.index() < node.index())
            })
        };
        for Note {
            reference, text, ..
        } in &self.notes
        {
            if chosen.get(first_in(*reference)) != Some(&true) {
                continue;
            }
            let inside = blocks[first_in(*text)..]
                .iter()
                .take_while(|block| tree.contains(*text, block.nodes[0]))
                .count();
            let from = first_in(*text);
            chosen[from..from + inside].fill(true);
        }
    }
}

/// Where links within a page can lead.
fn places(tree: &Tree) -> HashMap<&str, NodeId> {
    let mut places = HashMap::new();
    for node in tree.descendants(tree.root()) {
        let names = [
            tree.attribute(node, "id"),
            tree.attribute(node, "name")
                .filter(|_| tree.name(node) == Some("a")),
        ];
        for name in names.into_iter().flatten() {
            places.entry(name).or_insert(node);
        }
    }
    places
}

/// The number or the sign of a reference.
fn label(text: &str) -> Option<String> {
    let label = text.trim().trim_matches(['[', ']', '(', ')']).trim();
    let is_number = label.len() <= 3 && label.chars().all(|c| c.is_ascii_digit());
    let is_sign = label.chars().count() <= 3 && label.chars().all(|c| "*†‡§¶".contains(c));
    (!label.is_empty() && (is_number || is_sign)).then(|| label.to_owned())
}

fn note_around(tree: &Tree, place: NodeId) -> Option<NodeId> {
    std::iter::once(place)
        .chain(tree.ancestors(place).take(4))
        .find(|&node| matches!(tree.name(node), Some("li" | "p" | "div" | "dd" | "aside")))
}

/// The link with the brackets and the raised text around it, if there is nothing else in them.
fn with_brackets(tree: &Tree, link: NodeId) -> NodeId {
    let bare = |node: NodeId| -> String {
        tree.text(node)
            .chars()
            .filter(|c| !c.is_whitespace() && !"[]()^".contains(*c))
            .collect()
    };
    let own = bare(link);
    tree.ancestors(link)
        .take(3)
        .take_while(|&outer| {
            matches!(tree.name(outer), Some("sup" | "span" | "b" | "small" | "a"))
                && bare(outer) == own
        })
        .last()
        .unwrap_or(link)
}

fn drop_bibliographies(tree: &Tree, notes: &mut Vec<Note>) {
    let mut cited = HashSet::new();
    let lists: HashSet<Option<NodeId>> = notes
        .iter()
        .filter(|note| !cited.insert(note.text))
        .map(|note| tree.parent(note.text))
        .collect();
    notes.retain(|note| !lists.contains(&tree.parent(note.text)));
}

/// Numbers stay what they are where each stands once; else they are counted anew.
fn name(notes: &mut [Note]) {
    let mut names = HashSet::new();
    let are_good = notes.iter().all(|note| {
        note.name.chars().all(|c| c.is_ascii_digit()) && names.insert(note.name.clone())
    });
    if !are_good {
        for (at, note) in notes.iter_mut().enumerate() {
            note.name = (at + 1).to_string();
        }
    }
}
