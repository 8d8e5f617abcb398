//! Files as they were parsed a moment ago: while the program goes on running, only what has changed
//! since is read again.
//!
//! Files are known by their size and time of change here, as `make` and git know them.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use foldhash::HashMap;
use rayon::prelude::*;

use super::article::{Asset, Item};
use super::config::Config;
use super::disk::{Listed, Listing, list_content, read_file};
use super::kept::Kept;
use super::library::Library;
use super::parse::{parse_text, read};
use super::stamps::{Changed, Stamp, Stamped, unread};
use super::taxonomy::Taxonomies;
use crate::diagnostic::Findings;

/// The files of an archive, by their paths.
#[derive(Debug, Default)]
pub struct Recent {
    /// They decide which folders and fields there are.
    taxonomies: Taxonomies,
    /// In the order in which they are listed.
    items: Vec<(String, Stamped, Item)>,
    assets: Vec<Asset>,
    /// How many files were taken, at the last look, for what they were when another run kept them.
    unread: usize,
    changed: Arc<Changed>,
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
        self.changed.clear();
        let Listing { texts, assets } = list_content(root, findings);
        let now = SystemTime::now();
        let taxonomies = &config.taxonomies;
        let items = self.by_name();
        let untouched = AtomicUsize::new(0);
        let read: Vec<_> = texts
            .into_par_iter()
            .map(|file| {
                let name = file.name.clone();
                // Looked at before it is read: a change in between is seen the next time.
                let stamp = Stamp::of(&file.path, now);
                let known = items.get(&*name);
                let known = known.filter(|((then, _), _)| Some(*then) == stamp);
                if let Some(((_, print), item)) = known {
                    return (name, stamp, Ok((*print, Item::clone(item))));
                }
                let print = stamp.and_then(|stamp| Some((stamp, kept.stamps.print(&name, stamp)?)));
                let text = match print {
                    Some(stamped) => {
                        untouched.fetch_add(1, Ordering::Relaxed);
                        let (at, key) = (file.path, kept.key);
                        Ok((
                            unread(file.name, at, stamped, key, &self.changed),
                            stamped.1,
                        ))
                    }
                    None => read_file(file).and_then(|file| read(file, kept)),
                };
                let item = text.and_then(|(text, print)| {
                    Ok((print, parse_text(text, print, taxonomies, kept)?))
                });
                (name, stamp, item)
            })
            .collect();
        self.unread = untouched.into_inner();
        self.assets.clone_from(&assets);
        self.items = Vec::with_capacity(read.len());
        let parsed = read.into_iter().map(|(name, stamp, item)| match item {
            Ok((print, item)) => {
                if let Some(stamp) = stamp {
                    self.items.push((name, (stamp, print), item.clone()));
                }
                Ok(item)
            }
            Err(error) => Err((name, error)),
        });
        Library {
            changed: Arc::clone(&self.changed),
            ..Library::of(config, parsed, assets, findings)
        }
    }

    /// Whether all files under `content/` look as they did. One that can't be known by its looks, or
    /// that has a fault, doesn't.
    pub fn is_current(&self, root: &Path) -> bool {
        // What can't be listed was told when it was read.
        let Listing { texts, assets } = list_content(root, &mut Findings::default());
        let (now, items) = (SystemTime::now(), self.by_name());
        let is_known = |file: &Listed| {
            let known = items.get(&*file.name);
            known.is_some_and(|((then, _), _)| Some(*then) == Stamp::of(&file.path, now))
        };
        assets == self.assets && texts.len() == self.items.len() && texts.par_iter().all(is_known)
    }

    /// Keeps how the files look, so that the next run need not read them.
    pub fn keep(&self, kept: &Kept) {
        if self.unread == self.items.len() && self.unread == kept.stamps.count() {
            return;
        }
        let files = self.items.iter();
        let files = files.map(|(name, stamped, _)| (name.clone(), *stamped));
        kept.stamps.keep(files.collect());
    }

    fn by_name(&self) -> HashMap<&str, (Stamped, &Item)> {
        let items = self.items.iter();
        items
            .map(|(name, stamped, item)| (name.as_str(), (*stamped, item)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::content::stamps::STEP;
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
        let mut seen = || {
            let was_current = recent.is_current(folder.path());
            let (titles, errors) = titles(&mut recent, folder.path());
            (titles, errors, was_current)
        };
        write("a.md", "One");
        write("b.md", "Two");
        std::thread::sleep(STEP * 2);
        for was_current in [false, true] {
            assert_eq!(seen(), (vec!["One".into(), "Two".into()], 0, was_current));
        }
        // As long as before, and again within a step of the clock.
        write("b.md", "Six");
        assert_eq!(seen(), (vec!["One".into(), "Six".into()], 0, false));
        write("b.md", "Ten");
        assert_eq!(seen(), (vec!["One".into(), "Ten".into()], 0, false));
        fs::rename(briefings.join("a.md"), briefings.join("c.md")).unwrap();
        assert_eq!(seen(), (vec!["Ten".into(), "One".into()], 0, false));
        fs::write(briefings.join("c.md"), "+++\n").unwrap();
        for _ in 0..2 {
            assert_eq!(seen(), (vec!["Ten".into()], 1, false));
        }
        fs::remove_file(briefings.join("c.md")).unwrap();
        std::thread::sleep(STEP * 2);
        seen();
        assert_eq!(seen(), (vec!["Ten".into()], 0, true));
        fs::write(briefings.join("map.png"), "a picture").unwrap();
        assert_eq!(seen(), (vec!["Ten".into()], 0, false));
    }
}
