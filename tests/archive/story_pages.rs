//! Pages of what belongs together: events, threads, what is related, terms that stand together.

use crate::given::{addresses, given, given_with, page};

type File = (&'static str, &'static str, &'static str);

const REPORTS: [File; 4] = [
    (
        "sources/2021/early.md",
        "title = \"Harbour board puts off ferry vote\"\ndate = 2021-04-01T09:00:00+09:00\npublisher = \"Harbour Post\"\nevent = \"ferry-vote\"",
        "The harbour board put its vote on the ferry off.",
    ),
    (
        "sources/2021/late.md",
        "title = \"Ferry vote delayed, islanders angry\"\ndate = 2021-04-01T18:00:00+09:00\npublisher = \"Avel Daily\"\nevent = \"ferry-vote\"",
        "Islanders are angry about the ferry vote.",
    ),
    (
        "sources/2021/apart.md",
        "title = \"Ferry vote: harbour board delays\"\ndate = 2021-04-01T19:00:00+09:00\npublisher = \"Coast Radio\"\nevent = false",
        "The harbour board put its vote on the ferry off.",
    ),
    (
        "briefings/2021/about.md",
        "title = \"What the ferry quarrel is about\"\ndate = 2021-04-09\nsources = [\"late\"]\nthread = \"ferry\"",
        "A quarrel.",
    ),
];

#[test]
fn an_event_page_shows_who_was_first_how_headlines_differ_and_briefings() {
    let archive = given(&REPORTS).sound();
    let html = page(&archive, "/events/ferry-vote/");
    assert!(html.contains("<h1>Ferry vote</h1>"), "{html}");
    let (early, late) = (html.find("early/").unwrap(), html.find("late/").unwrap());
    let first = html.find("Reported first").unwrap();
    assert!(
        first < early && early < late,
        "the first report stands first and is marked"
    );
    assert!(
        html.contains("<mark>delayed, islanders angry</mark>"),
        "{html}"
    );
    assert!(html.contains("What the ferry quarrel is about"));
    assert!(
        !html.contains("apart/"),
        "`event = false` keeps a report out"
    );
    assert!(page(&archive, "/2021/04/early/").contains("events/ferry-vote/"));
    assert!(page(&archive, "/events/").contains("Ferry vote"));
}

#[test]
fn reports_of_one_day_without_a_time_are_not_ranked() {
    let mut files = REPORTS;
    let bare = REPORTS[0].1.replace("T09:00:00+09:00", "");
    files[0].1 = &bare;
    let archive = given(&files.map(|(path, front, text)| (path, front, text))).sound();
    assert!(!page(&archive, "/events/ferry-vote/").contains("Reported first"));
}

#[test]
fn a_thread_is_a_timeline_from_the_first_article_on() {
    let archive = given(&[
        (
            "briefings/2021/b.md",
            "title = \"Second\"\ndate = 2021-06-01\nthread = \"The Ferry\"",
            "",
        ),
        (
            "briefings/2021/a.md",
            "title = \"First\"\ndate = 2021-04-01\nthread = \"The Ferry\"",
            "",
        ),
        (
            "briefings/2021/c.md",
            "title = \"Third\"\ndate = 2021-06-09\ntopics = [\"ferry\"]",
            "",
        ),
        (
            "topics/ferry.md",
            "title = \"Ferry\"\nthread = \"The Ferry\"",
            "",
        ),
    ])
    .sound();
    let html = page(&archive, "/threads/the-ferry/");
    let main = &html[html.find("<main").unwrap()..];
    let places: Vec<_> = ["April 2021", "First", "June 2021", "Second", "Third"]
        .iter()
        .map(|text| {
            main.find(text)
                .unwrap_or_else(|| panic!("{text} is missing"))
        })
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(page(&archive, "/2021/04/a/").contains("threads/the-ferry/"));
    assert!(page(&archive, "/threads/").contains("The Ferry"));
}

#[test]
fn related_articles_are_told_apart_by_time() {
    let story = "The dredging of the channel at Avel costs twelve million, says the harbour board.";
    let archive = given(&[
        ("briefings/2021/one.md", "title = \"Dredging at Avel begins\"\ndate = 2021-04-01", story),
        ("briefings/2021/two.md", "title = \"Dredging at Avel goes on\"\ndate = 2021-05-01", "Twelve million for dredging the Avel channel, the harbour board hears."),
        ("briefings/2021/six.md", "title = \"Dredging at Avel ends\"\ndate = 2021-06-01", "The harbour board thanks the dredging crews of the Avel channel for twelve million well spent."),
        ("briefings/2021/x.md", "title = \"Barley\"\ndate = 2021-05-02", "Barley prices fall."),
        ("briefings/2021/y.md", "title = \"Snow\"\ndate = 2021-05-03", "Snow falls on hills."),
        ("briefings/2021/z.md", "title = \"Copper\"\ndate = 2021-05-04", "Copper is mined in pits."),
        ("briefings/2021/w.md", "title = \"Wool\"\ndate = 2021-05-05", "Wool comes from sheep."),
        ("briefings/2021/v.md", "title = \"Glass\"\ndate = 2021-05-06", "Glass is blown hot."),
        ("briefings/2021/u.md", "title = \"Bread\"\ndate = 2021-05-07", "Bread is baked early."),
    ])
    .sound();
    let html = page(&archive, "/2021/05/two/");
    let at = |text: &str| {
        html.find(text)
            .unwrap_or_else(|| panic!("{text} is missing: {html}"))
    };
    assert!(at("Earlier on this story") < at("Dredging at Avel begins"));
    assert!(at("Later on this story") < at("Dredging at Avel ends"));
}

#[test]
fn a_term_shows_its_children_its_companions_and_its_parents_articles() {
    let archive = given(&[
        ("topics/quad.md", "title = \"Quad\"\nparent = \"indo-pacific\"", ""),
        ("topics/indo-pacific.md", "title = \"Indo-Pacific\"", ""),
        ("briefings/2021/a.md", "title = \"Four at a table\"\ndate = 2021-04-01\ntopics = [\"quad\"]\nplaces = [\"delhi\"]", ""),
        ("briefings/2021/b.md", "title = \"An ocean\"\ndate = 2021-04-02\ntopics = [\"indo-pacific\"]", ""),
    ])
    .sound();
    let above = page(&archive, "/topics/indo-pacific/");
    assert!(
        above.contains("Four at a table") && above.contains("An ocean"),
        "{above}"
    );
    let quad = page(&archive, "/topics/quad/");
    assert!(
        quad.contains("Often together with") && quad.contains("places/delhi/"),
        "{quad}"
    );
    assert!(!quad.contains("An ocean"));
}

#[test]
fn addresses_follow_patterns_by_kind_and_an_article_may_have_its_own() {
    let settings =
        "[permalinks]\narticle = \"/{year}/{slug}/\"\nsource = \"/press/{year}/{slug}/\"";
    let given = given_with(
        settings,
        &[
            ("briefings/2021/a.md", "date = 2021-04-01", "[[b]]"),
            ("sources/2021/b.md", "date = 2021-04-01", "Text."),
            (
                "briefings/2021/c.md",
                "date = 2021-04-01\npermalink = \"/reports/c/\"",
                "Text.",
            ),
        ],
    );
    let archive = given.sound();
    let addresses = addresses(&archive);
    for wanted in ["/2021/a/", "/press/2021/b/", "/reports/c/"] {
        assert!(addresses.iter().any(|a| a == wanted), "{wanted}");
    }
    assert!(!addresses.iter().any(|a| a == "/2021/c/"));
    assert!(page(&archive, "/2021/a/").contains("href=\"../../press/2021/b/\""));
}

#[test]
fn what_stays_is_in_the_ledger_and_old_addresses_lead_on() {
    let archive = given(&[(
        "briefings/2021/a.md",
        "date = 2021-04-01\ntopics = [\"quad\"]\naliases = [\"/old/a/\"]",
        "",
    )])
    .sound();
    let ledger = page(&archive, "/permalinks.txt");
    assert_eq!(ledger, "/2021/04/a/\n/old/a/\n/topics/quad/\n");
    assert_eq!(page(&archive, "/_redirects"), "/old/a/ /2021/04/a/ 301\n");
    assert!(page(&archive, "/old/a/").contains("../../2021/04/a/"));
    assert!(addresses(&archive).contains(&"/404.html".to_owned()));
}
