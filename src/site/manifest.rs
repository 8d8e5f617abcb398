//! `theme.toml`: what a theme says about itself, and the settings it offers to `site.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::error::SiteError;
use super::{page_kind, query};
use crate::content::config::Config;
use crate::diagnostic::{Findings, SourceText, nearest, span_within};

/// The name of the file.
pub const FILE: &str = "theme.toml";

/// The version of what templates get (`themes/REFERENCE.md`): a new number for every change that
/// breaks a template that was right before.
pub const API: u32 = 1;

/// What each version changed, for themes that were written for the one before.
const CHANGES: [(u32, &str); 1] = [(1, "the first version")];

/// The settings of a theme, checked.
#[derive(Debug, Clone)]
pub struct Manifest {
    pub source: SourceText,
    pub name: String,
    pub version: Option<String>,
    pub license: Option<String>,
    pub description: Option<String>,
    /// The theme whose files are used where this one has none.
    pub extends: Option<Spanned<String>>,
    pub parameters: BTreeMap<String, Parameter>,
    pub queries: BTreeMap<String, query::Written>,
    pub page_kinds: Vec<page_kind::Written>,
}

/// A setting that a theme takes from `[params]` of `site.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Says of which type it is, too.
    pub default: toml::Value,
    pub description: Option<String>,
    /// All it can be; empty when it can be anything of its type.
    #[serde(default)]
    pub values: Vec<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    version: Option<String>,
    license: Option<String>,
    description: Option<String>,
    api: Option<Spanned<u32>>,
    extends: Option<Spanned<String>>,
    #[serde(default)]
    params: BTreeMap<String, Spanned<Parameter>>,
    #[serde(default)]
    queries: BTreeMap<String, query::Written>,
    #[serde(default)]
    page_kinds: Vec<page_kind::Written>,
}

impl Manifest {
    /// Reads and checks a `theme.toml`.
    ///
    /// # Errors
    /// What the TOML reader says; a template API that this program doesn't have; a default that is
    /// none of a parameter's own values.
    pub fn parse(source: &SourceText) -> Result<Self, SiteError> {
        let Written {
            name,
            version,
            license,
            description,
            api,
            extends,
            params,
            queries,
            page_kinds,
        } = toml::from_str(source.text()).map_err(|error| SiteError::toml(source, &error, None))?;
        if let Some(wanted) = api
            && *wanted.get_ref() != API
        {
            return Err(other_api(source, &wanted));
        }
        let mut parameters = BTreeMap::new();
        for (name, parameter) in params {
            let span = parameter.span();
            let parameter = parameter.into_inner();
            let Parameter {
                default, values, ..
            } = &parameter;
            if !values.is_empty() && !values.contains(default) {
                return Err(SiteError::Parameter {
                    message: format!("the default of `{name}` is none of its values"),
                    label: "here".to_owned(),
                    help: Some(format!("its values are {}", listed(values))),
                    source_code: source.named(),
                    span: span_within(source.text(), span).into(),
                });
            }
            parameters.insert(name, parameter);
        }
        Ok(Self {
            source: source.clone(),
            name,
            version,
            license,
            description,
            extends,
            parameters,
            queries,
            page_kinds,
        })
    }
}

fn other_api(source: &SourceText, wanted: &Spanned<u32>) -> SiteError {
    let number = *wanted.get_ref();
    let help = if number > API {
        format!("this briefbook has template API {API}: a newer briefbook is needed")
    } else {
        let changed: Vec<String> = CHANGES
            .iter()
            .filter(|(version, _)| *version > number)
            .map(|(version, what)| format!("{version}: {what}"))
            .collect();
        format!(
            "this briefbook has template API {API}; go through what has changed, then write \
             `api = {API}`: {}",
            changed.join("; ")
        )
    };
    SiteError::Parameter {
        message: format!("this theme was written for template API {number}"),
        label: "not the one of this briefbook".to_owned(),
        help: Some(help),
        source_code: source.named(),
        span: span_within(source.text(), wanted.span()).into(),
    }
}

/// `[params]` of `site.toml` with the places of its values.
#[derive(Deserialize)]
struct Params {
    #[serde(default)]
    params: BTreeMap<String, Spanned<toml::Value>>,
}

/// What templates get as `site.params`: the settings of `site.toml`, and the defaults of those
/// that aren't there. A wrong value is an error; a theme that declares no parameters takes any.
pub fn parameters(
    declared: &BTreeMap<String, Parameter>,
    config: &Config,
    findings: &mut Findings,
) -> toml::Table {
    let mut table = config.params.clone();
    let source = &config.source;
    // The file was read before; only the places are new.
    let written = toml::from_str::<Params>(source.text()).map_or(BTreeMap::new(), |p| p.params);
    for (name, value) in &written {
        let span = span_within(source.text(), value.span()).into();
        let value = value.get_ref();
        let Some(parameter) = declared.get(name) else {
            if !declared.is_empty() {
                let near = nearest(name, declared.keys().map(String::as_str));
                let all: Vec<&str> = declared.keys().map(String::as_str).collect();
                findings.push(SiteError::UnknownParameter {
                    name: name.clone(),
                    help: match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!(
                            "the theme knows {}; a theme of your own declares it in its theme.toml",
                            all.join(", ")
                        ),
                    },
                    source_code: source.named(),
                    span,
                });
            }
            continue;
        };
        let wanted = parameter.default.type_str();
        let (message, help) = if value.type_str() != wanted {
            (
                format!("`{name}` is of type {}, not {wanted}", value.type_str()),
                format!("write something like `{name} = {}`", parameter.default),
            )
        } else if !parameter.values.is_empty() && !parameter.values.contains(value) {
            (
                format!("`{name}` can't be {value}"),
                format!("it can be {}", listed(&parameter.values)),
            )
        } else {
            continue;
        };
        let about = parameter.description.as_deref();
        findings.push(SiteError::Parameter {
            message,
            label: about.unwrap_or("here").to_owned(),
            help: Some(help),
            source_code: source.named(),
            span,
        });
    }
    for (name, parameter) in declared {
        if !table.contains_key(name) {
            table.insert(name.clone(), parameter.default.clone());
        }
    }
    table
}

fn listed(values: &[toml::Value]) -> String {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    values.join(", ")
}
