//! Templates, compiled: the one home of Tera.
//!
//! Every language of the theme has an engine of its own, made for its first page, whose filters write
//! dates as that language does, whose global values (`site`, `t`, `assets`) are made once, and which
//! remembers what it has rendered for [`each`] value of a list.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;
use serde::Serialize;
use tera::value::Key;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::address::Address;
use super::each::{self, Room};
use super::error::SiteError;
use super::locale::{Locale, Style};
use super::template_error::{explain, explain_all};
use super::theme::Theme;
use crate::content::config::Config;
use crate::content::taxonomy::Taxonomies;
use crate::diagnostic::{Findings, SourceText};
use crate::text::hash::Fingerprint;

/// The templates of a theme, ready to be rendered in each of its languages.
pub struct Templates {
    /// The templates alone.
    base: Tera,
    given: Given,
    by_language: BTreeMap<String, Language>,
    sources: BTreeMap<String, SourceText>,
    /// Of everything that every page is made from beside its view. The theme counts as a whole:
    /// Tera doesn't tell which templates a page used.
    pub fingerprint: Fingerprint,
}

/// What templates in every language are given.
struct Given {
    site: Value,
    assets: Value,
    data: Value,
    zone: TimeZone,
    /// So many are shared at most.
    cards: usize,
    room: Arc<Room>,
}

/// A language of the theme.
struct Language {
    strings: toml::Table,
    /// Most sites have pages in a few of them.
    engine: OnceLock<Tera>,
}

impl Templates {
    /// Compiles the theme's templates for a site whose pages share so many `cards`. Every syntax
    /// error of every template is reported.
    pub fn compile(
        theme: &Theme,
        site: &impl Serialize,
        config: &Config,
        cards: usize,
        findings: &mut Findings,
    ) -> Option<Self> {
        let zone = &config.time_zone;
        let base = compile(theme, zone, findings)?;
        let fingerprint = fingerprint(theme, site, config);
        let assets: BTreeMap<&str, &str> = theme
            .statics
            .iter()
            .map(|(name, file)| (name.as_str(), file.address.as_str()))
            .collect();
        let strings = theme.strings.iter();
        let by_language = strings.map(|(language, strings)| {
            let strings = with_taxonomies(strings, &config.taxonomies);
            let engine = OnceLock::new();
            (language.clone(), Language { strings, engine })
        });
        Some(Self {
            base,
            given: Given {
                site: Value::from_serializable(site),
                assets: Value::from_serializable(&assets),
                data: Value::from_serializable(&theme.data),
                zone: zone.clone(),
                cards,
                room: Arc::default(),
            },
            by_language: by_language.collect(),
            sources: theme.templates.clone(),
            fingerprint,
        })
    }

    fn engine(&self, language: &str) -> Option<&Tera> {
        let primary = language.split('-').next().unwrap_or_default();
        let Language { strings, engine } = [language, primary, "en"]
            .into_iter()
            .find_map(|key| self.by_language.get(key))
            .or_else(|| self.by_language.values().next())?;
        Some(engine.get_or_init(|| self.given.engine(&self.base, strings)))
    }

    /// Renders `template` in `language`.
    pub fn render(
        &self,
        template: &str,
        language: &str,
        context: &Context,
    ) -> Result<Vec<u8>, SiteError> {
        let engine = self.engine(language).ok_or_else(|| SiteError::Templates {
            message: "the theme has no strings in any language".to_owned(),
            help: Some("write them into the theme's `i18n/en.toml`".to_owned()),
        })?;
        let mut bytes = Vec::with_capacity(16 * 1024);
        match engine.render_to(template, context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => {
                let error = each::take_fault().unwrap_or(error);
                Err(explain(&error, &self.sources))
            }
        }
    }
}

impl Given {
    fn engine(&self, base: &Tera, strings: &toml::Table) -> Tera {
        let mut engine = base.clone();
        register(&mut engine, &Locale::new(strings, self.zone.clone()));
        let context = engine.global_context();
        context.insert_value("site", self.site.clone());
        context.insert_value("assets", self.assets.clone());
        context.insert_value("data", self.data.clone());
        context.insert("t", strings);
        each::install(&mut engine, self.cards, Arc::clone(&self.room));
        engine
    }
}

fn fingerprint(theme: &Theme, site: &impl Serialize, config: &Config) -> Fingerprint {
    let templates: Vec<(&str, &str)> = theme
        .templates
        .iter()
        .map(|(name, source)| (name.as_str(), source.text()))
        .collect();
    let statics: Vec<&Address> = theme.statics.values().map(|file| &file.address).collect();
    let strings: Vec<_> = theme
        .strings
        .iter()
        .map(|(language, strings)| (language, with_taxonomies(strings, &config.taxonomies)))
        .collect();
    let zone = config.time_zone.iana_name();
    let given = (strings, zone, site, &theme.data);
    Fingerprint::of(&(&theme.layers, templates, statics, given))
}

fn compile(theme: &Theme, zone: &TimeZone, findings: &mut Findings) -> Option<Tera> {
    let mut engine = Tera::new();
    let prefixes = theme.layers.iter().map(|layer| format!("{layer}/"));
    if let Err(error) = engine.set_fallback_prefixes(prefixes) {
        findings.push(explain(&error, &theme.templates));
        return None;
    }
    register(&mut engine, &Locale::new(&toml::Table::new(), zone.clone()));
    let templates = theme
        .templates
        .iter()
        .map(|(name, source)| (name.as_str(), source.text()));
    match engine.add_raw_templates(templates) {
        Ok(()) => Some(engine),
        Err(error) => {
            let faults = match syntax_errors(theme) {
                none if none.is_empty() => explain_all(&error, &theme.templates),
                faults => faults,
            };
            for fault in faults {
                findings.push(fault);
            }
            None
        }
    }
}

/// Those of every template: all of them together stop at the first one.
fn syntax_errors(theme: &Theme) -> Vec<SiteError> {
    let templates = theme.templates.iter();
    templates
        .filter_map(|(name, source)| {
            // Alone, a template can only fail by its own syntax: what it extends isn't there.
            let error = Tera::new().add_raw_template(name, source.text()).err()?;
            let is_syntax = matches!(error.kind(), ErrorKind::SyntaxError(_));
            is_syntax.then(|| explain(&error, &theme.templates))
        })
        .collect()
}

/// The strings with a title for every taxonomy that `site.toml` adds: the theme's own, else the
/// one given there, else its name.
fn with_taxonomies(strings: &toml::Table, taxonomies: &Taxonomies) -> toml::Table {
    let mut strings = strings.clone();
    let titles = strings
        .entry("taxonomies")
        .or_insert_with(|| toml::Table::new().into());
    if let Some(titles) = titles.as_table_mut() {
        for (_, settings) in taxonomies.iter() {
            let title = settings.title.as_ref().unwrap_or(&settings.name);
            if !titles.contains_key(&settings.name) {
                titles.insert(settings.name.clone(), title.clone().into());
            }
        }
    }
    strings
}

/// The filters that templates have beside Tera's own.
fn register(engine: &mut Tera, locale: &Locale) {
    each::announce(engine);
    let own = locale.clone();
    engine.register_filter(
        "date",
        move |iso: &str, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let style = match kwargs.get::<&str>("style")? {
                None | Some("long") => Style::Long,
                Some("short") => Style::Short,
                Some("weekday") => Style::Weekday,
                Some(other) => {
                    return Err(tera::Error::message(format!(
                        "`date` knows the styles \"long\", \"short\" and \"weekday\", not \"{other}\""
                    )));
                }
            };
            own.date(iso, style).ok_or_else(|| no_date("date", iso))
        },
    );
    // Most dates are short ones: what Tera does for an argument costs more than they do.
    let own = locale.clone();
    engine.register_filter("date_short", move |iso: &str, _: Kwargs, _: &State<'_>| {
        own.date(iso, Style::Short)
            .ok_or_else(|| no_date("date_short", iso))
    });
    let own = locale.clone();
    engine.register_filter(
        "month_name",
        move |number: u64, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let name = usize::try_from(number)
                .ok()
                .and_then(|number| own.month(number));
            Ok(name.map_or_else(|| number.to_string(), str::to_owned))
        },
    );
    let own = locale.clone();
    engine.register_filter(
        "month_year",
        move |number: u64, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let year = kwargs.must_get::<i64>("year")?;
            let text = i8::try_from(number)
                .ok()
                .zip(i16::try_from(year).ok())
                .and_then(|(month, year)| own.month_year(year, month));
            text.ok_or_else(|| {
                tera::Error::message(format!("there is no month {number} of {year}"))
            })
        },
    );
    engine.register_filter("length", |value: &Value, _: Kwargs, _: &State<'_>| {
        length(value).ok_or_else(|| {
            let kind = value.name();
            tera::Error::message(format!("a value of type {kind} has no length"))
        })
    });
    engine.register_filter("json", |value: &Value, _: Kwargs, _: &State<'_>| {
        let json = match value.as_str() {
            Some(text) => serde_json::to_string(text),
            None => serde_json::to_string(value),
        };
        json.map(|json| Value::safe_string(&in_script(&json)))
            .map_err(|error| tera::Error::message(format!("`json` can't write this: {error}")))
    });
    engine.register_filter(
        "list_items",
        |entries: &[Value], kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let base = kwargs.must_get::<&str>("base")?;
            list_items(entries, base).map(|json| Value::safe_string(&in_script(&json)))
        },
    );
    let own = locale.clone();
    engine.register_filter("number", move |number: u64, _: Kwargs, _: &State<'_>| {
        own.number(number)
    });
    let own = locale.clone();
    engine.register_filter(
        "count",
        move |number: u64, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let forms = kwargs.must_get::<&Value>("of")?;
            let form = |name| forms.get_from_path(name).and_then(Value::as_str);
            let form = form("one")
                .filter(|_| number == 1)
                .or_else(|| form("other"));
            form.map(|form| form.replace("{n}", &own.number(number)))
                .ok_or_else(|| {
                    tera::Error::message("`count` wants forms with an `other` among them")
                })
        },
    );
}

/// As Tera has it: of a text, the characters that a reader would count. There are as many of them
/// as bytes in most titles, whose length every page asks for.
fn length(value: &Value) -> Option<usize> {
    let plain = |text: &&str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    match value.as_str().filter(plain) {
        Some(text) => Some(text.len()),
        None => value.len(),
    }
}

fn no_date(filter: &str, text: &str) -> tera::Error {
    let told = format!("`{filter}` wants a date such as 2021-04-26, not \"{text}\"");
    tera::Error::message(told)
}

/// Pages of the site as items of a list (schema.org `ListItem`), with commas between them.
fn list_items(entries: &[Value], base: &str) -> TeraResult<String> {
    let mut json = String::with_capacity(entries.len() * 128);
    let mut url = base.to_owned();
    for (index, entry) in entries.iter().enumerate() {
        let address = entry
            .as_map()
            .and_then(|entry| entry.get(&Key::Str("address")));
        let address = address.and_then(Value::as_str);
        url.truncate(base.len());
        url.push_str(
            address.ok_or_else(|| {
                tera::Error::message("`list_items` wants values with an `address`")
            })?,
        );
        let comma = if index > 0 { "," } else { "" };
        let position = index + 1;
        // Writing to a string cannot fail.
        let _ = write!(
            json,
            r#"{comma}{{"@type":"ListItem","position":{position},"url":"#
        );
        json.push_str(&serde_json::to_string(&url).unwrap_or_default());
        json.push('}');
    }
    Ok(json)
}

/// JSON that can stand in a `<script>` element, whatever its strings say: nothing in it ends the
/// element or opens a comment (HTML, 4.12.1.3).
pub fn in_script(json: &str) -> Cow<'_, str> {
    // Piece by piece without an early end, so that a processor looks at many bytes at once.
    let is_special = |byte: &u8| matches!(byte, b'<' | b'>' | b'&' | 0xe2);
    let has_any = |piece: &[u8]| piece.iter().fold(false, |any, byte| any | is_special(byte));
    if !json.as_bytes().chunks(32).any(has_any) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 16);
    let mut written = 0;
    for (at, byte) in json.bytes().enumerate() {
        let escaped = match byte {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            b'&' => "\\u0026",
            0xe2 if json[at..].starts_with('\u{2028}') => "\\u2028",
            0xe2 if json[at..].starts_with('\u{2029}') => "\\u2029",
            _ => continue,
        };
        safe.push_str(&json[written..at]);
        safe.push_str(escaped);
        written = at + if byte == 0xe2 { 3 } else { 1 };
    }
    safe.push_str(&json[written..]);
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use tera::Value;

    use super::{in_script, length};

    #[test]
    fn the_length_of_a_text_is_what_a_reader_counts() {
        for text in ["Quad meets", "g\u{308}uten", "👩‍🚀 🇰🇷", "a\r\nb", "", "국회"] {
            let value = Value::from(text);
            assert_eq!(length(&value), value.len(), "{text}");
        }
        assert_eq!(length(&Value::from("🇰🇷")), Some(1));
        assert_eq!(length(&Value::from(vec![1, 2])), Some(2));
        assert_eq!(length(&Value::from(1)), None);
    }

    #[test]
    fn json_never_ends_the_script_it_stands_in() {
        let json = serde_json::to_string("</script><!-- & \u{2028}").expect("a string is JSON");
        let safe = in_script(&json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']), "{safe}");
        assert_eq!(
            serde_json::from_str::<String>(&safe).ok(),
            serde_json::from_str(&json).ok()
        );
    }
}
