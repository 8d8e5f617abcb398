//! What every command that makes the site can be told about it.

use std::path::Path;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::terminal::Terminal;
use crate::SiteOptions;
use crate::archive::entry::{Selection, Unpublished};
use crate::content::config::Config;
use crate::content::publishing::normal_base_url;
use crate::deliver::manifest::size_and_time;

#[derive(Debug, Args)]
pub struct SiteArguments {
    /// Address the site will stand at, instead of `base_url` in site.toml
    #[arg(long, value_name = "URL", env = "BRIEFBOOK_BASE_URL")]
    base_url: Option<String>,

    /// Include drafts and articles dated in the future
    #[arg(long)]
    drafts: bool,
}

impl SiteArguments {
    /// Calls `then` with what was meant; `None` when that made no sense, which has been said.
    pub fn resolve<T>(
        &self,
        root: &Path,
        terminal: &Terminal,
        then: impl FnOnce(&SiteOptions<'_>) -> T,
    ) -> Option<T> {
        let Self { base_url, drafts } = self;
        // An empty variable in the environment is as good as none.
        let typed = base_url.as_deref().filter(|url| !url.is_empty());
        let base_url = typed.and_then(normal_base_url);
        if let (Some(url), None) = (typed, &base_url) {
            terminal.error(
                &format!("`{url}` is not an address a site can have"),
                "write something like https://example.org/archive/",
            );
            return None;
        }
        let unpublished = if *drafts {
            Unpublished::Include
        } else {
            Unpublished::HoldBack
        };
        Some(then(&SiteOptions {
            root,
            base_url,
            program: &program(),
            selection: &|config: &Config| Selection {
                today: today(&config.time_zone),
                unpublished,
            },
        }))
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

/// Names this very program: a newer one may make other pages of the same archive. The version
/// alone doesn't change while the program is being worked on.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let own = std::env::current_exe().and_then(|path| size_and_time(&path));
    own.map_or_else(
        |_| format!("briefbook {version}"),
        |(size, modified)| format!("briefbook {version} {size}-{modified}"),
    )
}
