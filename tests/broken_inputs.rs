//! Broken inputs: what an editor is told, word for word. Every story begins with a new archive that
//! has been built once; the site of that build must be there untouched at the end.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use walkdir::WalkDir;

/// Puts files into a new archive, builds it, and gives back what was said.
fn told(files: &[(&str, &[u8])]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path();
    let run = |command: &str| {
        Command::new(env!("CARGO_BIN_EXE_briefbook"))
            .args([command, "--root"])
            .arg(archive)
            // 14 April 2021: the day that a new archive's first briefing is of.
            .env("SOURCE_DATE_EPOCH", "1618358400")
            .env_remove("BRIEFBOOK_BASE_URL")
            .output()
            .unwrap()
    };
    assert!(run("init").status.success());
    assert!(run("build").status.success());
    let before = contents(&archive.join("public"));

    for (name, bytes) in files {
        let path = archive.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let output = run("build");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        output.stdout.is_empty(),
        "results and complaints were mixed"
    );
    assert_eq!(contents(&archive.join("public")), before);
    let lines = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    lines.join(
        "
",
    )
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().display().to_string();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A title or a link of somebody else's must not move the cursor, rename the window or turn the
/// reading direction of the editor's terminal.
#[test]
fn escape_sequences_stay_letters() {
    let text = "+++\ntitle = \"a \\u001b[31mred\"\n+++\n[[gone\u{1b}]0;mine\u{7}]] \u{202e}\u{9b}2J\rover\n";
    let said = told(&[("content/briefings/a.md", text.as_bytes())]);
    let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!said.contains(steers), "{said:?}");
    assert!(said.contains("gone?]0;mine?"), "{said}");
}

#[test]
fn characters_that_are_in_no_text() {
    let told = told(&[
        (
            "content/briefings/a.md",
            b"+++\ntitle = \"A bell \\u0007\"\n+++\nText.\n",
        ),
        (
            "content/briefings/b.md",
            b"+++\ntitle = \"B\"\n+++\nLeft over: \x01\n",
        ),
    ]);
    assert_snapshot!(told, @r#"
    content::field

      × this character is in no text
       ╭─[content/briefings/a.md:2:9]
     1 │ +++
     2 │ title = "A bell \u0007"
       ·         ───────┬───────
       ·                ╰── U+0007
     3 │ +++
       ╰────
      help: delete it; your editor may not show it, or show it as a box or a blank

    content::field

      × this character is in no text
       ╭─[content/briefings/b.md:4:12]
     3 │ +++
     4 │ Left over: ?
       ·            ┬
       ·            ╰── U+0001
       ╰────
      help: delete it; your editor may not show it, or show it as a box or a blank

    2 errors, 0 warnings
    "#);
}

#[test]
fn a_text_that_is_never_closed_in_the_front_matter() {
    let told = told(&[(
        "content/briefings/2021/grid-storage.md",
        b"+++\ntitle = \"Grid storage\ndate = 2021-02-03\n+++\n\nText.\n",
    )]);
    assert_snapshot!(told, @r#"
    content::toml

      × this text has no end
       ╭─[content/briefings/2021/grid-storage.md:2:22]
     1 │ +++
     2 │ title = "Grid storage
       ·                      ▲
       ·                      ╰── the closing quote is expected here
     3 │ date = 2021-02-03
       ╰────
      help: close it with the quote it began with; inside "…", write \" for a quote and \\ for a backslash

    1 error, 0 warnings
    "#);
}

#[test]
fn a_field_that_briefbook_does_not_know() {
    let told = told(&[
        ("content/briefings/2021/grid-storage.md", b"+++\ntitle = \"Grid storage\"\ndate = 2021-02-03\nauthor = \"Kim Min-ji\"\n+++\n\nText.\n"),
    ]);
    assert_snapshot!(told, @r#"
    content::toml

      × there is no field `author`
       ╭─[content/briefings/2021/grid-storage.md:4:1]
     3 │ date = 2021-02-03
     4 │ author = "Kim Min-ji"
       · ───┬──
       ·    ╰── not a field briefbook knows
     5 │ +++
       ╰────
      help: did you mean `authors`? Fields of your own go under `[extra]`

    1 error, 0 warnings
    "#);
}

#[test]
fn a_day_that_no_calendar_has() {
    let told = told(&[(
        "content/briefings/2021/grid-storage.md",
        b"+++\ntitle = \"Grid storage\"\ndate = 2021-02-30\n+++\n\nText.\n",
    )]);
    assert_snapshot!(told, @r#"
    content::toml

      × there is no such day
       ╭─[content/briefings/2021/grid-storage.md:3:8]
     2 │ title = "Grid storage"
     3 │ date = 2021-02-30
       ·        ─────┬────
       ·             ╰── expected: day between 01 and 28
     4 │ +++
       ╰────
      help: dates stand without quotes: `2021-04-26`, or with time and offset `2021-04-26T14:53:00+09:00`

    1 error, 0 warnings
    "#);
}

#[test]
fn two_articles_with_one_address() {
    let told = told(&[
        (
            "content/briefings/2021/batteries.md",
            b"+++\ntitle = \"Batteries\"\ndate = 2021-02-03\n+++\n\nText.\n",
        ),
        (
            "content/sources/batteries.md",
            b"+++\ntitle = \"Batteries again\"\ndate = 2021-02-03\n+++\n\nText.\n",
        ),
    ]);
    assert_snapshot!(told, @r#"
    site::address_clash

      × two things want the address /2021/02/batteries/
       ╭─[content/sources/batteries.md:1:1]
     1 │ +++
       · ─┬─
       ·  ╰── content/briefings/2021/batteries.md has it already
     2 │ title = "Batteries again"
       ╰────
      help: rename one of the files, change its date, or take the alias out: nothing may hide anything else

    1 error, 0 warnings
    "#);
}

#[test]
fn an_old_address_that_is_the_file_of_a_page() {
    let told = told(&[
        (
            "content/briefings/2021/batteries.md",
            b"+++\ntitle = \"Batteries\"\ndate = 2021-02-03\n+++\n\nText.\n",
        ),
        (
            "content/briefings/2021/grid.md",
            b"+++\ntitle = \"Grid\"\ndate = 2021-02-04\naliases = [\"/2021/02/batteries/index.html\"]\n+++\n\nText.\n",
        ),
    ]);
    assert_snapshot!(told, @r#"
    site::address_clash

      × two things want the address /2021/02/batteries/
       ╭─[content/briefings/2021/grid.md:4:13]
     3 │ date = 2021-02-04
     4 │ aliases = ["/2021/02/batteries/index.html"]
       ·             ──────────────┬──────────────
       ·                           ╰── content/briefings/2021/batteries.md has it already
     5 │ +++
       ╰────
      help: rename one of the files, change its date, or take the alias out: nothing may hide anything else

    1 error, 0 warnings
    "#);
}

#[test]
fn a_dead_link_in_double_brackets() {
    let told = told(&[
        ("content/briefings/2021/grid-storage.md", b"+++\ntitle = \"Grid storage\"\ndate = 2021-02-03\n+++\n\nAs we wrote in [[your-first-brief]], the price fell.\n"),
    ]);
    assert_snapshot!(told, @r#"
    archive::dead_link

      × this link leads to no article, term or page
       ╭─[content/briefings/2021/grid-storage.md:6:16]
     5 │
     6 │ As we wrote in [[your-first-brief]], the price fell.
       ·                ──────────┬─────────
       ·                          ╰── no article, term or page has this name
       ╰────
      help: did you mean `your-first-briefing`?

    1 error, 0 warnings
    "#);
}

#[test]
fn a_dead_relative_link() {
    let told = told(&[
        ("content/briefings/2021/grid-storage.md", b"+++\ntitle = \"Grid storage\"\ndate = 2021-02-03\n+++\n\nAs [an earlier one](../2020/your-first-briefing.md) said, the price fell.\n"),
    ]);
    assert_snapshot!(told, @r#"
    archive::dead_link

      × this link leads to no article, term or page
       ╭─[content/briefings/2021/grid-storage.md:6:4]
     5 │
     6 │ As [an earlier one](../2020/your-first-briefing.md) said, the price fell.
       ·    ────────────────────────┬───────────────────────
       ·                            ╰── there is no content/briefings/2020/your-first-briefing.md
       ╰────
      help: did you mean content/briefings/2021/your-first-briefing.md?

    1 error, 0 warnings
    "#);
}

#[test]
fn a_template_with_a_mistake_in_its_syntax() {
    let told = told(&[
        ("themes/default/templates/page.html", b"{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ page.title }</h1>\n{% endblock %}\n"),
    ]);
    assert_snapshot!(told, @r#"
    site::template

      × `}}` is expected here, and `}` was found
       ╭─[themes/default/templates/page.html:3:19]
     2 │ {% block main %}
     3 │ <h1>{{ page.title }</h1>
       ·                   ┬
       ·                   ╰── `}}` expected
     4 │ {% endblock %}
       ╰────
      help: every `{{` needs its `}}`, every `{%` its `%}`

    1 error, 0 warnings
    "#);
}

#[test]
fn a_template_that_uses_a_field_that_is_not_there() {
    let told = told(&[
        ("themes/default/templates/page.html", b"{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ page.titel }}</h1>\n{% endblock %}\n"),
    ]);
    assert_snapshot!(told, @r#"
    site::template

      × there is no field `titel` here
       ╭─[themes/default/templates/page.html:3:13]
     2 │ {% block main %}
     3 │ <h1>{{ page.titel }}</h1>
       ·             ──┬──
       ·               ╰── while rendering /about/
     4 │ {% endblock %}
       ╰────
      help: did you mean `title`? There are: address, breadcrumbs, canonical, description, feed, kind, language, markdown,
            social, title

    1 error, 0 warnings
    "#);
}

#[test]
fn a_file_in_another_encoding() {
    let told = told(&[(
        "content/briefings/2021/grid-storage.md",
        b"+++\ntitle = \"Caf\xe9 diplomacy\"\ndate = 2021-02-03\n+++\n",
    )]);
    assert_snapshot!(told, @r#"
    content::not_utf8

      × this file is not valid UTF-8
       ╭─[content/briefings/2021/grid-storage.md:2:13]
     1 │ +++
     2 │ title = "Caf� diplomacy"
       ·             ┬
       ·             ╰── the first byte that is not UTF-8 (0xe9)
     3 │ date = 2021-02-03
       ╰────
      help: save it as UTF-8, or run `briefbook import content/briefings/2021/grid-storage.md`, which recognises other
            encodings

    1 error, 0 warnings
    "#);
}

#[test]
fn an_empty_file() {
    let told = told(&[("content/briefings/2021/grid-storage.md", b"")]);
    assert_snapshot!(told, @r#"
    content::empty

      × content/briefings/2021/grid-storage.md is empty
      help: write front matter between two `+++` lines and a text below it, or delete the file

    1 error, 0 warnings
    "#);
}

#[test]
fn what_links_to_a_file_that_cannot_be_read_is_not_wrong() {
    let told = told(&[
        ("content/briefings/2021/wind.md", b"+++\ntitle = \"Wind\"\ndate = 2021-02-03\ntopiks = []\n+++\n\nText.\n"),
        ("content/briefings/2021/sun.md", b"+++\ntitle = \"Sun\"\ndate = 2021-02-03\nsources = [\"wind\"]\n+++\n\nSee [[wind]], [[briefings/2021/wind|it]] and [there](wind.md).\n"),
    ]);
    assert_snapshot!(told, @r#"
    content::toml

      × there is no field `topiks`
       ╭─[content/briefings/2021/wind.md:4:1]
     3 │ date = 2021-02-03
     4 │ topiks = []
       · ───┬──
       ·    ╰── not a field briefbook knows
     5 │ +++
       ╰────
      help: did you mean `topics`? Fields of your own go under `[extra]`

    1 error, 0 warnings
    "#);
}

#[test]
fn everything_that_is_wrong_is_told_in_one_run() {
    let told = told(&[
        ("content/briefings/2021/grid-storage.md", b"+++\ntitle = \"Grid storage\"\ntopics = \"grid\"\ndate = 2021-02-03\n+++\n\nText.\n"),
        ("content/briefings/2021/wind.md", b"+++\ntitle = \"Wind\"\ndate = 2021-02-03\n+++\n\nSee [[your-first-brief]].\n"),
        ("content/topics/wind.md", b""),
        ("themes/default/templates/page.html", b"{% extends \"base.html\" %}\n{% block main %}\n{{ page.titel }}\n{% endblock %}\n"),
        ("site.toml", b"title = \"My Briefings\"\nbase_url = \"https://example.org/\"\n\n[[menu]]\nlabel = \"News\"\nurl = \"/news/\"\n"),
    ]);
    assert_snapshot!(told, @r#"
    content::toml

      × `topics` is a list
       ╭─[content/briefings/2021/grid-storage.md:3:10]
     2 │ title = "Grid storage"
     3 │ topics = "grid"
       ·          ───┬──
       ·             ╰── a list is expected here
     4 │ date = 2021-02-03
       ╰────
      help: write `topics = ["grid"]`

    content::empty

      × content/topics/wind.md is empty
      help: write front matter between two `+++` lines and a text below it, or delete the file

    archive::dead_link

      × this link leads to no article, term or page
       ╭─[content/briefings/2021/wind.md:6:5]
     5 │
     6 │ See [[your-first-brief]].
       ·     ──────────┬─────────
       ·               ╰── no article, term or page has this name
       ╰────
      help: did you mean `your-first-briefing`?

    site::dead_menu

      × this leads to no page of the site: /news/
       ╭─[site.toml:6:7]
     5 │ label = "News"
     6 │ url = "/news/"
       ·       ────┬───
       ·           ╰── nothing stands there
       ╰────
      help: write an address of the site such as `/topics/`, or one that begins with https://

    site::template

      × there is no field `titel` here
       ╭─[themes/default/templates/page.html:3:9]
     2 │ {% block main %}
     3 │ {{ page.titel }}
       ·         ──┬──
       ·           ╰── while rendering /about/
     4 │ {% endblock %}
       ╰────
      help: did you mean `title`? There are: address, breadcrumbs, canonical, description, feed, kind, language, markdown,
            social, title

    5 errors, 0 warnings
    "#);
}
