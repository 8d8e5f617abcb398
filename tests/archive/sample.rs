//! The archive that comes with briefbook shows every kind of link, group and chart.

use std::collections::BTreeMap;
use std::path::Path;

use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::archive::linked::Archive;
use briefbook::content::config::Config;
use briefbook::content::disk::read_config;
use briefbook::content::kept::Kept;
use briefbook::content::recent::Recent;
use briefbook::diagnostic::Findings;

use crate::given::{Given, pages};

fn sample() -> Archive {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut findings = Findings::default();
    let config = Config::parse(&read_config(root).unwrap()).unwrap();
    let library = Recent::default().library(root, config, &Kept::new(), &mut findings);
    let selection = Selection {
        today: jiff::civil::date(2030, 1, 1),
        unpublished: Unpublished::HoldBack,
    };
    let archive = Archive::link(library, selection, &Kept::new(), &mut findings);
    Given { archive, findings }.sound()
}

/// The part of a page from the heading or element with this id to the end of its section.
fn section<'a>(page: &'a str, id: &str) -> &'a str {
    let from = page
        .find(&format!("id=\"{id}\""))
        .unwrap_or_else(|| panic!("the page has no `{id}`"));
    let rest = &page[from..];
    &rest[..rest.find("</section>").unwrap_or(rest.len())]
}

/// A link from a page that stands `depth` folders below the root.
fn to(address: &str, depth: usize) -> String {
    format!("href=\"{}{address}", "../".repeat(depth))
}

#[test]
fn the_sample_shows_every_kind_of_link() {
    let pages = pages(&sample());
    let article = |slug: &str| &pages[&format!("/2021/{slug}/")];

    let summit = article("03/the-quad-meets-at-the-top");
    // By slug, by slug with a text of its own, by file and section.
    assert!(summit.contains(&to("topics/quad/\"", 3)));
    assert!(summit.contains(&to("topics/us-rok-alliance/\">alliance</a>", 3)));
    let section_link = to(
        "2021/03/seoul-settles-its-cost-sharing-bill/#implications\"",
        3,
    );
    assert!(summit.contains(&section_link));
    // By title and section.
    let envoys = article("06/anywhere-anytime");
    let by_title = to(
        "2021/04/three-security-advisers-in-annapolis/#what-happened\">Annapolis</a>",
        3,
    );
    assert!(envoys.contains(&by_title));

    // Mentions: in English, and in Korean with a particle behind the name.
    let archive = sample();
    let mentioned = |slug: &str| {
        let id = crate::given::article(&archive, slug);
        let node = briefbook::archive::ids::Node::Article(id);
        let body = archive.article(id).body.markdown();
        let found = archive.mentions.of(node);
        found
            .iter()
            .map(|mention| body[mention.range.clone()].to_owned())
            .collect::<Vec<_>>()
    };
    assert!(!mentioned("a-spring-of-meetings").is_empty());
    assert!(
        mentioned("hanmi-oegyo-gukbang-jangwan-hoeui")
            .iter()
            .any(|name| name.chars().all(|c| c as u32 > 0xac00))
    );

    // Backlinks with their sentence, on articles and terms.
    assert!(section(summit, "backlinks").contains("<blockquote>"));
    assert!(section(&pages["/topics/quad/"], "backlinks").contains("<blockquote"));

    // Sources, both ways.
    let mirror = article("04/a-mirror-schedule");
    let source = "2021/04/beijing-calibrates-its-approach-to-seoul/";
    assert!(section(mirror, "sources").contains(source));
    let drawn_on = article("04/beijing-calibrates-its-approach-to-seoul");
    assert!(section(drawn_on, "drawn-on-by").contains("a-mirror-schedule"));

    // Translations, both ways, and an old address that leads on.
    let korean = article("03/hanmi-oegyo-gukbang-jangwan-hoeui");
    assert!(korean.contains(&to("2021/03/two-plus-two-returns-to-seoul/\"", 3)));
    let original = article("03/two-plus-two-returns-to-seoul");
    assert!(original.contains(&to("2021/03/hanmi-oegyo-gukbang-jangwan-hoeui/\"", 3)));
    assert!(pages["/old/quad-outreach/"].contains("quiet-questions-about-the-quad"));
    assert!(pages["/_redirects"].contains("/people/biden/ /people/joe-biden/ 301"));
}

#[test]
fn the_sample_shows_every_kind_of_group() {
    let archive = sample();
    let pages = pages(&archive);
    for address in [
        "/2020/",
        "/2021/04/",
        "/2021/w15/",
        "/series/narrow-seas-weekly/",
        "/series/narrow-seas-weekly/issue/14/",
        "/topics/",
        "/topics/quad/",
        "/people/moon-jae-in/",
        "/places/seoul/",
        "/organizations/g7/",
        "/publishers/",
        "/authors/maritime-desk/",
        "/agreements/sma-11/",
        "/events/xiamen-talks/",
        "/threads/quad-and-seoul/",
    ] {
        assert!(pages.contains_key(address), "{address} is missing");
    }
    // A parent gathers what is filed under its child only.
    let parent = &pages["/topics/us-rok-alliance/"];
    assert!(parent.contains(&to("topics/defense-cost-sharing/\"", 2)));
    // Previous and next skip what is empty; other years have the same week.
    assert!(pages["/2020/w25/"].contains(&to("2021/w10/\"", 2)));
    assert!(pages["/2021/w25/"].contains(&to("2020/w25/\"", 2)));
    assert!(pages["/2020/06/"].contains(&to("2021/03/\"", 2)));
    // A found event would need two publishers; this one is named, and one report is kept out.
    let event = &pages["/events/xiamen-talks/"];
    assert!(!event.contains("beijing-calibrates-its-approach-to-seoul"));
    // What is held back is known, and nowhere to be seen.
    assert_eq!(archive.held_back.len(), 1);
    let draft = &archive.held_back[0].article.slug;
    let shown: Vec<&String> = pages
        .iter()
        .filter(|(_, page)| page.contains(draft.as_str()))
        .map(|(address, _)| address)
        .collect();
    assert!(shown.is_empty(), "{shown:?}");
}

#[test]
fn the_sample_shows_every_chart_without_a_script() {
    let pages = pages(&sample());
    let charts: BTreeMap<&str, &str> = [
        ("/2021/", "<table"),
        ("/2021/04/", "<table"),
        ("/topics/quad/", "<table class=\"years\""),
    ]
    .into();
    for (address, chart) in charts {
        let page = &pages[address];
        let main = &page[page.find("<main").unwrap()..page.find("</main>").unwrap()];
        assert!(main.contains(chart), "{address} has no {chart}");
        assert!(!main.contains("<script"), "{address}");
    }
}

#[test]
fn the_sample_shows_corrections_and_withdrawals_in_lists_and_feeds() {
    let archive = sample();
    let pages = pages(&archive);
    let corrected = archive
        .entries
        .iter()
        .find(|entry| !entry.article.front.corrections.is_empty())
        .unwrap();
    let note = &corrected.article.front.corrections[0].note;
    let words: String = note.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let address = format!(
        "/2021/{:02}/{}/",
        corrected.day.unwrap().month(),
        corrected.article.slug
    );
    assert!(pages[&address].contains(&words), "{address}: {words}");
    let withdrawn = &pages["/2021/04/seoul-said-to-weigh-a-quad-seat/"];
    assert!(withdrawn.contains("rested on a single newspaper report"));
    assert!(!withdrawn.contains("If the report is right"));
    let list = &pages["/2021/04/"];
    let mut cards = list.split("<article class=\"card\">");
    let card = cards
        .find(|card| card.contains(">Pressed on the Quad"))
        .unwrap();
    assert!(card.contains(">Withdrawn<"), "{card}");
    assert!(pages["/feed.xml"].contains("[2021-04-13: This briefing rested"));
}
