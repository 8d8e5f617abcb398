//! Days, weeks and months; titles in every script.

use crate::given::{addresses, article, given, page};

const fn at(path: &'static str, front: &'static str) -> (&'static str, &'static str, &'static str) {
    (path, front, "")
}

#[test]
fn an_article_of_half_past_midnight_in_seoul_is_not_yesterdays() {
    let archive = given(&[
        at("briefings/2021/a.md", "date = 2021-03-31T15:30:00Z"),
        at("briefings/2021/b.md", "date = 2021-04-01"),
        at("briefings/2021/c.md", "date = 2021-03-31T23:30:00+09:00"),
    ])
    .sound();
    let stands = addresses(&archive);
    for address in ["/2021/04/a/", "/2021/04/b/", "/2021/03/c/"] {
        assert!(
            stands.iter().any(|known| known == address),
            "{address} in {stands:?}"
        );
    }
}

#[test]
fn a_leap_week_holds_the_days_of_two_years() {
    let archive = given(&[
        at(
            "briefings/2020/a.md",
            "title = \"Before\"\ndate = 2020-12-31",
        ),
        at(
            "briefings/2021/b.md",
            "title = \"Between\"\ndate = 2021-01-03",
        ),
        at(
            "briefings/2021/c.md",
            "title = \"After\"\ndate = 2021-01-04",
        ),
    ])
    .sound();
    let week = page(&archive, "/2020/w53/");
    assert!(week.contains("Before") && week.contains("Between") && !week.contains("After"));
    assert!(week.contains("href=\"../../2021/w01/\""), "{week}");
    assert!(page(&archive, "/2021/w01/").contains("href=\"../../2020/w53/\""));
}

#[test]
fn previous_and_next_skip_what_is_empty() {
    let archive = given(&[
        at("briefings/2018/a.md", "date = 2018-02-03"),
        at("briefings/2021/b.md", "date = 2021-11-12"),
    ])
    .sound();
    for (here, there) in [
        ("/2021/", "../2018/"),
        ("/2018/", "../2021/"),
        ("/2021/11/", "../../2018/02/"),
        ("/2018/w05/", "../../2021/w45/"),
    ] {
        let html = page(&archive, here);
        assert!(
            html.contains(&format!("href=\"{there}\"")),
            "{here}: {there}"
        );
    }
}

#[test]
fn drafts_and_articles_of_days_to_come_are_held_back_and_listed() {
    let given = given(&[
        at("briefings/2021/a.md", "date = 2021-01-01"),
        at("briefings/2021/b.md", "date = 2021-01-01\ndraft = true"),
        at("briefings/2031/c.md", "date = 2031-01-01"),
    ]);
    let held: Vec<_> = given
        .archive
        .held_back
        .iter()
        .map(|h| &*h.article.slug)
        .collect();
    assert_eq!(held, ["b", "c"]);
    assert_eq!(given.archive.entries.len(), 1);
}

#[test]
fn titles_of_every_script_have_an_address_and_a_place() {
    let archive = given(&[
        at(
            "briefings/2021/한미 정상회담.md",
            "title = \"한미 정상회담\"\ndate = 2021-05-21",
        ),
        at(
            "briefings/2021/中韩外长会谈.md",
            "title = \"中韩外长会谈\"\ndate = 2021-04-03",
        ),
        at(
            "briefings/2021/日韓会談.md",
            "title = \"日韓会談\"\ndate = 2021-06-01",
        ),
        (
            "briefings/2021/from.md",
            "date = 2021-07-01",
            "[[한미 정상회담]], [[中韩外长会谈]], [[日韓会談]]",
        ),
    ])
    .sound();
    let html = page(&archive, "/2021/07/from/");
    for title in ["한미 정상회담", "中韩外长会谈", "日韓会談"] {
        assert!(html.contains(&format!(">{title}</a>")), "{title}");
    }
    article(&archive, "hanmi-jeongsanghoedam");
}
