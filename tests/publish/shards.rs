//! A large archive, published in shards.

use std::fs;

use crate::desk::{Desk, SITE, git_in};

const SHARDS: &str = "[publish]\nshards = \"year\"\nshard_remote = \"../shard-{year}.git\"\n\
                      shard_base_url = \"https://notes.example/archive-{year}/\"\n";

/// An archive of two years, with an empty repository for each.
fn desk() -> Desk {
    let desk = Desk::new();
    for year in ["2020", "2021"] {
        let name = format!("shard-{year}.git");
        git_in(desk.folder.path(), &["init", "-q", "--bare", &name]);
    }
    desk.write("site.toml", &format!("{SITE}{SHARDS}"));
    desk.briefing("ferries", "They sail as in [[winter]]; see [[harbour]].");
    desk.write(
        "content/briefings/2020/winter.md",
        "+++\ntitle = \"On winter\"\ndate = 2020-12-03\ntopics = [\"sea\"]\n+++\n\
         The ferries stop. See [the harbour](/2021/03/harbour/).\n",
    );
    desk
}

/// The text of a file that was published to a repository.
#[track_caller]
fn text(desk: &Desk, repository: &str, path: &str) -> String {
    let repository = desk.folder.path().join(repository);
    git_in(&repository, &["show", &format!("gh-pages:{path}")])
}

fn files(desk: &Desk, repository: &str) -> Vec<String> {
    let repository = desk.folder.path().join(repository);
    let listed = git_in(&repository, &["ls-tree", "-r", "--name-only", "gh-pages"]);
    listed.lines().map(str::to_owned).collect()
}

fn commits(desk: &Desk, repository: &str) -> usize {
    let repository = desk.folder.path().join(repository);
    git_in(&repository, &["rev-list", "gh-pages"])
        .lines()
        .count()
}

#[test]
fn a_front_and_a_shard_for_each_year() {
    let desk = desk();
    let said = desk.publish(&[]).well();
    assert!(said.contains("at ../shard-2020.git as "), "{said}");
    assert!(said.contains("at origin as "), "{said}");

    let front = files(&desk, "remote.git");
    for path in [
        "index.html",
        "topics/sea/index.html",
        "search/index.html",
        "feed.xml",
    ] {
        assert!(front.iter().any(|file| file == path), "{path} in {front:?}");
    }
    assert!(
        !front.iter().any(|file| file.starts_with("202")),
        "{front:?}"
    );
    let shard = files(&desk, "shard-2021.git");
    for path in [
        "2021/index.html",
        "2021/03/ferries/index.html",
        "404.html",
        ".nojekyll",
        "robots.txt",
        "permalinks.txt",
        "sitemap.xml",
        "sitemap-2021.xml",
    ] {
        assert!(shard.iter().any(|file| file == path), "{path} in {shard:?}");
    }
    assert!(
        shard.iter().any(|file| file.starts_with("style.")),
        "{shard:?}"
    );
    assert!(
        !shard
            .iter()
            .any(|file| file.starts_with("topics/sea/index")),
        "{shard:?}"
    );
}

#[test]
fn links_within_a_shard_are_relative_and_all_others_lead_across() {
    let desk = desk();
    desk.publish(&[]).well();
    let page = text(&desk, "shard-2021.git", "2021/03/ferries/index.html");
    for link in [
        "<link rel=\"canonical\" href=\"https://notes.example/archive-2021/2021/03/ferries/\">",
        "href=\"https://notes.example/archive-2020/2020/12/winter/\"",
        "href=\"../../../2021/03/harbour/\"",
        "href=\"https://notes.example/topics/sea/\"",
        "href=\"../../../style.",
        "action=\"https://notes.example/search/\"",
    ] {
        assert!(page.contains(link), "{link} in {page}");
    }
    assert!(!page.contains(['\u{FDD0}', '\u{FDD1}']), "{page}");
    let home = text(&desk, "remote.git", "index.html");
    assert!(
        home.contains("href=\"https://notes.example/archive-2021/2021/03/ferries/\""),
        "{home}"
    );
    assert!(home.contains("href=\"./topics/sea/\""), "{home}");
    let lost = text(&desk, "shard-2021.git", "404.html");
    assert!(lost.contains("href=\"/archive-2021/style."), "{lost}");
    assert!(lost.contains("href=\"https://notes.example/\""), "{lost}");

    let feed = text(&desk, "remote.git", "feed.xml");
    assert!(
        feed.contains("https://notes.example/archive-2021/2021/03/ferries/"),
        "{feed}"
    );
    let sitemaps = text(&desk, "remote.git", "sitemap.xml");
    for part in [
        "https://notes.example/sitemap-undated.xml",
        "https://notes.example/archive-2020/sitemap-2020.xml",
        "https://notes.example/archive-2021/sitemap-2021.xml",
    ] {
        assert!(sitemaps.contains(part), "{part} in {sitemaps}");
    }
    let robots = text(&desk, "shard-2020.git", "robots.txt");
    assert!(
        robots.contains("Sitemap: https://notes.example/archive-2020/sitemap.xml"),
        "{robots}"
    );
    let ledger = text(&desk, "shard-2020.git", "permalinks.txt");
    assert_eq!(ledger, "/2020/12/winter/");
    let search = text(&desk, "remote.git", "search/index.html");
    assert!(
        search.contains("https://notes.example/archive-2021/"),
        "the script finds the years: {search}"
    );
}

#[test]
fn a_year_in_which_nothing_changed_is_left_alone() {
    let desk = desk();
    desk.publish(&[]).well();
    // Not even asked for: it may be unreachable.
    fs::remove_dir_all(desk.folder.path().join("shard-2020.git")).unwrap();
    desk.briefing("harbour", "The harbour closes.");
    let said = desk.publish(&[]).well();
    assert!(said.contains("1 shard is up to date"), "{said}");
    assert_eq!(commits(&desk, "shard-2021.git"), 2);
    let said = desk.publish(&[]).well();
    assert!(said.contains("3 shards are up to date"), "{said}");
}

#[test]
fn a_link_to_another_shard_is_looked_up_there() {
    let desk = desk();
    desk.briefing("harbour", "The harbour opens.\n\n## Prices\n\nThey rise.");
    desk.write(
        "content/briefings/2020/winter.md",
        "+++\ntitle = \"On winter\"\ndate = 2020-12-03\n+++\n\
         See [the prices](/2021/03/harbour/#prices).\n",
    );
    desk.publish(&[]).well();
    desk.briefing("harbour", "The harbour opens.");
    let said = desk.publish(&[]).wrong();
    assert!(
        said.contains("this link leads to a place that is not on its page"),
        "{said}"
    );
    assert!(
        said.contains("https://notes.example/archive-2021/2021/03/harbour/#prices"),
        "{said}"
    );
}

#[test]
fn an_archive_that_is_cut_later_leaves_no_address_behind() {
    let desk = desk();
    desk.write("site.toml", SITE);
    desk.publish(&[]).well();
    desk.write("site.toml", &format!("{SITE}{SHARDS}"));
    // Once for the cut, once more for the day after.
    for text_of_the_day in ["They sail.", "They sail on."] {
        desk.briefing("ferries", text_of_the_day);
        desk.publish(&[]).well();
        let old = text(&desk, "remote.git", "2021/03/ferries/index.html");
        assert!(
            old.contains("url=https://notes.example/archive-2021/2021/03/ferries/"),
            "{old}"
        );
    }
    let page = text(&desk, "shard-2021.git", "2021/03/ferries/index.html");
    assert!(page.contains("They sail on."), "{page}");
}

#[test]
fn a_year_that_has_lost_its_last_article() {
    let desk = desk();
    let to = desk.folder.path().join("site").display().to_string();
    desk.publish(&[]).well();
    desk.publish(&["--to", &to]).well();
    fs::remove_file(desk.archive().join("content/briefings/2020/winter.md")).unwrap();
    desk.briefing("ferries", "They sail.");
    for arguments in [&["--to", &to][..], &[]] {
        let said = desk.publish(arguments).wrong();
        assert!(said.contains("/2020/12/winter/"), "{said}");
    }

    // It has moved to another year: the shard of the old one leads there, and goes on doing so.
    desk.write(
        "content/briefings/2021/winter.md",
        "+++\ntitle = \"On winter\"\ndate = 2021-01-03\ntopics = [\"sea\"]\n\
         aliases = [\"/2020/12/winter/\"]\n+++\nThe ferries stop.\n",
    );
    for text_of_the_day in ["They sail.", "They sail on."] {
        desk.briefing("ferries", text_of_the_day);
        desk.publish(&["--to", &to]).well();
        desk.publish(&[]).well();
        let leads = "url=https://notes.example/archive-2021/2021/01/winter/";
        let page = text(&desk, "shard-2020.git", "2020/12/winter/index.html");
        assert!(page.contains(leads), "{page}");
        let page = fs::read_to_string(format!("{to}/2020/2020/12/winter/index.html")).unwrap();
        assert!(page.contains(leads), "{page}");
    }
    assert!(
        !files(&desk, "shard-2020.git").contains(&"2020/index.html".to_owned()),
        "a year without articles has no list of them"
    );
}

#[test]
fn somebody_else_has_published_a_shard_since() {
    let desk = desk();
    desk.publish(&[]).well();
    let theirs = desk.folder.path().join("theirs");
    desk.git(&[
        "clone",
        "-q",
        "-b",
        "gh-pages",
        "../shard-2021.git",
        "../theirs",
    ]);
    fs::write(theirs.join("extra.html"), "<p>Theirs").unwrap();
    git_in(&theirs, &["add", "-A"]);
    git_in(&theirs, &["commit", "-qm", "Theirs"]);
    git_in(&theirs, &["push", "-q"]);

    desk.briefing("harbour", "The harbour closes.");
    let said = desk.publish(&[]).wrong();
    assert!(
        said.contains("the branch gh-pages of ../shard-2021.git has moved on"),
        "{said}"
    );
    assert_eq!(
        commits(&desk, "remote.git"),
        1,
        "the front waits for its shards"
    );
    desk.publish(&["--force"]).well();
    assert_eq!(commits(&desk, "shard-2021.git"), 3);
}

#[test]
fn a_folder_for_each_shard() {
    let desk = desk();
    let site = desk.folder.path().join("site");
    let to = site.display().to_string();
    desk.publish(&["--to", &to]).well();
    for path in [
        "front/index.html",
        "front/.nojekyll",
        "2020/2020/12/winter/index.html",
        "2021/2021/03/ferries/index.html",
        "2021/404.html",
    ] {
        assert!(site.join(path).is_file(), "{path}");
    }
    let said = desk.publish(&["--to", &to]).well();
    assert!(said.contains(": 0 written, 0 removed"), "{said}");
    fs::remove_file(desk.archive().join("content/briefings/2020/winter.md")).unwrap();
    desk.briefing("ferries", "They sail.");
    let said = desk.publish(&["--to", &to]).wrong();
    assert!(said.contains("/2020/12/winter/"), "{said}");
}

#[test]
fn a_folder_that_was_not_cut_before() {
    let desk = desk();
    let site = desk.folder.path().join("site");
    let to = site.display().to_string();
    desk.write("site.toml", SITE);
    desk.publish(&["--to", &to]).well();
    desk.write("site.toml", &format!("{SITE}{SHARDS}"));
    for _ in 0..2 {
        desk.publish(&["--to", &to]).well();
        let old = fs::read_to_string(site.join("front/2021/03/ferries/index.html")).unwrap();
        assert!(old.contains("archive-2021/2021/03/ferries/"), "{old}");
    }
    assert!(!site.join("index.html").exists());
}

#[test]
fn what_is_missing_is_named() {
    let desk = desk();
    fs::remove_dir_all(desk.folder.path().join("shard-2020.git")).unwrap();
    let said = desk.publish(&[]).wrong();
    assert!(
        said.contains("the repository of a shard can't be reached: ../shard-2020.git"),
        "{said}"
    );
    assert!(said.contains("make it first, empty"), "{said}");

    let without_remote = SHARDS.replace("shard_remote = \"../shard-{year}.git\"\n", "");
    for (settings, wanted) in [
        (
            without_remote.as_str(),
            "nothing says where the site's shards are published",
        ),
        (
            "[publish]\nshards = \"year\"\n",
            "nothing says where a shard stands",
        ),
        (
            "[publish]\nshards = \"year\"\nshard_base_url = \"https://notes.example/\"\n",
            "all shards would be in one place",
        ),
        (
            "[publish]\nshard_base_url = \"https://notes.example/{year}/\"\n",
            "the site isn't published in shards",
        ),
        (
            "[permalinks]\narticle = \"/{slug}/\"\n[publish]\nshards = \"year\"\n",
            "addresses of articles don't say their year",
        ),
    ] {
        desk.write("site.toml", &format!("{SITE}{settings}"));
        let said = desk.publish(&[]).wrong();
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}
