//! Grows the forest that tells an article's blocks from the rest of its page, and says how well it
//! does on pages it has not seen. `README.md` says how to run it.

mod grow;
mod pages;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use briefbook::import::html::block::key;
use briefbook::import::html::body;
use briefbook::import::html::features;
use briefbook::import::html::forest::{Forest, Forests};
use briefbook::import::html::head;
use clap::Parser;
use grow::{Example, grow};
use pages::{Page, squeeze};

/// Grow the forest of the HTML importer
#[derive(Debug, Parser)]
struct Arguments {
    /// Folders with annotations.json, each followed by the folder of its pages
    #[arg(required = true, num_args = 2..)]
    sets: Vec<PathBuf>,
    /// Folders with texts of other extractors, one `<page id>.txt` a page
    #[arg(long)]
    teacher: Vec<String>,
    /// The folder to write the forests into
    #[arg(long)]
    out: Option<PathBuf>,
    /// Parts the pages are divided into; each is scored by a forest grown on the others
    #[arg(long, default_value_t = 3)]
    folds: usize,
    /// List the pages that lose most
    #[arg(long, default_value_t = 0)]
    worst: usize,
}

fn main() {
    let arguments = Arguments::parse();
    let pages: Vec<Page> = arguments
        .sets
        .chunks(2)
        .flat_map(|pair| pages::read(&pair[0], &pair[1], &arguments.teacher))
        .collect();
    let labelled: usize = pages
        .iter()
        .map(|page| page.labels.iter().flatten().count())
        .sum();
    println!("{} pages, {labelled} labelled blocks", pages.len());
    let mut segments = Counts::default();
    let mut reference = Counts::default();
    let mut losses: Vec<(f64, String)> = Vec::new();
    for fold in 0..arguments.folds {
        let held_out = |page: &&Page| fold_of(&page.id, arguments.folds) == fold;
        let others: Vec<&Page> = pages.iter().filter(|page| !held_out(page)).collect();
        let forests = forests(&others);
        for page in pages.iter().filter(held_out) {
            let counts = score(page, &forests);
            if page.expected.is_none() {
                losses.push((counts.missed + counts.noise, report(page, &forests)));
            }
            if page.expected.is_some() {
                reference.add(&counts.share());
            } else {
                segments.add(&counts);
            }
        }
    }
    println!("held out, segments: {segments}");
    println!("held out, reference: {reference}");
    losses.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, line) in losses.iter().take(arguments.worst) {
        println!("{line}");
    }
    if let Some(out) = arguments.out {
        let forests = forests(&pages.iter().collect::<Vec<_>>());
        report_features(&pages, &forests.alone);
        for (name, forest) in [
            ("forest_alone.txt", &forests.alone),
            ("forest_in_context.txt", &forests.in_context),
        ] {
            fs::write(out.join(name), forest.write()).expect("the forest's file can be written");
        }
    }
}

/// Grows both forests. What the first says about a page on which it was grown is too good to be
/// true; so the second learns from first forests that have not seen the page.
fn forests(pages: &[&Page]) -> Forests {
    const PARTS: usize = 2;
    let alone_rows = |page: &Page| -> Vec<Vec<f32>> { page.rows.clone() };
    let mut contexts: Vec<(&Page, Vec<Vec<f32>>)> = Vec::new();
    for part in 0..PARTS {
        // Another division than that of the folds.
        let in_part = |page: &&&Page| fold_of(&format!("{}#", page.id), PARTS) == part;
        let rows: Vec<_> = pages
            .iter()
            .filter(|page| !in_part(page))
            .map(|page| (*page, alone_rows(page)))
            .collect();
        let first = grow(&examples(&rows), 120, 1);
        contexts.extend(
            pages
                .iter()
                .filter(in_part)
                .map(|page| (*page, page.rows_in_context(&first))),
        );
    }
    // Three that saw other samples err less together.
    let in_context = {
        let examples = examples(&contexts);
        Forest::mean([2, 3, 5].map(|seed| grow(&examples, 200, seed)).into())
    };
    drop(contexts);
    let rows: Vec<_> = pages.iter().map(|page| (*page, alone_rows(page))).collect();
    Forests {
        alone: grow(&examples(&rows), 120, 1),
        in_context,
    }
}

/// Prints which features the forest asks most.
fn report_features(pages: &[Page], forest: &Forest) {
    let Some(page) = pages.first() else { return };
    let names = features::names(&page.landscape());
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in forest.splits.iter().filter_map(|split| split.feature) {
        *asked.entry(names[usize::from(feature)]).or_insert(0) += 1;
    }
    let mut asked: Vec<_> = asked.into_iter().collect();
    asked.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    for (name, times) in asked.iter().take(20) {
        println!("{times:5} {name}");
    }
}

/// Which part a page belongs to: by its name, so that it stays there.
fn fold_of(id: &str, folds: usize) -> usize {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    usize::try_from(hash % folds.max(1) as u64).unwrap_or(0)
}

fn examples<'a>(pages: &'a [(&Page, Vec<Vec<f32>>)]) -> Vec<Example<'a>> {
    let mut examples = Vec::new();
    for (page, rows) in pages {
        for ((row, label), block) in rows.iter().zip(&page.labels).zip(&page.blocks) {
            if let Some((belongs, weight)) = label {
                // What is longer matters more to a reader, up to a paragraph.
                let length = match block.chars {
                    0..=40 => 0.4,
                    41..=150 => 1.0,
                    _ => 1.6,
                };
                examples.push(Example {
                    row,
                    belongs: *belongs,
                    weight: weight * length,
                });
            }
        }
    }
    examples
}

/// Pieces found, missed, and kept though they should not be.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    found: f64,
    missed: f64,
    noise: f64,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.missed += other.missed;
        self.noise += other.noise;
    }

    /// The same, so that every page counts alike.
    fn share(&self) -> Self {
        let all = (self.found + self.missed + self.noise).max(1.0);
        Self {
            found: self.found / all,
            missed: self.missed / all,
            noise: self.noise / all,
        }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let precision = self.found / (self.found + self.noise).max(1e-9);
        let recall = self.found / (self.found + self.missed).max(1e-9);
        let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
        write!(
            f,
            "F1 {f1:.4}, precision {precision:.4}, recall {recall:.4} ({:.1} found, {:.1} missed, {:.1} noise)",
            self.found, self.missed, self.noise
        )
    }
}

/// The pieces that a page loses and those it keeps in error.
fn report(page: &Page, forests: &Forests) -> String {
    let text = text(page, forests);
    let mut lines = vec![page.id.clone()];
    let cut = |piece: &str| piece.chars().take(100).collect::<String>();
    for (mark, pieces, wanted) in [
        ("missed", &page.with, true),
        ("noise ", &page.without, false),
    ] {
        let wrong = pieces.iter().filter(|piece| holds(&text, piece) != wanted);
        lines.extend(wrong.map(|piece| format!("    {mark} {}", cut(piece))));
    }
    lines.join("\n")
}

fn text(page: &Page, forests: &Forests) -> String {
    let chosen = chosen(page, forests);
    let text: Vec<&str> = page
        .blocks
        .iter()
        .zip(chosen)
        .filter(|(_, chosen)| *chosen)
        .map(|(block, _)| block.text.as_str())
        .collect();
    squeeze(&text.join(" "))
}

/// As the importer chooses: without what goes into the front matter.
fn chosen(page: &Page, forests: &Forests) -> Vec<bool> {
    let landscape = page.landscape();
    let mut chosen = body::choose(&landscape, forests).chosen;
    head::drop_shown(&landscape, &page.metadata, &mut chosen);
    chosen
}

fn holds(text: &str, piece: &str) -> bool {
    let unseen = ['\u{ad}', '\u{200b}', '\u{feff}'];
    let piece: String = piece.chars().filter(|c| !unseen.contains(c)).collect();
    text.contains(&squeeze(&piece))
}

fn score(page: &Page, forests: &Forests) -> Counts {
    let mut counts = Counts::default();
    if page.expected.is_some() {
        let chosen = chosen(page, forests);
        for ((block, label), chosen) in page.blocks.iter().zip(&page.labels).zip(&chosen) {
            #[expect(clippy::cast_precision_loss, reason = "lengths of pages")]
            let length = key(&block.text).len() as f64;
            match (label, chosen) {
                (Some((true, _)), true) => counts.found += length,
                (Some((true, _)), false) => counts.missed += length,
                (Some((false, _)), true) => counts.noise += length,
                _ => {}
            }
        }
        return counts;
    }
    let text = text(page, forests);
    for piece in &page.with {
        if holds(&text, piece) {
            counts.found += 1.0;
        } else {
            counts.missed += 1.0;
        }
    }
    let noise = page.without.iter().filter(|piece| holds(&text, piece));
    counts.noise += noise.fold(0.0, |sum, _| sum + 1.0);
    counts
}
