//! `briefbook build`

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::terminal::{Terminal, counted, duration};
use super::{Outcome, archive_root};
use crate::archive::entry::{HeldBack, HeldBackReason, Selection, Unpublished};
use crate::content::config::{Config, normal_base_url};
use crate::diagnostic::Findings;
use crate::{Built, Progress, SiteOptions, build};

/// Build the site
///
/// Renders the whole archive into a folder. When anything is wrong, everything that is wrong is
/// listed, and the site that stood there before stays as it was.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Where the site is written [default: public/ in the archive]
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Address the site will stand at, instead of `base_url` in site.toml
    #[arg(long, value_name = "URL", env = "BRIEFBOOK_BASE_URL")]
    base_url: Option<String>,

    /// Include drafts and articles dated in the future
    #[arg(long)]
    drafts: bool,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments {
        out,
        base_url,
        drafts,
    } = arguments;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    // An empty variable in the environment is as good as none.
    let typed = base_url.as_deref().filter(|url| !url.is_empty());
    let base_url = typed.and_then(normal_base_url);
    if let (Some(url), None) = (typed, &base_url) {
        terminal.error(
            &format!("`{url}` is not an address a site can have"),
            "write something like https://example.org/archive/",
        );
        return Outcome::Mistyped;
    }
    let out = out.clone().unwrap_or_else(|| root.join("public"));
    let started = Instant::now();
    let bar = terminal.progress(0, "Rendering");
    let unpublished = if *drafts {
        Unpublished::Include
    } else {
        Unpublished::HoldBack
    };
    let mut findings = Findings::default();
    let built = build(
        &SiteOptions {
            root: &root,
            base_url,
            selection: &|config: &Config| Selection {
                today: today(&config.time_zone),
                unpublished,
            },
        },
        &out,
        &|step| match step {
            Progress::Planned(pages) => bar.set_length(pages as u64),
            Progress::Rendered => bar.inc(1),
        },
        &mut findings,
    );
    bar.finish_and_clear();
    terminal.show(&findings);
    match built {
        Some(built) => {
            summary(&built, &out, started, terminal);
            Outcome::Done
        }
        None => Outcome::Faulty,
    }
}

/// Today in a zone. `SOURCE_DATE_EPOCH` (reproducible-builds.org) takes the place of the clock.
pub fn today(zone: &TimeZone) -> Date {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let given = epoch
        .and_then(|seconds| seconds.parse().ok())
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    given
        .unwrap_or_else(Timestamp::now)
        .to_zoned_datetime(zone.clone())
        .date()
}

fn summary(built: &Built, out: &Path, started: Instant, terminal: &Terminal) {
    let Built {
        articles,
        held_back,
        delivered,
    } = built;
    for HeldBack { article, reason } in held_back {
        let why = match reason {
            HeldBackReason::Draft => "draft".to_owned(),
            HeldBackReason::Future(day) => format!("dated {day}"),
        };
        terminal.say(&format!(
            "Held back: {} ({why})",
            article.body.source.name()
        ));
    }
    terminal.say(&format!(
        "{} in {} ({} written, {} removed) at {} in {}",
        counted(*articles, "article", "articles"),
        counted(delivered.files, "file", "files"),
        delivered.written,
        delivered.removed,
        out.display(),
        duration(started.elapsed()),
    ));
}
