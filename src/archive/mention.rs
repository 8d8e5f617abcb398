//! Mentions: names of terms that stand in running text.
//!
//! All names of all terms go into one automaton (Aho and Corasick, 1975), which reads every body
//! once, however many names there are. Where they stand in a body depends on that body and on the
//! names alone, and is kept; which terms they stand for is asked anew.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::by_node::ByNode;
use super::ids::{ArticleId, Node, TermId};
use super::links::Backlink;
use super::nodes::Nodes;
use super::sentence::own_sentence;
use super::vocabulary::Term;
use crate::content::article::Body;
use crate::content::kept::{Aspect, Kept};
use crate::content::markdown::prose::{Joint, Piece, Place};
use crate::text::hash::Fingerprint;
use crate::text::longer_name::is_part_of_longer;
use crate::text::name_match::stands_alone;

/// A term named in a text for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub term: TermId,
    /// Where the name stands in the body.
    pub range: Range<usize>,
    /// The sentence it stands in, where that says the same whatever links lead to.
    pub sentence: Option<Box<str>>,
}

/// First mentions in every text, in their order there.
pub type Mentions = ByNode<Mention>;

/// Finds the first mention of every term in every text that doesn't switch mentions off.
/// `terms_of` are the terms that each article's front matter names: where a name stands for
/// several terms, the one that the article is about is meant.
pub fn mentions(nodes: Nodes<'_>, terms_of: &[Vec<TermId>], kept: &Kept) -> Mentions {
    let mut index = NameIndex::of(nodes.terms);
    if index.names.is_empty() {
        return Mentions::new(nodes);
    }
    let aspect = Aspect::Names(index.fingerprint());
    let mut bodies = nodes.bodies();
    bodies.retain(|(node, _)| nodes.allows_mentions(*node));
    let is_new = |(_, body): &&(Node, &Body)| !kept.knows(body.hash, aspect);
    index.texts = bodies.par_iter().filter(is_new).count();
    let found: Vec<_> = bodies
        .into_par_iter()
        .map_init(String::new, |buffer, (node, body)| {
            let about = match node {
                Node::Article(id) => &terms_of[id.index()][..],
                Node::Term(_) | Node::Page(_) => &[],
            };
            let named = kept.value(body.hash, aspect, || index.named(body, buffer));
            (node, index.meant(named, about, node))
        })
        .filter(|(_, mentions)| !mentions.is_empty())
        .collect();
    let mut all = Mentions::new(nodes);
    for (node, mentions) in found {
        *all.of_mut(node) = mentions;
    }
    all
}

/// The articles that name each term or link to it, newest first.
pub fn mentioned_in(
    mentions: &Mentions,
    backlinks: &ByNode<Backlink>,
    terms: usize,
) -> Vec<Vec<ArticleId>> {
    let mut articles = vec![Vec::new(); terms];
    let named = mentions
        .iter()
        .flat_map(|(from, mentions)| mentions.iter().map(move |mention| (mention.term, from)));
    let linked = backlinks.iter().filter_map(|(to, from)| match to {
        Node::Term(term) => Some(from.iter().map(move |backlink| (term, backlink.from))),
        Node::Article(_) | Node::Page(_) => None,
    });
    for (term, from) in named.chain(linked.flatten()) {
        if let Node::Article(id) = from {
            articles[term.index()].push(id);
        }
    }
    for articles in &mut articles {
        articles.sort_unstable();
        articles.dedup();
    }
    articles
}

/// All names that are looked for.
struct NameIndex<'a> {
    /// The name, and the terms that have it.
    names: Vec<(&'a str, Vec<TermId>)>,
    terms: &'a [Term],
    /// How many texts they are to be looked for in.
    texts: usize,
    /// Finds them by their place among the names; made for the first text that isn't known.
    finder: OnceLock<Option<AhoCorasick>>,
}

/// A name stands in a text, for the first time.
#[derive(Debug, Serialize, Deserialize)]
struct Named {
    /// Its place among all names.
    name: u32,
    /// In the body.
    range: Range<usize>,
    sentence: Option<Box<str>>,
}

impl<'a> NameIndex<'a> {
    /// Only terms with a file are looked for: somebody has said what they are called.
    fn of(terms: &'a [Term]) -> Self {
        let mut names: Vec<(&str, Vec<TermId>)> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (index, term) in terms.iter().enumerate() {
            let Some((front, _)) = &term.file else {
                continue;
            };
            if front.mentions == Some(false) {
                continue;
            }
            for name in term.names() {
                let name = name.trim();
                // A single letter or character is no name in a running text.
                if name.chars().nth(1).is_none() || term.is_ambiguous(name) {
                    continue;
                }
                let at = *known.entry(name).or_insert(names.len());
                if at == names.len() {
                    names.push((name, Vec::new()));
                }
                let id = TermId::new(index);
                if !names[at].1.contains(&id) {
                    names[at].1.push(id);
                }
            }
        }
        Self {
            names,
            terms,
            texts: 0,
            finder: OnceLock::new(),
        }
    }

    /// Of all that decides which names stand in a text.
    fn fingerprint(&self) -> Fingerprint {
        let names = 0..self.names.len();
        let names: Vec<(&str, bool)> = names
            .map(|name| (self.names[name].0, self.is_subject(name)))
            .collect();
        Fingerprint::of(&names)
    }

    fn finder(&self) -> Option<&AhoCorasick> {
        let finder = self.finder.get_or_init(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .kind(kind(&self.names, self.texts))
                .ascii_case_insensitive(true)
                .build(self.names.iter().map(|(name, _)| name))
                .ok()
        });
        finder.as_ref()
    }

    /// Every name that stands in a body, where it does so first.
    fn named(&self, body: &Body, buffer: &mut String) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        let running = |piece: &Piece| piece.place == Place::Running;
        let pieces = body.outline.prose.pieces();
        let runs = pieces.chunk_by(|one, next| {
            one.place == next.place && matches!(next.joint, Joint::Flush | Joint::Line)
        });
        for run in runs.filter(|run| run.iter().all(running)) {
            read_run(body.markdown(), run, buffer);
            for (name, range) in self.names_in(buffer) {
                let Ok(name) = u32::try_from(name) else {
                    continue;
                };
                if found.iter().all(|known| known.name != name) {
                    let range = in_body(run, range);
                    found.push(Named {
                        name,
                        sentence: own_sentence(body, range.start).map(String::into_boxed_str),
                        range,
                    });
                }
            }
        }
        found
    }

    /// The terms that names stand for in the text of `node`, which is `about` these.
    fn meant(&self, named: Vec<Named>, about: &[TermId], node: Node) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        for Named {
            name,
            range,
            sentence,
        } in named
        {
            let Some(term) = self.meant_by(name as usize, about) else {
                continue;
            };
            let known = mentions.iter().any(|mention| mention.term == term);
            if !known && node != Node::Term(term) {
                mentions.push(Mention {
                    term,
                    range,
                    sentence,
                });
            }
        }
        mentions
    }

    /// Names in a text, the longest where several begin or overlap.
    fn names_in(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let Some(finder) = self.finder() else {
            return Vec::new();
        };
        let mut found: Vec<(usize, Range<usize>)> = finder
            .find_overlapping_iter(text)
            .map(|found| (found.pattern().as_usize(), found.range()))
            .filter(|(pattern, range)| {
                self.is_written(*pattern, &text[range.clone()])
                    && stands_alone(text, range.start, range.end)
            })
            .collect();
        found.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
        let starts: Vec<usize> = found.iter().map(|(_, range)| range.start).collect();
        let is_name = |at: usize| starts.binary_search(&at).is_ok();
        found.retain(|(_, range)| !is_part_of_longer(text, range, is_name));
        let mut end = 0;
        found.retain(|(_, range)| {
            let free = range.start >= end;
            if free {
                end = range.end;
            }
            free
        });
        found
    }

    /// Whether capitals stand where a name has them. Several words, and subjects, are known in
    /// small letters and in capitals too: "regional trade", "Elections", "NORTH KOREA".
    fn is_written(&self, pattern: usize, written: &str) -> bool {
        let (name, _) = &self.names[pattern];
        if *name == written {
            return true;
        }
        let is_acronym = name.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
            && !name.contains(char::is_lowercase);
        if is_acronym {
            return false;
        }
        let capitals = !written.contains(char::is_lowercase) && written.contains(' ');
        capitals || self.is_subject(pattern)
    }

    /// Whether a name is that of a subject, among others perhaps.
    fn is_subject(&self, name: usize) -> bool {
        let subject = |id: &TermId| !self.terms[id.index()].taxonomy.has_proper_names();
        self.names[name].1.iter().any(subject)
    }

    fn meant_by(&self, name: usize, about: &[TermId]) -> Option<TermId> {
        match &self.names.get(name)?.1[..] {
            [term] => Some(*term),
            several => {
                let mut meant = several.iter().filter(|term| about.contains(term));
                let first = meant.next();
                first.copied().filter(|_| meant.next().is_none())
            }
        }
    }
}

/// A table of every state and byte is several times as fast to read with, and takes some 300 bytes
/// for each byte of the names: worth it until that is tens of megabytes, and for more than the few
/// texts of an edit. `None`: the library's own choice.
fn kind(names: &[(&str, Vec<TermId>)], texts: usize) -> Option<AhoCorasickKind> {
    const MOST: usize = 100_000;
    const FEW: usize = 50;
    let bytes: usize = names.iter().map(|(name, _)| name.len()).sum();
    if texts <= FEW {
        Some(AhoCorasickKind::NoncontiguousNFA)
    } else {
        (bytes <= MOST).then_some(AhoCorasickKind::DFA)
    }
}

/// The text of a run of pieces, lines joined by spaces.
fn read_run(markdown: &str, run: &[Piece], text: &mut String) {
    text.clear();
    for piece in run {
        if piece.joint == Joint::Line && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&markdown[piece.range()]);
    }
}

/// Where a range of the text of a run stands in the body.
fn in_body(run: &[Piece], range: Range<usize>) -> Range<usize> {
    let (mut at, mut start, mut end) = (0, None, 0);
    for (index, piece) in run.iter().enumerate() {
        at += usize::from(piece.joint == Joint::Line && index > 0);
        let own = piece.range();
        if start.is_none() && range.start < at + own.len() {
            start = Some(own.start + range.start - at);
        }
        if range.end > at {
            end = own.start + (range.end - at).min(own.len());
        }
        at += own.len();
    }
    start.unwrap_or(end)..end
}
