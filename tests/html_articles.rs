//! Stories of saved pages: what of a page becomes the article, and what is left behind.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use briefbook::content::front_matter::Kind;
use briefbook::import::draft::{Draft, Setting};
use briefbook::import::html::convert::convert;

const TEXT: [&str; 5] = [
    "The harbour of Nordvik froze overnight for the first time in forty years, and the pilots who \
     had left the evening before could not bring their boats back to the quay.",
    "Two tankers are waiting outside, said the harbour master, who had walked out on the ice in the \
     morning to see how far it reached, and a third is expected on Thursday.",
    "The ministry has promised an ice breaker, but the only one it owns is being repaired in a yard \
     six hundred kilometres to the south, where nobody could say when it would be ready.",
    "Older people in the town remember the winter of 1984, when lorries drove across the bay to the \
     island and the school was closed for a month because there was no coal.",
    "By Friday the wind is expected to turn, and with it the ice may break up as quickly as it came, \
     the weather service wrote in its report to the shipping companies.",
];

fn paragraphs() -> String {
    TEXT.map(|text| format!("<p>{text}</p>\n")).concat()
}

/// A page of a small newspaper, with `clutter` inside the article behind its text.
fn page(before: &str, clutter: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Harbour freezes over | Nordvik Post</title>\
         <link rel=canonical href='https://post.example/news/harbour'></head><body>\
         <nav class=menu><ul><li><a href=/>Home</a><li><a href=/news>News</a><li><a href=/sport>Sport</a></ul></nav>\
         <main><article class=article><h1>Harbour freezes over</h1>{before}\
         <div class='article-body'>{}{clutter}</div></article></main>\
         <footer class=footer><p>© 2024 Nordvik Post. All rights reserved.</p></footer></body></html>",
        paragraphs()
    )
}

fn article(html: &str) -> Draft {
    let setting = Setting::default();
    let mut drafts = convert(html, None, &setting);
    assert_eq!(drafts.len(), 1);
    drafts.remove(0)
}

fn assert_whole(body: &str, case: &str) {
    for text in TEXT {
        assert!(body.contains(text), "{case}: lost {text}\n{body}");
    }
}

#[test]
fn an_article_is_found_among_its_clutter() {
    for (case, before, clutter, gone) in [
        ("nothing else", "", "", "Sport"),
        (
            "share buttons",
            "",
            "<div class=share-buttons><a href=/f>Share on Facebook</a> <a href=/t>Tweet</a></div>",
            "Facebook",
        ),
        (
            "related articles",
            "",
            "<div class=related><h3>Related articles</h3><ul><li><a href=/a>Ferry runs aground</a>\
             <li><a href=/b>School to reopen</a></ul></div>",
            "Ferry runs aground",
        ),
        (
            "newsletter box",
            "",
            "<div class=newsletter-signup><p>Sign up for our newsletter and get the news in your inbox.</p>\
             <button>Subscribe</button></div>",
            "inbox",
        ),
        (
            "comments",
            "",
            "<section id=comments class=comments><h3>2 comments</h3><div class=comment><p>Anna says: I \
             remember that winter well, it was bitterly cold.</p><a href=#r>Reply</a></div></section>",
            "Anna says",
        ),
        (
            "tags",
            "",
            "<div class=tags>Tags: <a href=/t/ice>ice</a>, <a href=/t/harbour>harbours</a></div>",
            "Tags",
        ),
        (
            "byline and date",
            "<div class=meta><span class=byline>By Kari Holm</span> <time datetime=2024-01-09>9 January \
             2024</time></div>",
            "",
            "Kari Holm",
        ),
    ] {
        let draft = article(&page(before, clutter));
        assert_whole(&draft.body, case);
        assert!(
            !draft.body.contains(gone),
            "{case}: kept {gone}\n{}",
            draft.body
        );
        assert!(!draft.body.contains("All rights reserved"), "{case}");
        assert!(!draft.body.contains("# Harbour freezes over"), "{case}");
    }
}

#[test]
fn a_copy_of_a_passage_goes_and_what_the_author_repeats_stays() {
    let passages = |clutter: &str| {
        let draft = article(&page("", clutter));
        assert_whole(&draft.body, "repeat");
        draft.body.matches(TEXT[1]).count()
    };
    let pull_quote = format!("<p class=pull>{}</p>", TEXT[1]);
    assert_eq!(passages(&pull_quote), 1);
    let refrain = format!("<p>{}</p>", TEXT[1]);
    assert_eq!(passages(&refrain), 2);
}

#[test]
fn a_page_without_an_article_is_doubted() {
    let html = "<html><body><ul><li><a href=/a>One</a><li><a href=/b>Two</a></ul><p>Three</p></body></html>";
    let setting = Setting::default();
    for draft in convert(html, None, &setting) {
        assert!(
            draft
                .front
                .review
                .iter()
                .any(|doubt| doubt.starts_with("no clear article"))
        );
    }
    assert!(convert("<html><script>let x = 1;</script></html>", None, &setting).is_empty());
}

#[test]
fn pictures_come_with_the_text_around_them() {
    let figure = "<div class=wide><figure><div class=ratio><img src=https://post.example/ice.jpg \
                  alt=Ice></div><figcaption>Ice | photo by A. Holm</figcaption></figure></div>";
    let teaser = "<div class=related><div class=card><a href=/x><img src=https://post.example/ferry.jpg></a>\
                  <h3><a href=/x>Ferry runs aground</a></h3></div></div>";
    let player = "<iframe src=https://www.youtube.com/embed/ice1></iframe>";
    let draft = article(&page(
        "",
        &format!("{figure}<p>{}</p>{player}{teaser}", TEXT[0]),
    ));
    for (wanted, is_there) in [
        ("![Ice](https://post.example/ice.jpg)", true),
        ("(https://www.youtube.com/watch?v=ice1 \"YouTube\")", true),
        ("ferry.jpg", false),
    ] {
        assert_eq!(
            draft.body.contains(wanted),
            is_there,
            "{wanted}\n{}",
            draft.body
        );
    }
}

#[test]
fn notes_come_with_the_text_that_cites_them() {
    let cited = "<p>The last winter of that kind was in 1984<sup id=r1><a href='#n1'>1</a></sup>, and \
                 people still speak of it when the harbour begins to steam in December.</p>";
    let notes = "<hr><ol class=notes><li id=n1>Town archive, box 7. <a href='#r1'>back</a></ol>";
    let draft = article(&page("", &format!("{cited}{notes}")));
    assert!(draft.body.contains("1984[^1], and"), "{}", draft.body);
    assert!(
        draft.body.contains("\n[^1]: Town archive, box 7.\n"),
        "{}",
        draft.body
    );
    assert_whole(&draft.body, "notes");
}

#[test]
fn a_few_words_are_doubted_rather_than_lost() {
    let setting = Setting::default();
    for (case, body, wanted) in [
        ("links only", "<a href=/x><p>Ice</p><p>Snow</p></a>", "Snow"),
        (
            "a note below its head",
            "<h1>Update</h1><p>24 March 2004, 19:49</p><p>The harbour map is online.</p>",
            "harbour map",
        ),
        (
            "a box",
            "<div class=comments><p>Ice, said Anna.</p></div>",
            "said Anna",
        ),
    ] {
        let html = format!("<html><head><title>Update</title></head><body>{body}</body></html>");
        let drafts = convert(&html, None, &setting);
        assert_eq!(drafts.len(), 1, "{case}");
        assert!(
            drafts[0].body.contains(wanted),
            "{case}: {}",
            drafts[0].body
        );
        let doubted = |doubt: &String| doubt.starts_with("no clear article");
        assert!(drafts[0].front.review.iter().any(doubted), "{case}");
    }
}

#[test]
fn a_briefing_gets_its_parts_as_headings() {
    let html = format!(
        "<html><head><title>Ice in Nordvik</title></head><body><main><h1>Ice in Nordvik</h1>\
         <p><strong>What Happened</strong></p><p>{}</p><p><strong>Implications:</strong> {}</p>\
         <p><b>Context</b></p><p>{}</p></main></body></html>",
        TEXT[0], TEXT[1], TEXT[3]
    );
    let draft = article(&html);
    assert_eq!(draft.front.kind, Some(Kind::Briefing));
    for heading in ["## What Happened\n", "## Implications\n", "## Context\n"] {
        assert!(draft.body.contains(heading), "{heading}\n{}", draft.body);
    }
}

#[test]
fn posts_printed_in_full_become_articles_of_their_own() {
    let post = |number: usize| {
        // The same words, but no passage twice.
        let text = TEXT.map(|text| format!("<p>{text} Told {number} times.</p>"));
        format!(
            "<article class=post><h2><a href=/p{number}>Post number {number}</a></h2>\
             <time datetime=2024-01-0{number}>January {number}</time>{}</article>",
            text.concat()
        )
    };
    let html = format!(
        "<html><head><title>Nordvik Blog</title><link rel=canonical href='https://blog.example/'></head>\
         <body><main>{}{}{}</main></body></html>",
        post(1),
        post(2),
        post(3)
    );
    let drafts = convert(&html, None, &Setting::default());
    assert_eq!(drafts.len(), 3);
    assert_eq!(drafts[1].front.title, "Post number 2");
    let provenance = drafts[1].front.provenance.as_ref().unwrap();
    assert_eq!(provenance.url.as_deref(), Some("https://blog.example/p2"));
    assert!(drafts[1].front.date.is_some() && drafts[1].body.contains("Told 2 times."));
    assert!(!drafts[1].body.contains("Told 1 times.") && !drafts[1].body.contains("Post number 2"));
}

/// What a page of `n` parts costs may grow with `n`, not with its square: four times as many parts
/// take less than eight times as long. That holds on a slow machine as on a fast one.
#[test]
fn hostile_pages_cost_no_more_than_their_length() {
    fn many(n: usize, part: impl Fn(usize) -> String) -> String {
        (0..n).map(part).collect()
    }
    type Page = fn(usize) -> String;
    let cases: [(&str, Page); 11] = [
        ("one long line", |n| {
            format!("<html><p>{}", "ice ".repeat(20 * n))
        }),
        ("unclosed tags", |n| "<div><b>ice".repeat(n)),
        ("unclosed tags of their own", |n| {
            many(n, |at| format!("<p><font color=c{at}>ice"))
        }),
        ("closed by another name", |n| "<x-y></b>ice".repeat(n)),
        ("tables in tables", |n| {
            format!("<html>{}", "<table><tr><td>ice".repeat(n / 60))
        }),
        ("attributes", |n| {
            format!("<p{}>ice", many(n, |at| format!(" a{at}=1")))
        }),
        ("items", |n| format!("<ul>{}", "<li>ice".repeat(n))),
        ("cells", |n| {
            let cells = "<tr><td>ice<td colspan=9999>ice".repeat(n / 4);
            format!("<table>{cells}")
        }),
        ("open brackets", |n| {
            format!("<html><p>{}", "[*_`<".repeat(n))
        }),
        ("marks that touch", |n| {
            format!("<html><p>{}", "<b>i<i>c</i>e</b><i>!</i>".repeat(n / 4))
        }),
        ("titles", |n| {
            many(n / 4, |at| {
                format!("<meta property=og:title content='Ice {at}'>")
            }) + "<p>ice"
        }),
    ];
    for (case, page) in cases {
        let cost = |n: usize| {
            let html = page(n);
            let began = time_on_processor();
            for draft in convert(&html, None, &Setting::default()) {
                assert!(draft.body.len() <= 3 * html.len() + 100, "{case}");
            }
            time_on_processor().saturating_sub(began)
        };
        // Work beside this test slows one run or another; a square stays one in every run.
        let least = Duration::from_millis(20);
        let (mut short, mut long) = (Duration::MAX, Duration::MAX);
        let grows_with_its_length = (0..8).any(|_| {
            short = short.min(cost(1_000));
            long = long.min(cost(4_000));
            long <= 8 * short.max(least)
        });
        assert!(grows_with_its_length, "{case}: {short:?}, then {long:?}");
    }
}

/// How long this thread has been on a processor, where the system says so; other programs at work
/// make no difference then.
fn time_on_processor() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|counts| counts.split(' ').next()?.parse().ok())
        .map_or_else(|| START.elapsed(), Duration::from_nanos)
}

#[test]
fn a_page_of_characters_that_are_none_has_no_article() {
    let page = "<html><p>\0\0\0&#0;&#xFFFFFFFF;";
    let drafts = convert(page, None, &Setting::default());
    let text: String = drafts.into_iter().map(|draft| draft.body).collect();
    assert!(!text.contains('\0'), "{text:?}");
}
