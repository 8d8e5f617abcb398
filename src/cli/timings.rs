//! What a build spent its time on: by stage, by template, and the pages that took longest.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use serde_json::json;

use super::terminal::{Terminal, counted, duration};
use crate::archive::entry::{HeldBackReason, Waiting};
use crate::deliver::rendering::Work;
use crate::{Built, Progress, Stage};

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
    /// Number of files and their time in all, by the kind of work and the template.
    work: BTreeMap<(&'static str, Option<String>), (usize, Duration)>,
    /// Slowest first.
    pages: Vec<(Duration, String)>,
}

impl Timings {
    pub fn begin() -> Self {
        Self(Mutex::new(Measured {
            since: Instant::now(),
            stages: Vec::new(),
            work: BTreeMap::new(),
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
                let work = match timed.work {
                    Work::Page(template) => ("page", Some(template.to_owned())),
                    Work::Drawing => ("drawing", None),
                    Work::Picture => ("picture", None),
                    Work::File => ("file", None),
                };
                let (files, time) = measured.work.entry(work).or_default();
                *files += 1;
                *time += timed.took;
                measured.slowest(timed.took, &timed.address.to_string());
            }
        }
    }

    /// Says what it cost to make what was `built`.
    pub fn tell(self, format: Format, built: &Built, terminal: &Terminal) {
        let measured = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        match format {
            Format::Text => measured.text(terminal),
            Format::Json => terminal.result(&measured.json(built)),
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

    /// The kind of work, the template, how many files, and the time in all.
    fn by_cost(&self) -> Vec<(&str, Option<&str>, usize, Duration)> {
        let work = self.work.iter();
        let mut work: Vec<_> = work
            .map(|((kind, template), (files, time))| (*kind, template.as_deref(), *files, *time))
            .collect();
        work.sort_by_key(|(.., time)| std::cmp::Reverse(*time));
        work
    }

    fn text(&self, terminal: &Terminal) {
        terminal.result("Stages:");
        for (stage, took) in &self.stages {
            terminal.result(&format!("  {:<34} {}", words(*stage), shown(*took)));
        }
        terminal.result("Templates, of all processors together:");
        for (kind, template, files, time) in self.by_cost() {
            let (name, many) = match (kind, template) {
                (_, Some(template)) => (template, counted(files, "page", "pages")),
                ("drawing", _) => (
                    "no template: link previews",
                    counted(files, "drawing", "drawings"),
                ),
                ("picture", _) => ("no template: pictures", counted(files, "file", "files")),
                _ => ("no template: feeds, files", counted(files, "file", "files")),
            };
            let each = time / u32::try_from(files).unwrap_or(u32::MAX).max(1);
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

    /// Where text has lines about what was built, scripts find it in the object.
    fn json(&self, built: &Built) -> String {
        // To the microsecond: what follows is noise.
        let ms = |time: &Duration| (time.as_secs_f64() * 1e6).round() / 1e3;
        let stages = self.stages.iter().map(
            |(stage, took)| json!({ "stage": format!("{stage:?}").to_lowercase(), "ms": ms(took) }),
        );
        let templates = self.by_cost().into_iter().map(|(kind, template, files, time)| {
            json!({ "kind": kind, "template": template, "pages": files, "ms": ms(&time) })
        });
        let pages = self.pages.iter();
        let pages = pages.map(|(took, address)| json!({ "address": address, "ms": ms(took) }));
        let held_back = built.held_back.iter().map(|Waiting { path, reason }| {
            let (reason, date) = match reason {
                HeldBackReason::Draft => ("draft", None),
                HeldBackReason::Future(day) => ("future", Some(day)),
            };
            json!({ "path": path, "reason": reason, "date": date })
        });
        json!({
            "articles": built.articles,
            "files": built.delivered.files,
            "written": built.delivered.written,
            "removed": built.delivered.removed,
            "held_back": held_back.collect::<Vec<_>>(),
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
    use jiff::civil::date;

    use crate::deliver::folder::Delivered;
    use crate::deliver::rendering::Timed;
    use crate::site::address::Address;

    #[test]
    fn what_costs_most_stands_first() {
        let timings = Timings::begin();
        timings.hear(Progress::Done(Stage::Link));
        for (year, work, took) in [
            (2020, Work::Page("year.html"), 3),
            (2021, Work::Page("home.html"), 9),
            (2022, Work::Page("year.html"), 4),
            (2023, Work::Drawing, 2),
            (2024, Work::File, 1),
        ] {
            timings.hear(Progress::Rendered(Timed {
                address: &Address::year(year),
                work,
                took: Duration::from_millis(took),
            }));
        }
        let built = Built {
            articles: 5,
            held_back: vec![
                Waiting {
                    path: "content/a.md".to_owned(),
                    reason: HeldBackReason::Draft,
                },
                Waiting {
                    path: "content/b.md".to_owned(),
                    reason: HeldBackReason::Future(date(2031, 5, 1)),
                },
            ],
            delivered: Delivered::default(),
        };
        let measured = timings.0.into_inner().expect("nobody else has it");
        let told: serde_json::Value = serde_json::from_str(&measured.json(&built)).expect("JSON");
        assert_eq!(told["stages"][0]["stage"], "link");
        assert_eq!(
            told["templates"][0],
            json!({"kind": "page", "template": "home.html", "pages": 1, "ms": 9.0})
        );
        assert_eq!(told["templates"][1]["pages"], 2);
        assert_eq!(
            told["templates"][2],
            json!({"kind": "drawing", "template": null, "pages": 1, "ms": 2.0})
        );
        assert_eq!(told["templates"][3]["kind"], "file");
        assert_eq!(told["slowest"][1]["address"], "/2022/");
        assert_eq!(told["articles"], 5);
        assert_eq!(
            told["held_back"],
            json!([
                {"path": "content/a.md", "reason": "draft", "date": null},
                {"path": "content/b.md", "reason": "future", "date": "2031-05-01"},
            ])
        );
    }
}
