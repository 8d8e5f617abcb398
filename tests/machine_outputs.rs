//! What other programs read on a site: structured data, feeds, sitemaps, exports, citations. All
//! of them say the same of an article, in words that their formats know, and none of them says
//! more of another publisher's article than its page shows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use dom_query::Document;
use serde_json::Value;
use walkdir::WalkDir;

const BASE: &str = "https://sample.example/";

/// Every file of a site that is text, by its path.
type Files = BTreeMap<String, String>;

fn build(root: &Path) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let output = Command::new(env!("CARGO_BIN_EXE_briefbook"))
        .args(["build", "--base-url", BASE, "--root"])
        .arg(root)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let entries = WalkDir::new(&out).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(&out).unwrap();
            let text = String::from_utf8(fs::read(entry.path()).unwrap()).ok()?;
            Some((path.to_str().unwrap().replace('\\', "/"), text))
        })
        .collect()
}

static SAMPLE: LazyLock<Files> = LazyLock::new(|| build(Path::new(env!("CARGO_MANIFEST_DIR"))));

/// The JSON-LD of a page, one value an object of its graph.
fn graph(page: &str) -> Vec<Value> {
    let document = Document::from(page);
    let scripts = document.select("script[type='application/ld+json']");
    scripts
        .nodes()
        .iter()
        .flat_map(|script| {
            let json: Value = serde_json::from_str(&script.text()).expect("JSON-LD is JSON");
            json["@graph"].as_array().expect("a graph").clone()
        })
        .collect()
}

/// The article pages of the sample site, each with its graph.
fn articles() -> Vec<(&'static str, &'static str)> {
    let found: Vec<_> = SAMPLE
        .iter()
        .filter(|(_, text)| {
            text.contains("<body class=\"on-briefing\"")
                || text.contains("<body class=\"on-source\"")
        })
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    assert!(found.len() > 20, "only {} articles", found.len());
    found
}

/// Types of schema.org with the properties that they or the types above them have.
fn properties(kind: &str) -> Option<&'static [&'static str]> {
    let known: &[&str] = match kind {
        "NewsArticle" | "Report" => &[
            "about",
            "author",
            "correction",
            "creativeWorkStatus",
            "dateModified",
            "datePublished",
            "description",
            "headline",
            "image",
            "inLanguage",
            "isBasedOn",
            "isPartOf",
            "keywords",
            "license",
            "publisher",
            "url",
        ],
        "CollectionPage" => &[
            "description",
            "hasPart",
            "inLanguage",
            "isPartOf",
            "mainEntity",
            "name",
            "url",
        ],
        "WebPage" => &["inLanguage", "name", "url"],
        "WebSite" => &["description", "inLanguage", "name", "url"],
        "BreadcrumbList" | "ItemList" => &["itemListElement"],
        "ListItem" => &["item", "name", "position", "url"],
        "Person" | "Organization" | "Thing" | "CreativeWorkSeries" => &["name", "url"],
        "ImageObject" => &["caption", "creditText", "height", "url", "width"],
        "CorrectionComment" => &["datePublished", "text"],
        _ => return None,
    };
    Some(known)
}

/// What a value says that schema.org has no word for.
fn unknown(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| unknown(value, found)),
        Value::Object(fields) => {
            let kind = fields
                .get("@type")
                .and_then(Value::as_str)
                .unwrap_or("nothing");
            let known = properties(kind).unwrap_or_else(|| {
                // A reference to what is described elsewhere has no type.
                let only_names = fields.keys().all(|name| name == "@id");
                found.extend((!only_names).then(|| kind.to_owned()));
                &[]
            });
            for (name, value) in fields {
                if !name.starts_with('@') && !known.contains(&name.as_str()) {
                    found.insert(format!("{kind}.{name}"));
                }
                unknown(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn structured_data_uses_words_of_the_vocabulary() {
    let mut found = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    for page in SAMPLE
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(_, text)| text)
    {
        for thing in graph(page) {
            kinds.insert(thing["@type"].as_str().unwrap().to_owned());
            unknown(&thing, &mut found);
        }
    }
    assert_eq!(found, BTreeSet::new());
    for kind in [
        "NewsArticle",
        "Report",
        "BreadcrumbList",
        "CollectionPage",
        "WebSite",
    ] {
        assert!(kinds.contains(kind), "no {kind} among {kinds:?}");
    }
}

#[test]
fn corrections_and_sources_are_structured_data() {
    let pages: String = articles().iter().map(|(_, page)| *page).collect();
    assert!(pages.contains("\"isBasedOn\":[\""));
    assert!(pages.contains("\"@type\":\"CorrectionComment\""));
}

/// Title, authors (family names), day and address of an article, as one format gives them.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    title: String,
    families: Vec<String>,
    day: String,
    address: String,
}

fn bibtex(text: &str) -> Said {
    let bibliography = biblatex::Bibliography::parse(text).expect("BibTeX parses");
    let entry = bibliography.iter().next().expect("one entry");
    let plain = |key: &str| {
        let chunks = entry.get(key).expect(key);
        chunks.iter().map(|chunk| chunk.v.get()).collect::<String>()
    };
    let authors = entry.author().unwrap_or_default();
    Said {
        title: plain("title"),
        families: authors
            .into_iter()
            .map(|person| {
                format!("{} {}", person.prefix, person.name)
                    .trim()
                    .to_owned()
            })
            .collect(),
        day: plain("date"),
        address: plain("url"),
    }
}

fn ris(text: &str) -> Said {
    let values = |tag: &str| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.split_once("  - "));
        lines
            .filter(|(name, _)| *name == tag)
            .map(|(_, value)| value.to_owned())
            .collect()
    };
    assert!(text.starts_with("TY  - ") && text.trim_end().ends_with("ER  -"));
    Said {
        title: values("TI").concat(),
        families: values("AU")
            .iter()
            .map(|name| name.split(", ").next().unwrap().to_owned())
            .collect(),
        day: values("DA").concat().replace('/', "-"),
        address: values("UR").concat(),
    }
}

fn csl(text: &str) -> Said {
    let items: Vec<Value> = serde_json::from_str(text).expect("CSL-JSON is JSON");
    let item = &items[0];
    let authors = item["author"].as_array().cloned().unwrap_or_default();
    let part = |at: usize| item["issued"]["date-parts"][0][at].as_i64().unwrap();
    Said {
        title: item["title"].as_str().unwrap().to_owned(),
        families: authors
            .iter()
            .map(|name| {
                name["family"]
                    .as_str()
                    .or(name["literal"].as_str())
                    .unwrap()
                    .to_owned()
            })
            .collect(),
        day: format!("{:04}-{:02}-{:02}", part(0), part(1), part(2)),
        address: item["URL"].as_str().unwrap().to_owned(),
    }
}

#[test]
fn citations_agree_with_each_other_with_structured_data_and_with_the_feed() {
    let feeds = SAMPLE
        .iter()
        .filter(|(path, _)| path.starts_with("20") && path.ends_with("/feed.xml"));
    let entries: Vec<Document> = feeds
        .flat_map(|(_, feed)| feed.split("<entry ").skip(1))
        .map(|entry| Document::from(format!("<entry {}", entry.replace("title>", "h1>"))))
        .collect();
    for (path, page) in articles() {
        let document = Document::from(page);
        let cited = document.select(".cite pre");
        let cited: Vec<String> = cited
            .nodes()
            .iter()
            .map(|pre| pre.text().to_string())
            .collect();
        let said = csl(&cited[2]);
        assert_eq!(bibtex(&cited[0]), said, "{path}");
        assert_eq!(ris(&cited[1]), said, "{path}");
        let styles = document.select(".cite dd").text();
        assert!(styles.contains(&said.title), "{path}: {styles}");

        let graph = graph(page);
        let thing = &graph[0];
        assert_eq!(thing["headline"], said.title.as_str(), "{path}");
        assert_eq!(thing["url"], said.address.as_str(), "{path}");
        let published = thing["datePublished"].as_str().unwrap();
        assert!(published.starts_with(&said.day), "{path}: {published}");
        let names: Vec<String> = thing["author"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|author| author["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(names.len(), said.families.len(), "{path}");
        for (name, family) in names.iter().zip(&said.families) {
            assert!(
                name.contains(family.as_str()),
                "{path}: {family} is not in {name}"
            );
        }

        let own = format!("{BASE}{}", path.trim_end_matches("index.html"));
        let entry = entries.iter().find(|entry| {
            entry.select("link[rel=alternate]").attr("href").as_deref() == Some(own.as_str())
        });
        let entry = entry.unwrap_or_else(|| panic!("{path} is not in the feed of its year"));
        assert_eq!(entry.select("h1").text().as_ref(), said.title, "{path}");
        let via = entry.select("link[rel=via]").attr("href");
        assert_eq!(via.as_deref().unwrap_or(&own), said.address, "{path}");
        for name in &names {
            assert!(
                entry.select("author").text().contains(name.as_str()),
                "{path}: {name}"
            );
        }
    }
}

#[test]
fn sitemaps_list_every_page_that_is_its_own_once() {
    let index = &SAMPLE["sitemap.xml"];
    let mut listed = BTreeSet::new();
    for (path, text) in SAMPLE
        .iter()
        .filter(|(path, _)| path.starts_with("sitemap-"))
    {
        assert!(
            index.contains(&format!("<loc>{BASE}{path}</loc>")),
            "{path}"
        );
        if path == "sitemap-news.xml" {
            continue;
        }
        for part in text.split("<loc>").skip(1) {
            let address = part.split('<').next().unwrap();
            assert!(
                listed.insert(address.to_owned()),
                "{address} is there twice"
            );
        }
    }
    for (path, text) in SAMPLE
        .iter()
        .filter(|(path, _)| path.ends_with("index.html"))
    {
        let own = format!("{BASE}{}", path.trim_end_matches("index.html"));
        let canonical = Document::from(text.as_str())
            .select("link[rel=canonical]")
            .attr("href");
        assert_eq!(
            listed.contains(&own),
            canonical.as_deref() == Some(&own) && !text.contains("http-equiv=\"refresh\""),
            "{own}"
        );
    }
}

#[test]
fn languages_of_a_text_name_each_other() {
    let mut pairs = 0;
    for (path, page) in articles() {
        let document = Document::from(page);
        for node in document.select("link[hreflang]").nodes() {
            let href = node.attr("href").unwrap();
            let other = format!("{}index.html", href.trim_start_matches(BASE));
            let back = format!("href=\"{BASE}{}\"", path.trim_end_matches("index.html"));
            let alternates = Document::from(SAMPLE[&other].as_str());
            let alternates = alternates.select("link[hreflang]");
            assert!(
                alternates
                    .nodes()
                    .iter()
                    .any(|node| node.html().contains(&back)),
                "{other} does not lead back to {path}"
            );
            pairs += 1;
        }
    }
    assert!(pairs > 0, "no translations in the sample");
}

/// An archive of one article by somebody else, whose text ends in words that are nobody's to show.
fn archive_of_one_source(title: &str, author: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "site.toml",
        "title = \"One\"\nbase_url = \"https://one.example/\"\n[exports]\nmarkdown = true\n",
    );
    let title = toml::Value::from(title);
    let author = toml::Value::from(author);
    let opening = "Nets were mended on the long pier all morning. ".repeat(40);
    write(
        "content/sources/2022/pier.md",
        &format!(
            "+++\ntitle = {title}\ndate = 2022-03-04\nauthors = [{author}]\npublisher = \"The Pier Post\"\n\n\
             [provenance]\nurl = \"https://pier.example/a\"\n+++\n\n{opening}\n\n\
             The teal heron counted eleven lanterns.\n"
        ),
    );
    folder
}

#[test]
fn no_file_tells_more_of_a_quoted_article_than_its_page() {
    let site = build(archive_of_one_source("Nets", "Jane Doe").path());
    for (path, text) in &site {
        let secret = text.contains("teal heron") || text.contains("eleven lanterns");
        assert!(!secret, "{path} holds the text");
    }
    for export in [
        "archive.jsonl",
        "archive.csv",
        "archive.bib",
        "llms.txt",
        "feed.json",
    ] {
        let shown = site[export].matches("long pier").count();
        assert!(shown < 14, "{export} shows {shown} sentences");
    }
    let markdown = &site["2022/03/pier/index.html.md"];
    assert!(
        markdown.contains("- Original: https://pier.example/a"),
        "{markdown}"
    );
    let record: Value = serde_json::from_str(site["archive.jsonl"].trim()).unwrap();
    assert_eq!(record["original"], "https://pier.example/a");
    assert_eq!(record["text"], Value::Null);
}

#[test]
fn a_hostile_title_stays_text_in_every_format() {
    let title = "</script><b>50% & {more}_$x#1\\ ~^ \"quoted\", \u{2028}=1+1";
    let site = build(archive_of_one_source(title, "Eve, \"E\" }Roe").path());
    let page = &site["2022/03/pier/index.html"];
    assert!(!page.contains("<b>50%"));
    assert_eq!(graph(page)[0]["headline"], title);
    let document = Document::from(page.as_str());
    let cited = document.select(".cite pre");
    let cited: Vec<String> = cited
        .nodes()
        .iter()
        .map(|pre| pre.text().to_string())
        .collect();
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = plain(&title.replace('\u{2028}', " "));
    assert_eq!(plain(&csl(&cited[2]).title.replace('\u{2028}', " ")), title);
    assert_eq!(plain(&ris(&cited[1]).title.replace('\u{2028}', " ")), title);
    assert!(
        biblatex::Bibliography::parse(&cited[0]).is_ok(),
        "{}",
        cited[0]
    );
    assert!(biblatex::Bibliography::parse(&site["archive.bib"]).is_ok());
}

#[test]
fn exports_can_be_left_out() {
    let archive = archive_of_one_source("Nets", "Jane Doe");
    let settings = archive.path().join("site.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let text = text.replace("markdown = true", "enabled = false");
    fs::write(&settings, text).unwrap();
    let site = build(archive.path());
    for export in [
        "archive.jsonl",
        "archive.csv",
        "archive.bib",
        "llms.txt",
        "2022/03/pier/index.html.md",
    ] {
        assert!(!site.contains_key(export), "{export}");
    }
}

#[test]
fn an_article_as_markdown_names_its_links_in_full() {
    let page = "2021/05/taiwan-enters-the-alliance-text/";
    let markdown = &SAMPLE[&format!("{page}index.html.md")];
    assert!(
        markdown.starts_with("# Taiwan Enters the Alliance Text\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains(&format!("- Page: {BASE}{page}")),
        "{markdown}"
    );
    assert!(
        markdown.contains(&format!("({BASE}topics/"))
            || markdown.contains(&format!("({BASE}people/"))
    );
    for (path, text) in SAMPLE.iter().filter(|(path, _)| path.ends_with(".md")) {
        assert!(
            !text.contains("[["),
            "{path} has a link that only the archive knows"
        );
        assert!(!text.contains("](../"), "{path} has a link to a file");
    }
    assert!(SAMPLE["llms.txt"].contains(&format!("{page}index.html.md")));
}

/// An issue of the sample archive as `briefbook issue` writes it.
fn mail(issue: &str) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_briefbook"))
        .args([
            "issue",
            "narrow-seas-weekly",
            issue,
            "--eml",
            "--base-url",
            BASE,
        ])
        .args(["--from", "Harbor Desk <desk@harbor.example>", "--root"])
        .arg(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn an_issue_is_one_mail_in_html_and_in_plain_text() {
    let bytes = mail("20");
    assert_eq!(bytes, mail("20"), "the same issue is the same mail");
    let lines = bytes.split(|byte| *byte == b'\n');
    assert!(
        lines
            .into_iter()
            .all(|line| line.len() <= 998 && line.is_ascii())
    );
    let message = mail_parser::MessageParser::default()
        .parse(&bytes)
        .expect("a mail");
    assert_eq!(
        message.subject(),
        Some("Narrow Seas Weekly No. 20: 대만해협 문안, 그 이후")
    );
    let from = message
        .from()
        .and_then(|from| from.first())
        .expect("a sender");
    assert_eq!(from.address(), Some("desk@harbor.example"));
    let sent = message.date().expect("a date").to_rfc3339();
    assert_eq!(sent, "2021-05-28T02:00:00Z");
    assert!(message.message_id().is_some());

    let text = message.body_text(0).expect("plain text");
    assert!(
        text.contains("They have named a place.") && text.contains("배경"),
        "{text}"
    );
    assert!(!text.contains('<') && !text.contains("[["), "{text}");

    let html = message.body_html(0).expect("HTML");
    let page = Document::from(&*html);
    assert!(
        page.select("p:not([style]), td.cell:not([style])")
            .is_empty(),
        "{html}"
    );
    assert!(page.select("script, link, [id]").is_empty(), "{html}");
    for link in page.select("[href], [src]").nodes() {
        let to = link.attr("href").or(link.attr("src")).expect("an address");
        assert!(to.starts_with("https://"), "{to} leads nowhere from a mail");
    }
}
