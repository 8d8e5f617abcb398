//! What a feed reader gets: every feed parses, both formats say the same, and whoever comes late
//! can go back to a feed's first article.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use feed_rs::model::Feed;
use walkdir::WalkDir;

/// Every feed of a site, by its path.
type Feeds = BTreeMap<String, String>;

fn build(root: &Path, base: &str) -> Feeds {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let output = Command::new(env!("CARGO_BIN_EXE_briefbook"))
        .args(["build", "--base-url", base, "--root"])
        .arg(root)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let entries = WalkDir::new(&out).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| entry.path().file_stem().is_some_and(|stem| stem == "feed"))
        .map(|entry| {
            let path = entry.path().strip_prefix(&out).unwrap();
            let text = fs::read_to_string(entry.path()).unwrap();
            (path.to_str().unwrap().replace('\\', "/"), text)
        })
        .collect()
}

static SAMPLE: LazyLock<Feeds> = LazyLock::new(|| {
    build(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        "https://sample.example/",
    )
});

/// A feed as a parser that isn't ours reads it.
fn parse(path: &str, text: &str) -> Feed {
    // Without this, the parser makes up what is missing.
    let parser = feed_rs::parser::Builder::new().id_generator(|_, _, _| "missing".to_owned());
    let feed = parser.build().parse(text.as_bytes());
    feed.unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Where a document of a feed says that another one is.
fn linked<'f>(feed: &'f Feed, relation: &str) -> Option<&'f str> {
    let mut links = feed.links.iter();
    let found = links.find(|link| link.rel.as_deref() == Some(relation));
    found.map(|link| link.href.as_str())
}

fn ids(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.id.as_str()).collect()
}

#[test]
fn every_feed_parses_and_every_entry_says_what_it_is_where_and_when() {
    for (path, text) in SAMPLE.iter() {
        let feed = parse(path, text);
        assert!(!feed.entries.is_empty(), "{path}");
        let unique: BTreeSet<_> = ids(&feed).into_iter().collect();
        assert_eq!(unique.len(), feed.entries.len(), "{path}");
        for entry in &feed.entries {
            assert!(entry.id.contains(':') && entry.id != "missing", "{path}");
            assert!(entry.title.is_some(), "{path}: {}", entry.id);
            assert!(entry.updated.is_some(), "{path}: {}", entry.id);
            assert!(entry.published.is_some(), "{path}: {}", entry.id);
            assert!(!entry.authors.is_empty(), "{path}: {}", entry.id);
            let here = |link: &feed_rs::model::Link| {
                link.href.starts_with("https://sample.example/")
                    && link.rel.as_deref().unwrap_or("alternate") == "alternate"
            };
            assert!(entry.links.iter().any(here), "{path}: {}", entry.id);
        }
    }
}

#[test]
fn every_feed_exists_in_both_formats_with_the_same_entries() {
    let mut feeds = 0;
    for (path, text) in SAMPLE.iter().filter(|(path, _)| path.ends_with(".xml")) {
        let atom = parse(path, text);
        let Some(json) = SAMPLE.get(&path.replace(".xml", ".json")) else {
            assert!(linked(&atom, "current").is_some(), "{path} is no archive");
            continue;
        };
        let json = parse(path, json);
        feeds += 1;
        assert!((1..=20).contains(&atom.entries.len()), "{path}");
        for (atom, json) in atom.entries.iter().zip(&json.entries) {
            assert_eq!(atom.id, json.id, "{path}");
            assert_eq!(atom.published, json.published, "{path}");
            let title = |entry: &feed_rs::model::Entry| entry.title.clone().unwrap().content;
            assert_eq!(title(atom), title(json), "{path}");
        }
        assert_eq!(atom.entries.len(), json.entries.len(), "{path}");
    }
    assert!(feeds > 20, "only {feeds} feeds");
}

#[test]
fn a_correction_reaches_those_who_read_the_feed() {
    let corrected = SAMPLE["feed.xml"]
        .lines()
        .filter(|line| line.starts_with("<summary>["));
    assert!(corrected.count() > 0);
}

/// An archive of a briefing a week over some years: all on the tides, every tenth on lamps.
struct Weekly {
    folder: tempfile::TempDir,
}

const WEEKLY: &str = "https://weekly.example/";

impl Weekly {
    fn of(years: std::ops::Range<i16>) -> Self {
        let archive = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let settings = format!("title = \"Weekly\"\nbase_url = \"{WEEKLY}\"\n");
        fs::write(archive.folder.path().join("site.toml"), settings).unwrap();
        for year in years {
            for week in 0..50 {
                archive.write(year, week);
            }
        }
        archive
    }

    fn write(&self, year: i16, week: i16) {
        let (month, day) = (week / 5 + 1, week % 5 * 5 + 1);
        let mut topics = "\"tides\"".to_owned();
        if week % 10 == 0 {
            let _ = write!(topics, ", \"lamps\"");
        }
        let folder = self.folder.path().join(format!("content/briefings/{year}"));
        fs::create_dir_all(&folder).unwrap();
        let text = format!(
            "+++\ntitle = \"Week {week} of {year}\"\ndate = {year}-{month:02}-{day:02}\n\
             topics = [{topics}]\n+++\n\nThe water rose.\n"
        );
        fs::write(folder.join(format!("week-{week}.md")), text).unwrap();
    }

    fn feeds(&self) -> Feeds {
        build(self.folder.path(), WEEKLY)
    }
}

/// From a feed back to its oldest document, the newest first, by path.
fn walk_back<'f>(feeds: &'f Feeds, from: &'f str) -> Vec<(&'f str, Feed)> {
    let mut walked = Vec::new();
    let mut next = Some(from.to_owned());
    while let Some(path) = next {
        let (path, text) = feeds.get_key_value(&path).expect("links lead somewhere");
        let feed = parse(path, text);
        let before = linked(&feed, "prev-archive").map(|url| url.replace(WEEKLY, ""));
        walked.push((path.as_str(), feed));
        next = before;
    }
    walked
}

#[test]
fn whoever_comes_late_can_go_back_to_the_first_article_of_a_topic() {
    let feeds = Weekly::of(2016..2022).feeds();
    for (path, articles, documents) in [
        // Two years make a document: 100 articles.
        ("topics/tides/feed.xml", 300, 3),
        ("feed.xml", 300, 3),
        // Five articles a year: one document has room for all.
        ("topics/lamps/feed.xml", 30, 1),
    ] {
        let walked = walk_back(&feeds, path);
        assert_eq!(walked.len(), 1 + documents, "{path}");
        let archived: Vec<&str> = walked[1..].iter().flat_map(|(_, feed)| ids(feed)).collect();
        let unique: BTreeSet<_> = archived.iter().copied().collect();
        assert_eq!((archived.len(), unique.len()), (articles, articles));
        assert!(unique.is_superset(&ids(&walked[0].1).into_iter().collect()));
        for (at, (name, feed)) in walked.iter().enumerate() {
            // One feed in several documents.
            assert_eq!(feed.id, format!("{WEEKLY}{path}"), "{name}");
            assert_eq!(linked(feed, "self"), Some(&*format!("{WEEKLY}{name}")));
            let current = (at > 0).then(|| format!("{WEEKLY}{path}"));
            assert_eq!(linked(feed, "current"), current.as_deref(), "{name}");
            let after = (at > 1).then(|| format!("{WEEKLY}{}", walked[at - 1].0));
            assert_eq!(linked(feed, "next-archive"), after.as_deref(), "{name}");
            // What may still grow is no archive document to those who keep these.
            let marked = feeds[*name].contains("history/1.0\"/>");
            assert_eq!(marked, at > 1, "{name}");
        }
    }
}

#[test]
fn a_new_article_leaves_the_older_documents_of_a_feed_as_they_were() {
    let archive = Weekly::of(2016..2021);
    let before = archive.feeds();
    archive.write(2021, 0);
    let after = archive.feeds();
    let changed: Vec<&str> = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(text))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "2020/feed.xml",
            "feed.json",
            "feed.xml",
            "topics/lamps/2016/feed.xml",
            "topics/lamps/feed.json",
            "topics/lamps/feed.xml",
            "topics/tides/2020/feed.xml",
            "topics/tides/feed.json",
            "topics/tides/feed.xml",
        ]
    );
    assert_eq!(before.len(), after.len());
}

#[test]
fn a_feed_that_holds_everything_has_no_archive() {
    let archive = Weekly::of(2016..2016);
    for week in 0..20 {
        archive.write(2016, week);
    }
    let archived = |feeds: &Feeds| feeds.keys().filter(|path| path.contains("2016")).count();
    assert_eq!(archived(&archive.feeds()), 0);
    archive.write(2016, 20);
    assert_eq!(archived(&archive.feeds()), 2, "the site's and the tides'");
}
