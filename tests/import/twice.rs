//! The same article again, and second thoughts.

use std::fs;

use crate::archive::{Archive, page, story};

fn batch(said: &str) -> String {
    let (_, rest) = said.split_once("--undo ").expect("the batch is named");
    rest.split('`').next().unwrap().to_owned()
}

#[test]
fn the_same_bytes_change_nothing() {
    let archive = Archive::new();
    archive.import("a.html", page("Tides", 1));
    let before = archive.read("sources/2021/tides.md");
    let said = archive.import("b.html", page("Tides", 1));
    assert!(
        said.out.contains("0 new, 0 refreshed, 1 unchanged"),
        "{}",
        said.out
    );
    assert_eq!(archive.read("sources/2021/tides.md"), before);
    assert_eq!(archive.files().len(), 1);
}

#[test]
fn other_advertisements_around_the_same_text_make_no_new_article() {
    let archive = Archive::new();
    archive.import("a.html", page("Tides", 1));
    let said = archive.import(
        "b.html",
        page("Tides", 1).replace("<footer>", "<aside>Buy a boat!</aside><footer>"),
    );
    assert!(
        said.out.contains("the same text is there already"),
        "{}",
        said.out
    );
    assert_eq!(archive.files().len(), 1);
}

#[test]
fn a_reprint_names_its_original() {
    let archive = Archive::new();
    archive.import("a.html", page("Tides", 1));
    let reprint = page("Tides, once more", 1)
        .replace("Harbour Times", "Pier Post")
        .replace("2021-04-01T", "2021-04-03T");
    archive.import("b.html", reprint);
    let article = archive.read("sources/2021/tides-once-more.md");
    assert!(article.contains("sources = [\"tides\"]"), "{article}");
    assert!(
        article.contains("the same text as sources/2021/tides.md"),
        "{article}"
    );
    let built = archive.builds();
    assert!(built.success, "{}", built.error);
}

#[test]
fn an_updated_version_waits_for_a_decision() {
    let archive = Archive::new();
    let canonical = "<link rel=canonical href=https://harbour.example/tides></head>";
    archive.import("a.html", page("Tides", 1).replace("</head>", canonical));
    let path = archive.path("content/sources/2021/tides.md");
    let edited = archive.read("sources/2021/tides.md") + "\nA note by the editor.\n";
    fs::write(&path, &edited).unwrap();
    let updated = page("Tides, corrected", 1)
        .replace("</head>", canonical)
        .replace(
            &story(1)[2],
            "Nothing of this was true, says the harbour master today.",
        );
    let said = archive.import("b.html", updated);
    assert!(
        said.out.contains("update: sources/2021/tides.md"),
        "{}",
        said.out
    );
    assert_eq!(
        archive.read("sources/2021/tides.md"),
        edited,
        "an edited file is never touched"
    );
    let version = archive.read("sources/2021/tides-corrected.md");
    assert!(version.contains("draft = true") && version.contains("the title was `Tides`"));
}

#[test]
fn an_import_is_taken_back_but_for_what_was_edited() {
    let archive = Archive::new();
    archive.import("kept.html", page("From before", 1));
    archive.put("in/a.html", page("Tides", 2));
    archive.put("in/b.html", page("Piers", 3));
    let said = archive.run(&["import", "in", "--keep-raw"]);
    assert!(archive.path(".briefbook/raw").read_dir().unwrap().count() == 2);
    let edited = archive.read("sources/2021/piers.md") + "\nA note by the editor.\n";
    fs::write(archive.path("content/sources/2021/piers.md"), edited).unwrap();

    let undone = archive.run(&["import", "--undo", &batch(&said.out)]);
    assert!(undone.success, "{}", undone.error);
    assert_eq!(
        archive.files(),
        ["sources/2021/from-before.md", "sources/2021/piers.md"]
    );
    assert!(
        undone.out.contains("sources/2021/piers.md (edited, kept)"),
        "{}",
        undone.out
    );

    let unknown = archive.run(&["import", "--undo", "19700101-000000"]);
    assert!(
        !unknown.success && unknown.error.contains("no import"),
        "{}",
        unknown.error
    );
}

#[test]
fn what_is_open_is_listed_with_its_line_and_settled() {
    let archive = Archive::new();
    let file = "content/sources/2021/tides.md";
    let text = "+++\ntitle = 'Tides'\ndate = 2021-04-01\n+++\n\nThe tide came in.";
    let doubt = "+++\nreview = [\n  \"date: it stood on the page around it\",\n]\n";
    archive.put(file, text.replacen("+++\n", doubt, 1));

    let listed = archive.run(&["review"]);
    assert!(
        listed
            .out
            .contains(&format!("{file}:3: date: it stood on the page around it")),
        "{}",
        listed.out
    );
    let objects = archive.run(&["review", "--format", "json"]);
    let object: serde_json::Value =
        serde_json::from_str(objects.out.lines().next().unwrap()).unwrap();
    assert_eq!(object["line"], 3);

    let accepted = archive.run(&["review", "--accept", file]);
    assert!(accepted.success, "{}", accepted.error);
    assert_eq!(fs::read_to_string(archive.path(file)).unwrap(), text);
}
