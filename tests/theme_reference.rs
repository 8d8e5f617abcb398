//! `themes/REFERENCE.md` is made from what it describes: the views and their comments, the templates
//! of the default theme. This test holds it to them, and writes it anew when it is told to:
//!
//! ```console
//! UPDATE=1 cargo test --test theme_reference
//! ```

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

const REFERENCE: &str = "themes/REFERENCE.md";
const TEMPLATES: &str = "themes/default/templates";

/// The files of views, from what every page has to what few have. The text of a page isn't among
/// them: templates get it as HTML.
const VIEWS: [&str; 11] = [
    "common",
    "card",
    "home",
    "article",
    "term",
    "period",
    "story",
    "group",
    "search",
    "corrections",
    "email",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).expect("a file of this project")
}

/// A struct that templates get, or a field of it.
struct Described {
    name: String,
    /// Of a field.
    type_of: String,
    about: String,
    fields: Vec<Described>,
}

/// The public structs of a source file with their comments.
fn structs(source: &str) -> Vec<Described> {
    let mut found: Vec<Described> = Vec::new();
    let mut about = String::new();
    for line in source.lines() {
        let text = line.trim_start();
        if let Some(comment) = text.strip_prefix("/// ") {
            about.push_str(comment);
            about.push(' ');
        } else if text.starts_with("#[") || text == "///" {
            // Attributes stand between a comment and what it is about.
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split(['<', ' ', '(']).next().unwrap_or_default();
            found.push(Described {
                name: name.to_owned(),
                type_of: String::new(),
                about: std::mem::take(&mut about),
                fields: Vec::new(),
            });
        } else if let Some(rest) = line.strip_prefix("    pub ")
            && let Some((name, type_of)) = rest.split_once(": ")
            && let Some(last) = found.last_mut()
        {
            last.fields.push(Described {
                name: name.to_owned(),
                type_of: type_of.trim_end_matches(',').to_owned(),
                about: std::mem::take(&mut about),
                fields: Vec::new(),
            });
        } else {
            about.clear();
        }
    }
    found
}

/// A struct as readers know it: the view of a term is a term.
fn called(name: &str) -> &str {
    name.strip_suffix("View").unwrap_or(name)
}

/// A type of Rust's in the words of somebody who writes templates.
fn in_words(type_of: &str) -> String {
    let inside = |start: &str| {
        let rest = type_of.strip_prefix(start)?;
        rest.strip_suffix('>')
    };
    if let Some(inner) = inside("Option<") {
        return format!("{}, or none", in_words(inner));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", in_words(inner));
    }
    if let Some(inner) = type_of
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(';'))
    {
        return format!("list of {}", in_words(inner.0));
    }
    if let Some(inner) = type_of.strip_prefix("&'a [") {
        return format!("list of {}", in_words(inner.trim_end_matches(']')));
    }
    if let Some(inner) = type_of.strip_prefix("&'a ").or(inside("Shared<")) {
        return in_words(inner);
    }
    match type_of {
        "String" | "str" | "&'static str" | "Cow<'static, str>" | "Sentence<'a>" => {
            "text".to_owned()
        }
        "Sentences<'a>" => "list of text".to_owned(),
        "usize" | "u8" | "i8" | "i16" => "number".to_owned(),
        "bool" => "true or false".to_owned(),
        "Address" => "address".to_owned(),
        "Kind" => "`briefing` or `source`".to_owned(),
        "Map<String, Value>" => "table".to_owned(),
        "BTreeMap<String, String>" => "table of texts".to_owned(),
        other => {
            let name = called(other.split('<').next().unwrap_or(other));
            format!("[{name}](#{})", name.to_lowercase())
        }
    }
}

fn views(text: &mut String) {
    for file in VIEWS {
        for described in structs(&read(format!("src/site/view/{file}.rs"))) {
            let Described {
                name,
                about,
                fields,
                ..
            } = described;
            let _ = writeln!(text, "\n### {}\n\n{}\n", called(&name), about.trim());
            text.push_str("| field | type | meaning |\n| --- | --- | --- |\n");
            for field in fields {
                let (type_of, about) = (in_words(&field.type_of), field.about.trim().to_owned());
                let _ = writeln!(text, "| `{}` | {type_of} | {about} |", field.name);
            }
        }
    }
}

/// The comment at the head of a template.
fn comment(template: &str) -> &str {
    let comment = template
        .split_once("{#-")
        .filter(|(before, _)| before.trim().is_empty());
    let comment = comment.and_then(|(_, rest)| rest.split_once("#}"));
    comment.map_or("", |(comment, _)| comment.trim_end_matches('-').trim())
}

fn names_after<'t>(template: &'t str, marks: &[&str]) -> Vec<&'t str> {
    let rests = marks.iter().flat_map(|mark| template.split(mark).skip(1));
    let mut names: Vec<&str> = rests
        .filter_map(|rest| rest.split([' ', '(']).next())
        .collect();
    names.dedup();
    names
}

fn templates(text: &mut String) {
    text.push_str("| template | blocks | what it is |\n| --- | --- | --- |\n");
    let files = WalkDir::new(root().join(TEMPLATES)).sort_by_file_name();
    for entry in files
        .into_iter()
        .map(|entry| entry.expect("a file of this project"))
    {
        let path = entry
            .path()
            .strip_prefix(root().join(TEMPLATES))
            .expect("a path below");
        let path = path.to_string_lossy().replace('\\', "/");
        if !entry.file_type().is_file() || path.starts_with("components/") {
            continue;
        }
        let template = fs::read_to_string(entry.path()).expect("a file of this project");
        let blocks = names_after(&template, &["{% block ", "{%- block "]);
        let blocks: Vec<String> = blocks.iter().map(|block| format!("`{block}`")).collect();
        let _ = writeln!(
            text,
            "| `{path}` | {} | {} |",
            blocks.join(", "),
            comment(&template)
        );
    }
}

fn components(text: &mut String) {
    let files = WalkDir::new(root().join(TEMPLATES).join("components")).sort_by_file_name();
    for entry in files
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
    {
        let template = fs::read_to_string(entry.path()).expect("a file of this project");
        let mut before = template.as_str();
        while let Some((about, rest)) = before.split_once("{%- component ") {
            let (signature, rest) = rest.split_once(" -%}").expect("an end");
            let about = about.rsplit_once("{#-").map_or("", |(_, comment)| comment);
            let about = about
                .trim()
                .trim_end_matches("#}")
                .trim_end_matches('-')
                .trim();
            let _ = writeln!(text, "- `{signature}`: {about}");
            before = rest;
        }
    }
}

fn reference() -> String {
    let mut text = String::from(
        "# Template reference\n\n\
         Made from the program itself (`tests/theme_reference.rs`). How templates work together, and \
         the filters they have, is in [README.md](README.md).\n\n\
         ## Templates of the default theme\n\n",
    );
    templates(&mut text);
    text.push_str(
        "\n## Components\n\n\
         Known everywhere; a parameter with an `@` finds its value itself, one with a `=` can be left \
         out.\n\n",
    );
    components(&mut text);
    text.push_str("\n## What templates get\n");
    views(&mut text);
    text
}

#[test]
fn the_reference_says_what_templates_get() {
    let made = reference();
    let path = root().join(REFERENCE);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &made).expect("the reference can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let differs = made
        .lines()
        .zip(written.lines())
        .find(|(made, written)| made != written);
    assert_eq!(differs, None, "UPDATE=1 cargo test --test theme_reference");
    assert_eq!(
        made.len(),
        written.len(),
        "UPDATE=1 cargo test --test theme_reference"
    );
}

#[test]
fn everything_in_the_reference_is_explained() {
    let reference = reference();
    let unexplained: Vec<&str> = reference
        .lines()
        .filter(|line| line.ends_with("|  |") || (line.starts_with("- `") && line.ends_with("`: ")))
        .collect();
    assert_eq!(unexplained, Vec::<&str>::new());
}

#[test]
fn the_reference_knows_every_view() {
    let mut files: Vec<String> = fs::read_dir(root().join("src/site/view"))
        .expect("a folder of this project")
        .map(|file| file.expect("a file").path())
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .filter(|name| name != "mod" && name != "body")
        .collect();
    files.sort();
    let mut known = VIEWS.map(str::to_owned);
    known.sort();
    assert_eq!(files, known);
}
