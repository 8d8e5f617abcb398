//! A rebuild touches what a change touches, and comes out equal to a clean build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::deliver::folder::{Delivered, Delivery, Trust};
use briefbook::diagnostic::Findings;
use briefbook::{SiteOptions, build};

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
        let root = self.root();
        let out = self.folder.path().join(out);
        let built = build(
            &SiteOptions {
                root: &root,
                base_url: None,
                program,
                selection: &|_| Selection {
                    today: jiff::civil::date(2022, 1, 1),
                    unpublished: Unpublished::HoldBack,
                },
            },
            Delivery {
                out: &out,
                trust: Trust::SizeAndTime,
            },
            None,
            &|_| {},
            &mut findings,
        );
        assert_eq!(findings.errors(), 0, "{:?}", findings.iter().next());
        built.expect("there are no errors").delivered
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

#[test]
fn a_build_of_nothing_new_writes_nothing() {
    let archive = Archive::of(30);
    let first = archive.build("out", "p");
    assert_eq!(first.written, first.files);
    let second = archive.build("out", "p");
    assert_eq!((second.written, second.removed), (0, 0));
    assert_eq!(second.files, first.files);
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

/// Edits of every kind, one after the other; after each, the rebuilt site is a clean build's.
#[test]
fn after_every_edit_the_site_is_that_of_a_clean_build() {
    let archive = Archive::of(12);
    archive.build("out", "p");
    // A linear congruential generator (Knuth's MMIX constants): the same edits in every run.
    let mut state = 20_211_124u64;
    let mut random = move |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for round in 0..40 {
        let number = usize::try_from(random(12)).unwrap();
        let article = archive
            .root()
            .join(format!("content/briefings/tide-{number}.md"));
        match random(9) {
            0 => archive.write_article(number, &format!("Round {round}: it fell.")),
            1 => archive.write_article(number, &format!("See [[tide-{}]].", (number + 1) % 12)),
            2 => archive.write_article(20 + round, "A new one."),
            3 => drop(fs::remove_file(
                archive
                    .root()
                    .join(format!("content/briefings/tide-{}.md", 20 + random(40))),
            )),
            4 => archive.write(
                &format!("content/topics/topic-{}.md", random(3)),
                &format!("+++\ntitle = \"Topic of round {round}\"\n+++\n\nAbout [[tide-0]].\n"),
            ),
            5 => archive.write(
                "site.toml",
                &format!(
                    "title = \"Tides {}\"\nbase_url = \"https://tides.example/\"\n",
                    random(2)
                ),
            ),
            6 => archive.write(
                "themes/default/templates/parts/footer.html",
                &format!("<footer>{}</footer>", random(2)),
            ),
            7 => archive.write(
                "themes/default/static/style.css",
                &format!("a{{top:{round}px}}"),
            ),
            _ => {
                let text = fs::read_to_string(&article).unwrap();
                fs::write(&article, text.replace("2021-", "2020-")).unwrap();
            }
        }
        archive.build("out", "p");
        let clean = format!("clean-{round}");
        archive.build(&clean, "p");
        let (rebuilt, clean) = (archive.files("out"), archive.files(&clean));
        let names: Vec<_> = rebuilt.keys().collect();
        assert_eq!(names, clean.keys().collect::<Vec<_>>(), "round {round}");
        for (name, bytes) in &clean {
            assert!(rebuilt[name] == *bytes, "round {round}: {}", name.display());
        }
    }
}
