//! What a build spent its time on: by stage, by template, and the pages that took longest.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use serde_json::json;

use super::terminal::{Terminal, counted, duration};
use crate::{Progress, Stage};

/// How many of the slowest pages are named.
const SLOWEST: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For scripts: one JSON object, times in milliseconds
    Json,
}

/// What has been measured so far.
pub struct Timings(Mutex<Measured>);

struct Measured {
    since: Instant,
    stages: Vec<(Stage, Duration)>,
    /// Number of pages and their time in all, by template; files without one under no name.
    templates: BTreeMap<String, (usize, Duration)>,
    /// Slowest first.
    pages: Vec<(Duration, String)>,
}

impl Timings {
    pub fn begin() -> Self {
        Self(Mutex::new(Measured {
            since: Instant::now(),
            stages: Vec::new(),
            templates: BTreeMap::new(),
            pages: Vec::new(),
        }))
    }

    pub fn hear(&self, step: Progress<'_>) {
        let mut measured = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match step {
            Progress::Planned(_) => {}
            Progress::Done(stage) => {
                let now = Instant::now();
                let took = now - measured.since;
                measured.stages.push((stage, took));
                measured.since = now;
            }
            Progress::Rendered(timed) => {
                let name = timed.template.unwrap_or_default();
                let (pages, time) = measured.templates.entry(name.to_owned()).or_default();
                *pages += 1;
                *time += timed.took;
                measured.slowest(timed.took, &timed.address.to_string());
            }
        }
    }

    /// Says it; nothing where nothing was built.
    pub fn tell(self, format: Format, terminal: &Terminal) {
        let measured = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        match format {
            Format::Text => measured.text(terminal),
            Format::Json => terminal.result(&measured.json()),
        }
    }
}

impl Measured {
    fn slowest(&mut self, took: Duration, address: &str) {
        let place = self.pages.partition_point(|(other, _)| *other >= took);
        if place < SLOWEST {
            self.pages.insert(place, (took, address.to_owned()));
            self.pages.truncate(SLOWEST);
        }
    }

    fn by_cost(&self) -> Vec<(&str, usize, Duration)> {
        let templates = self.templates.iter();
        let mut templates: Vec<_> = templates
            .map(|(name, (pages, time))| (name.as_str(), *pages, *time))
            .collect();
        templates.sort_by_key(|(_, _, time)| std::cmp::Reverse(*time));
        templates
    }

    fn text(&self, terminal: &Terminal) {
        terminal.result("Stages:");
        for (stage, took) in &self.stages {
            terminal.result(&format!("  {:<34} {}", words(*stage), shown(*took)));
        }
        terminal.result("Templates, of all processors together:");
        for (name, pages, time) in self.by_cost() {
            let (name, many) = if name.is_empty() {
                ("no template: feeds, files", counted(pages, "file", "files"))
            } else {
                (name, counted(pages, "page", "pages"))
            };
            let each = time / u32::try_from(pages).unwrap_or(u32::MAX).max(1);
            terminal.result(&format!(
                "  {name:<34} {} for {many}, {} each",
                shown(time),
                shown(each)
            ));
        }
        terminal.result("Slowest:");
        for (took, address) in &self.pages {
            terminal.result(&format!("  {} {address}", shown(*took)));
        }
    }

    fn json(&self) -> String {
        // To the microsecond: what follows is noise.
        let ms = |time: &Duration| (time.as_secs_f64() * 1e6).round() / 1e3;
        let stages = self.stages.iter().map(
            |(stage, took)| json!({ "stage": format!("{stage:?}").to_lowercase(), "ms": ms(took) }),
        );
        let templates = self.by_cost().into_iter().map(|(name, pages, time)| {
            let name = (!name.is_empty()).then_some(name);
            json!({ "template": name, "pages": pages, "ms": ms(&time) })
        });
        let pages = self.pages.iter();
        let pages = pages.map(|(took, address)| json!({ "address": address, "ms": ms(took) }));
        json!({
            "stages": stages.collect::<Vec<_>>(),
            "templates": templates.collect::<Vec<_>>(),
            "slowest": pages.collect::<Vec<_>>(),
        })
        .to_string()
    }
}

fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Link => "reading and linking",
        Stage::List => "cards and search index",
        Stage::Plan => "planning addresses",
        Stage::Compile => "compiling templates",
        Stage::Render => "rendering and writing",
        Stage::Install => "putting it in place",
    }
}

/// A page is made in far less than the hundredths of a second that commands are told in.
fn shown(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{:.1} ms", time.as_secs_f64() * 1000.0)
    } else {
        duration(time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliver::rendering::Timed;
    use crate::site::address::Address;

    #[test]
    fn what_costs_most_stands_first() {
        let timings = Timings::begin();
        timings.hear(Progress::Done(Stage::Link));
        for (year, template, took) in [
            (2020, "year.html", 3),
            (2021, "home.html", 9),
            (2022, "year.html", 4),
        ] {
            timings.hear(Progress::Rendered(Timed {
                address: &Address::year(year),
                template: Some(template),
                took: Duration::from_millis(took),
            }));
        }
        let measured = timings.0.into_inner().expect("nobody else has it");
        let told: serde_json::Value = serde_json::from_str(&measured.json()).expect("JSON");
        assert_eq!(told["stages"][0]["stage"], "link");
        assert_eq!(
            told["templates"][0],
            json!({"template": "home.html", "pages": 1, "ms": 9.0})
        );
        assert_eq!(told["templates"][1]["pages"], 2);
        assert_eq!(told["slowest"][1]["address"], "/2022/");
    }
}
