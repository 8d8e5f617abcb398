//! Taxonomies and the terms in them.

use crate::given::{article, given, given_with, page, term};

const TREATIES: &str = "[[taxonomies]]\nname = \"treaties\"\ntitle = \"Treaties\"\n";

#[test]
fn an_archive_groups_articles_by_taxonomies_of_its_own() {
    let archive = given_with(
        TREATIES,
        &[
            (
                "treaties/mutual-defense.md",
                "title = \"Mutual Defense Treaty\"",
                "Signed in 1953.",
            ),
            (
                "briefings/2021/a.md",
                "title = \"A pact at work\"\ndate = 2021-04-01\ntreaties = [\"mutual-defense\"]",
                "",
            ),
        ],
    )
    .sound();
    let treaty = archive.term(term(&archive, "treaties/mutual-defense"));
    assert_eq!(treaty.articles, [article(&archive, "a")]);
    assert!(page(&archive, "/treaties/mutual-defense/").contains("A pact at work"));
    let index = page(&archive, "/treaties/");
    assert!(index.contains("<h1>Treaties</h1>") && index.contains("Mutual Defense Treaty"));
    assert!(page(&archive, "/2021/04/a/").contains("treaties/mutual-defense/"));
}

#[test]
fn a_field_that_names_no_taxonomy_is_still_an_error_where_it_stands() {
    let files = [(
        "briefings/2021/a.md",
        "date = 2021-04-01\ntreatise = [\"x\"]",
        "",
    )];
    let message = &given_with(TREATIES, &files).messages()[0];
    assert!(
        message.contains("there is no field `treatise`"),
        "{message}"
    );
    assert!(message.contains("a.md:4:1"), "{message}");
    let folder = given(&[("treaties/x.md", "", "")]);
    assert!(folder.messages()[0].contains("briefings/, sources/, pages/, topics/"));
}

#[test]
fn a_strict_taxonomy_refuses_terms_without_a_file() {
    let strict = "[[taxonomies]]\nname = \"topics\"\nvocabulary = \"strict\"\n";
    let found = given_with(
        strict,
        &[
            ("topics/elections.md", "title = \"Elections\"", ""),
            (
                "briefings/2021/a.md",
                "date = 2021-04-01\ntopics = [\"elections\", \"electons\"]\nplaces = [\"seoul\"]",
                "",
            ),
        ],
    );
    let messages = found.messages();
    assert_eq!(found.findings.errors(), 1, "{messages:?}");
    assert!(
        messages[0].contains("did you mean `elections`?"),
        "{}",
        messages[0]
    );
    assert!(
        messages[0].contains("content/topics/electons.md"),
        "{}",
        messages[0]
    );
}

#[test]
fn two_spellings_of_one_term_are_warned_about() {
    let found = given(&[
        ("topics/election.md", "title = \"Election\"", ""),
        ("people/xi-jinping.md", "title = \"Xi Jinping\"", ""),
        ("people/xi-mingze.md", "title = \"Xi Mingze\"", ""),
        (
            "briefings/2021/a.md",
            "date = 2021-04-01\ntopics = [\"elections\", \"election\"]\npeople = [\"xi-jin-ping\"]",
            "",
        ),
    ]);
    let messages = found.messages();
    assert_eq!(
        (found.findings.errors(), found.findings.warnings()),
        (0, 2),
        "{messages:?}"
    );
    assert!(messages[0].contains("briefbook terms merge topics/elections topics/election"));
    assert!(messages[1].contains("briefbook terms merge people/xi-jin-ping people/xi-jinping"));
}

#[test]
fn one_name_in_two_taxonomies_is_two_terms() {
    let archive = given(&[(
        "briefings/2021/a.md",
        "date = 2021-04-01\ntopics = [\"geneva\"]\nplaces = [\"geneva\"]",
        "",
    )])
    .sound();
    assert_ne!(
        term(&archive, "topics/geneva"),
        term(&archive, "places/geneva")
    );
}

#[test]
fn an_article_without_a_topic_is_in_the_archive_all_the_same() {
    let archive = given(&[(
        "briefings/2021/a.md",
        "title = \"Alone\"\ndate = 2021-04-01",
        "",
    )])
    .sound();
    assert!(archive.terms.is_empty());
    assert_eq!(archive.calendar.years[&2021], 0..1);
}
