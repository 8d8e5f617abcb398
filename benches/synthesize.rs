//! Writes a synthetic archive.
//!
//! ```text
//! cargo run --release --example synthesize -- DIR 10000 [SEED] [--briefings]
//! ```
//!
//! With `--briefings`, every article is a briefing.

use std::path::Path;

mod synthetic;

use synthetic::{Mix, synthesize};

fn main() -> std::io::Result<()> {
    let (options, arguments): (Vec<_>, Vec<_>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let mix = match options.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Mix::Archive,
        ["--briefings"] => Mix::Briefings,
        _ => {
            eprintln!("the one option is --briefings");
            std::process::exit(2)
        }
    };
    let mut arguments = arguments.into_iter();
    let (Some(folder), Some(count)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: synthesize DIR ARTICLES [SEED] [--briefings]");
        std::process::exit(2);
    };
    let number = |text: String| {
        text.parse().unwrap_or_else(|_| {
            eprintln!("{text} is not a number");
            std::process::exit(2)
        })
    };
    let count = number(count);
    let seed = arguments.next().map_or(1, number);
    let seed = u64::try_from(seed).expect("a usize has at most 64 bits");
    synthesize(Path::new(&folder), count, seed, mix)?;
    println!("{count} articles in {folder}");
    Ok(())
}
