//! `briefbook check`: what it lists, and what its exit status means.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const SITE: &str = "title = \"Harbour Notes\"\nbase_url = \"https://notes.example/\"\n";

fn archive(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("site.toml", SITE)].iter().chain(files) {
        write(&folder.path().join(path), text);
    }
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Exit status, standard output and standard error.
fn check(root: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_briefbook"))
        .arg("check")
        .args(arguments)
        .current_dir(root)
        .env_remove("BRIEFBOOK_BASE_URL")
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn what_is_left_to_do_is_listed_with_file_and_line() {
    let archive = archive(&[
        (
            "content/sources/2021/a.md",
            "+++\ntitle = \"Ferries stop\"\ndate = 2021-03-01\ntopics = [\"ferries\"]\n\
             review = [\n  \"the byline may be a caption\",\n  \"two dates were found\",\n]\n+++\nText.\n",
        ),
        (
            "content/sources/2021/b.md",
            "+++\ntitle = \"Undated\"\ntopics = [\"ferries\"]\n+++\nText.\n",
        ),
        (
            "content/sources/2021/c.md",
            "+++\ntitle = \"Alone\"\ndate = 2021-03-02\n+++\nText.\n",
        ),
        (
            "content/sources/2021/d.md",
            "+++\ntitle = \"Linked\"\ndate = 2021-03-03\n+++\nText.\n",
        ),
        (
            "content/briefings/2021/e.md",
            "+++\ntitle = \"Drawing on it\"\ndate = 2021-03-04\ntopics = [\"ferries\"]\nsources = [\"d\"]\n+++\nText.\n",
        ),
    ]);
    let (_, json, _) = check(archive.path(), &["--format", "json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    let ends: Vec<(&str, &str, u64, &str)> = report["loose_ends"]
        .as_array()
        .unwrap()
        .iter()
        .map(|end| {
            let text = |key: &str| end[key].as_str().unwrap();
            (
                text("reason"),
                text("file"),
                end["line"].as_u64().unwrap(),
                text("text"),
            )
        })
        .collect();
    assert_eq!(
        ends,
        [
            (
                "review",
                "content/sources/2021/a.md",
                6,
                "the byline may be a caption"
            ),
            (
                "review",
                "content/sources/2021/a.md",
                7,
                "two dates were found"
            ),
            ("undated", "content/sources/2021/b.md", 1, "Undated"),
            ("without-topic", "content/sources/2021/d.md", 1, "Linked"),
            ("orphan", "content/sources/2021/c.md", 1, "Alone"),
        ]
    );
    let (_, text, _) = check(archive.path(), &[]);
    assert!(
        text.contains(
            "To review (2)\n  content/sources/2021/a.md:6: the byline may be a caption\n"
        ),
        "{text}"
    );
}

#[test]
fn the_exit_status_tells_errors_from_warnings() {
    let archive = archive(&[(
        "content/pages/about.md",
        "+++\ntitle = \"About\"\n+++\nUs.\n",
    )]);
    let site = archive.path().join("public");
    write(&site.join(".nojekyll"), "");
    write(&site.join("index.html"), "<h1>Harbour Notes</h1>");
    assert_eq!(check(archive.path(), &["--site", "public"]).0, 0);

    write(&site.join("cafe\u{301}.html"), "");
    assert_eq!(check(archive.path(), &["--site", "public"]).0, 0);
    assert_eq!(
        check(archive.path(), &["--site", "public", "--strict"]).0,
        1
    );

    write(&site.join("index.html"), "\n<a href=gone/>x</a>");
    let (status, json, _) = check(archive.path(), &["--site", "public", "--format", "json"]);
    assert_eq!(status, 1);
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&report["errors"], &report["warnings"]),
        (&1.into(), &1.into())
    );
    let finding = &report["findings"][0];
    assert_eq!(finding["code"], "audit::dead_link");
    assert_eq!(
        (&finding["file"], &finding["line"]),
        (&"index.html".into(), &2.into())
    );

    let (status, _, stderr) = check(archive.path(), &["--site", "nowhere"]);
    assert_eq!(status, 2, "{stderr}");
}

#[test]
fn an_error_in_the_archive_is_an_error_of_the_check() {
    let archive = archive(&[(
        "content/briefings/2021/a.md",
        "+++\ntitle = \"A\"\ndate = 2021-03-04\n+++\nSee [[nothing-here]].\n",
    )]);
    let (status, _, stderr) = check(archive.path(), &[]);
    assert_eq!(status, 1);
    assert!(
        stderr.contains("no article, term or page has this name"),
        "{stderr}"
    );
}

#[test]
fn nothing_is_written_but_the_cache() {
    let archive = archive(&[(
        "content/pages/about.md",
        "+++\ntitle = \"About\"\n+++\nUs.\n",
    )]);
    check(archive.path(), &[]);
    let mut names: Vec<_> = fs::read_dir(archive.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    names.retain(|name| name != ".briefbook");
    assert_eq!(names, ["content", "site.toml"]);
}
