//! Where links written by an editor lead.

use briefbook::archive::ids::Node;
use briefbook::archive::links::Resolved;

use crate::given::{article, given, name};

const MOON: (&str, &str, &str) = (
    "people/moon-jae-in.md",
    "title = \"Moon Jae-in\"\nnames = [\"President Moon\", \"문재인\", \"文在寅\"]",
    "## Early years\n",
);

/// What the links of the article `from` lead to.
fn targets(files: &[(&str, &str, &str)], body: &str) -> Vec<String> {
    let mut files = files.to_vec();
    files.push(("briefings/2021/from.md", "date = 2021-04-01", body));
    let archive = given(&files).sound();
    let from = Node::Article(article(&archive, "from"));
    archive
        .links
        .of(from)
        .iter()
        .map(|link| match link {
            Resolved::Node { node, section } => {
                let section = section.as_ref().map_or(String::new(), |s| format!("#{s}"));
                name(&archive, *node) + &section
            }
            other => format!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_link_names_what_it_leads_to_in_any_way_a_reader_would() {
    let files = [
        MOON,
        (
            "briefings/2021/calendar.md",
            "title = \"Xiamen sets a calendar\"\ndate = 2021-04-05",
            "",
        ),
    ];
    for (written, wanted) in [
        ("[[moon-jae-in]]", "people/moon-jae-in"),
        ("[[moon-jae-in|the president]]", "people/moon-jae-in"),
        ("[[people/moon-jae-in]]", "people/moon-jae-in"),
        ("[[Moon Jae-in]]", "people/moon-jae-in"),
        ("[[President Moon]]", "people/moon-jae-in"),
        ("[[president moon|he]]", "people/moon-jae-in"),
        ("[[문재인]]", "people/moon-jae-in"),
        ("[[文在寅]]", "people/moon-jae-in"),
        (
            "[[President Moon#early-years]]",
            "people/moon-jae-in#early-years",
        ),
        ("[[Xiamen sets a calendar]]", "calendar"),
        ("[[Xiamen Sets a Calendar|that piece]]", "calendar"),
        ("[that piece](calendar.md)", "calendar"),
        (
            "[him](../../people/moon-jae-in.md#early-years)",
            "people/moon-jae-in#early-years",
        ),
    ] {
        assert_eq!(targets(&files, written), [wanted], "{written}");
    }
}

#[test]
fn a_slug_goes_before_a_title() {
    let files = [
        ("topics/quad.md", "title = \"The Quad\"", ""),
        (
            "sources/2021/other.md",
            "title = \"quad\"\ndate = 2021-04-02",
            "",
        ),
    ];
    assert_eq!(targets(&files, "[[quad]]"), ["topics/quad"]);
}

#[test]
fn a_dead_link_is_an_error_that_shows_where_and_what_was_meant() {
    let found = given(&[
        MOON,
        (
            "briefings/2021/from.md",
            "date = 2021-04-01",
            "He met [[President Mon]].",
        ),
    ]);
    let [message] = &found.messages()[..] else {
        panic!("one message is expected: {:?}", found.messages())
    };
    assert!(
        message.contains("content/briefings/2021/from.md:6:8"),
        "{message}"
    );
    assert!(
        message.contains("did you mean `president moon`?"),
        "{message}"
    );
}

#[test]
fn a_section_that_is_not_there_is_an_error_with_the_nearest_one() {
    let found = given(&[
        MOON,
        (
            "briefings/2021/from.md",
            "date = 2021-04-01",
            "See [[Moon Jae-in#early-year]].",
        ),
    ]);
    assert!(found.messages()[0].contains("did you mean `#early-years`?"));
}

#[test]
fn one_name_in_two_taxonomies_must_be_told_apart() {
    let files = [
        ("places/geneva.md", "title = \"Geneva\"", ""),
        (
            "topics/geneva-talks.md",
            "title = \"Geneva talks\"\nnames = [\"Geneva\"]",
            "",
        ),
    ];
    let mut unclear = files.to_vec();
    unclear.push((
        "briefings/2021/from.md",
        "date = 2021-04-01",
        "In [[Geneva]].",
    ));
    let found = given(&unclear);
    let message = &found.messages()[0];
    assert!(
        message.contains("`[[topics/geneva-talks]]`, `[[places/geneva]]`"),
        "{message}"
    );
    assert_eq!(targets(&files, "In [[geneva]]."), ["places/geneva"]);
}

#[test]
fn a_term_and_an_article_with_one_slug_are_told_apart_by_their_folder() {
    let files = [
        ("topics/quad.md", "title = \"The Quad\"", ""),
        (
            "briefings/2021/quad.md",
            "title = \"Four at a table\"\ndate = 2021-04-02",
            "",
        ),
    ];
    assert_eq!(
        targets(
            &files,
            "[[topics/quad]] [[briefings/2021/quad]] [[The Quad]]"
        ),
        ["topics/quad", "quad", "topics/quad"]
    );
}

#[test]
fn a_newspaper_is_no_rival_to_the_organization_of_its_name() {
    let files = [
        (
            "organizations/korea-herald.md",
            "title = \"The Korea Herald\"",
            "",
        ),
        (
            "sources/2021/a.md",
            "date = 2021-04-02\npublisher = \"The Korea Herald\"\nauthors = [\"Ann Lee\"]",
            "",
        ),
    ];
    assert_eq!(
        targets(&files, "[[The Korea Herald]] [[Ann Lee]]"),
        ["organizations/korea-herald", "authors/ann-lee"]
    );
}

#[test]
fn a_link_to_a_draft_says_so() {
    let found = given(&[
        (
            "briefings/2021/soon.md",
            "title = \"Soon enough\"\ndraft = true",
            "",
        ),
        (
            "briefings/2021/from.md",
            "date = 2021-04-01",
            "See [[Soon enough]].",
        ),
    ]);
    assert!(found.messages()[0].contains("this article is a draft"));
}

#[test]
fn a_file_with_a_name_too_long_for_an_address_is_linked_by_that_name() {
    let long =
        "how-two-harbors-on-one-coast-came-to-count-their-ships-in-two-ways-and-what-it-cost-them";
    let path = format!("sources/2021/{long}.md");
    let files = [(path.as_str(), "date = 2021-04-02", "")];
    let found = targets(&files, &format!("[[{long}]]"));
    assert_eq!(found.len(), 1);
    assert!(long.starts_with(&found[0]), "{found:?}");
}
