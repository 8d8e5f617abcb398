//! What speaks for or against a block being part of the article, as numbers.
//!
//! Each signal is added in one place, with its name; `training/html/` fits the forest that weighs
//! them. A change here needs a new forest.

use super::block::key;
use super::class_words::KINDS;
use super::context::Context;
use super::landscape::{Landscape, family};
use super::neighbours::{neighbours, since_headings};
use super::row::Row;
use super::tree::NodeId;
use crate::import::paste::features::wording::{content_words, is_first_person, is_second_person};
use crate::import::phrases::Topic;

/// The features of every block of a page.
pub fn rows(page: &Landscape<'_>) -> Vec<Row> {
    let since = since_headings(page);
    (0..page.blocks.len())
        .map(|at| {
            let mut row = Row::default();
            features(page, &since, at, &mut row);
            row
        })
        .collect()
}

/// Adds what a first look at all blocks says about each one, for a second look.
pub fn add_context(page: &Landscape<'_>, chances: &[f32], rows: &mut [Row]) {
    let context = Context::of(page, chances);
    for (at, row) in rows.iter_mut().enumerate() {
        context.add(at, row);
    }
}

/// The names of the features, in their order.
pub fn names(page: &Landscape<'_>) -> Vec<&'static str> {
    let mut row = Row {
        named: true,
        ..Row::default()
    };
    if !page.blocks.is_empty() {
        features(page, &since_headings(page), 0, &mut row);
    }
    row.names
}

fn features(page: &Landscape<'_>, since: &[[usize; 7]], at: usize, row: &mut Row) {
    text(page, at, row);
    element(page, at, row);
    company(page, at, row);
    containers(page, at, row);
    place(page, at, row);
    neighbours(page, at, row);
    for (name, value) in [
        "since comments",
        "since related",
        "since legal",
        "since author box",
        "since tags",
        "since newsletter",
        "since share",
    ]
    .into_iter()
    .zip(since[at])
    {
        row.count(name, value);
    }
}

/// The block's own text.
fn text(page: &Landscape<'_>, at: usize, row: &mut Row) {
    let (block, seen) = (&page.blocks[at], &page.seen[at]);
    let text = block.text.as_str();
    row.count("weight", seen.weight);
    row.count("words", seen.words);
    row.count("linked", seen.linked);
    row.count("links", block.links);
    row.count("little words", seen.little);
    row.count("capitals", seen.capitals);
    row.flag("ends sentence", seen.ends_sentence);
    row.flag("ends in a colon", text.ends_with([':', '：']));
    row.flag(
        "ends in dots",
        text.ends_with(['…', '»', '›', '>']) || text.ends_with("..."),
    );
    row.count("commas", text.matches([',', '，', '、']).take(12).count());
    row.count(
        "sentence ends",
        text.matches(['.', '!', '?', '。', '！', '？'])
            .take(12)
            .count(),
    );
    row.count(
        "separators",
        text.matches(['|', '»', '›', '•', '/', '→', '·', '#'])
            .take(6)
            .count(),
    );
    let digits = text.chars().filter(char::is_ascii_digit).count();
    row.share("digits", digits, block.chars);
    row.flag("quotes", text.contains(['"', '“', '„', '«', '「', '”']));
    row.flag("question", text.contains(['?', '？']));
    row.flag("starts small", text.starts_with(char::is_lowercase));
    row.flag("copyright", text.contains('©'));
    row.flag("mail", text.contains('@'));
    row.flag("year", has_year(text));
    row.flag(
        "byline",
        seen.weight < 80 && crate::import::byline::has_lead(text),
    );
    row.count("copies", page.copies.get(text).copied().unwrap_or(1));
    for topic in TOPICS {
        row.flag("topic", seen.topics.contains(topic));
    }
    let own = key(&text[..text.len().min(1200).min(floor(text, 1200))]);
    let in_title = own.len() >= 6 && page.titles.iter().any(|title| title.contains(&own));
    let holds_title = page.titles.iter().any(|title| own.contains(title.as_str()));
    row.flag("in a title", in_title);
    row.flag("holds a title", holds_title);
    page.told.add(&own, page.whole().prose, row);
}

const TOPICS: [Topic; 16] = [
    Topic::Comments,
    Topic::Related,
    Topic::Share,
    Topic::Newsletter,
    Topic::Account,
    Topic::Cookies,
    Topic::Legal,
    Topic::Navigation,
    Topic::AuthorBox,
    Topic::Advert,
    Topic::Tags,
    Topic::More,
    Topic::Print,
    Topic::Contact,
    Topic::Media,
    Topic::Shop,
];

/// What sets it apart from the rest of the page.
fn company(page: &Landscape<'_>, at: usize, row: &mut Row) {
    let (block, seen) = (&page.blocks[at], &page.seen[at]);
    let (members, prose, chars) = page.families[&family(page.tree, block)];
    row.count("family", members.min(300));
    row.share("prose of family", prose, members);
    row.count("length of family", chars / members);
    let lower = block.text.to_lowercase();
    let own = u32::from(seen.is_prose);
    let (mut words, mut shared) = (0, 0);
    for word in content_words(&lower).take(60) {
        words += 1;
        shared += usize::from(page.words.get(word).is_some_and(|count| *count > own));
    }
    row.share("words shared with the prose", shared, words);
    row.count("content words", words);
    row.flag("first person", is_first_person(&lower));
    row.flag("second person", is_second_person(&lower));
    row.flag("address", lower.contains("http") || lower.contains("www."));
    let before = at
        .checked_sub(1)
        .and_then(|before| page.blocks[before].nodes.last());
    let pictures = |node: NodeId| page.pictures[node.index()];
    let first = pictures(block.nodes[0]);
    row.count(
        "pictures before",
        (first - before.map_or(0, |node| pictures(*node))).min(9) as usize,
    );
    let behind = page.blocks.get(at + 1).map(|next| pictures(next.nodes[0]));
    row.count(
        "pictures behind",
        behind.map_or(0, |next| next - first).min(9) as usize,
    );
    let marked = |names: &[&str]| {
        let bears = |node: &&NodeId| {
            let outer = page.tree.ancestors(**node).take(3);
            outer
                .filter_map(|outer| page.tree.name(outer))
                .any(|name| names.contains(&name))
        };
        block.nodes.iter().filter(bears).count()
    };
    row.share("bold", marked(&["b", "strong"]), block.nodes.len());
    row.share("slanted", marked(&["i", "em"]), block.nodes.len());
    let last = block.nodes.last().and_then(|node| page.tree.parent(*node));
    row.flag(
        "ends linked",
        last.and_then(|node| page.tree.name(node)) == Some("a"),
    );
    let best = page.measure(page.best);
    let (from, to) = page.around(page.best, at);
    row.share("best before", from.prose, best.prose);
    row.share("best behind", to.prose, best.prose);
    row.count("best blocks behind", to.blocks.min(99));
}

/// Element names in the order of the feature that tells them apart.
const ELEMENTS: [&str; 16] = [
    "p",
    "li",
    "div",
    "h2",
    "h3",
    "h1",
    "td",
    "h4",
    "figcaption",
    "button",
    "label",
    "option",
    "pre",
    "dd",
    "dt",
    "span",
];

/// The elements around it and what they are called.
fn element(page: &Landscape<'_>, at: usize, row: &mut Row) {
    let tree = page.tree;
    let block = &page.blocks[at];
    let name = tree.name(block.element).unwrap_or_default();
    for element in ELEMENTS {
        row.flag("is element", name == element);
    }
    let mut nearest = [20u8; KINDS];
    let mut inside = [20u8; INSIDE.len()];
    let mut hidden = false;
    let mut depth = 0;
    for (level, node) in outer(page, block.element).take(60).enumerate() {
        depth += 1;
        let level = u8::try_from(level.min(19)).unwrap_or(19);
        let kinds = page.kinds[node.index()];
        for (kind, nearest) in nearest.iter_mut().enumerate() {
            if *nearest == 20 && kinds.has(kind) {
                *nearest = level;
            }
        }
        let name = tree.name(node).unwrap_or_default();
        for (wanted, inside) in INSIDE.iter().zip(&mut inside) {
            if *inside == 20 && *wanted == name {
                *inside = level;
            }
        }
        hidden |= tree.attribute(node, "hidden").is_some()
            || tree.attribute(node, "aria-hidden") == Some("true")
            || tree.attribute(node, "style").is_some_and(is_hiding);
    }
    row.count("depth", depth);
    row.flag("hidden", hidden);
    for level in nearest {
        row.count("levels to a name", level.into());
    }
    for level in inside {
        row.count("levels to an element", level.into());
    }
    row.count("alike", page.alike(block.element).min(200));
    let own_marks = block
        .nodes
        .first()
        .and_then(|&node| tree.parent(node))
        .and_then(|parent| tree.name(parent));
    row.flag("starts bold", matches!(own_marks, Some("b" | "strong")));
    row.flag("starts slanted", matches!(own_marks, Some("i" | "em")));
    row.flag("starts linked", own_marks == Some("a"));
}

/// Elements that say something about whatever stands in them.
const INSIDE: [&str; 19] = [
    "article",
    "main",
    "section",
    "nav",
    "aside",
    "header",
    "footer",
    "form",
    "figure",
    "table",
    "ul",
    "ol",
    "blockquote",
    "noscript",
    "a",
    "details",
    "small",
    "dl",
    "button",
];

fn is_hiding(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

fn outer<'a>(page: &'a Landscape<'_>, element: NodeId) -> impl Iterator<Item = NodeId> + 'a {
    std::iter::once(element).chain(page.tree.ancestors(element))
}

/// How much text of what kind the elements around it hold.
fn containers(page: &Landscape<'_>, at: usize, row: &mut Row) {
    let block = &page.blocks[at];
    let whole = page.whole();
    let best_score = page.scores[page.best.index()];
    let mut levels = outer(page, block.element);
    for _ in 0..5 {
        let node = levels.next().unwrap_or(page.tree.root());
        let measure = page.measure(node);
        row.share("container prose of page", measure.prose, whole.prose);
        row.share("container linked", measure.link_chars, measure.chars);
        row.share("container prose", measure.prose, measure.chars);
        row.count("container blocks", measure.blocks.min(500));
        row.count("container paragraphs", measure.paragraphs.min(200));
        row.add(
            "container score",
            page.scores[node.index()] / best_score.max(1.0),
        );
    }
    for (name, core) in ["in half", "in three quarters", "in nearly all"]
        .into_iter()
        .zip(page.cores)
    {
        row.flag(name, page.tree.contains(core, block.nodes[0]));
    }
    row.flag("in best", page.tree.contains(page.best, block.nodes[0]));
    let up = outer(page, block.element)
        .take(40)
        .position(|node| node == page.best || page.tree.contains(node, page.best))
        .unwrap_or(40);
    row.count("levels to best", up);
    let best = page.measure(page.best);
    row.share("best prose of page", best.prose, whole.prose);
    row.count("page paragraphs", whole.paragraphs.min(300));
    row.count("page blocks", whole.blocks.min(3000));
    row.share("page linked", whole.link_chars, whole.chars);
}

/// Where it stands on the page.
fn place(page: &Landscape<'_>, at: usize, row: &mut Row) {
    let whole = page.whole();
    let before = page.measure_before(at);
    row.share("blocks before", at, page.blocks.len());
    row.share("prose before", before.prose, whole.prose);
    row.share("characters before", before.chars, whole.chars);
    let first = |mut range: std::ops::Range<usize>| range.find(|&other| page.seen[other].is_prose);
    let last = (0..at)
        .rev()
        .take(99)
        .find(|&other| page.seen[other].is_prose);
    row.count(
        "blocks since prose",
        last.map_or(99, |last| (at - last).min(99)),
    );
    let next = first(at + 1..page.blocks.len().min(at + 100));
    row.count("blocks to prose", next.map_or(99, |next| next - at));
    #[expect(
        clippy::cast_precision_loss,
        reason = "features need no more than 24 bits"
    )]
    let from_heading = page
        .heading
        .map_or(-999.0, |heading| at as f32 - heading as f32);
    row.add("blocks from the heading", from_heading.clamp(-999.0, 999.0));
    let (start, end) = (page.best.index(), page.tree.end(page.best));
    let own = block_index(page, at);
    row.flag("before best", own < start);
    row.flag("behind best", own >= end);
}

fn block_index(page: &Landscape<'_>, at: usize) -> usize {
    page.blocks[at].nodes[0].index()
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

/// The nearest place at or before `at` where a string may be cut.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
