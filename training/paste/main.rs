//! Trains the weights that tell an article's lines from a pasted page's furniture, and its title.
//!
//!     cargo run --profile fast --example train-paste -- PASTES SET/annotations.json…
//!
//! PASTES holds a folder for each set, named like it: what select-all, copy gives of each page.
//! README.md beside this file says more.

use std::path::Path;
use std::process::ExitCode;

mod fit;
mod pages;
mod score;
mod titles;

use pages::Labelled;

/// Pages are dealt into so many parts; each part is scored by what the others taught.
const PARTS: usize = 3;

const WEIGHTS: &str = "src/import/paste/weights.txt";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [pastes, sets @ ..] = arguments.as_slice() else {
        eprintln!("usage: train-paste PASTES SET/annotations.json…");
        return ExitCode::FAILURE;
    };
    match train(Path::new(pastes), sets) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn train(pastes: &Path, sets: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let mut labelled = Vec::new();
    for set in sets {
        labelled.extend(pages::read(pastes, Path::new(set))?);
    }
    let lines: usize = labelled.iter().map(|page| page.features.len()).sum();
    println!("{} pages, {lines} lines", labelled.len());
    let mut held_out = score::Score::default();
    for part in 0..PARTS {
        let (out, within): (Vec<&Labelled>, Vec<&Labelled>) =
            labelled.iter().partition(|page| page.part(PARTS) == part);
        let model = fit::fit(&within);
        for page in out {
            held_out.add(page, &model);
        }
    }
    println!("held out: {held_out}");
    let all: Vec<&Labelled> = labelled.iter().collect();
    let model = fit::fit(&all);
    let mut seen = score::Score::default();
    for page in all {
        seen.add(page, &model);
    }
    println!("seen:     {seen}");
    std::fs::write(WEIGHTS, model.write())?;
    println!("wrote {WEIGHTS}");
    titles::train(pastes, sets)
}
