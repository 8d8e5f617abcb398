//! The title: the heading a reader sees, recognised by what the page calls itself elsewhere.
//!
//! In this order:
//! 1. the heading (`h1` to `h3`) that is most like a declared title (OpenGraph, JSON-LD,
//!    `<title>`): it has neither the site's name nor an editor's search phrase;
//! 2. the page's only `h1`;
//! 3. the declared title without the site's name.
//!
//! A kicker that stands in the heading (`Ice report: `) is no part of the title.

use super::super::tree::NodeId;
use super::head;
use super::plain::key;
use super::publisher;
use super::signals::Signals;
use super::visible::{self, Block};

/// The title, and where readers see it: the heading it was read from, or the line that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) node: Option<NodeId>,
}

struct Heading {
    node: NodeId,
    level: u8,
    /// The whole heading first, then what it says without its kicker.
    texts: Vec<String>,
    outside: bool,
}

pub(super) fn choose(signals: &Signals<'_>) -> Option<Title> {
    let sites = publisher::site_names(signals);
    let declared = declared(signals);
    let headings = headings(signals, &sites);
    if let Some(found) = matching(&headings, &declared, &sites) {
        return Some(found);
    }
    let heading = |heading: &Heading| Title {
        text: heading.texts.last().cloned().unwrap_or_default(),
        node: Some(heading.node),
    };
    let mut first_level = headings
        .iter()
        .filter(|heading| heading.level == 1 && !heading.outside);
    if let (Some(only), None) = (first_level.next(), first_level.next())
        && declared
            .iter()
            .any(|title| share_a_word(&only.texts[0], title))
    {
        return Some(heading(only));
    }
    if let Some(title) = declared.first() {
        let mut text = without_site(title, &sites);
        // Only `<title>` carries the name of a site that names itself nowhere else.
        if signals.tags.title.as_ref() == Some(title)
            && text == *title
            && let Some((head, tail)) = split_last(title)
            && head.split_whitespace().count() >= 3
            && tail.split_whitespace().count() <= 4
        {
            text.truncate(head.len());
        }
        let node = line_that_says(signals, &text);
        return Some(Title { text, node });
    }
    headings
        .iter()
        .filter(|heading| !heading.outside)
        .min_by_key(|heading| heading.level)
        .map(heading)
}

/// The line of the page that is this title and no heading, as pages laid out with tables have it.
fn line_that_says(signals: &Signals<'_>, title: &str) -> Option<NodeId> {
    let title = key(title);
    let says = |line: &&Block| !signals.regions.outside(line.first) && key(&line.text) == title;
    let line = signals.blocks.iter().find(says)?;
    (!title.is_empty()).then_some(line.first)
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
            let texts = texts(signals, id);
            let key = key(texts.first()?);
            let usable =
                !key.is_empty() && texts[0].chars().count() <= 300 && !sites.contains(&key);
            usable.then_some(Heading {
                node: id,
                level,
                texts,
                outside: signals.regions.outside(id),
            })
        })
        .take(200)
        .collect()
}

/// Class names of what stands over or before a title.
const KICKER: &[&str] = &[
    "kicker",
    "overline",
    "roofline",
    "topline",
    "dachzeile",
    "spitzmarke",
    "eyebrow",
    "superheadline",
    "supertitle",
    "pretitle",
    "antetitulo",
    "volanta",
    "label",
    "colon",
    "sub",
    "small",
    "titleheader",
    "section",
    "category",
];

/// What a heading says: all of it, then without the elements marked as a kicker, or without its
/// first element.
fn texts(signals: &Signals<'_>, id: NodeId) -> Vec<String> {
    let tree = signals.tree;
    let mut found = vec![visible::text(tree, id)];
    let parts: Vec<NodeId> = tree
        .descendants(id)
        .filter(|&part| tree.name(part).is_some())
        .take(20)
        .collect();
    let kickers: Vec<NodeId> = parts
        .iter()
        .copied()
        .filter(|&part| head::has_word(signals, part, KICKER))
        .collect();
    let first = parts
        .iter()
        .copied()
        .find(|&part| !visible::text(tree, part).is_empty());
    for omitted in [first.as_slice(), &kickers] {
        let rest = visible::text_without(tree, id, omitted);
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":|–—-/•·".contains(c));
        if !omitted.is_empty() && rest.split_whitespace().count() >= 2 && rest != found[0] {
            found.push(rest.to_owned());
        }
    }
    found
}

/// The heading most like a declared title, if one is.
fn matching(headings: &[Heading], declared: &[String], sites: &[String]) -> Option<Title> {
    let mut keys: Vec<String> = Vec::new();
    for title in declared
        .iter()
        .flat_map(|title| [key(title), key(&without_site(title, sites))])
    {
        if !title.is_empty() && !keys.contains(&title) {
            keys.push(title);
        }
    }
    let mut best: Option<(usize, Title)> = None;
    for heading in headings {
        let offers = heading.texts.iter().filter_map(|text| {
            let known = key(text);
            let alike = keys.iter().map(|title| likeness(&known, title)).max()?;
            Some((alike, text))
        });
        // Of equals the whole heading, which comes first, is the title.
        let Some((alike, text)) = offers.rev().max_by_key(|(alike, _)| *alike) else {
            continue;
        };
        // "Hard winter / Ice closes the harbour": a kicker without an element of its own.
        let part = [" / ", " | "]
            .iter()
            .flat_map(|separator| text.split(separator))
            .find(|part| *part != text && part.contains(' ') && keys.contains(&key(part)));
        let (alike, text) = match part {
            Some(part) if alike < 100 => (100, part.trim()),
            _ => (alike, text.as_str()),
        };
        // Teasers repeat titles, smaller and later.
        let rank = (alike * 10).saturating_sub(
            usize::from(heading.level - 1) * 20 + if heading.outside { 250 } else { 0 },
        );
        if alike > 0 && best.as_ref().is_none_or(|(other, _)| rank > *other) {
            best = Some((
                rank,
                Title {
                    text: text.to_owned(),
                    node: Some(heading.node),
                },
            ));
        }
    }
    best.map(|(_, title)| title)
}

/// How alike a heading and a declared title are, in hundredths: the shorter one's share of the
/// longer one that holds it, else the share of common words. 0 if there is too little.
fn likeness(heading: &str, title: &str) -> usize {
    let (short, long) = if heading.len() <= title.len() {
        (heading, title)
    } else {
        (title, heading)
    };
    if short.is_empty() {
        return 0;
    }
    if holds_words(long, short) {
        let share = short.chars().count() * 100 / long.chars().count();
        return if share < 30 { 0 } else { share };
    }
    let (heading, title): (Vec<&str>, Vec<&str>) =
        (heading.split(' ').collect(), title.split(' ').collect());
    if heading.len().min(title.len()) < 3 {
        return 0;
    }
    let common = heading.iter().filter(|word| title.contains(word)).count();
    let share = common * 100 / heading.len().max(title.len());
    // Words in common prove less than one text inside the other.
    if share < 50 { 0 } else { share * 8 / 10 }
}

/// Whether two titles speak of one thing: they have a word of four letters or more in common.
fn share_a_word(one: &str, other: &str) -> bool {
    let other = key(other);
    key(one)
        .split(' ')
        .any(|word| word.chars().count() >= 4 && other.split(' ').any(|known| known == word))
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

const SEPARATORS: [&str; 17] = [
    "：", "｜", " | ", " // ", " : ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ",
    " ‹ ", " › ", " / ", " ~ ",
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

/// The site's name where only `<title>` has it: behind the article's title, or before it.
pub(super) fn site_beside(signals: &Signals<'_>, title: &str) -> Option<String> {
    const LONGEST: usize = 40;
    const WORDS: usize = 5;
    let whole = signals.tags.title.as_deref()?;
    let title = key(title);
    let begins = |text: &str| !title.is_empty() && key(text).starts_with(&title);
    let ends = |text: &str| !title.is_empty() && key(text).ends_with(&title);
    let behind = split_last(whole).filter(|(head, _)| begins(head));
    let behind = behind.map(|(_, tail)| tail);
    let before = || split_first(whole).filter(|(_, rest)| ends(rest));
    let name = behind.or_else(|| Some(before()?.0))?;
    let is_name = name.chars().count() <= LONGEST
        && name.split_whitespace().count() <= WORDS
        && name.chars().any(char::is_alphabetic)
        && !key(name).contains(&title);
    is_name.then(|| name.to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::html::tree::Tree;

    fn title(html: &str) -> Option<String> {
        choose(&Signals::of(&Tree::parse(html))).map(|title| title.text)
    }

    #[test]
    fn the_title_is_the_heading_that_the_page_is_named_after() {
        for (case, html) in [
            (
                "the site's name stands behind it",
                "<title>Ice closes the old harbour | Harbour Times</title><h1>Ice closes the old harbour</h1>",
            ),
            (
                "the site's name is a heading too",
                "<meta property=og:site_name content='Harbour Times'><title>Ice closes the old harbour - Harbour Times</title>\
                 <h1>Harbour Times</h1><h2>Ice closes the old harbour</h2>",
            ),
            (
                "OpenGraph says it otherwise",
                "<meta property=og:title content='Ice: what you need to know'><title>Ice closes the old harbour - HT</title>\
                 <h1>Ice closes the old harbour</h1>",
            ),
            (
                "a kicker stands in the heading",
                "<title>Ice closes the old harbour</title>\
                 <h1><span class=kicker>Hard winter: </span>Ice closes the old harbour</h1>",
            ),
            (
                "a kicker that only the declared title leaves out",
                "<meta property=og:title content='Ice closes the old harbour'>\
                 <h1><span>Winter</span> – <span>Ice closes the old harbour</span></h1>",
            ),
            (
                "a kicker before a stroke",
                "<title>Ice closes the old harbour</title><h1>Hard winter / Ice closes the old harbour</h1>",
            ),
            (
                "screen readers are told more",
                "<title>Ice closes the old harbour</title>\
                 <h1><span class=visually-hidden>Headline:</span> Ice closes the old harbour</h1>",
            ),
            (
                "one word differs",
                "<title>Ice shuts the old harbour</title><h1>Ice closes the old harbour</h1>",
            ),
            (
                "a teaser repeats it",
                "<title>Ice closes the old harbour</title><h1>Ice closes the old harbour</h1>\
                 <div class=related><h3>Ice closes the old harbour</h3></div>",
            ),
            (
                "there is no heading",
                "<meta property=og:site_name content='Harbour Times'>\
                 <title>Harbour Times: Ice | Harbour Times</title>\
                 <meta property=og:title content='Ice closes the old harbour – Harbour Times'>",
            ),
        ] {
            assert_eq!(
                title(html).as_deref(),
                Some("Ice closes the old harbour"),
                "{case}"
            );
        }
    }

    #[test]
    fn the_name_beside_a_title_is_that_of_its_site() {
        for (page_title, wanted) in [
            (
                "Ice closes the old harbour | The Daily Gull",
                Some("The Daily Gull"),
            ),
            (
                "Ice closes the old harbour - News - The Daily Gull",
                Some("The Daily Gull"),
            ),
            (
                "The Daily Gull » Ice closes the old harbour",
                Some("The Daily Gull"),
            ),
            ("Ice closes the old harbour：北海新報", Some("北海新報")),
            ("Ice closes the old harbour", None),
            ("Ice closes the old harbour - 12", None),
            ("Something else | The Daily Gull", None),
        ] {
            let tree = Tree::parse(&format!("<title>{page_title}</title>"));
            let signals = Signals::of(&tree);
            let found = site_beside(&signals, "Ice closes the old harbour");
            assert_eq!(found.as_deref(), wanted, "{page_title}");
        }
    }

    #[test]
    fn a_page_without_any_has_none() {
        assert_eq!(title("<p>The ice is thick.</p>"), None);
        assert_eq!(title("<title> </title><h1></h1>"), None);
    }
}
