//! The sample site on disk: every link, anchor, picture, style sheet and feed in it leads
//! somewhere, wherever the site is published.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use dom_query::Document;
use walkdir::WalkDir;

/// Every file of a built site: its path, `/` between the parts, and its bytes.
type Files = BTreeMap<String, Vec<u8>>;

fn build(base_url: &str) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let output = Command::new(env!("CARGO_BIN_EXE_briefbook"))
        .args(["build", "--root", env!("CARGO_MANIFEST_DIR"), "--out"])
        .arg(&out)
        .args(["--base-url", base_url])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    read(&out)
}

fn read(folder: &Path) -> Files {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            let path = path.to_str().unwrap().replace('\\', "/");
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// What a page links to and what can be linked to in it.
struct Page {
    links: Vec<String>,
    ids: BTreeSet<String>,
}

fn page(bytes: &[u8]) -> Page {
    let document = Document::from(String::from_utf8(bytes.to_vec()).unwrap());
    let mut links = Vec::new();
    for (element, attribute) in [
        ("a", "href"),
        ("link", "href"),
        ("img", "src"),
        ("script", "src"),
        ("form", "action"),
    ] {
        for node in document.select(&format!("{element}[{attribute}]")).nodes() {
            links.push(node.attr(attribute).unwrap().to_string());
        }
    }
    for node in document.select("[srcset]").nodes() {
        let set = node.attr("srcset").unwrap().to_string();
        let addresses = set
            .split(',')
            .filter_map(|part| part.split_whitespace().next());
        links.extend(addresses.map(str::to_owned));
    }
    for node in document.select("meta[http-equiv=refresh]").nodes() {
        let content = node.attr("content").unwrap().to_string();
        links.extend(content.split_once("url=").map(|(_, url)| url.to_owned()));
    }
    let ids: Vec<String> = document
        .select("[id]")
        .nodes()
        .iter()
        .map(|node| node.attr("id").unwrap().to_string())
        .collect();
    let set: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(set.len(), ids.len(), "an id is there twice: {ids:?}");
    Page { links, ids: set }
}

/// Where a link on the page at `from` leads: the path below the site's root and the anchor.
/// `None` for what is outside the site.
fn resolve(from: &str, link: &str, base_url: &str) -> Option<(String, String)> {
    let (link, anchor) = link.split_once('#').unwrap_or((link, ""));
    let host_end = base_url.find("://").unwrap() + 3;
    let path_start = host_end + base_url[host_end..].find('/').unwrap();
    let (host, base_path) = base_url.split_at(path_start);
    let path = link.strip_prefix(host).unwrap_or(link);
    if path.contains("://") || path.starts_with("mailto:") || path.starts_with("data:") {
        return None;
    }
    let path = path.split('?').next().unwrap();
    let anchor = anchor.to_owned();
    if let Some(absolute) = path.strip_prefix('/') {
        let below = format!("/{absolute}");
        let below = below
            .strip_prefix(base_path)
            .unwrap_or_else(|| panic!("{from}: {link} leads out of {base_url}"));
        return Some((below.to_owned(), anchor));
    }
    if path.is_empty() {
        return Some((from.to_owned(), anchor));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                let inside = parts.pop();
                assert!(inside.is_some(), "{from}: {link} climbs out of the site");
            }
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), anchor))
}

/// The file that answers for a path: itself, or the page of a folder.
fn file(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

fn check(base_url: &str) {
    let files = build(base_url);
    let is_page = |name: &str| Path::new(name).extension().is_some_and(|e| e == "html");
    let pages: BTreeMap<&str, Page> = files
        .iter()
        .filter(|(name, _)| is_page(name))
        .map(|(name, bytes)| (name.as_str(), page(bytes)))
        .collect();
    assert!(pages.len() > 100, "only {} pages were built", pages.len());

    let mut dead = Vec::new();
    let mut checked = 0;
    for (name, page) in &pages {
        for link in &page.links {
            let Some((path, anchor)) = resolve(name, link, base_url) else {
                continue;
            };
            checked += 1;
            let file = file(&path);
            if !files.contains_key(&file) {
                dead.push(format!("{name}: {link}"));
            } else if !anchor.is_empty() {
                let target = &pages[file.as_str()];
                if !target.ids.contains(&anchor) {
                    dead.push(format!("{name}: {link} (no such anchor)"));
                }
            }
        }
    }
    // Feeds and the sitemap give full addresses.
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".xml")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        for part in text.split(base_url).skip(1) {
            let path = part.split(['"', '<', '&', '#', ' ']).next().unwrap();
            checked += 1;
            if !files.contains_key(&file(path)) {
                dead.push(format!("{name}: {base_url}{path}"));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
    assert!(checked > 2000, "only {checked} links were found");
}

#[test]
fn every_link_leads_somewhere_at_the_root_of_a_host() {
    check("https://briefs.example/");
}

#[test]
fn every_link_leads_somewhere_below_a_path() {
    check("https://briefs.example/archive/");
}

#[test]
fn two_builds_give_equal_bytes() {
    let first = build("https://briefs.example/");
    let second = build("https://briefs.example/");
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    for (name, bytes) in &first {
        assert!(*bytes == second[name], "{name} differs");
    }
}
