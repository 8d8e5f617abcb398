//! Names in the text that have no term yet.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::linked::Archive;
use crate::content::article::Body;
use crate::content::markdown::prose::{Joint, Place};

/// A name that is met again and again.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Candidate {
    pub name: String,
    /// Articles that it stands in.
    pub articles: usize,
}

/// Small words within a name: "Ministry of National Defense".
const WITHIN: [&str; 12] = [
    "of", "the", "and", "for", "de", "del", "la", "von", "van", "der", "al", "bin",
];
/// Words that open a sentence, not a name.
const OPENERS: [&str; 34] = [
    "The", "A", "An", "In", "On", "At", "But", "And", "As", "If", "When", "While", "After",
    "Before", "For", "From", "With", "It", "He", "She", "They", "This", "That", "These", "His",
    "Her", "Its", "Their", "To", "By", "Both", "No", "What", "So",
];

/// Names of two capitalised words and more, and acronyms, that at least `least` articles have and
/// no term; the most frequent first. Scripts without capitals are not looked through.
pub fn candidates(archive: &Archive, least: usize) -> Vec<Candidate> {
    let known: HashSet<String> = archive
        .terms
        .iter()
        .flat_map(|term| term.names().map(str::to_lowercase))
        .collect();
    let found: Vec<BTreeSet<String>> = archive
        .entries
        .par_iter()
        .map(|entry| names(&entry.article.body))
        .collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in found.into_iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    let mut candidates: Vec<Candidate> = counts
        .into_iter()
        .filter(|(name, articles)| *articles >= least && !known.contains(&name.to_lowercase()))
        .map(|(name, articles)| Candidate { name, articles })
        .collect();
    candidates.sort_by(|a, b| {
        b.articles
            .cmp(&a.articles)
            .then_with(|| a.name.cmp(&b.name))
    });
    candidates
}

/// The names in one text.
fn names(body: &Body) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut text = String::new();
    for piece in body.outline.prose.pieces() {
        let goes_on =
            piece.place == Place::Running && matches!(piece.joint, Joint::Flush | Joint::Line);
        if !goes_on {
            names_in(&text, &mut names);
            text.clear();
        }
        if piece.place == Place::Running {
            if piece.joint == Joint::Line {
                text.push(' ');
            }
            text.push_str(&body.markdown()[piece.range()]);
        }
    }
    names_in(&text, &mut names);
    names
}

fn names_in(text: &str, names: &mut BTreeSet<String>) {
    let mut name: Vec<&str> = Vec::new();
    for raw in text.split_whitespace() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        let word = word
            .strip_suffix("'s")
            .or(word.strip_suffix("’s"))
            .unwrap_or(word);
        let opens = raw.starts_with(|c: char| !c.is_alphanumeric());
        let ends = raw.ends_with(|c: char| !c.is_alphanumeric()) || raw.len() > word.len();
        if opens {
            finish(&mut name, names);
        }
        if word.starts_with(char::is_uppercase) {
            if !(name.is_empty() && OPENERS.contains(&word)) {
                name.push(word);
            }
        } else if !name.is_empty() && WITHIN.contains(&word) {
            name.push(word);
        } else {
            finish(&mut name, names);
        }
        if ends {
            finish(&mut name, names);
        }
    }
    finish(&mut name, names);
}

fn finish(name: &mut Vec<&str>, names: &mut BTreeSet<String>) {
    while name.last().is_some_and(|word| WITHIN.contains(word)) {
        name.pop();
    }
    let acronym = |word: &str| {
        (2..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    if (2..=6).contains(&name.len()) || name.first().is_some_and(|word| acronym(word)) {
        names.insert(name.join(" "));
    }
    name.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_the_beginnings_of_sentences() {
        let mut names = BTreeSet::new();
        names_in(
            "The Ministry of National Defense said no. After Kim Yo-jong's letter, NATO (and the \
             Blue House) waited. Seoul waited too.",
            &mut names,
        );
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "Blue House",
                "Kim Yo-jong",
                "Ministry of National Defense",
                "NATO"
            ]
        );
    }
}
