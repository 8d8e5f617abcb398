//! Publishing to a branch.

use std::fs;

use crate::desk::{Desk, SITE, git_in, hook, make_executable, publish_in, write};

#[test]
fn the_first_publication() {
    let desk = Desk::new();
    fs::write(desk.archive().join("notes.txt"), "not committed").unwrap();
    let before = desk.git(&["status", "--porcelain"]);

    let said = desk.publish(&[]).well();
    assert!(
        said.contains("Published to gh-pages at origin as "),
        "{said}"
    );

    let files = desk.published();
    for path in [
        "index.html",
        "2021/03/ferries/index.html",
        ".nojekyll",
        "404.html",
        "sitemap.xml",
    ] {
        assert!(files.contains_key(path), "{path} in {files:?}");
    }
    assert!(!files.contains_key("site.toml"));
    assert!(
        desk.published_text("2021/03/ferries/index.html")
            .contains("Ferries stop")
    );
    assert_eq!(desk.commits(), 1);
    assert_eq!(
        desk.git_remote(&["log", "-1", "--format=%an: %s", "gh-pages"]),
        "An Editor: Publish the site"
    );
    // The work tree, the index and the branch are as they were, and no other branch is there.
    assert_eq!(desk.git(&["status", "--porcelain"]), before);
    assert_eq!(desk.git(&["branch", "--format=%(refname:short)"]), "main");
    let ours = desk.git(&["for-each-ref", "--format=%(refname)", "refs/briefbook"]);
    assert_eq!(ours, "refs/briefbook/published/origin/gh-pages");
}

#[test]
fn the_second_publication_with_one_article_changed() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    let first = desk.published();

    desk.briefing(
        "ferries",
        "Ferries stop for the storm. They sail again on Friday.",
    );
    let dry = desk.publish(&["--dry-run"]).well();
    assert!(dry.contains("~ /2021/03/ferries/\n"), "{dry}");
    assert_eq!(desk.published(), first, "a dry run sends nothing");

    desk.publish(&["-m", "Ferries sail again"]).well();
    let second = desk.published();
    assert_eq!(desk.commits(), 2);
    let changed = desk.git_remote(&[
        "diff",
        "--name-only",
        "--diff-filter=d",
        "gh-pages~1",
        "gh-pages",
    ]);
    let differ: Vec<&str> = second
        .iter()
        .filter(|(path, name)| first.get(*path) != Some(name))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(changed.lines().collect::<Vec<_>>(), differ);
    assert!(differ.contains(&"2021/03/ferries/index.html"));
    assert!(
        !differ.contains(&"2021/03/harbour/index.html"),
        "{differ:?}"
    );
    assert_eq!(
        desk.git_remote(&["log", "-1", "--format=%s", "gh-pages"]),
        "Ferries sail again"
    );
}

#[test]
fn nothing_to_do() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    let said = desk.publish(&[]).well();
    assert!(
        said.contains("Nothing to publish: gh-pages at origin is up to date"),
        "{said}"
    );
    assert_eq!(desk.commits(), 1);
}

#[test]
fn an_unchanged_page_is_still_held_against_what_changed_around_it() {
    let desk = Desk::new();
    desk.briefing("harbour", "The harbour opens.\n\n## Prices\n\nThey rise.");
    desk.briefing("ferries", "See [the prices](/2021/03/harbour/#prices).");
    desk.publish(&[]).well();
    desk.publish(&[]).well();

    desk.briefing("harbour", "The harbour opens.\n\n## Fees\n\nThey rise.");
    let said = desk.publish(&[]).wrong();
    assert!(
        said.contains("this link leads to a place that is not on its page"),
        "{said}"
    );
    assert!(
        said.contains("2021/03/ferries/index.html:") && said.contains("/harbour/#prices"),
        "the unchanged page is quoted: {said}"
    );
    assert_eq!(desk.commits(), 1);
}

#[test]
fn a_page_that_somebody_changed_on_the_branch_is_made_right_again() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    let first = desk.published();
    desk.git(&[
        "clone",
        "-q",
        "-b",
        "gh-pages",
        "../remote.git",
        "../theirs",
    ]);
    let theirs = desk.folder.path().join("theirs");
    write(&theirs.join("2021/03/ferries/index.html"), "<p>Theirs");
    git_in(&theirs, &["commit", "-qam", "Theirs"]);
    git_in(&theirs, &["push", "-q"]);
    desk.git(&["fetch", "-q"]);
    desk.publish(&[]).well();
    assert_eq!(desk.published(), first);
}

#[test]
fn an_error_in_the_site_keeps_everything_here() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    desk.briefing("ferries", "See [the map](map.png).");
    desk.publish(&[]).wrong();
    assert_eq!(desk.commits(), 1);
}

#[test]
fn an_address_that_would_vanish() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    fs::rename(
        desk.archive().join("content/briefings/2021/ferries.md"),
        desk.archive().join("content/briefings/2021/boats.md"),
    )
    .unwrap();
    let said = desk.publish(&[]).wrong();
    assert!(said.contains("aliases = [\"/2021/03/ferries/\"]"), "{said}");
    assert_eq!(desk.commits(), 1);

    desk.publish(&["--allow-vanished"]).well();
    assert!(!desk.published().contains_key("2021/03/ferries/index.html"));
}

#[test]
fn somebody_else_has_published_since() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    let theirs = desk.folder.path().join("theirs");
    desk.git(&[
        "clone",
        "-q",
        "--branch",
        "gh-pages",
        "../remote.git",
        "../theirs",
    ]);
    write(&theirs.join("extra.html"), "<p>Theirs");
    let ledger = fs::read_to_string(theirs.join("permalinks.txt")).unwrap();
    write(
        &theirs.join("permalinks.txt"),
        &format!("{ledger}/extra.html\n"),
    );
    git_in(&theirs, &["add", "-A"]);
    git_in(&theirs, &["commit", "-qm", "Theirs"]);
    git_in(&theirs, &["push", "-q"]);

    desk.briefing("ferries", "Ferries sail.");
    let said = desk.publish(&[]).wrong();
    assert!(
        said.contains("the branch gh-pages of origin has moved on"),
        "{said}"
    );
    assert!(desk.published().contains_key("extra.html"));

    // Who has seen it may publish upon it.
    desk.git(&["fetch", "-q"]);
    let said = desk.publish(&[]).wrong();
    assert!(said.contains("/extra.html"), "{said}");
    desk.publish(&["--allow-vanished"]).well();
    assert!(!desk.published().contains_key("extra.html"));
    assert_eq!(desk.commits(), 3, "their commit stays the one before");
}

#[test]
fn publishing_over_what_was_never_seen_has_to_be_meant() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    desk.git(&[
        "clone",
        "-q",
        "--single-branch",
        "--branch",
        "main",
        ".",
        "../second",
    ]);
    let second = desk.folder.path().join("second");
    git_in(&second, &["remote", "set-url", "origin", "../remote.git"]);
    write(
        &second.join("content/pages/about.md"),
        "+++\ntitle = \"About\"\n+++\nUs.\n",
    );

    let said = publish_in(&second, &[]).wrong();
    assert!(
        said.contains("that this repository has never seen"),
        "{said}"
    );
    assert!(
        said.contains("git fetch origin gh-pages:refs/remotes/origin/gh-pages"),
        "{said}"
    );
    publish_in(&second, &["--force"]).well();
    assert_eq!(desk.commits(), 2, "what was there stays the commit before");
    assert!(desk.published().contains_key("about/index.html"));
}

/// Their commit arrives after ours was made and before it is sent.
#[cfg(unix)]
#[test]
fn even_force_does_not_overwrite_what_came_in_the_meantime() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    hook(
        &desk.archive().join(".git"),
        "pre-push",
        "cd ../remote.git\n\
         unset GIT_DIR\n\
         theirs=$(git commit-tree 'gh-pages^{tree}' -p gh-pages -m Theirs)\n\
         git update-ref refs/heads/gh-pages $theirs",
    );
    desk.briefing("ferries", "Ferries sail.");
    let said = desk.publish(&["--force"]).wrong();
    assert!(said.contains("origin did not take the site"), "{said}");
    let last = desk.git_remote(&["log", "-1", "--format=%s", "gh-pages"]);
    assert_eq!(last, "Theirs", "{said}");
}

#[test]
fn one_commit_is_enough() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    desk.briefing("ferries", "Ferries sail.");
    desk.publish(&["--squash"]).well();
    assert_eq!(desk.commits(), 1);
    assert!(
        desk.published_text("2021/03/ferries/index.html")
            .contains("Ferries sail")
    );
    assert!(desk.published().contains_key("2021/03/harbour/index.html"));
}

#[cfg(unix)]
#[test]
fn the_remote_refuses() {
    let desk = Desk::new();
    hook(
        &desk.remote(),
        "pre-receive",
        "echo 'the site is frozen until Monday' >&2; exit 1",
    );
    let said = desk.publish(&[]).wrong();
    assert!(said.contains("origin did not take the site"), "{said}");
    assert!(said.contains("the site is frozen until Monday"), "{said}");

    fs::remove_file(desk.remote().join("hooks/pre-receive")).unwrap();
    desk.publish(&[]).well();
    assert_eq!(desk.commits(), 1);
}

#[cfg(unix)]
#[test]
fn the_editors_own_hook_refuses() {
    let desk = Desk::new();
    let hooks = desk.archive().join(".git");
    hook(&hooks, "pre-push", "echo 'not on a Friday' >&2; exit 1");
    let said = desk.publish(&[]).wrong();
    assert!(said.contains("not on a Friday"), "{said}");
    assert_eq!(desk.git_remote(&["for-each-ref"]), "");
}

#[cfg(unix)]
#[test]
fn a_push_that_is_interrupted_before_it_arrives() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    desk.briefing("ferries", "Ferries sail.");
    // The connection is lost while the remote is still reading.
    hook(&desk.remote(), "pre-receive", "kill -9 $PPID");
    desk.publish(&[]).wrong();
    assert_eq!(desk.commits(), 1);

    fs::remove_file(desk.remote().join("hooks/pre-receive")).unwrap();
    desk.publish(&[]).well();
    assert_eq!(desk.commits(), 2);
}

#[cfg(unix)]
#[test]
fn a_push_that_is_interrupted_after_it_has_arrived() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    desk.briefing("ferries", "Ferries sail.");
    // The remote has the commit, and its answer is lost.
    hook(&desk.remote(), "post-update", "kill -9 $PPID");
    let _ = desk.publish(&[]);
    assert_eq!(desk.commits(), 2);
    fs::remove_file(desk.remote().join("hooks/post-update")).unwrap();

    let said = desk.publish(&[]).well();
    assert!(said.contains("Nothing to publish"), "{said}");
    desk.briefing("harbour", "The harbour closes.");
    desk.publish(&[]).well();
    assert_eq!(desk.commits(), 3);
}

#[test]
fn a_domain_of_ones_own() {
    let desk = Desk::new();
    desk.write(
        "site.toml",
        &format!("{SITE}[publish]\ndomain = \"notes.example\"\n"),
    );
    desk.publish(&[]).well();
    assert_eq!(desk.published_text("CNAME"), "notes.example");

    let said = desk
        .publish(&["--base-url", "https://other.example/"])
        .wrong();
    assert!(
        said.contains("CNAME says notes.example, and the base address says other.example"),
        "{said}"
    );
}

#[test]
fn a_domain_chosen_in_githubs_settings_is_not_lost() {
    let desk = Desk::new();
    desk.publish(&[]).well();
    desk.git(&[
        "clone",
        "-q",
        "--branch",
        "gh-pages",
        "../remote.git",
        "../github",
    ]);
    let github = desk.folder.path().join("github");
    write(&github.join("CNAME"), "notes.example\n");
    git_in(&github, &["add", "-A"]);
    git_in(&github, &["commit", "-qm", "Create CNAME"]);
    git_in(&github, &["push", "-q"]);
    desk.git(&["fetch", "-q"]);

    let said = desk.publish(&[]).wrong();
    assert!(
        said.contains("the site would lose its domain, notes.example"),
        "{said}"
    );
    desk.write(
        "site.toml",
        &format!("{SITE}[publish]\ndomain = \"notes.example\"\n"),
    );
    let said = desk.publish(&[]).well();
    assert!(said.contains("Nothing to publish"), "{said}");
}

#[test]
fn an_address_that_is_still_an_example() {
    let desk = Desk::new();
    let said = desk.publish(&["--base-url", "https://example.org/"]);
    assert!(
        said.stderr
            .contains("the base address is still an example: example.org")
    );
    said.well();
}

#[test]
fn a_site_below_a_path() {
    let desk = Desk::new();
    desk.publish(&["--base-url", "https://editor.github.io/archive/"])
        .well();
    let sitemap = desk.published_text("sitemap-2021.xml");
    assert!(
        sitemap.contains("<loc>https://editor.github.io/archive/2021/03/ferries/</loc>"),
        "{sitemap}"
    );
    assert!(desk.published_text("404.html").contains("\"/archive/"));
}

#[test]
fn another_branch_another_remote_another_message() {
    let desk = Desk::new();
    let address = desk.remote().display().to_string().replace('\\', "/");
    desk.write(
        "site.toml",
        &format!("{SITE}[publish]\nremote = \"{address}\"\nbranch = \"sites/notes\"\nmessage = \"New notes\"\n"),
    );
    desk.publish(&[]).well();
    assert_eq!(
        desk.git_remote(&["log", "-1", "--format=%s", "sites/notes"]),
        "New notes"
    );
    let said = desk.publish(&[]).well();
    assert!(said.contains("Nothing to publish"), "{said}");
}

#[test]
fn from_a_second_work_tree_with_a_detached_head() {
    let desk = Desk::new();
    desk.git(&["worktree", "add", "-q", "--detach", "../tree"]);
    let tree = desk.folder.path().join("tree");
    publish_in(&tree, &[]).well();
    // What one work tree has published, the other knows.
    let said = desk.publish(&[]).well();
    assert!(said.contains("Nothing to publish"), "{said}");
}

#[test]
fn an_archive_in_a_folder_of_its_repository() {
    let desk = Desk::new();
    desk.git(&["switch", "-q", "-c", "nested"]);
    fs::create_dir(desk.archive().join("notes")).unwrap();
    desk.git(&["mv", "site.toml", "content", "notes"]);
    publish_in(&desk.archive().join("notes"), &[]).well();
    assert!(desk.published().contains_key("index.html"));
}

#[cfg(unix)]
#[test]
fn a_commit_is_signed_where_that_is_configured() {
    let desk = Desk::new();
    let signer = desk.folder.path().join("signer");
    // Stands in for gpg: git wants a status line, and a signature.
    write(
        &signer,
        "#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho 'a signature'\n",
    );
    make_executable(&signer);
    desk.git(&["config", "gpg.program", &signer.display().to_string()]);
    desk.git(&["config", "commit.gpgSign", "true"]);
    desk.publish(&[]).well();
    let commit = desk.git_remote(&["cat-file", "commit", "gh-pages"]);
    assert!(commit.contains("gpgsig a signature"), "{commit}");
}

#[test]
fn a_repository_that_names_its_objects_with_sha256() {
    let desk = Desk::new();
    fs::remove_dir_all(desk.remote()).unwrap();
    fs::remove_dir_all(desk.archive().join(".git")).unwrap();
    let folder = desk.folder.path();
    git_in(
        folder,
        &[
            "init",
            "-q",
            "--bare",
            "--object-format=sha256",
            "remote.git",
        ],
    );
    desk.git(&["init", "-q", "--object-format=sha256"]);
    desk.git(&["remote", "add", "origin", "../remote.git"]);
    desk.publish(&[]).well();
    let said = desk.publish(&[]).well();
    assert!(said.contains("Nothing to publish"), "{said}");
}

#[test]
fn a_style_stays_for_one_release_longer() {
    let desk = Desk::new();
    let style = |colour: &str| {
        desk.write(
            "themes/default/static/own.css",
            &format!("p{{color:{colour}}}"),
        );
    };
    let published = || -> Vec<String> {
        let files = desk.published().into_keys();
        files.filter(|path| path.starts_with("own.")).collect()
    };
    style("red");
    desk.publish(&[]).well();
    let red = published();
    assert_eq!(red.len(), 1);

    style("blue");
    desk.publish(&[]).well();
    let both = published();
    assert_eq!(both.len(), 2);
    assert!(both.contains(&red[0]));
    let said = desk.publish(&[]).well();
    assert!(said.contains("Nothing to publish"), "{said}");
    assert_eq!(published(), both);

    desk.briefing("ferries", "Ferries sail.");
    desk.publish(&[]).well();
    assert_eq!(published().len(), 1);
    assert!(!published().contains(&red[0]));
}

#[test]
fn who_has_the_search_page_open_can_still_search() {
    let desk = Desk::new();
    let index = || -> Vec<String> {
        let files = desk.published().into_keys();
        let part = |path: &String| path.starts_with("search/terms-");
        files.filter(part).collect()
    };
    desk.publish(&[]).well();
    let first = index();
    desk.briefing("ferries", "Icebreakers lead the way.");
    desk.publish(&[]).well();
    let both = index();
    assert!(
        both.len() > first.len() && both.contains(&first[0]),
        "{both:?}"
    );
    desk.briefing("ferries", "Icebreakers turn back.");
    desk.publish(&[]).well();
    assert!(!index().contains(&first[0]));
}

#[cfg(unix)]
#[test]
fn a_commit_is_signed_with_an_ssh_key() {
    let desk = Desk::new();
    let key = desk.folder.path().join("key").display().to_string();
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f", &key])
        .status()
        .unwrap();
    assert!(made.success());
    desk.git(&["config", "gpg.format", "ssh"]);
    desk.git(&["config", "user.signingKey", &key]);
    desk.git(&["config", "commit.gpgSign", "true"]);
    desk.publish(&[]).well();
    let commit = desk.git_remote(&["cat-file", "commit", "gh-pages"]);
    assert!(commit.contains("-----BEGIN SSH SIGNATURE-----"), "{commit}");
}

#[test]
fn what_is_missing_is_named() {
    let desk = Desk::new();
    desk.git(&["remote", "rename", "origin", "home"]);
    let said = desk.publish(&[]).wrong();
    assert!(said.contains("there is no remote `origin`"), "{said}");
    assert!(said.contains("site.toml: home"), "{said}");

    fs::remove_dir_all(desk.archive().join(".git")).unwrap();
    let said = desk.publish(&[]).wrong();
    assert!(
        said.contains("the archive is in no git repository"),
        "{said}"
    );
}
