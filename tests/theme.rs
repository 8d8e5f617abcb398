//! What readers rely on in the pages of the default theme, held against every page of the sample
//! archive that stands beside this program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::diagnostic::Findings;
use briefbook::site::plan::{Content, Site};
use briefbook::site::render::{Output, Renderer};
use briefbook::{Opened, SiteOptions, open};
use dom_query::Document;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Every page of the sample site by its address, as it stands at `https://example.org/archive/`;
/// redirects aside, which are no pages.
static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut findings = Findings::default();
    let options = SiteOptions {
        root: Path::new(ROOT),
        base_url: Some("https://example.org/archive/".to_owned()),
        program: "",
        selection: &|_| Selection {
            today: jiff::civil::date(2026, 1, 1),
            unpublished: Unpublished::HoldBack,
        },
    };
    let Opened {
        archive,
        lists,
        theme,
        base_url,
    } = open(&options, &mut findings).expect("the sample archive can be read");
    let site = Site::plan(&archive, &theme, base_url, lists, &mut findings);
    let renderer = Renderer::new(&site, &mut findings).expect("the templates compile");
    assert_eq!(findings.errors(), 0);
    let pages = site.contents.iter().filter(|(address, content)| {
        address.to_file().ends_with(".html") && !matches!(content, Content::Redirect(_))
    });
    pages
        .map(|(address, content)| {
            let output = renderer
                .render(address, content, None)
                .expect("a page renders");
            let (Output::Page(bytes, _) | Output::Made(bytes, _) | Output::Bytes(bytes)) = output
            else {
                panic!("{address} is a copy of a file");
            };
            let html = String::from_utf8(bytes).expect("pages are UTF-8");
            (address.to_string(), html)
        })
        .collect()
});

/// Asserts something about every page; `fault` says what is wrong with one.
#[track_caller]
fn every_page(fault: impl Fn(&str, &Document) -> Option<String>) {
    let faults: Vec<String> = PAGES
        .iter()
        .filter_map(|(address, html)| {
            let fault = fault(address, &Document::from(html.as_str()))?;
            Some(format!("{address}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn page(address: &str) -> Document {
    Document::from(PAGES[address].as_str())
}

fn attributes(page: &Document, selector: &str, name: &str) -> Vec<String> {
    let nodes = page.select(selector);
    nodes
        .iter()
        .map(|node| node.attr_or(name, "").to_string())
        .collect()
}

fn texts(page: &Document, selector: &str) -> Vec<String> {
    let nodes = page.select(selector);
    nodes
        .iter()
        .map(|node| node.text().trim().to_owned())
        .collect()
}

const BRIEFING: &str = "/2021/04/xiamen-sets-a-calendar/";
const KOREAN: &str = "/2021/05/daeman-haehyeop-munan-ihu/";
const WITHDRAWN: &str = "/2021/04/seoul-said-to-weigh-a-quad-seat/";
const SOURCE: &str = "/2021/03/south-korea-us-remain-split-over-china-north-korea-issues/";

#[test]
fn every_page_has_one_heading_of_its_own_and_a_title() {
    every_page(|_, page| {
        let headings = texts(page, "h1");
        let title = page.select("title").text();
        let fault = match headings.as_slice() {
            [] => "no h1",
            [one] if one.is_empty() => "an empty h1",
            [_] if title.trim().is_empty() => "an empty title",
            [_] => return None,
            _ => "more than one h1",
        };
        Some(fault.to_owned())
    });
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    every_page(|_, page| {
        let mut level = 0;
        for heading in &page.select("h1, h2, h3, h4, h5, h6") {
            let name = heading.nodes().first()?.node_name()?;
            let next: u32 = name[1..].parse().ok()?;
            if next > level + 1 {
                return Some(format!("{name} after h{level}: {}", heading.text()));
            }
            level = next;
        }
        None
    });
}

#[test]
fn every_link_and_every_label_leads_somewhere() {
    every_page(|_, page| {
        let ids: Vec<String> = attributes(page, "[id]", "id");
        let unique: BTreeSet<&String> = ids.iter().collect();
        if unique.len() < ids.len() {
            return Some("an id that is there twice".to_owned());
        }
        let labels = attributes(page, "[aria-labelledby]", "aria-labelledby");
        let anchors = attributes(page, "a[href^='#']", "href");
        let wanted = labels
            .iter()
            .chain(&anchors)
            .map(|id| id.trim_start_matches('#'));
        for id in wanted {
            if !ids.iter().any(|known| known == id) {
                return Some(format!("nothing has the id `{id}`"));
            }
        }
        let empty = attributes(page, "a", "href").iter().any(String::is_empty);
        empty.then(|| "a link without an address".to_owned())
    });
}

#[test]
fn pages_link_to_each_other_from_any_folder() {
    every_page(|address, page| {
        let links = attributes(page, "a, link[rel=stylesheet], link[rel=icon]", "href");
        let images = attributes(page, "img", "src");
        links.into_iter().chain(images).find(|link| {
            // Shown at any depth, the page for what isn't there can't be relative.
            let absolute = link.starts_with('/');
            if address == "/404.html" {
                !absolute && !link.starts_with('#')
            } else {
                absolute || link.starts_with("https://example.org/")
            }
        })
    });
    let missing = attributes(&page("/404.html"), ".masthead a", "href");
    assert!(missing.iter().all(|link| link.starts_with("/archive/")));
}

#[test]
fn pages_bring_no_style_and_no_script_of_their_own() {
    every_page(|address, page| {
        let policy = page.select("meta[http-equiv=Content-Security-Policy]");
        let inline = page.select(
            "style, [style], script:not([src]):not([type='application/ld+json']), [onclick], [onload]",
        );
        let scripts = page.select("script[src]:not([defer][src*='reader.'])");
        if !policy.exists() {
            Some("no content security policy".to_owned())
        } else if inline.exists() {
            Some(format!("what the policy forbids: {}", inline.html()))
        } else if scripts.exists() && address != "/search/" {
            Some("a script on a page that is to be read".to_owned())
        } else {
            None
        }
    });
}

#[test]
fn the_script_of_every_page_stays_within_its_promise() {
    let script = include_str!("../themes/default/static/reader.js");
    assert!(script.len() <= 2 * 1024, "{} bytes", script.len());
}

#[test]
fn pictures_keep_their_place_while_they_load() {
    every_page(|_, page| {
        let bare = page.select("img:not([width]), img:not([height]), img:not([alt])");
        bare.exists().then(|| bare.html().to_string())
    });
}

#[test]
fn the_frame_of_an_article_is_light() {
    let html = &PAGES[BRIEFING];
    let start = html.find("<article").expect("a page has an article");
    let end = html.rfind("</article>").expect("a page has an article");
    let frame = format!("{}{}", &html[..start], &html[end..]);
    // What is said about the article is no part of its frame.
    let about = [
        "<title",
        "<meta property=",
        "<meta name=\"citation",
        "<meta name=\"desc",
    ];
    let (before, rest) = frame
        .split_once("<script type=\"application/ld+json\">")
        .expect("data");
    let (_, after) = rest.split_once("</script>").expect("an end of the data");
    let lines = [before, after].concat();
    let lines = lines
        .lines()
        .filter(|line| about.iter().all(|start| !line.starts_with(start)));
    let bytes: usize = lines.map(|line| line.len() + 1).sum();
    assert!(bytes <= 3 * 1024, "{bytes} bytes beside the article");
}

#[test]
fn a_briefing_has_three_parts_to_link_to() {
    for address in [BRIEFING, KOREAN] {
        assert_eq!(
            attributes(&page(address), ".body > section.part > h2", "id"),
            ["what-happened", "implications", "context"],
            "{address}"
        );
    }
}

#[test]
fn a_briefing_says_what_it_draws_on_and_what_was_wrong_in_it() {
    let page = page(BRIEFING);
    let sources = texts(&page, "section[aria-labelledby=sources] li .note");
    assert_eq!(
        sources,
        [
            "Nikkei Asia, 4 Apr 2021",
            "CGTN, 3 Apr 2021",
            "Reuters, 3 Apr 2021"
        ]
    );
    let corrections = texts(&page, "section[aria-labelledby=corrections] p");
    assert!(corrections[0].starts_with("9 April 2021"));
    assert_eq!(
        attributes(&page, ".byline time", "datetime"),
        ["2021-04-07"]
    );
}

#[test]
fn a_teaser_names_things_as_readers_know_them() {
    let teaser = attributes(&page(BRIEFING), "meta[name=description]", "content").remove(0);
    assert!(teaser.starts_with("Chung Eui-yong and Wang Yi met in Xiamen on 3 April."));
}

#[test]
fn a_withdrawn_briefing_shows_why_and_no_longer_what() {
    let page = page(WITHDRAWN);
    assert!(page.select("section[aria-labelledby=withdrawn]").exists());
    assert_eq!(texts(&page, ".body"), [""]);
}

#[test]
fn a_source_article_sends_its_readers_to_the_original() {
    let page = page(SOURCE);
    let original = "https://www.koreatimes.co.kr/www/nation/2021/03/120_305739.html";
    assert_eq!(attributes(&page, ".original a", "href"), [original]);
    assert_eq!(attributes(&page, "link[rel=canonical]", "href"), [original]);
    assert_eq!(texts(&page, "blockquote.excerpt").len(), 1);
    let briefings = texts(&page, "section[aria-labelledby=drawn-on-by] h3");
    assert!(briefings.contains(&"Two Plus Two Returns to Seoul".to_owned()));
}

#[test]
fn an_article_speaks_its_own_language_and_a_list_the_sites() {
    let article = page(KOREAN);
    assert_eq!(attributes(&article, "html", "lang"), ["ko"]);
    assert_eq!(texts(&article, "header .kicker .tag"), ["브리핑"]);
    assert_eq!(attributes(&article, ".masthead", "lang"), ["en"]);

    let month = page("/2021/05/");
    assert_eq!(attributes(&month, "html", "lang"), ["en"]);
    let foreign = attributes(&month, "h3 a[href$='daeman-haehyeop-munan-ihu/']", "lang");
    assert_eq!(foreign, ["ko"]);
}

#[test]
fn a_calendar_is_a_table_that_says_its_days_aloud() {
    let page = page("/2021/04/");
    assert_eq!(texts(&page, ".calendar caption"), ["April 2021"]);
    assert_eq!(
        attributes(&page, ".calendar thead abbr", "title")[1],
        "Monday"
    );
    let third = page.select(".calendar td a[href$='#d3']");
    assert_eq!(third.attr_or("title", "").to_string(), "2 publications");
}

#[test]
fn the_front_page_counts_what_is_there() {
    let articles = PAGES.keys().filter(|address| {
        let parts: Vec<&str> = address.trim_matches('/').split('/').collect();
        matches!(parts.as_slice(), [year, month, _] if year.len() == 4 && month.len() == 2)
    });
    let counted = format!("{} publications", articles.count());
    assert_eq!(texts(&page("/"), ".total"), [counted]);
}

#[test]
fn every_language_says_everything() {
    let read = |language: &str| -> toml::Table {
        let path = Path::new(ROOT).join(format!("themes/default/i18n/{language}.toml"));
        let text = fs::read_to_string(path).expect("a file of strings");
        text.parse().expect("strings are TOML")
    };
    let english = read("en");
    for language in ["ko", "ja", "zh"] {
        let strings = read(language);
        let lacks: Vec<&String> = english
            .keys()
            // Digits are grouped alike in all four.
            .filter(|key| *key != "thousands" && !strings.contains_key(*key))
            .collect();
        assert!(lacks.is_empty(), "{language} lacks {lacks:?}");
    }
}
