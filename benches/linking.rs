//! Measures how long the whole archive takes to be linked, step by step.
//!
//! ```text
//! cargo run --release --example linking -- DIR [MORE_NAMES]
//! ```
//!
//! `MORE_NAMES` invented people join the vocabulary, so that mentions are looked for among very
//! many names. With `RAYON_NUM_THREADS=1` the seconds are seconds of one core.

use std::path::Path;
use std::time::Instant;

use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::archive::linked::Archive;
use briefbook::archive::mention::mentions;
use briefbook::archive::neighbour::neighbours;
use briefbook::archive::related::related;
use briefbook::archive::vector::vectors;
use briefbook::content::config::Config;
use briefbook::content::disk::{read_config, read_content};
use briefbook::content::kept::Kept;
use briefbook::content::library::Library;
use briefbook::content::parse::ContentFile;
use briefbook::diagnostic::Findings;

/// Tells how long `step` takes.
fn timed<T>(name: &str, step: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = step();
    println!("{name}: {:.2} s", start.elapsed().as_secs_f64());
    value
}

/// A person nobody has heard of: two names of three syllables.
fn person(number: usize) -> ContentFile {
    const SYLLABLES: [&str; 8] = ["ba", "ko", "del", "fin", "gra", "hu", "jin", "mor"];
    let name = |mut rest: usize| {
        let mut name = String::new();
        for _ in 0..3 {
            name.push_str(SYLLABLES[rest % 8]);
            rest /= 8;
        }
        name[..1].to_uppercase() + &name[1..]
    };
    let title = format!("{} {}", name(number), name(number / 512 + number * 7));
    ContentFile {
        path: format!("content/people/invented-{number}.md"),
        bytes: format!("+++\ntitle = \"{title}\"\nambiguous = [\"-\"]\n+++\n").into_bytes(),
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let root = arguments.next().expect("usage: linking DIR [MORE_NAMES]");
    let more: usize = arguments
        .next()
        .map_or(0, |text| text.parse().expect("a number"));
    let root = Path::new(&root);
    let mut findings = Findings::default();
    let kept = Kept::new();
    let config = read_config(root).expect("the folder holds a site.toml");
    let config = Config::parse(&config).expect("sound settings");
    let mut folder = timed("reading", || read_content(root, &mut findings));
    folder.files.extend((0..more).map(person));
    let library = timed("parsing", || {
        Library::parse(config, folder, &kept, &mut findings)
    });
    let selection = Selection {
        today: jiff::civil::date(2030, 1, 1),
        unpublished: Unpublished::HoldBack,
    };
    let archive = timed("linking, all of it", || {
        Archive::link(library, selection, &kept, &mut findings)
    });
    println!(
        "{} articles, {} terms; of that:",
        archive.entries.len(),
        archive.terms.len()
    );
    let found = timed("mentions", || {
        mentions(archive.nodes(), &archive.terms_of, &Kept::new())
    });
    println!("{} texts name a term", found.len());
    let keys: Vec<u64> = (0..archive.terms.len() as u64).collect();
    let (words, _) = timed("words", || {
        vectors(
            &archive.entries,
            &archive.terms_of,
            &keys,
            &Kept::new(),
            None,
        )
    });
    let near = timed("neighbours", || neighbours(&words));
    timed("related", || related(&archive.entries, &words, &near));
    println!(
        "{} errors, {} warnings",
        findings.errors(),
        findings.warnings()
    );
}
