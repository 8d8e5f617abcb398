//! Tables and lists of the archive's own, for its templates: `data/treaties.csv` is
//! `data.treaties`, `data/fleet/ships.toml` is `data.fleet.ships`.
//!
//! Templates read no files: what stands here is read once, before any page, and is part of what
//! every page is made from.

use std::fs;
use std::path::Path;

use csv::{ErrorKind, ReaderBuilder, StringRecord};
use serde_json::{Map, Value};
use walkdir::WalkDir;

use super::error::SiteError;
use super::plain;
use crate::content::disk::relative;
use crate::diagnostic::{Findings, SourceText};

/// The folder, below the archive's root.
pub const FOLDER: &str = "data";

/// Reads everything below `data/`. A file that can't be read is told and left out; hidden files
/// and notes (`.md`, `.txt`) are passed over.
pub fn read(root: &Path, findings: &mut Findings) -> Map<String, Value> {
    let folder = root.join(FOLDER);
    let mut data = Map::new();
    if !folder.is_dir() {
        return data;
    }
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let files = WalkDir::new(&folder).sort_by_file_name().into_iter();
    for entry in files.filter_entry(visible) {
        let path = match entry {
            Ok(entry) if entry.file_type().is_file() => entry.into_path(),
            Ok(_) => continue,
            Err(error) => {
                findings.push(SiteError::Unreadable {
                    path: FOLDER.to_owned(),
                    reason: error.to_string(),
                });
                continue;
            }
        };
        let shown = relative(root, &path);
        let Some(format) = Format::of(&shown, findings) else {
            continue;
        };
        let read = fs::read_to_string(&path).map_err(|error| SiteError::Unreadable {
            path: shown.clone(),
            reason: error.to_string(),
        });
        let value = read.and_then(|text| {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            format.parse(&SourceText::new(shown.clone(), text))
        });
        if let Some(value) = findings.keep(value) {
            findings.keep(put(&mut data, &relative(&folder, &path), value));
        }
    }
    data
}

/// How a file is written, by the end of its name.
#[derive(Debug, Clone, Copy)]
enum Format {
    Toml,
    Json,
    Csv,
}

impl Format {
    fn of(path: &str, findings: &mut Findings) -> Option<Self> {
        match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("toml") => Some(Self::Toml),
            Some("json") => Some(Self::Json),
            Some("csv") => Some(Self::Csv),
            Some("md" | "txt") => None,
            _ => {
                findings.push(SiteError::UnknownData {
                    path: path.to_owned(),
                });
                None
            }
        }
    }

    fn parse(self, source: &SourceText) -> Result<Value, SiteError> {
        match self {
            Self::Toml => {
                let table: toml::Table = toml::from_str(source.text())
                    .map_err(|error| SiteError::toml(source, &error, None))?;
                Ok(Value::Object(plain::table(&table)))
            }
            Self::Json => serde_json::from_str(source.text()).map_err(|error| {
                let at = offset(source.text(), error.line(), error.column());
                // The place is shown beside the message.
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                SiteError::data(source, at..at + 1, message, "here", None)
            }),
            Self::Csv => csv(source).map(Value::Array),
        }
    }
}

/// The byte at a line and a column, both from 1, the column in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    before.map(str::len).sum::<usize>() + column.saturating_sub(1)
}

/// Records of a CSV file (RFC 4180) by the names in its first line. Every value is text.
fn csv(source: &SourceText) -> Result<Vec<Value>, SiteError> {
    let mut reader = ReaderBuilder::new()
        .trim(csv::Trim::Headers)
        .from_reader(source.text().as_bytes());
    let names = reader
        .headers()
        .map_err(|error| csv_error(source, &error))?
        .clone();
    check_names(source, &names)?;
    let record = |read: Result<StringRecord, csv::Error>| {
        let read = read.map_err(|error| csv_error(source, &error))?;
        let fields = names.iter().zip(read.iter());
        let fields = fields.map(|(name, value)| (name.to_owned(), Value::from(value)));
        Ok(Value::Object(fields.collect()))
    };
    reader.records().map(record).collect()
}

fn check_names(source: &SourceText, names: &StringRecord) -> Result<(), SiteError> {
    let first = source.text().lines().next().unwrap_or_default();
    for (index, name) in names.iter().enumerate() {
        let message = if name.is_empty() {
            format!("column {} has no name", index + 1)
        } else if names.iter().take(index).any(|other| other == name) {
            format!("two columns are called `{name}`")
        } else {
            continue;
        };
        let help = "the first line names the columns: `name,signed,parties`".to_owned();
        return Err(SiteError::data(
            source,
            0..first.len(),
            message,
            "the names of the columns",
            Some(help),
        ));
    }
    Ok(())
}

fn csv_error(source: &SourceText, error: &csv::Error) -> SiteError {
    let start = error.position().map_or(0, |position| {
        usize::try_from(position.byte()).unwrap_or(usize::MAX)
    });
    let text = source.text();
    // A record begins after the end of the line before it.
    let rest = text.get(start..).unwrap_or_default();
    let start = start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
    let line = text.get(start..).and_then(|rest| rest.lines().next());
    let at = start..start + line.map_or(0, str::len);
    match error.kind() {
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => SiteError::data(
            source,
            at,
            format!("this record has {len} values, and there are {expected_len} columns"),
            format!("{len} values"),
            Some("a value with a comma in it stands in quotes: `\"Seoul, Korea\"`".to_owned()),
        ),
        _ => SiteError::data(source, at, error.to_string(), "here", None),
    }
}

/// Puts a file's value where its path says.
fn put(data: &mut Map<String, Value>, path: &str, value: Value) -> Result<(), SiteError> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut folder = data;
    let mut parts = stem.split('/').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            if folder.contains_key(part) {
                break;
            }
            folder.insert(part.to_owned(), value);
            return Ok(());
        }
        let inner = folder
            .entry(part)
            .or_insert_with(|| Value::Object(Map::new()));
        let Some(inner) = inner.as_object_mut() else {
            break;
        };
        folder = inner;
    }
    Err(SiteError::TwoData {
        name: format!("{FOLDER}.{}", stem.replace('/', ".")),
        path: format!("{FOLDER}/{path}"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::diagnostic::{location, plain_text};

    fn data(files: &[(&str, &str)]) -> (Value, Findings) {
        let root = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = root.path().join(FOLDER).join(path);
            fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let mut findings = Findings::default();
        let data = read(root.path(), &mut findings);
        (Value::Object(data), findings)
    }

    #[test]
    fn each_file_has_the_name_of_its_path() {
        let (data, findings) = data(&[
            ("treaties.csv", "name, year\n\"Ports, open\",1882\nTides,\n"),
            ("fleet/ships.toml", "built = 2021-04-14\n[crew]\nsize = 3\n"),
            ("fleet/README.md", "Where this comes from."),
            ("links.json", "\u{feff}[{\"url\": \"https://a.example/\"}]"),
        ]);
        assert!(findings.is_empty(), "{}", plain_text(&findings));
        assert_eq!(
            data,
            json!({
                "treaties": [
                    {"name": "Ports, open", "year": "1882"},
                    {"name": "Tides", "year": ""},
                ],
                "fleet": {"ships": {"built": "2021-04-14", "crew": {"size": 3}}},
                "links": [{"url": "https://a.example/"}],
            })
        );
    }

    #[test]
    fn a_broken_file_is_told_with_its_line_and_the_others_stay() {
        for (path, text, message, line) in [
            ("a.csv", "x,y\n1,2\n3\n", "1 values, and there are 2", 3),
            ("a.csv", "x,x\n1,2\n", "two columns are called `x`", 1),
            ("a.csv", "x,\n1,2\n", "column 2 has no name", 1),
            ("a.json", "{\n\"x\": ]\n}", "expected value", 2),
            ("a.toml", "x = 1\ny = soon\n", "no quotes", 2),
        ] {
            let (data, findings) = data(&[(path, text), ("sound.toml", "x = 1")]);
            let report = findings.iter().next().expect("something is wrong");
            assert!(report.to_string().contains(message), "{report}");
            let place = location(report).expect("a place");
            let wanted = (Some(format!("data/{path}")), line);
            assert_eq!((place.file, place.line), wanted, "{report}");
            assert_eq!(data, json!({"sound": {"x": 1}}));
        }
    }

    #[test]
    fn two_files_of_one_name_and_unknown_files_are_told() {
        let (_, findings) = data(&[("a.csv", "x\n"), ("a.toml", "x = 1"), ("b.xlsx", "")]);
        let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "two files want to be `data.a`",
                "data/b.xlsx is not read: templates get TOML, JSON and CSV",
            ]
        );
    }
}
