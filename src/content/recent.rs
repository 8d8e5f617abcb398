//! Files as they were at the last look, be it a moment ago in this run or in one before: only what has
//! changed since is read.
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
use crate::text::hash::Fingerprint;

/// The files of an archive.
#[derive(Debug, Default)]
pub struct Recent {
    /// They decide which folders and fields there are.
    taxonomies: Taxonomies,
    /// In the order in which they are listed.
    files: Vec<Look>,
    assets: Vec<Asset>,
    /// How many files were taken, at the last look, for what they were when another run kept them.
    unread: usize,
    changed: Arc<Changed>,
}

/// What was seen of a file.
#[derive(Debug)]
struct Look {
    name: String,
    /// None of one that can't be known by it.
    stamp: Option<Stamp>,
    /// Of its bytes, if it could be read.
    print: Option<Fingerprint>,
    /// What it says, if there is no fault in it.
    item: Option<Item>,
}

impl Look {
    /// A file that can be known by how it looks, with what it says.
    fn known(&self) -> Option<(Stamped, &Item)> {
        Some(((self.stamp?, self.print?), self.item.as_ref()?))
    }
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
            self.files.clear();
            self.taxonomies.clone_from(&config.taxonomies);
        }
        // They are others than they looked, and are read.
        let misjudged = self.changed.take();
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
                let is_misjudged = misjudged.contains(&name);
                let known = items.get(&*name).filter(|_| !is_misjudged);
                if let Some(((_, print), item)) = known.filter(|(it, _)| Some(it.0) == stamp) {
                    return (name, stamp, Some(*print), Ok(Item::clone(item)));
                }
                let known = stamp.filter(|_| !is_misjudged);
                let print = known.and_then(|stamp| Some((stamp, kept.stamps.print(&name, stamp)?)));
                let text = match print {
                    Some(stamped) => {
                        untouched.fetch_add(1, Ordering::Relaxed);
                        let (at, key) = (file.path, kept.key);
                        let text = unread(file.name, at, stamped, key, &self.changed);
                        Ok((text, stamped.1))
                    }
                    None => read_file(file).and_then(|file| read(file, kept)),
                };
                match text {
                    Ok((text, print)) => {
                        let item = parse_text(&text, print, taxonomies, kept);
                        (name, stamp, Some(print), item)
                    }
                    Err(error) => (name, stamp, None, Err(error)),
                }
            })
            .collect();
        self.unread = untouched.into_inner();
        self.assets.clone_from(&assets);
        self.files = Vec::with_capacity(read.len());
        let parsed = read.into_iter().map(|(name, stamp, print, item)| {
            let told = item.as_ref().ok().cloned();
            let item = item.map_err(|error| (name.clone(), error));
            self.files.push(Look {
                name,
                stamp,
                print,
                item: told,
            });
            item
        });
        Library {
            changed: Arc::clone(&self.changed),
            ..Library::of(config, parsed, assets, findings)
        }
    }

    /// Whether all files under `content/` are what they were. One that can't be known by how it looks is
    /// read.
    pub fn is_current(&self, root: &Path, kept: &Kept) -> bool {
        // What can't be listed was told when it was read.
        let Listing { texts, assets } = list_content(root, &mut Findings::default());
        let now = SystemTime::now();
        let is_same = |(file, known): (Listed, &Look)| {
            file.name == known.name
                && (known.stamp.is_some() && known.stamp == Stamp::of(&file.path, now) || {
                    let bytes = read_file(file).ok().map(|file| file.bytes);
                    bytes.map(|bytes| kept.key.of_bytes(&bytes)) == known.print
                })
        };
        assets == self.assets
            && texts.len() == self.files.len()
            && texts.into_par_iter().zip(&self.files).all(is_same)
    }

    /// Keeps how the files look, so that the next run need not read them.
    pub fn keep(&self, kept: &Kept) {
        if self.unread == self.files.len() && self.unread == kept.stamps.count() {
            return;
        }
        let known = self.files.iter().filter_map(|file| {
            let (stamped, _) = file.known()?;
            Some((file.name.clone(), stamped))
        });
        kept.stamps.keep(known.collect());
    }

    fn by_name(&self) -> HashMap<&str, (Stamped, &Item)> {
        let files = self.files.iter();
        files
            .filter_map(|file| Some((file.name.as_str(), file.known()?)))
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
    fn titles(recent: &mut Recent, root: &Path, kept: &Kept) -> (Vec<String>, usize) {
        let settings = "title = \"T\"\nbase_url = \"https://t.example/\"\n";
        let config = Config::parse(&SourceText::new("site.toml", settings)).unwrap();
        let mut findings = Findings::default();
        let library = recent.library(root, config, kept, &mut findings);
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
        let (mut recent, kept) = (Recent::default(), Kept::new());
        let mut seen = || {
            let was_current = recent.is_current(folder.path(), &kept);
            let (titles, errors) = titles(&mut recent, folder.path(), &kept);
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
        for was_current in [false, true] {
            assert_eq!(seen(), (vec!["Ten".into()], 1, was_current));
        }
        fs::remove_file(briefings.join("c.md")).unwrap();
        for was_current in [false, true] {
            assert_eq!(seen(), (vec!["Ten".into()], 0, was_current));
        }
        fs::write(briefings.join("map.png"), "a picture").unwrap();
        assert_eq!(seen(), (vec!["Ten".into()], 0, false));
    }
}
