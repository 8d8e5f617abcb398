//! Files as they were parsed a moment ago: while the program goes on running, only what has changed
//! since is read again.
//!
//! Files are known by their size and time of change here, as `make` and git know them.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::article::Item;
use super::config::Config;
use super::disk::{Listing, list_content, read_file};
use super::kept::Kept;
use super::library::Library;
use super::parse::parse;
use super::taxonomy::Taxonomies;
use crate::diagnostic::Findings;

/// A file that was changed so short a time ago may change once more and look the same: clocks of
/// file systems go in steps of up to 10 ms.
pub const STEP: Duration = Duration::from_millis(20);

/// Size in bytes and time of change.
type Stamp = (u64, SystemTime);

/// The files of an archive, by their paths.
#[derive(Debug, Default)]
pub struct Recent {
    /// They decide which folders and fields there are.
    taxonomies: Taxonomies,
    items: HashMap<String, (Stamp, Item)>,
}

impl Recent {
    /// Reads and parses everything under `content/` that isn't known as it is now. What can't be
    /// read goes into `findings`, however often; the rest goes on.
    pub fn library(
        &mut self,
        root: &Path,
        config: Config,
        kept: &Kept,
        findings: &mut Findings,
    ) -> Library {
        if self.taxonomies != config.taxonomies {
            self.items.clear();
            self.taxonomies.clone_from(&config.taxonomies);
        }
        let Listing { texts, assets } = list_content(root, findings);
        let now = SystemTime::now();
        let read: Vec<_> = texts
            .into_par_iter()
            .map(|file| {
                let name = file.name.clone();
                // Looked at before it is read: a change in between is seen the next time.
                let stamp = stamp(&file.path, now);
                let known = self.items.get(&name);
                let known = known.filter(|(then, _)| Some(*then) == stamp);
                let item = match known {
                    Some((_, item)) => Ok(item.clone()),
                    None => read_file(file).and_then(|file| parse(file, &config.taxonomies, kept)),
                };
                (name, stamp, item)
            })
            .collect();
        self.items = read
            .iter()
            .filter_map(|(name, stamp, item)| {
                let item = item.as_ref().ok()?.clone();
                Some((name.clone(), ((*stamp)?, item)))
            })
            .collect();
        let parsed = read.into_iter().map(|(name, _, item)| (name, item));
        Library::of(config, parsed, assets, findings)
    }
}

/// `None` of a file that can't be known by it.
fn stamp(path: &Path, now: SystemTime) -> Option<Stamp> {
    let there = fs::metadata(path).ok()?;
    let changed = there.modified().ok()?;
    (changed + STEP < now).then_some((there.len(), changed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::config::Config;
    use crate::diagnostic::SourceText;

    /// What the titles are once a folder with these files was read again.
    fn titles(recent: &mut Recent, root: &Path) -> (Vec<String>, usize) {
        let settings = "title = \"T\"\nbase_url = \"https://t.example/\"\n";
        let config = Config::parse(&SourceText::new("site.toml", settings)).unwrap();
        let mut findings = Findings::default();
        let library = recent.library(root, config, &Kept::new(), &mut findings);
        let titles = library.articles.iter();
        let titles = titles.map(|article| article.front.title.clone());
        (titles.collect(), findings.errors())
    }

    #[test]
    fn every_change_of_a_file_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let briefings = folder.path().join("content/briefings");
        fs::create_dir_all(&briefings).unwrap();
        let write = |name: &str, title: &str| {
            let text = format!("+++\ntitle = \"{title}\"\n+++\n");
            fs::write(briefings.join(name), text).unwrap();
        };
        let mut recent = Recent::default();
        let mut seen = || titles(&mut recent, folder.path());
        write("a.md", "One");
        write("b.md", "Two");
        std::thread::sleep(STEP * 2);
        for _ in 0..2 {
            assert_eq!(seen(), (vec!["One".into(), "Two".into()], 0));
        }
        // As long as before, and again within a step of the clock.
        write("b.md", "Six");
        assert_eq!(seen().0, ["One", "Six"]);
        write("b.md", "Ten");
        assert_eq!(seen().0, ["One", "Ten"]);
        fs::rename(briefings.join("a.md"), briefings.join("c.md")).unwrap();
        assert_eq!(seen().0, ["Ten", "One"]);
        fs::write(briefings.join("c.md"), "+++\n").unwrap();
        for _ in 0..2 {
            assert_eq!(seen(), (vec!["Ten".into()], 1));
        }
        fs::remove_file(briefings.join("c.md")).unwrap();
        assert_eq!(seen(), (vec!["Ten".into()], 0));
    }
}
