//! Costs of stages: measured, put in the middle of several runs, told.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use serde_json::json;

/// What one stage took in one run.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    pub(crate) name: String,
    /// Part of the stage that was told before it: its cost is in that one's as well.
    pub(crate) is_part: bool,
    /// Of all processors together, user's and system's.
    pub(crate) cpu: Duration,
    /// None of what is done in between other things.
    pub(crate) wall: Option<Duration>,
}

/// The stages of one run, in their order.
#[derive(Debug, Default)]
pub(crate) struct Stages(pub(crate) Vec<Stage>);

impl Stages {
    /// Measures a stage.
    pub(crate) fn stage<T>(&mut self, name: &str, step: impl FnOnce() -> T) -> T {
        self.measure(name, false, step)
    }

    /// Measures a step of the last stage once more, by itself.
    pub(crate) fn part<T>(&mut self, name: &str, step: impl FnOnce() -> T) -> T {
        self.measure(name, true, step)
    }

    fn measure<T>(&mut self, name: &str, is_part: bool, step: impl FnOnce() -> T) -> T {
        let (cpu, wall) = (ProcessTime::now(), Instant::now());
        let value = step();
        self.0.push(Stage {
            name: name.to_owned(),
            is_part,
            cpu: cpu.elapsed(),
            wall: Some(wall.elapsed()),
        });
        value
    }
}

/// How costs are told.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Format {
    /// A Markdown table.
    Text,
    /// One object, times in milliseconds.
    Json,
}

/// The median of each stage, as text to be printed.
pub(crate) fn told(runs: &[Stages], articles: u32, format: Format) -> String {
    let stages = medians(runs);
    match format {
        Format::Text => table(&stages, runs.len(), articles),
        Format::Json => object(&stages, runs.len(), articles),
    }
}

fn median<T: Ord>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    let middle = values.len() / 2;
    values.into_iter().nth(middle)
}

/// All runs go through the same stages: the archive is the same.
fn medians(runs: &[Stages]) -> Vec<Stage> {
    let Some(first) = runs.first() else {
        return Vec::new();
    };
    let stages = first.0.iter().enumerate();
    let mut stages: Vec<Stage> = stages
        .map(|(index, stage)| {
            let same: Vec<&Stage> = runs.iter().map(|run| &run.0[index]).collect();
            assert!(same.iter().all(|other| other.name == stage.name));
            Stage {
                cpu: median(same.iter().map(|other| other.cpu).collect()).unwrap_or_default(),
                wall: median(same.iter().filter_map(|other| other.wall).collect()),
                ..stage.clone()
            }
        })
        .collect();
    let whole = || stages.iter().filter(|stage| !stage.is_part);
    let all = Stage {
        name: "all of it".to_owned(),
        is_part: false,
        cpu: whole().map(|stage| stage.cpu).sum(),
        wall: Some(whole().filter_map(|stage| stage.wall).sum()),
    };
    stages.push(all);
    stages
}

fn table(stages: &[Stage], runs: usize, articles: u32) -> String {
    let threads = rayon::current_num_threads();
    let mut text = format!("{articles} articles, {threads} threads, median of {runs} runs:\n\n");
    let width = 2 + stages
        .iter()
        .map(|stage| stage.name.len())
        .max()
        .unwrap_or(0);
    let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
    let mut line = |name: &str, cpu: &str, each: &str, wall: &str| {
        // Writing to a string can't fail.
        let _ = writeln!(
            text,
            "| {name:<width$} | {cpu:>11} | {each:>11} | {wall:>11} |"
        );
    };
    line("stage", "CPU", "an article", "wall");
    line(
        &"-".repeat(width),
        "----------:",
        "----------:",
        "----------:",
    );
    for Stage {
        name,
        is_part,
        cpu,
        wall,
    } in stages
    {
        let name = format!("{}{name}", if *is_part { "· " } else { "" });
        let each = format!("{:.1} µs", cpu.as_secs_f64() * 1e6 / f64::from(articles));
        line(&name, &ms(*cpu), &each, &wall.map_or_else(String::new, ms));
    }
    text
}

fn object(stages: &[Stage], runs: usize, articles: u32) -> String {
    // To the microsecond: what follows is noise.
    let ms = |time: Duration| (time.as_secs_f64() * 1e6).round() / 1e3;
    let stages = stages.iter().map(|stage| {
        json!({
            "stage": stage.name,
            "part": stage.is_part,
            "cpu_ms": ms(stage.cpu),
            "wall_ms": stage.wall.map(ms),
        })
    });
    let object = json!({
        "articles": articles,
        "threads": rayon::current_num_threads(),
        "runs": runs,
        "stages": stages.collect::<Vec<_>>(),
    });
    format!("{object}\n")
}
