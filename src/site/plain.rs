//! TOML as templates get it: what JSON has. A date becomes its text, which the filter `date`
//! reads.

use serde_json::{Map, Value};

pub fn table(table: &toml::Table) -> Map<String, Value> {
    let pairs = table.iter();
    pairs
        .map(|(name, field)| (name.clone(), value(field)))
        .collect()
}

pub fn value(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        // JSON knows no infinity: it becomes null.
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(flag) => Value::from(*flag),
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        toml::Value::Array(values) => values.iter().map(self::value).collect(),
        toml::Value::Table(inner) => Value::Object(table(inner)),
    }
}
