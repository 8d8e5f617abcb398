//! What each stage of a build costs: `cargo bench`.
//!
//! ```text
//! cargo bench -- [--articles 2000] [--runs 3] [--mixed] [--more-names N] [--json]
//! ```
//!
//! Synthesizes an archive and takes it through every stage of a full build, by calls of the
//! library, several times; prints the median of each stage. CPU time is that of all processors
//! together, of a template that of its pages; per article it can be compared from size to size.
//! `--more-names` has that many invented people join the vocabulary, so that mentions are looked for
//! among very many names.

use std::error::Error;
use std::fs;

use clap::Parser;

mod cost;
#[path = "../synthetic.rs"]
mod synthetic;
mod tour;

use cost::{Format, told};
use synthetic::{Mix, synthesize};

/// Tells what each stage of a build costs
#[derive(Parser)]
struct Arguments {
    /// How many articles the archive has
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..))]
    articles: u32,

    /// How often it is built; each stage's median is told
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,

    /// A fifth of the articles are briefings, not all
    #[arg(long)]
    mixed: bool,

    /// How many invented people join the vocabulary
    #[arg(long, default_value_t = 0, value_name = "N")]
    more_names: u32,

    /// One object for scripts, times in milliseconds
    #[arg(long)]
    json: bool,

    /// Said by `cargo bench` to every program
    #[arg(long, hide = true)]
    bench: bool,
}

/// A person nobody has heard of: two names of three syllables.
fn person(number: u32) -> String {
    const SYLLABLES: [&str; 8] = ["ba", "ko", "del", "fin", "gra", "hu", "jin", "mor"];
    let name = |number: u32| {
        let syllables = (0..3).map(|place| SYLLABLES[(number >> (3 * place)) as usize % 8]);
        let name: String = syllables.collect();
        name[..1].to_uppercase() + &name[1..]
    };
    format!("{} {}", name(number), name(number / 512 + number * 7))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let Arguments {
        articles,
        runs,
        mixed,
        more_names,
        json,
        bench: _,
    } = arguments;
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("archive");
    let mix = if mixed { Mix::Archive } else { Mix::Briefings };
    synthesize(&root, articles as usize, 1, mix)?;
    for number in 0..more_names {
        let title = person(number);
        let text = format!("+++\ntitle = \"{title}\"\nambiguous = [\"-\"]\n+++\n");
        fs::write(
            root.join(format!("content/people/invented-{number}.md")),
            text,
        )?;
    }
    let mut all = Vec::new();
    for _ in 0..runs {
        // As if there had never been a build.
        for left in [root.join(".briefbook"), folder.path().join("out")] {
            if left.exists() {
                fs::remove_dir_all(left)?;
            }
        }
        all.push(tour::take(&root, &folder.path().join("out"))?);
    }
    let format = if json { Format::Json } else { Format::Text };
    print!("{}", told(&all, articles, format));
    Ok(())
}
