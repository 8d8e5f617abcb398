//! A rebuild touches what a change touches, and comes out equal to a clean build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::content::cache::Cache;
use briefbook::content::date::PublicationDate;
use briefbook::content::front_matter::{FrontMatter, Kind};
use briefbook::content::kept::{Aspect, Kept};
use briefbook::content::markdown::outline::outline;
use briefbook::content::packed::Packed;
use briefbook::content::parse::Contents;
use briefbook::deliver::folder::{Delivered, Delivery, Trust};
use briefbook::diagnostic::{Findings, drawing};
use briefbook::text::hash::Fingerprint;
use briefbook::{Built, SiteOptions, build};
use jiff::civil::Date;
use miette::GraphicalTheme;

/// An archive of its own in a folder of its own, with the folder its site goes to.
struct Archive {
    folder: tempfile::TempDir,
}

impl Archive {
    fn of(articles: usize) -> Self {
        let archive = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        archive.write(
            "site.toml",
            "title = \"Tides\"\nbase_url = \"https://tides.example/\"\n",
        );
        for number in 0..articles {
            archive.write_article(number, "The water rose.");
        }
        archive
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("archive")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn write_article(&self, number: usize, text: &str) {
        let (month, day, topic) = (number % 12 + 1, number % 28 + 1, number % 3);
        self.write(
            &format!("content/briefings/tide-{number}.md"),
            &format!(
                "+++\ntitle = \"Tide {number}\"\ndate = 2021-{month:02}-{day:02}\n\
                 topics = [\"topic-{topic}\"]\n+++\n\n{text}\n"
            ),
        );
    }

    fn build(&self, out: &str, program: &str) -> Delivered {
        let mut findings = Findings::default();
        let built = self.try_build(out, program, jiff::civil::date(2022, 1, 1), &mut findings);
        assert_eq!(findings.errors(), 0, "{:?}", findings.iter().next());
        built.expect("there are no errors").delivered
    }

    fn try_build(
        &self,
        out: &str,
        program: &str,
        today: Date,
        findings: &mut Findings,
    ) -> Option<Built> {
        self.build_with(out, Trust::SizeAndTime, program, today, findings)
    }

    fn build_with(
        &self,
        out: &str,
        trust: Trust,
        program: &str,
        today: Date,
        findings: &mut Findings,
    ) -> Option<Built> {
        let root = self.root();
        let out = self.folder.path().join(out);
        build(
            &SiteOptions {
                root: &root,
                base_url: None,
                program,
                selection: &|_| Selection {
                    today,
                    unpublished: Unpublished::HoldBack,
                },
            },
            Delivery { out: &out, trust },
            None,
            &|_| {},
            findings,
        )
    }

    fn files(&self, out: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        fn walk(folder: &Path, top: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, top, files);
                } else if !path.ends_with(".briefbook-manifest") {
                    let name = path.strip_prefix(top).unwrap().to_path_buf();
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        let top = self.folder.path().join(out);
        let mut files = BTreeMap::new();
        walk(&top, &top, &mut files);
        files
    }
}

/// Waits until files are old enough to be known by their time of change.
fn settle() {
    std::thread::sleep(std::time::Duration::from_millis(30));
}

#[test]
fn a_build_of_nothing_new_writes_nothing() {
    let archive = Archive::of(30);
    settle();
    let first = archive.build("out", "p");
    assert_eq!(first.written, first.files);
    let second = archive.build("out", "p");
    assert_eq!((second.written, second.removed), (0, 0));
    assert_eq!(second.files, first.files);
}

#[test]
fn a_build_of_nothing_new_says_the_same_again() {
    let archive = Archive::of(3);
    archive.write(
        "content/briefings/waiting.md",
        "+++\ntitle = \"Later\"\ndate = 2022-03-01\n+++\n\nNot yet.\n",
    );
    archive.write(
        "site.toml",
        "title = \"Tides\"\nbase_url = \"https://tides.example/\"\n\n[params]\nunheard_of = true\n",
    );
    settle();
    let drawing = drawing(GraphicalTheme::unicode_nocolor(), 100);
    let mut said = Vec::new();
    // The first build learns it, the second is told.
    for _ in 0..2 {
        let mut findings = Findings::default();
        let built = archive.try_build("out", "p", jiff::civil::date(2022, 1, 1), &mut findings);
        let mut told = String::new();
        for report in findings.iter() {
            drawing.render_report(&mut told, report.as_ref()).unwrap();
        }
        assert!(told.contains("unheard_of"), "{told}");
        said.push((built.map(|built| (built.articles, built.held_back)), told));
    }
    assert_eq!(said[0], said[1]);
}

#[test]
fn an_article_appears_on_its_day_though_no_file_has_changed() {
    let archive = Archive::of(3);
    archive.write(
        "content/briefings/waiting.md",
        "+++\ntitle = \"Later\"\ndate = 2022-03-01\n+++\n\nNow.\n",
    );
    settle();
    let mut files = Vec::new();
    for day in [(2022, 1, 1), (2022, 2, 28), (2022, 3, 1), (2022, 2, 28)] {
        let (year, month, day) = day;
        let mut findings = Findings::default();
        let today = jiff::civil::date(year, month, day);
        let built = archive.try_build("out", "p", today, &mut findings);
        files.push(built.expect("there are no errors").articles);
    }
    assert_eq!(files, [3, 3, 4, 3]);
}

#[test]
fn a_file_that_somebody_changed_is_made_right_again() {
    let archive = Archive::of(3);
    archive.build("out", "p");
    let page = archive.folder.path().join("out/index.html");
    fs::write(&page, "mine").unwrap();
    assert_eq!(archive.build("out", "p").written, 1);
    assert_ne!(fs::read(&page).unwrap(), b"mine");
    fs::remove_file(&page).unwrap();
    assert_eq!(archive.build("out", "p").written, 1);
}

#[test]
fn another_program_trusts_nothing_and_still_writes_only_what_differs() {
    let archive = Archive::of(3);
    archive.build("out", "p");
    assert_eq!(archive.build("out", "q").written, 0);
}

#[test]
fn a_damaged_cache_costs_time_and_changes_nothing() {
    let archive = Archive::of(6);
    archive.write_article(2, "See [[tide-1]].");
    archive.build("out", "p");
    let before = archive.files("out");
    for (name, bytes) in [("one", &b""[..]), ("two", b"nonsense")] {
        let files = fs::read_dir(archive.root().join(".briefbook/cache")).unwrap();
        for path in files.map(|entry| entry.unwrap().path()) {
            fs::write(path, bytes).unwrap();
        }
        archive.write_article(3, name);
        archive.build("out", "p");
    }
    archive.write_article(3, "The water rose.");
    archive.build("out", "p");
    assert!(archive.files("out") == before);
}

/// Each cache that can't be written is a warning; that of pictures is one, however many there are.
#[test]
fn pictures_that_cannot_be_kept_are_one_warning() {
    let not_kept = |pictures: usize| {
        let archive = Archive::of(1);
        let mut text = String::from("The water rose.");
        for picture in 0..pictures {
            let name = format!("chart-{picture}.png");
            let path = archive.root().join("content/briefings").join(&name);
            image::RgbImage::new(4, 4).save(path).unwrap();
            text = format!("{text}\n\n![A chart]({name})");
        }
        archive.write_article(0, &text);
        archive.write(".briefbook", "no folder");
        let mut findings = Findings::default();
        let today = jiff::civil::date(2022, 1, 1);
        let built = archive.try_build("out", "p", today, &mut findings);
        let files = archive.files("out");
        let is_chart = |path: &&PathBuf| path.to_string_lossy().contains("chart-");
        let pictures_there = files.keys().filter(is_chart);
        assert!(built.is_some());
        assert_eq!(pictures_there.count(), pictures);
        let warnings = findings.iter().map(ToString::to_string);
        let warnings = warnings.filter(|warning| warning.starts_with("nothing can be kept"));
        warnings.count()
    };
    assert_eq!(not_kept(3), not_kept(0) + 1);
}

#[test]
fn a_build_that_trusts_nothing_makes_everything_itself() {
    let archive = Archive::of(1);
    // What a faulty disk might say of this article's text.
    let kept = Kept::new();
    let file = fs::read(archive.root().join("content/briefings/tide-0.md")).unwrap();
    let body = "\nThe water rose.\n";
    let front = FrontMatter {
        title: "Tide 0".to_owned(),
        date: Some(PublicationDate::Day(jiff::civil::date(2021, 1, 1))),
        ..FrontMatter::default()
    };
    let added = BTreeMap::<String, Vec<String>>::new();
    kept.value(
        kept.key.of_bytes(&file),
        Aspect::Article(Some(Kind::Briefing), Fingerprint::default()),
        || Contents {
            front: (Packed(front), added),
            range: file.len() - body.len()..file.len(),
            hash: kept.key.of_bytes(body.as_bytes()),
            front_hash: Fingerprint::default(),
            outline: outline("The water boiled.", 300),
        },
    );
    let mut findings = Findings::default();
    kept.save(&Cache::of(&archive.root()), "p", &mut findings);
    let boils = |out: &str, trust| {
        let mut findings = Findings::default();
        let today = jiff::civil::date(2022, 1, 1);
        let built = archive.build_with(out, trust, "p", today, &mut findings);
        assert!(built.is_some() && findings.is_empty());
        let home = archive.folder.path().join(out).join("index.html");
        fs::read_to_string(home).unwrap().contains("boiled")
    };
    assert!(boils("trusting", Trust::SizeAndTime));
    assert!(!boils("verifying", Trust::Nothing));
}

/// Changes a file so that it looks as it did, by its size and its time of change.
fn change_secretly(path: &Path, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let text = fs::read_to_string(path).unwrap();
    let changed = fs::metadata(path).unwrap().modified().unwrap();
    fs::write(path, text.replace(from, to)).unwrap();
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(changed).unwrap();
}

#[test]
fn an_edit_reads_no_text_but_its_own() {
    let archive = Archive::of(4);
    let long = "Wheat was sold early in spring, and farmers stored what they had left. ".repeat(9);
    archive.write_article(0, &long);
    // A part of the search index is made of several texts together.
    let settings = "title = \"Tides\"\nbase_url = \"https://tides.example/\"\n";
    archive.write(
        "site.toml",
        &format!("{settings}[search]\nenabled = false\n"),
    );
    settle();
    archive.build("site", "p");
    let other = archive.root().join("content/briefings/tide-1.md");
    change_secretly(&other, "rose", "fell");
    // Behind the words that lists show.
    archive.write_article(0, &format!("{long}Then it went."));
    let delivered = archive.build("site", "p");
    assert_eq!(delivered.written, 2);
    let files = archive.files("site");
    let data = String::from_utf8_lossy(&files[Path::new("archive.jsonl")]);
    assert_eq!(data.matches("Then it went.").count(), 1);
    assert!(data.contains("The water rose.") && !data.contains("The water fell."));
}

#[test]
fn a_text_that_changed_without_looking_so_stops_the_build_and_is_read_by_the_next() {
    let archive = Archive::of(3);
    settle();
    archive.build("site", "p");
    let before = archive.files("site");
    let path = archive.root().join("content/briefings/tide-0.md");
    change_secretly(&path, "rose", "fell");
    // Now all pages are to be made again.
    archive.write(
        "site.toml",
        "title = \"Floods\"\nbase_url = \"https://tides.example/\"\n",
    );
    let today = jiff::civil::date(2022, 1, 1);
    let mut findings = Findings::default();
    let built = archive.try_build("site", "p", today, &mut findings);
    assert!(built.is_none());
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let wanted = "content/briefings/tide-0.md isn't what it was when it was last read";
    assert_eq!(told, [wanted]);
    assert_eq!(archive.files("site"), before);
    archive.build("site", "p");
    let page = archive.root().join("../site/2021/01/tide-0/index.html");
    assert!(
        fs::read_to_string(page)
            .unwrap()
            .contains("The water fell.")
    );
    assert_as_clean(&archive, "a secret change");
}

#[test]
fn what_is_wrong_with_a_text_is_said_in_every_build() {
    let archive = Archive::of(4);
    archive.write_article(1, "See [[tide-77]] and [[tide-2]].");
    archive.write("content/briefings/odd.md", "+++\ntitel = \"Odd\"\n+++\n");
    let drawing = drawing(GraphicalTheme::unicode_nocolor(), 100);
    let mut said = Vec::new();
    for _ in 0..2 {
        let mut findings = Findings::default();
        let today = jiff::civil::date(2022, 1, 1);
        assert!(
            archive
                .try_build("out", "p", today, &mut findings)
                .is_none()
        );
        let mut told = String::new();
        for report in findings.iter() {
            drawing.render_report(&mut told, report.as_ref()).unwrap();
        }
        said.push(told);
    }
    assert!(said[0].contains("tide-77") && said[0].contains("titel"));
    assert_eq!(said[0], said[1]);
}

/// Numbers that look random and are the same in every run: a linear congruential generator, with
/// Knuth's MMIX constants.
struct Random(u64);

impl Random {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// One edit of the kinds that people make. `tide-0` stays, for others to link to.
fn edit(archive: &Archive, round: usize, random: &mut Random) {
    let number = 1 + usize::try_from(random.below(11)).unwrap();
    let briefings = archive.root().join("content/briefings");
    let article = briefings.join(format!("tide-{number}.md"));
    let replace = |from: &str, to: &str| {
        let text = fs::read_to_string(&article).unwrap_or_default();
        if !text.is_empty() && !text.contains(to) {
            fs::write(&article, text.replacen(from, to, 1)).unwrap();
        }
    };
    let field = |line: &str| replace("topics = [", &format!("{line}\ntopics = ["));
    let some = random.below(3);
    match random.below(21) {
        0 => archive.write_article(number, &format!("Round {round}: it fell in Busan.")),
        1 => archive.write_article(number, "See [[tide-0]]."),
        2 => archive.write_article(20 + round, "A new one, about water."),
        3 => drop(fs::remove_file(&article)),
        4 => archive.write(
            &format!("content/topics/topic-{some}.md"),
            &format!(
                "+++\ntitle = \"Topic of round {round}\"\nnames = [\"water\", \"Busan\"]\n+++\n\n\
                 About [[tide-0]].\n"
            ),
        ),
        5 => {
            let term = format!("content/topics/topic-{some}.md");
            drop(fs::remove_file(archive.root().join(term)));
        }
        6 => archive.write(
            "site.toml",
            &format!(
                "title = \"Tides {some}\"\nbase_url = \"https://tides.example/\"\n\
                 time_zone = \"Asia/Seoul\"\n\n[exports]\nmarkdown = {}\n\n\
                 [sources]\npublish = \"{}\"\n",
                some == 1,
                if some == 0 { "full" } else { "excerpt" }
            ),
        ),
        7 => archive.write(
            "themes/default/templates/parts/footer.html",
            &format!("<footer>{some} {{{{ data.tides.high }}}}</footer>"),
        ),
        8 => archive.write(
            "themes/default/static/style.css",
            &format!("a{{top:{round}px}}"),
        ),
        9 => archive.write("data/tides.toml", &format!("high = {some}\n")),
        10 => drop(fs::remove_dir_all(archive.root().join("themes"))),
        // A file under another name, with the same text in it.
        11 => {
            let other = briefings.join(format!("tide-{}.md", 120 + round));
            drop(fs::rename(&article, other));
        }
        12 => archive.write(
            "content/pages/about.md",
            &format!("+++\ntitle = \"About {some}\"\n+++\n\nWritten in Busan.\n"),
        ),
        13 => replace("2021-", "2020-"),
        14 => replace("title = \"Tide", "title = \"High tide"),
        15 => field("people = [\"moon-jae-in\"]\nauthors = [\"A. B. Cho\"]"),
        16 => field("withdrawn = { date = 2021-12-01, note = \"Wrong.\" }"),
        17 => archive.write(
            "content/briefings/tide-0.md",
            &format!(
                "+++\ntitle = \"Tide 0 of round {round}\"\ndate = 2021-01-01\n+++\n\nIt rose.\n"
            ),
        ),
        // Another publisher's: told by its first words, which may show the title of what they link to.
        18 => archive.write(
            &format!("content/sources/wire-{some}.md"),
            &format!(
                "+++\ntitle = \"Wire {round}\"\ndate = 2021-03-0{}\npublisher = \"Harbor Wire\"\n\
                 [provenance]\nurl = \"https://wire.example/{some}\"\n+++\n\n\
                 Busan saw what [[tide-0]] says. The water fell.\n",
                some + 1
            ),
        ),
        19 => field("corrections = [{ date = 2021-12-02, note = \"It was Ulsan.\" }]"),
        _ => field("draft = true"),
    }
}

/// Edits of every kind, one after the other; after each, the rebuilt site is that of a build which
/// knows nothing of any before.
#[test]
fn after_every_edit_the_site_is_that_of_a_clean_build() {
    let archive = Archive::of(26);
    archive.write("data/tides.toml", "high = 1\n");
    archive.build("out", "p");
    let mut random = Random(20_211_124);
    for round in 0..90 {
        edit(&archive, round, &mut random);
        assert_as_clean(&archive, &format!("round {round}"));
        // What this build remembers must not hide the next edit.
        settle();
        assert_eq!(archive.build("out", "p").written, 0, "round {round}");
    }
}

/// Builds an archive again and holds that against a build which knows nothing of any before.
fn assert_as_clean(archive: &Archive, what: &str) {
    let cache = archive.root().join(".briefbook");
    let aside = archive.folder.path().join("aside");
    archive.build("out", "p");
    fs::rename(&cache, &aside).unwrap();
    archive.build("clean", "p");
    fs::remove_dir_all(&cache).unwrap();
    fs::rename(&aside, &cache).unwrap();
    let (rebuilt, clean) = (archive.files("out"), archive.files("clean"));
    fs::remove_dir_all(archive.folder.path().join("clean")).unwrap();
    let names: Vec<_> = rebuilt.keys().collect();
    assert_eq!(names, clean.keys().collect::<Vec<_>>(), "{what}");
    for (name, bytes) in &clean {
        assert!(rebuilt[name] == *bytes, "{what}: {}", name.display());
    }
}

/// What a glance at the folder doesn't tell.
#[test]
fn edits_that_are_hard_to_see_are_seen() {
    let archive = Archive::of(8);
    let article = |number: usize| {
        let name = format!("content/briefings/tide-{number}.md");
        archive.root().join(name)
    };
    archive.write(
        "content/topics/topic-1.md",
        "+++\ntitle = \"Ebb\"\nnames = [\"water\"]\n+++\n",
    );
    archive.write_article(
        5,
        "Water fell in Ebb and water fell in Busan, see [[tide-2]].",
    );
    settle();
    archive.build("out", "p");
    let replace = |path: &Path, from: &str, to: &str| {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains(from));
        fs::write(path, text.replace(from, to)).unwrap();
    };

    replace(&article(3), "water", "waves");
    assert_as_clean(&archive, "an edit that keeps the size");

    let aside = archive.folder.path().join("swapped");
    fs::rename(article(1), &aside).unwrap();
    fs::rename(article(2), article(1)).unwrap();
    fs::rename(&aside, article(2)).unwrap();
    assert_as_clean(&archive, "two files swapped");

    for (from, to) in [("topics =", "topcis ="), ("topcis =", "topics =")] {
        replace(&article(4), from, to);
        let mut findings = Findings::default();
        let today = jiff::civil::date(2022, 1, 1);
        let built = archive.try_build("out", "p", today, &mut findings);
        assert_eq!(built.is_some(), to == "topics =");
    }
    assert_as_clean(&archive, "an error that came and went");

    let term = archive.root().join("content/topics/topic-1.md");
    replace(&term, "\"Ebb\"", "\"Low tide\"");
    assert_as_clean(&archive, "a term renamed");
    replace(&term, "\"water\"", "\"Busan\"");
    assert_as_clean(&archive, "a term with another name");

    archive.write(
        "site.toml",
        "title = \"Tides\"\nbase_url = \"https://tides.example/\"\n\n[[taxonomies]]\n\
         name = \"treaties\"\n",
    );
    assert_as_clean(&archive, "a field that articles may have from now on");
    replace(
        &article(6),
        "topics =",
        "treaties = [\"tide-pact\"]\ntopics =",
    );
    assert_as_clean(&archive, "a field that was added");
    // The field isn't one any more, though the file is the same.
    archive.write(
        "site.toml",
        "title = \"Tides\"\nbase_url = \"https://tides.example/\"\n",
    );
    let mut findings = Findings::default();
    let today = jiff::civil::date(2022, 1, 1);
    assert!(
        archive
            .try_build("out", "p", today, &mut findings)
            .is_none()
    );
}
