//! `mv`, `terms` and `build --ledger`, run as an editor runs them.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::thread::JoinHandle;

const FILES: [(&str, &str); 7] = [
    (
        "site.toml",
        "title = \"Test\"\nbase_url = \"https://test.example/\"\n",
    ),
    (
        "content/briefings/2021/grid.md",
        "+++\ntitle = \"Grid storage\"\ndate = 2021-04-01\ntopics = [\"energy\", 'elections']\n\n[extra]\nmood = \"calm\" # kept\n+++\n\nAs in [[talks|the talks]] and [[talks#end]], see [there](../../sources/2021/talks.md#end).  \n\n* odd   spacing stays\n",
    ),
    (
        "content/briefings/2021/other.md",
        "+++\ntitle = \"Other\"\ndate = 2021-04-02\nsources = [ \"talks\" ]  # ours\ntopics = [\"election\", \"elections\"]\n+++\n\n[[Talks in May]] stay as they are. [[elections]]\n",
    ),
    (
        "content/sources/2021/talks.md",
        "+++\ntitle = \"Talks in May\"\ndate = 2021-05-01\n+++\n\n## End\n\n[Grid](../../briefings/2021/grid.md) ![Map](talks/map.svg)\n",
    ),
    ("content/sources/2021/talks/map.svg", "<svg/>"),
    (
        "content/topics/elections.md",
        "+++\ntitle = \"Elections\"\nnames = [\"Polls\"]\n+++\n\nVotes.\n",
    ),
    (
        "content/topics/election.md",
        "+++\ntitle = \"Election\"\n+++\n",
    ),
];

fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in FILES {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn briefbook(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_briefbook"))
        .args(arguments)
        .arg("--root")
        .arg(root)
        .output()
        .unwrap()
}

fn succeeds(root: &Path, arguments: &[&str]) -> String {
    let output = briefbook(root, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

fn original(path: &str) -> &'static str {
    FILES.iter().find(|(known, _)| *known == path).unwrap().1
}

#[test]
fn renaming_an_article_rewrites_what_leads_there_and_nothing_else() {
    let folder = archive();
    let root = folder.path();
    succeeds(root, &["mv", "talks", "sources/2020/may-talks"]);
    let grid = "content/briefings/2021/grid.md";
    let wanted = original(grid)
        .replace("[[talks", "[[may-talks")
        .replace("2021/talks.md", "2020/may-talks.md");
    assert_eq!(read(root, grid), wanted);
    let other = "content/briefings/2021/other.md";
    assert_eq!(
        read(root, other),
        original(other).replace("\"talks\"", "\"may-talks\"")
    );
    assert_eq!(
        read(root, "content/sources/2020/may-talks.md"),
        "+++\ntitle = \"Talks in May\"\ndate = 2021-05-01\naliases = [\"/2021/05/talks/\"]\n+++\n\n## End\n\n[Grid](../../briefings/2021/grid.md) ![Map](may-talks/map.svg)\n"
    );
    assert!(
        root.join("content/sources/2020/may-talks/map.svg")
            .is_file()
    );
    assert!(!root.join("content/sources/2021/talks.md").exists());
    succeeds(root, &["build"]);
    assert!(
        root.join("public/2021/05/talks/index.html").is_file(),
        "the old address redirects"
    );
}

#[test]
fn an_article_with_an_address_of_its_own_keeps_it() {
    let folder = archive();
    let root = folder.path();
    let path = "content/sources/2021/talks.md";
    let with_address = original(path).replace("date =", "permalink = \"/talks-2021/\"\ndate =");
    fs::write(root.join(path), with_address).unwrap();
    succeeds(root, &["build"]);
    let ledger = root.join("before.txt");
    fs::copy(root.join("public/permalinks.txt"), &ledger).unwrap();
    succeeds(root, &["mv", "talks", "may-talks"]);
    succeeds(root, &["build", "--ledger", ledger.to_str().unwrap()]);
    assert!(root.join("public/talks-2021/index.html").is_file());
    let moved = read(root, "content/sources/2021/may-talks.md");
    assert!(!moved.contains("aliases"), "{moved}");
}

#[test]
fn a_name_that_is_taken_or_unknown_changes_nothing() {
    let folder = archive();
    for (old, new, said) in [
        ("talk", "x", "did you mean `talks`?"),
        ("grid", "other", "already there"),
        ("grid", "../evil", "makes no address"),
        ("grid", "topics/grid", "would make something else"),
    ] {
        let output = briefbook(folder.path(), &["mv", old, new]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && message.contains(said),
            "{old} {new}: {message}"
        );
    }
    for (path, text) in FILES {
        assert_eq!(read(folder.path(), path), text);
    }
}

#[test]
fn two_terms_become_one() {
    let folder = archive();
    let root = folder.path();
    succeeds(
        root,
        &["terms", "merge", "topics/elections", "topics/election"],
    );
    let grid = read(root, "content/briefings/2021/grid.md");
    assert!(
        grid.contains("topics = [\"energy\", \"election\"]"),
        "{grid}"
    );
    let other = read(root, "content/briefings/2021/other.md");
    assert!(other.contains("topics = [\"election\"]"), "{other}");
    assert!(other.contains("[[election]]"), "{other}");
    let term = read(root, "content/topics/election.md");
    assert!(
        term.contains("names = [\"Elections\", \"Polls\"]"),
        "{term}"
    );
    assert!(
        term.contains("aliases = [\"/topics/elections/\"]"),
        "{term}"
    );
    assert!(term.contains("Votes."), "{term}");
    assert!(!root.join("content/topics/elections.md").exists());
    succeeds(root, &["build"]);
}

#[test]
fn terms_are_listed_for_people_and_for_scripts_and_files_are_written() {
    let folder = archive();
    let root = folder.path();
    let text = succeeds(root, &["terms"]);
    assert!(
        text.contains("topics/energy") && text.contains("no file"),
        "{text}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&succeeds(root, &["terms", "--format", "json"])).unwrap();
    let energy = json["terms"]
        .as_array()
        .unwrap()
        .iter()
        .find(|t| t["term"] == "topics/energy");
    assert_eq!(energy.unwrap()["articles"], 1);
    succeeds(root, &["terms", "--write"]);
    let energy = read(root, "content/topics/energy.md");
    assert_eq!(energy, "+++\ntitle = \"Energy\"\n+++\n");
}

#[test]
fn a_name_met_in_the_text_becomes_a_term() {
    let folder = archive();
    let root = folder.path();
    let said = succeeds(root, &["terms", "add", "people", "Kim Yo-jong", "김여정"]);
    assert!(said.contains("content/people/kim-yo-jong.md"), "{said}");
    let term = read(root, "content/people/kim-yo-jong.md");
    assert_eq!(
        term,
        "+++\ntitle = \"Kim Yo-jong\"\nnames = [\"김여정\"]\n+++\n"
    );
    for (taxonomy, name, said) in [
        ("people", "Kim Yo-jong", "already there"),
        ("peple", "Moon Jae-in", "did you mean `people`?"),
        ("topics", "!?", "makes no address"),
    ] {
        let output = briefbook(root, &["terms", "add", taxonomy, name]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && message.contains(said),
            "{message}"
        );
    }
}

#[test]
fn a_published_address_may_not_vanish() {
    let folder = archive();
    let root = folder.path();
    succeeds(root, &["build"]);
    let ledger = root.join("before.txt");
    fs::copy(root.join("public/permalinks.txt"), &ledger).unwrap();
    let ledger = ledger.to_str().unwrap();
    succeeds(root, &["build", "--ledger", ledger]);
    fs::rename(
        root.join("content/briefings/2021/grid.md"),
        root.join("content/briefings/2021/grids.md"),
    )
    .unwrap();
    let talks = root.join("content/sources/2021/talks.md");
    let text = fs::read_to_string(&talks)
        .unwrap()
        .replace("grid.md", "grids.md");
    fs::write(&talks, text).unwrap();
    let output = briefbook(root, &["build", "--ledger", ledger]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(
        message.contains("/2021/04/grid/ was published"),
        "{message}"
    );
    let flat = message.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("add `aliases = [\"/2021/04/grid/\"]`"),
        "{message}"
    );
    let (address, server) = served(fs::read(ledger).unwrap());
    let output = briefbook(root, &["build", "--ledger", &address]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("/2021/04/grid/ was published"),
        "{message}"
    );
    server.join().unwrap();
    let nothing_there = briefbook(root, &["build", "--ledger", &address]);
    assert_eq!(nothing_there.status.code(), Some(2));
}

/// Serves a ledger once, from this machine; its address, and the server.
fn served(ledger: Vec<u8>) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/permalinks.txt", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let read = stream.read(&mut request).unwrap();
        assert!(request[..read].starts_with(b"GET /permalinks.txt "));
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
            ledger.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&ledger).unwrap();
    });
    (address, server)
}
