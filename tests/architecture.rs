//! Holds the sources against what `src/ARCHITECTURE.md` says about them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use walkdir::WalkDir;

/// Lines of a file before its tests.
const READABLE: usize = 600;

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
const DOCUMENT: &str = include_str!("../src/ARCHITECTURE.md");

/// One source file.
struct Source {
    /// Relative to `src/`, `/` between the parts.
    path: String,
    text: String,
}

impl Source {
    /// `cli/build.rs` is in the room `cli`, `diagnostic.rs` is a room of its own.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The file's module path: `["cli", "build"]`; a `mod.rs` is its folder.
    fn module(&self) -> Vec<&str> {
        let path = self.path.strip_suffix(".rs").unwrap();
        let path = path.strip_suffix("/mod").unwrap_or(path);
        match path {
            "lib" | "main" => Vec::new(),
            path => path.split('/').collect(),
        }
    }

    /// The code without comments, and the line each piece stands on.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
    }

    /// Where the file's own tests begin; they reach their file by one more `super`.
    fn tests_begin(&self) -> usize {
        let at = self.text.lines().position(|line| line == "#[cfg(test)]");
        at.map_or(usize::MAX, |index| index + 1)
    }
}

fn sources() -> Vec<Source> {
    let files = WalkDir::new(SOURCES).sort_by_file_name();
    files
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| Source {
            text: fs::read_to_string(&path).unwrap(),
            path: relative(&path),
        })
        .collect()
}

fn relative(path: &Path) -> String {
    let parts: PathBuf = path.strip_prefix(SOURCES).unwrap().into();
    parts.to_str().unwrap().replace('\\', "/")
}

/// The rows of the table under a heading: the names in the first column, those in the second.
fn table(heading: &str) -> BTreeMap<String, BTreeSet<String>> {
    let (_, section) = DOCUMENT
        .split_once(&format!("## {heading}\n"))
        .unwrap_or_else(|| panic!("ARCHITECTURE.md has no section {heading}"));
    let section = section.split("\n## ").next().unwrap();
    let name = Regex::new("`([^`]+)`").unwrap();
    let names = |cell: &str| -> BTreeSet<String> {
        name.captures_iter(cell).map(|c| c[1].to_owned()).collect()
    };
    section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let mut cells = line.trim_matches('|').split('|');
            let first = names(cells.next().unwrap()).pop_first().unwrap();
            (first, names(cells.next().unwrap_or_default()))
        })
        .collect()
}

/// Every room that a file uses, with the line: from `crate::room`, `crate::{room::…, Name}` and
/// chains of `super::` that leave the room.
fn uses(source: &Source, rooms: &BTreeSet<String>) -> Vec<(usize, String)> {
    let inner = Regex::new(r"\b(?:crate|briefbook)::(?:(\w+)|\{)").unwrap();
    let upward = Regex::new(r"\b((?:super::)+)(\w+)?").unwrap();
    let grouped = Regex::new(r"[{,]\s*(\w+)").unwrap();
    let room_of = |name: &str| {
        // What isn't a module at the root is an item of lib.rs.
        let name = if rooms.contains(name) { name } else { "lib" };
        name.to_owned()
    };
    let mut found = Vec::new();
    for (number, line) in source.code() {
        for path in inner.captures_iter(line) {
            let group = &line[path.get(0).unwrap().start()..];
            match path.get(1) {
                Some(name) => found.push((number, room_of(name.as_str()))),
                None => found.extend(
                    grouped
                        .captures_iter(group)
                        .map(|c| (number, room_of(&c[1]))),
                ),
            }
        }
        for path in upward.captures_iter(line) {
            let depth = source.module().len() + usize::from(number > source.tests_begin());
            let ups = path[1].matches("super::").count();
            if ups == depth {
                let name = path.get(2).map_or("", |name| name.as_str());
                found.push((number, room_of(name)));
            }
            assert!(ups <= depth, "{}:{number} leaves the crate", source.path);
        }
    }
    found
}

#[test]
fn every_room_uses_only_what_the_table_allows() {
    let layers = table("Layers");
    let rooms: BTreeSet<String> = layers.keys().cloned().collect();
    let mut wrong = Vec::new();
    let mut used: BTreeSet<(String, String)> = BTreeSet::new();
    for source in sources() {
        let room = source.room();
        let Some(allowed) = layers.get(room) else {
            wrong.push(format!("{}: the table has no room `{room}`", source.path));
            continue;
        };
        if room == "main" {
            continue;
        }
        for (line, other) in uses(&source, &rooms) {
            used.insert((room.to_owned(), other.clone()));
            if other != room && !allowed.contains(&other) {
                let path = &source.path;
                wrong.push(format!(
                    "src/{path}:{line}: `{room}` must not use `{other}`"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The test can see: these are there today.
    for pair in [("cli", "import"), ("site", "archive"), ("cli", "lib")] {
        let pair = (pair.0.to_owned(), pair.1.to_owned());
        assert!(used.contains(&pair), "no longer finds {pair:?}");
    }
}

#[test]
fn the_table_has_no_circles() {
    let layers = table("Layers");
    let mut below: BTreeSet<String> = BTreeSet::new();
    // A room can be laid once everything it uses has been.
    for _ in 0..layers.len() {
        let next = layers
            .iter()
            .filter(|(room, uses)| !below.contains(*room) && uses.is_subset(&below));
        let next: Vec<String> = next.map(|(room, _)| room.clone()).collect();
        below.extend(next);
    }
    let all: BTreeSet<String> = layers.into_keys().collect();
    assert_eq!(below, all);
}

#[test]
fn outside_crates_stay_in_their_homes() {
    let homes = table("Outside crates and their homes");
    let mut wrong = Vec::new();
    for (name, homes) in &homes {
        // Behind `::` it is a module of ours that has the crate's name.
        let path = Regex::new(&format!(r"(?:^|[^:\w]){name}(::|!)")).unwrap();
        let mut seen = false;
        for source in sources() {
            let tests = source.tests_begin();
            for (line, code) in source.code().take_while(|(line, _)| *line < tests) {
                if !path.is_match(code) {
                    continue;
                }
                seen = true;
                if !homes.iter().any(|home| source.path.starts_with(home)) {
                    wrong.push(format!("src/{}:{line}: uses `{name}`", source.path));
                }
            }
        }
        if !seen {
            wrong.push(format!("`{name}` is in the table and nowhere in the code"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_exported_again() {
    let export = Regex::new(r"^\s*pub(\([^)]*\))?\s+use\b").unwrap();
    for source in sources() {
        let at = source.code().find(|(_, line)| export.is_match(line));
        assert!(at.is_none(), "src/{}: {at:?}", source.path);
    }
}

#[test]
fn only_the_command_line_prints() {
    let print = Regex::new(r"\b(e?print(ln)?|dbg)!\s*[(\[{]").unwrap();
    for source in sources().iter().filter(|source| source.room() != "cli") {
        let at = source.code().find(|(_, line)| print.is_match(line));
        assert!(at.is_none(), "src/{}: {at:?}", source.path);
    }
}

#[test]
fn files_stay_readable() {
    for source in sources() {
        let lines = source.text.lines().count().min(source.tests_begin());
        let path = &source.path;
        assert!(
            lines <= READABLE,
            "src/{path} has {lines} lines before its tests: find the idea that wants its own file"
        );
    }
}

#[test]
fn every_module_is_named_on_its_door() {
    let module = Regex::new(r"(?m)^(?:pub )?mod (\w+);").unwrap();
    for source in sources() {
        if !source.path.ends_with("/mod.rs") {
            continue;
        }
        let sign: String = source
            .text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .collect();
        for name in module.captures_iter(&source.text).map(|c| c[1].to_owned()) {
            let path = &source.path;
            assert!(
                sign.contains(&format!("[`{name}`]")),
                "the `//!` of src/{path} does not say what [`{name}`] is for"
            );
        }
    }
}
