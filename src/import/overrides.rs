//! Front matter that an editor sets for a whole import: `--set publisher="Harbour Times"`.

use toml::{Table, Value};

use crate::content::front_matter::FrontMatter;

/// Fields with the values that every article of an import gets.
#[derive(Debug, Default)]
pub struct Overrides {
    fields: Vec<(Vec<String>, Value)>,
}

/// Why a `--set` can't be done; shown as it stands.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverrideError {
    #[error("`{0}` sets nothing: write `field=value`")]
    NoValue(String),
    #[error("`{field}` can't be set to `{value}`: {reason}")]
    Refused {
        field: String,
        value: String,
        reason: String,
    },
    #[error("`{0}` is what import finds out itself")]
    Fixed(String),
}

/// An article's identity and seal.
const FIXED: [&str; 5] = [
    "provenance.sha256",
    "provenance.part",
    "provenance.written",
    "provenance.format",
    "provenance",
];

impl Overrides {
    /// Reads `field=value`; a field of a table is written with a dot (`provenance.license`), the
    /// values of a list with commas between.
    pub fn parse(typed: &[String]) -> Result<Self, OverrideError> {
        typed
            .iter()
            .map(|typed| field(typed))
            .collect::<Result<_, _>>()
            .map(|fields| Self { fields })
    }

    /// The front matter with every field set.
    pub fn apply(&self, front: FrontMatter) -> FrontMatter {
        if self.fields.is_empty() {
            return front;
        }
        let mut table = Table::try_from(&front).expect("front matter is plain data");
        for (path, value) in &self.fields {
            set(&mut table, path, value.clone());
        }
        // Every value was tried when it was parsed, so that this can only fail where two of them
        // contradict each other; then the article keeps what it had.
        table.try_into().unwrap_or(front)
    }
}

fn field(typed: &str) -> Result<(Vec<String>, Value), OverrideError> {
    let (name, value) = typed
        .split_once('=')
        .ok_or_else(|| OverrideError::NoValue(typed.to_owned()))?;
    let (name, value) = (name.trim(), value.trim());
    if FIXED.contains(&name) {
        return Err(OverrideError::Fixed(name.to_owned()));
    }
    let path: Vec<String> = name.split('.').map(str::to_owned).collect();
    let list = value
        .split(',')
        .map(|part| Value::String(part.trim().to_owned()))
        .collect();
    let literal = toml::from_str::<Table>(&format!("value = {value}"))
        .ok()
        .and_then(|mut table| table.remove("value"));
    let readings = [
        Some(Value::String(value.to_owned())),
        Some(Value::Array(list)),
        literal,
    ];
    let mut reason = String::new();
    for reading in readings.into_iter().flatten() {
        let mut table = Table::new();
        set(&mut table, &path, reading.clone());
        match FrontMatter::deserialize_from(table) {
            Ok(()) => return Ok((path, reading)),
            Err(error) if reason.is_empty() => reason = error,
            Err(_) => {}
        }
    }
    Err(OverrideError::Refused {
        field: name.to_owned(),
        value: value.to_owned(),
        reason,
    })
}

trait Tried {
    fn deserialize_from(table: Table) -> Result<(), String>;
}

impl Tried for FrontMatter {
    fn deserialize_from(table: Table) -> Result<(), String> {
        let tried: Result<FrontMatter, _> = table.try_into();
        tried
            .map(|_| ())
            .map_err(|error: toml::de::Error| error.message().to_owned())
    }
}

fn set(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [name] => {
            table.insert(name.clone(), value);
        }
        [name, rest @ ..] => {
            let inner = table
                .entry(name.clone())
                .or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(typed: &[&str]) -> Result<Overrides, OverrideError> {
        let typed: Vec<String> = typed.iter().map(ToString::to_string).collect();
        Overrides::parse(&typed)
    }

    #[test]
    fn a_field_is_set_whatever_its_type() {
        let overrides = parse(&[
            "publisher=Doe, Roe & Co",
            "authors=Jane Doe, Kim Minjun",
            "draft=true",
            "date=2021-04-01",
            "provenance.license=CC-BY-4.0",
            "extra.desk=east",
            "kind=briefing",
        ])
        .unwrap();
        let front = overrides.apply(FrontMatter {
            title: "Tides".to_owned(),
            publisher: Some("Harbour Times".to_owned()),
            ..FrontMatter::default()
        });
        assert_eq!(front.title, "Tides");
        assert_eq!(front.publisher.as_deref(), Some("Doe, Roe & Co"));
        assert_eq!(front.authors, ["Jane Doe", "Kim Minjun"]);
        assert!(front.draft);
        assert_eq!(front.date.unwrap().to_string(), "2021-04-01");
        assert_eq!(front.provenance.unwrap().license.unwrap(), "CC-BY-4.0");
        assert_eq!(front.extra["desk"].as_str(), Some("east"));
    }

    #[test]
    fn what_cannot_be_set_is_refused() {
        assert!(matches!(
            parse(&["publisher"]),
            Err(OverrideError::NoValue(_))
        ));
        assert!(matches!(
            parse(&["publihser=x"]),
            Err(OverrideError::Refused { .. })
        ));
        assert!(matches!(
            parse(&["draft=maybe"]),
            Err(OverrideError::Refused { .. })
        ));
        assert!(matches!(
            parse(&["provenance.written=x"]),
            Err(OverrideError::Fixed(_))
        ));
    }
}
