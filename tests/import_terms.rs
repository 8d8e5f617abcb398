//! What categories and tags of an imported page become.

use std::fs;
use std::process::Command;

#[test]
fn categories_of_an_old_site_become_terms_of_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(
        root.join("site.toml"),
        "title = \"T\"\nbase_url = \"https://t.example/\"\n[[taxonomies]]\nname = \"treaties\"\n\
         [import.terms]\n\"Wahlen\" = \"topics/elections\"\n\"SALT\" = \"treaties/salt\"\n\"Misc\" = \"\"\n",
    )
    .unwrap();
    let page = root.join("page.html");
    fs::write(
        &page,
        "<!doctype html><html lang=en><head><title>A vote in Lisk</title>\
         <meta name=keywords content='wahlen, Salt, misc, ferries'>\
         <meta property='article:published_time' content='2021-04-01T10:00:00+09:00'></head>\
         <body><article><h1>A vote in Lisk</h1><p>The people of the island voted on Thursday, and \
         most of them voted for the ferry that the harbour board had promised in spring.</p>\
         <p>The count went on until late at night, and nobody left the town hall.</p></article>",
    )
    .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_briefbook"))
        .args(["import", page.to_str().unwrap(), "--root"])
        .arg(root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let text = fs::read_to_string(root.join("content/sources/2021/a-vote-in-lisk.md")).unwrap();
    for line in [
        "topics = [\"elections\"]\n",
        "treaties = [\"salt\"]\n",
        "keywords = [\"ferries\"]\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}
