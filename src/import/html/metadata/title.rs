//! The title: the heading a reader sees, recognised by what the page calls itself elsewhere.
//!
//! In this order:
//! 1. the heading (`h1` to `h3`) that the declared title (OpenGraph, `<title>`, JSON-LD) contains,
//!    or that contains it: it has neither the site's name nor an editor's search phrase;
//! 2. the declared title without the site's name;
//! 3. the page's only `h1`.

use super::super::tree::NodeId;
use super::plain::key;
use super::publisher;
use super::signals::Signals;
use super::visible;

/// The title, and the heading it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) node: Option<NodeId>,
}

struct Heading {
    node: NodeId,
    level: u8,
    text: String,
    key: String,
}

pub(super) fn choose(signals: &Signals<'_>) -> Option<Title> {
    let sites = publisher::site_names(signals);
    let declared = declared(signals);
    let headings = headings(signals, &sites);
    if let Some(heading) = matching(&headings, &declared, &sites) {
        return Some(Title {
            text: heading.text.clone(),
            node: Some(heading.node),
        });
    }
    if let Some(title) = declared.first() {
        return Some(Title {
            text: without_site(title, &sites),
            node: None,
        });
    }
    headings
        .iter()
        .min_by_key(|heading| heading.level)
        .map(|heading| Title {
            text: heading.text.clone(),
            node: Some(heading.node),
        })
}

/// What the page calls itself, the sources that hold least else first.
fn declared(signals: &Signals<'_>) -> Vec<String> {
    let mut found: Vec<String> = signals
        .tags
        .all(&["og:title"])
        .chain(
            signals
                .articles()
                .filter_map(|article| article.headline.clone()),
        )
        .chain(signals.tags.all(&[
            "twitter:title",
            "dc.title",
            "dc:title",
            "dcterms.title",
            "citation_title",
            "parsely-title",
            "sailthru.title",
        ]))
        .chain(signals.tags.title.clone())
        .chain(signals.tags.all(&["title"]))
        .collect();
    found.retain(|title| title.chars().count() <= 300);
    found
}

fn headings(signals: &Signals<'_>, sites: &[String]) -> Vec<Heading> {
    let tree = signals.tree;
    tree.descendants(tree.root())
        .filter_map(|id| {
            let level = match tree.name(id)? {
                "h1" => 1,
                "h2" => 2,
                "h3" => 3,
                _ => return None,
            };
            if signals.regions.outside(id) {
                return None;
            }
            let text = visible::text(tree, id);
            let key = key(&text);
            let usable = !key.is_empty() && text.chars().count() <= 300 && !sites.contains(&key);
            usable.then_some(Heading {
                node: id,
                level,
                text,
                key,
            })
        })
        .take(200)
        .collect()
}

/// The best heading that shares its words with a declared title.
fn matching<'a>(
    headings: &'a [Heading],
    declared: &[String],
    sites: &[String],
) -> Option<&'a Heading> {
    let declared: Vec<String> = declared
        .iter()
        .flat_map(|title| [key(title), key(&without_site(title, sites))])
        .collect();
    headings
        .iter()
        .filter_map(|heading| {
            let quality = declared
                .iter()
                .map(|title| likeness(&heading.key, title))
                .max()?;
            (quality > 0).then_some((quality, heading))
        })
        .max_by_key(|(quality, heading)| {
            (*quality, std::cmp::Reverse((heading.level, heading.node)))
        })
        .map(|(_, heading)| heading)
}

/// How alike a heading and a declared title are, in hundredths; 0 if neither holds the other.
fn likeness(heading: &str, title: &str) -> usize {
    let (short, long) = if heading.len() <= title.len() {
        (heading, title)
    } else {
        (title, heading)
    };
    if short.is_empty() || !holds_words(long, short) {
        return 0;
    }
    let share = short.chars().count() * 100 / long.chars().count();
    if share < 30 { 0 } else { share }
}

/// Whether a text holds these words in this order and side by side.
fn holds_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        // Chinese and Japanese write words without spaces.
        let parts = |c: Option<char>| c.is_none_or(|c| c == ' ' || u32::from(c) > 0x2e80);
        parts(before) && parts(after)
    })
}

const SEPARATORS: [&str; 13] = [
    " | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " ‹ ", " › ", " / ", " ~ ",
];

/// The title without the name of its site, before or behind it.
pub(super) fn without_site(title: &str, sites: &[String]) -> String {
    let mut title = title.trim();
    for _ in 0..3 {
        let Some((head, tail)) = split_last(title) else {
            break;
        };
        if is_site(tail, sites) {
            title = head;
            continue;
        }
        if let Some((first, rest)) = split_first(title)
            && is_site(first, sites)
        {
            title = rest;
            continue;
        }
        break;
    }
    title.to_owned()
}

fn split_last(title: &str) -> Option<(&str, &str)> {
    SEPARATORS
        .iter()
        .filter_map(|separator| Some((title.rfind(separator)?, separator.len())))
        .max()
        .map(|(at, length)| (title[..at].trim(), title[at + length..].trim()))
        .filter(|(head, tail)| !head.is_empty() && !tail.is_empty())
}

fn split_first(title: &str) -> Option<(&str, &str)> {
    SEPARATORS
        .iter()
        .filter_map(|separator| Some((title.find(separator)?, separator.len())))
        .min()
        .map(|(at, length)| (title[..at].trim(), title[at + length..].trim()))
        .filter(|(head, tail)| !head.is_empty() && !tail.is_empty())
}

fn is_site(segment: &str, sites: &[String]) -> bool {
    let segment = key(segment);
    let joined = segment.replace(' ', "");
    sites.iter().any(|site| {
        *site == segment
            || site.replace(' ', "") == joined
            || (site.len() > 4 && holds_words(&segment, site))
            || (segment.len() > 4 && holds_words(site, &segment))
    })
}
