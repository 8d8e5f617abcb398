//! Names of terms in running text.

use briefbook::archive::ids::Node;
use briefbook::archive::linked::Archive;

use crate::given::{article, given, name, page, term};

const PEOPLE: [(&str, &str, &str); 6] = [
    (
        "people/moon-jae-in.md",
        "title = \"Moon Jae-in\"\nnames = [\"President Moon\", \"문재인\", \"文在寅\", \"Moon\"]\nambiguous = [\"Moon\"]",
        "",
    ),
    (
        "people/xi-jinping.md",
        "title = \"Xi Jinping\"\nnames = [\"习近平\", \"習近平\"]",
        "",
    ),
    (
        "places/seoul.md",
        "title = \"Seoul\"\nnames = [\"서울\"]",
        "",
    ),
    (
        "organizations/seoul-forum.md",
        "title = \"Seoul Forum\"",
        "",
    ),
    ("topics/regional-trade.md", "title = \"Regional Trade\"", ""),
    ("organizations/who.md", "title = \"WHO\"", ""),
];

/// What a briefing with this text mentions, as written there.
fn mentioned(front: &str, text: &str) -> Vec<(String, String)> {
    let mut files = PEOPLE.to_vec();
    let front = format!("date = 2021-04-01\n{front}");
    files.push(("briefings/2021/from.md", &front, text));
    let archive = given(&files).sound();
    let id = article(&archive, "from");
    let body = archive.article(id).body.markdown();
    let found = archive.mentions.of(Node::Article(id));
    found
        .iter()
        .map(|mention| {
            let to = name(&archive, Node::Term(mention.term));
            (to, body[mention.range.clone()].to_owned())
        })
        .collect()
}

#[test]
fn the_first_mention_of_a_term_is_found_by_whole_words_longest_first() {
    for (text, wanted) in [
        (
            "Moon Jae-in left. Moon Jae-in came.",
            &[("people/moon-jae-in", "Moon Jae-in")][..],
        ),
        (
            "The Seoul Forum met.",
            &[("organizations/seoul-forum", "Seoul Forum")],
        ),
        ("Seoulites met.", &[]),
        ("The Seoul Harbor Gazette said so.", &[]),
        ("Seoul Mayor Oh was there.", &[("places/seoul", "Seoul")]),
        ("They met in Seoul Tuesday.", &[("places/seoul", "Seoul")]),
        ("In West Seoul it rained.", &[]),
        (
            "In Seoul Xi Jinping smiled.",
            &[
                ("places/seoul", "Seoul"),
                ("people/xi-jinping", "Xi Jinping"),
            ],
        ),
        (
            "They met in Seoul. Moon was there.",
            &[("places/seoul", "Seoul")],
        ),
        (
            "President\nMoon spoke.",
            &[("people/moon-jae-in", "President\nMoon")],
        ),
        (
            "Dull regional trade.",
            &[("topics/regional-trade", "regional trade")],
        ),
        ("The WHO knows who.", &[("organizations/who", "WHO")]),
        ("Nobody knows who.", &[]),
        ("A full Moon.", &[]),
        ("서울은 조용했다.", &[("places/seoul", "서울")]),
        ("서울에서는 조용했다.", &[("places/seoul", "서울")]),
        ("서울대는 조용했다.", &[]),
        ("中国国家主席习近平表示", &[("people/xi-jinping", "习近平")]),
        ("韓国の文在寅大統領は", &[("people/moon-jae-in", "文在寅")]),
    ] {
        let found = mentioned("", text);
        let found: Vec<_> = found.iter().map(|(to, text)| (&**to, &**text)).collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn no_name_is_looked_for_in_links_code_headings_and_addresses() {
    for text in [
        "## Seoul",
        "`Seoul`",
        "```\nSeoul\n```",
        "[Seoul](https://example.org/)",
        "![Seoul](https://example.org/a.png)",
        "see https://Seoul.example.org/Seoul",
        "write to desk@Seoul.example",
    ] {
        assert_eq!(mentioned("", text), [], "{text}");
    }
}

#[test]
fn an_article_can_switch_mentions_off() {
    assert_eq!(mentioned("mentions = false", "In Seoul."), []);
}

#[test]
fn a_name_of_two_terms_is_left_alone_unless_the_article_is_about_one_of_them() {
    let files = |front: &'static str| {
        [
            (
                "people/kim-a.md",
                "title = \"Kim A\"\nnames = [\"Minister Kim\"]",
                "",
            ),
            (
                "people/kim-b.md",
                "title = \"Kim B\"\nnames = [\"Minister Kim\"]",
                "",
            ),
            ("briefings/2021/from.md", front, "So said Minister Kim."),
        ]
    };
    let count = |archive: &Archive| archive.mentions.iter().count();
    let unclear = given(&files("date = 2021-04-01"));
    assert_eq!(count(&unclear.archive), 0);
    let clear = given(&files("date = 2021-04-01\npeople = [\"kim-b\"]"));
    assert_eq!(count(&clear.archive), 1);
}

#[test]
fn a_reader_gets_the_first_mention_as_a_link_and_an_editors_link_as_it_is() {
    let mut files = PEOPLE.to_vec();
    files.push((
        "briefings/2021/from.md",
        "date = 2021-04-01",
        "In Seoul & elsewhere, *President*\nMoon met Xi\nJinping. Seoul again, and [[moon-jae-in|him]].",
    ));
    let archive = given(&files).sound();
    let html = page(&archive, "/2021/04/from/");
    assert!(
        html.contains(
            "In <a class=\"mention\" href=\"../../../places/seoul/\">Seoul</a> &amp; elsewhere, "
        ),
        "{html}"
    );
    assert!(html.contains(">Xi\nJinping</a>. Seoul again"), "{html}");
    assert_eq!(html.matches("people/moon-jae-in/").count(), 1, "{html}");
}

#[test]
fn a_person_page_shows_every_article_that_names_the_person() {
    let mut files = PEOPLE.to_vec();
    files.extend([
        (
            "briefings/2021/tagged.md",
            "date = 2021-04-01\npeople = [\"xi-jinping\"]",
            "",
        ),
        (
            "briefings/2021/named.md",
            "date = 2021-04-02",
            "All quiet. Xi Jinping spoke. They ate.",
        ),
        (
            "briefings/2021/linked.md",
            "date = 2021-04-03",
            "So did [[xi-jinping|the chairman]].",
        ),
        (
            "sources/2021/foreign.md",
            "date = 2021-04-04",
            "Xi Jinping, in somebody else's words.",
        ),
    ]);
    let archive = given(&files).sound();
    let xi = term(&archive, "people/xi-jinping");
    let names: Vec<_> = archive.mentioned_in[xi.index()]
        .iter()
        .map(|id| &*archive.article(*id).slug)
        .collect();
    assert_eq!(names, ["foreign", "linked", "named"]);
    let html = page(&archive, "/people/xi-jinping/");
    assert!(
        html.contains("<blockquote>Xi Jinping spoke.</blockquote>"),
        "{html}"
    );
    assert!(
        html.contains("<blockquote>So did the chairman.</blockquote>"),
        "{html}"
    );
    assert!(
        html.contains("foreign/") && !html.contains("somebody else"),
        "{html}"
    );
}

#[test]
fn a_page_shows_the_sentence_that_links_to_it() {
    let archive = given(&[
        (
            "briefings/2021/to.md",
            "title = \"The calendar\"\ndate = 2021-04-01",
            "",
        ),
        (
            "briefings/2021/from.md",
            "title = \"Later\"\ndate = 2021-04-02",
            "First. As [[to]] said, *nothing* came of it. Last.",
        ),
        (
            "topics/quad.md",
            "title = \"Quad\"",
            "See [The story](../briefings/2021/to.md) first!",
        ),
    ])
    .sound();
    let html = page(&archive, "/2021/04/to/");
    assert!(
        html.contains("<blockquote>As The calendar said, nothing came of it.</blockquote>"),
        "{html}"
    );
    assert!(
        html.contains("<blockquote>See The story first!</blockquote>"),
        "{html}"
    );
}
