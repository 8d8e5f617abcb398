//! Pages with what is known of their lines.

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;

use briefbook::import::date_text::dates::DayMonthOrder;
use briefbook::import::html::tree::Tree;
use briefbook::import::paste::chain::Link;
use briefbook::import::paste::features::page::Page;
use briefbook::import::paste::line::{self, Line};
use briefbook::import::paste::role;
use serde_json::Value;

/// A page of which some lines are known to belong to the article, or not to.
pub(crate) struct Labelled {
    pub(crate) name: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) features: Vec<Vec<u16>>,
    /// Scores are filled in by whoever has weights.
    pub(crate) links: Vec<Link>,
    /// What the page counts for in training: annotated pieces are a few lines a page, a wanted
    /// article labels them all.
    pub(crate) worth: f64,
    pub(crate) wanted: Wanted,
}

/// What is known of a page's article.
pub(crate) enum Wanted {
    /// Pieces that belong to it, and pieces that don't.
    Pieces {
        with: Vec<String>,
        without: Vec<String>,
    },
    /// The whole of it.
    Text(String),
}

impl Labelled {
    /// The part of the pages that it is dealt to: by its name, so that a new page moves no other.
    pub(crate) fn part(&self, parts: usize) -> usize {
        let sum = self
            .name
            .bytes()
            .fold(7usize, |sum, byte| sum.wrapping_mul(31) + usize::from(byte));
        sum / 7 % parts
    }
}

/// Reads a set: its annotations, and the paste of each of its pages.
pub(crate) fn read(pastes: &Path, annotations: &Path) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let set: Value = serde_json::from_slice(&std::fs::read(annotations)?)?;
    let folder = pastes.join(set["name"].as_str().ok_or("the set has no name")?);
    let pages = set["pages"].as_object().ok_or("the set has no pages")?;
    let mut found = Vec::new();
    for (name, page) in pages {
        let path = folder.join(format!("{name}.txt"));
        match std::fs::read_to_string(&path) {
            Ok(text) => found.push(labelled(name, &text, wanted(page))),
            Err(error) => eprintln!("left out: {}: {error}", path.display()),
        }
    }
    Ok(found)
}

fn wanted(page: &Value) -> Wanted {
    if let Some(html) = page["expected_html"].as_str() {
        let tree = Tree::parse(html);
        let parts: Vec<&str> = tree
            .descendants(tree.root())
            .filter_map(|node| tree.own_text(node))
            .collect();
        return Wanted::Text(parts.join("\n"));
    }
    let pieces = |key: &str| -> Vec<String> {
        let listed = page[key].as_array().map(Vec::as_slice).unwrap_or_default();
        listed
            .iter()
            .filter_map(Value::as_str)
            .map(squeezed)
            .collect()
    };
    Wanted::Pieces {
        with: pieces("with"),
        without: pieces("without"),
    }
}

/// A text as the lines of a paste hold it.
pub(crate) fn squeezed(text: &str) -> String {
    let lines = line::lines(text);
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join(" ")
}

fn labelled(name: &str, text: &str, wanted: Wanted) -> Labelled {
    let lines = line::lines(text);
    let roles = role::roles(&lines, DayMonthOrder::MonthFirst);
    let page = Page::new(&lines, &roles);
    let features = (0..lines.len())
        .map(|at| {
            let mut features = Vec::new();
            page.features(at, &mut features);
            features
        })
        .collect();
    let known = match &wanted {
        Wanted::Pieces { with, without } => by_pieces(&lines, with, without),
        Wanted::Text(text) => by_text(&lines, text),
    };
    let links = lines
        .iter()
        .zip(known)
        .map(|(line, known)| Link {
            score: 0.0,
            gap: line.gap,
            known,
        })
        .collect();
    Labelled {
        name: name.to_owned(),
        features,
        links,
        worth: match wanted {
            Wanted::Pieces { .. } => 1.0,
            Wanted::Text(_) => 0.15,
        },
        wanted,
        lines,
    }
}

/// Lines that hold a piece; where several do, the longest is meant to be the article's.
fn by_pieces(lines: &[Line], with: &[String], without: &[String]) -> Vec<Option<bool>> {
    let mut known = vec![None; lines.len()];
    let mut whole = String::new();
    let mut starts = Vec::with_capacity(lines.len());
    for line in lines {
        starts.push(whole.len());
        whole.push_str(&line.text);
        whole.push(' ');
    }
    let line_at = |at: usize| starts.partition_point(|&start| start <= at) - 1;
    let places = |piece: &str| -> Vec<std::ops::RangeInclusive<usize>> {
        whole
            .match_indices(piece)
            .map(|(at, _)| line_at(at)..=line_at(at + piece.len() - 1))
            .collect()
    };
    for piece in without.iter().filter(|piece| !piece.is_empty()) {
        for place in places(piece) {
            known[place].fill(Some(false));
        }
    }
    for piece in with.iter().filter(|piece| !piece.is_empty()) {
        let longest = places(piece)
            .into_iter()
            .rev()
            .max_by_key(|place| lines[*place.start()].chars);
        if let Some(place) = longest {
            known[place].fill(Some(true));
        }
    }
    known
}

/// How many words make one shingle.
pub(crate) const SHINGLE: usize = 4;

pub(crate) fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Lines whose shingles are mostly the wanted article's; short ones must stand there as a whole.
fn by_text(lines: &[Line], wanted: &str) -> Vec<Option<bool>> {
    let wanted_words = words(wanted);
    let shingles: HashSet<&[&str]> = wanted_words.windows(SHINGLE).collect();
    let wanted_lines: HashSet<Vec<&str>> = wanted.lines().map(words).collect();
    lines
        .iter()
        .map(|line| {
            let words = words(&line.text);
            if words.is_empty() {
                return None;
            }
            if words.len() < SHINGLE {
                return Some(wanted_lines.contains(&words));
            }
            let all = words.len() - SHINGLE + 1;
            let found = words
                .windows(SHINGLE)
                .filter(|shingle| shingles.contains(shingle))
                .count();
            Some(found * 2 > all)
        })
        .collect()
}
