//! What link previews show: every topic and issue has a drawn picture, every page leads to one, and
//! the same archive gives the same pictures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dom_query::Document;
use walkdir::WalkDir;

fn build(root: &Path, out: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_briefbook"))
        .args(["build", "--root"])
        .arg(root)
        .arg("--out")
        .arg(out)
        .output()
        .unwrap()
}

fn built(root: &Path, out: &Path) {
    let output = build(root, out);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

fn files(out: &Path, name: &str) -> Vec<PathBuf> {
    let entries = WalkDir::new(out).sort_by_file_name().into_iter();
    let paths = entries.map(|entry| entry.unwrap().into_path());
    paths.filter(|path| path.ends_with(name)).collect()
}

/// What a page says of its picture.
fn meta(page: &Path, property: &str) -> Option<String> {
    let document = Document::from(fs::read_to_string(page).unwrap());
    let found = document.select(&format!("meta[property='{property}']"));
    found.attr("content").map(|content| content.to_string())
}

/// A small archive: a topic in English, one in Korean with an English name, one in Korean alone.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "site.toml",
        "title = \"Lamps\"\nbase_url = \"https://lamps.example/\"\n",
    );
    for (slug, front) in [
        ("harbors", "title = \"Harbors\""),
        ("lights", "title = \"등대\"\nnames = [\"Lighthouses\"]"),
        ("nets", "title = \"그물\""),
    ] {
        let text = format!("+++\n{front}\n+++\n");
        write(&format!("content/topics/{slug}.md"), &text);
        let text = format!(
            "+++\ntitle = \"On {slug}\"\ndate = 2021-04-14\nseries = \"weekly\"\nissue = \"7\"\n\
             topics = [\"{slug}\"]\n+++\n\nA lamp was lit.\n"
        );
        write(&format!("content/briefings/{slug}.md"), &text);
    }
    folder
}

#[test]
fn every_page_leads_to_a_picture_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    built(Path::new(env!("CARGO_MANIFEST_DIR")), &out);
    let base = "https://briefbook.example/";
    let mut own = 0;
    for page in files(&out, "index.html") {
        let Some(url) = meta(&page, "og:image") else {
            assert_eq!(meta(&page, "og:title"), None, "{}", page.display());
            continue;
        };
        let picture = out.join(url.strip_prefix(base).expect("a full address"));
        let size = imagesize::size(&picture).unwrap();
        let (width, height) = (size.width.to_string(), size.height.to_string());
        if picture.ends_with("social.png") {
            assert_eq!(meta(&page, "og:image:width"), Some(width));
            assert_eq!(meta(&page, "og:image:height"), Some(height));
            assert_eq!((size.width, size.height), (1200, 630));
        }
        let alt = meta(&page, "og:image:alt").unwrap_or_default();
        assert!(!alt.is_empty(), "{}", page.display());
        if picture.parent() == page.parent() {
            own += 1;
        }
    }
    let topics = files(&out.join("topics"), "social.png").len();
    let issues = files(&out.join("series"), "social.png").len();
    assert!(
        topics >= 5 && issues >= 5,
        "{topics} topics, {issues} issues"
    );
    assert!(own > topics + issues, "each stands beside its page");
}

#[test]
fn the_same_archive_gives_the_same_pictures_and_other_topics_others() {
    let archive = archive();
    let [one, two] = ["one", "two"].map(|name| archive.path().join(name));
    built(archive.path(), &one);
    // Without what is kept of the first build.
    fs::remove_dir_all(archive.path().join(".briefbook")).unwrap();
    built(archive.path(), &two);
    let read = |out: &Path| -> Vec<Vec<u8>> {
        let found = files(out, "social.png");
        found.iter().map(|path| fs::read(path).unwrap()).collect()
    };
    let mut pictures = read(&one);
    // The site's, three topics', an issue's.
    assert_eq!(pictures.len(), 5);
    assert_eq!(pictures, read(&two));
    // The topics differ in nothing but their names; one is told without.
    pictures.sort();
    pictures.dedup();
    assert_eq!(pictures.len(), 5);
}

#[test]
fn a_new_article_draws_its_own_pictures_again_and_no_others() {
    let archive = archive();
    let out = archive.path().join("site");
    built(archive.path(), &out);
    let picture = |slug: &str| fs::read(out.join(format!("topics/{slug}/social.png"))).unwrap();
    let (harbors, lights) = (picture("harbors"), picture("lights"));
    fs::write(
        archive.path().join("content/briefings/new.md"),
        "+++\ntitle = \"New\"\ndate = 2021-05-02\ntopics = [\"harbors\"]\n+++\n\nMore.\n",
    )
    .unwrap();
    built(archive.path(), &out);
    assert_ne!(picture("harbors"), harbors);
    assert_eq!(picture("lights"), lights);
}

#[test]
fn colours_are_the_themes_and_none_is_drawn_where_none_is_wanted() {
    let archive = archive();
    let out = archive.path().join("site");
    built(archive.path(), &out);
    let usual = fs::read(out.join("social.png")).unwrap();
    let settings = archive.path().join("site.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let with = |more: &str| fs::write(&settings, format!("{text}{more}")).unwrap();

    with("[params]\nsocial_accent = \"#802040\"\n");
    built(archive.path(), &out);
    assert_ne!(fs::read(out.join("social.png")).unwrap(), usual);

    with("[params]\nsocial_accent = \"crimson\"\n");
    let output = build(archive.path(), &out);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("`social_accent` is no colour"), "{said}");
    assert!(said.contains("site.toml:4:1"), "{said}");

    with("[social_images]\nenabled = false\n");
    built(archive.path(), &out);
    assert_eq!(files(&out, "social.png"), Vec::<PathBuf>::new());
    assert_eq!(meta(&out.join("index.html"), "og:image"), None);
}
