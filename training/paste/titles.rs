//! Trains what each clue to a page's title is worth.
//!
//! The objective is the logarithm of the probability that the title is chosen among a page's
//! candidates, each in proportion to the exponential of its score, less a square penalty.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use briefbook::import::date_text::dates::DayMonthOrder;
use briefbook::import::paste::title::clue::{CLUES, Clues, score};
use briefbook::import::paste::title::page::Page as Finder;
use briefbook::import::paste::{body, line, role, wrap};
use serde_json::Value;

use crate::fit::lowest;
use crate::pages::{squeezed, words};

const WEIGHTS: &str = "src/import/paste/title/weights.txt";
const PENALTY: f64 = 2.0;
const ROUNDS: usize = 300;
const PARTS: usize = 5;

/// A page's candidates: the clues of each, and whether it is the title.
struct Page {
    name: String,
    candidates: Vec<(Clues, bool)>,
}

pub(crate) fn train(pastes: &Path, sets: &[String]) -> Result<(), Box<dyn Error>> {
    let mut pages = Vec::new();
    for set in sets {
        read(pastes, Path::new(set), &mut pages)?;
    }
    let mut right = 0;
    for part in 0..PARTS {
        let (out, within): (Vec<&Page>, Vec<&Page>) =
            pages.iter().partition(|page| page.part() == part);
        let weights = fit(&within);
        right += out.iter().filter(|page| page.is_right(&weights)).count();
    }
    println!("titles held out: {right} of {}", pages.len());
    let without = |page: &&Page| !page.candidates.iter().any(|(_, is_title)| *is_title);
    let hopeless = pages.iter().filter(without).count();
    println!("no line is the title: {hopeless} of {}", pages.len());
    let weights = fit(&pages.iter().collect::<Vec<_>>());
    let seen = pages.iter().filter(|page| page.is_right(&weights)).count();
    println!("titles seen:     {seen} of {}", pages.len());
    let mut text = String::new();
    for (clue, weight) in CLUES.iter().zip(&weights) {
        writeln!(text, "{clue:?} {weight:.2}")?;
    }
    std::fs::write(WEIGHTS, text)?;
    println!("wrote {WEIGHTS}");
    Ok(())
}

fn read(pastes: &Path, annotations: &Path, into: &mut Vec<Page>) -> Result<(), Box<dyn Error>> {
    let set: Value = serde_json::from_slice(&std::fs::read(annotations)?)?;
    let folder = pastes.join(set["name"].as_str().ok_or("the set has no name")?);
    for (name, page) in set["pages"].as_object().ok_or("the set has no pages")? {
        let wanted = page["title"].as_str().map(squeezed).unwrap_or_default();
        let Ok(text) = std::fs::read_to_string(folder.join(format!("{name}.txt"))) else {
            continue;
        };
        if !wanted.is_empty() {
            into.push(Page {
                name: name.clone(),
                candidates: candidates(&text, &wanted),
            });
        }
    }
    Ok(())
}

/// The very title, or where no line is that, the same words.
fn candidates(text: &str, wanted: &str) -> Vec<(Clues, bool)> {
    let lines = line::lines(&wrap::unwrap(text));
    let roles = role::roles(&lines, DayMonthOrder::MonthFirst);
    let telling = body::telling(&lines, &roles);
    let found = Finder::new(&lines, &roles, &telling).candidates();
    let exact = found.iter().any(|(at, _)| lines[*at].text == wanted);
    let lower = wanted.to_lowercase();
    let is_title = |text: &str| {
        if exact {
            text == wanted
        } else {
            words(&text.to_lowercase()) == words(&lower)
        }
    };
    found
        .into_iter()
        .map(|(at, clues)| (clues, is_title(&lines[at].text)))
        .collect()
}

impl Page {
    fn part(&self) -> usize {
        let sum = self
            .name
            .bytes()
            .fold(7usize, |sum, byte| sum.wrapping_mul(31) + usize::from(byte));
        sum / 7 % PARTS
    }

    fn is_right(&self, weights: &Clues) -> bool {
        self.candidates
            .iter()
            .rev()
            .max_by(|(one, _), (other, _)| score(one, weights).total_cmp(&score(other, weights)))
            .is_some_and(|(_, is_title)| *is_title)
    }
}

fn fit(pages: &[&Page]) -> Clues {
    let found = lowest(CLUES.len(), ROUNDS, |at| objective(pages, at));
    let mut weights = [0.0; CLUES.len()];
    weights.copy_from_slice(&found);
    weights
}

/// What is to be made small, and its slope.
fn objective(pages: &[&Page], at: &[f64]) -> (f64, Vec<f64>) {
    let mut weights = [0.0; CLUES.len()];
    weights.copy_from_slice(at);
    let mut value = at
        .iter()
        .map(|weight| PENALTY * weight * weight / 2.0)
        .sum::<f64>();
    let mut slope: Vec<f64> = at.iter().map(|weight| PENALTY * weight).collect();
    for page in pages {
        if !page.candidates.iter().any(|(_, is_title)| *is_title) {
            continue;
        }
        let scores: Vec<f64> = page
            .candidates
            .iter()
            .map(|(clues, _)| score(clues, &weights))
            .collect();
        let highest = scores.iter().copied().fold(f64::MIN, f64::max);
        let shares: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
        let all: f64 = shares.iter().sum();
        let titles: f64 = page
            .candidates
            .iter()
            .zip(&shares)
            .filter(|((_, is_title), _)| *is_title)
            .map(|(_, share)| share)
            .sum();
        value -= (titles / all).ln();
        for ((clues, is_title), share) in page.candidates.iter().zip(&shares) {
            let wanted = if *is_title { share / titles } else { 0.0 };
            for (slope, clue) in slope.iter_mut().zip(clues) {
                *slope += (share / all - wanted) * clue;
            }
        }
    }
    (value, slope)
}
