//! Dates readers see: around the title, where the text begins, where it ends.

use std::sync::LazyLock;

use regex::Regex;

use super::told::{self, is_plausible};
use crate::import::date_text::dates::{DayMonthOrder, TextDate, dates_in};
use crate::import::head_line::{Label, label};
use crate::import::html::metadata::head;
use crate::import::html::metadata::signals::Signals;
use crate::import::html::metadata::title::Title;
use crate::import::html::tree::NodeId;

/// A date readers see.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) label: Label,
    pub(super) date: TextDate,
    pub(super) node: NodeId,
    pub(super) place: Place,
    /// Given by a `<time>` element: surely a date of something on the page.
    pub(super) marked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Around the title.
    Head,
    /// Where the text ends, under a label; or in a `<time>` anywhere in the article.
    Elsewhere,
}

/// Every date the article shows, the nearest to the title first.
pub(super) fn read(
    signals: &Signals<'_>,
    title: Option<&Title>,
    order: DayMonthOrder,
) -> Vec<Seen> {
    let tree = signals.tree;
    let mut found = Vec::new();
    for at in head::lines(signals, title) {
        let line = &signals.blocks[at];
        let times = std::iter::once(line.node).chain(tree.descendants(line.node));
        found.extend(times.filter_map(|id| time(signals, id, order, Place::Head)));
        found.extend(printed(&line.text, line.node, order, Place::Head));
    }
    found.extend(leading(signals, title, order));
    for at in head::foot(signals, title) {
        let line = &signals.blocks[at];
        let calls_itself_date = DATE_LABEL.is_match(&line.text);
        for mut date in printed(&line.text, line.node, order, Place::Elsewhere) {
            if date.label == Label::None && calls_itself_date {
                date.label = Label::Published;
            }
            // Without a label, a date behind the text is rather the next article's.
            if date.label != Label::None {
                found.push(date);
            }
        }
    }
    found.extend(
        tree.elements("time")
            .filter(|&id| !signals.regions.outside(id))
            .filter_map(|id| time(signals, id, order, Place::Elsewhere)),
    );
    found
}

static DATE_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:date|datum|fecha|data|날짜|日期)\s*[:：]")
        .expect("a pattern written in this file is valid")
});

/// What a `<time datetime>` says.
fn time(signals: &Signals<'_>, id: NodeId, order: DayMonthOrder, place: Place) -> Option<Seen> {
    if signals.tree.name(id) != Some("time") {
        return None;
    }
    let date = told::date(signals.tree.attribute(id, "datetime")?, order)?;
    let updated = head::is_marked(signals, id, &["updated", "modified", "aktualisiert"])
        && !head::is_marked(signals, id, &["published", "publish", "created"]);
    Some(Seen {
        label: if updated { Label::Updated } else { Label::None },
        date,
        node: id,
        place,
        marked: true,
    })
}

/// A line beside the title may hold this many words next to its date.
const LINE_WORDS: usize = 14;
/// A label earns it more.
const LABELLED_WORDS: usize = 22;

/// The dates in a short line, each with what the words before it call it.
fn printed(text: &str, node: NodeId, order: DayMonthOrder, place: Place) -> Vec<Seen> {
    if text.len() > 300 {
        return Vec::new();
    }
    let words = text.split_whitespace().count();
    let mut found = Vec::new();
    let mut from = 0;
    for date in dates_in(text, order) {
        let label = label(&text[from..date.range.start]);
        from = date.range.end;
        let room = if label == Label::None {
            LINE_WORDS
        } else {
            LABELLED_WORDS
        };
        if words <= room && date.date().is_some_and(is_plausible) {
            found.push(Seen {
                label,
                date,
                node,
                place,
                marked: false,
            });
        }
    }
    found
}

/// A date that opens the text: "(26 April 2021) The harbour …", "26.04.2021 – The harbour …".
fn leading(signals: &Signals<'_>, title: Option<&Title>, order: DayMonthOrder) -> Option<Seen> {
    let at = head::first_prose(signals, title)?;
    let block = &signals.blocks[at];
    let end = block
        .text
        .char_indices()
        .nth(60)
        .map_or(block.text.len(), |(at, _)| at);
    let opening = &block.text[..end];
    let date = dates_in(opening, order).into_iter().next()?;
    let before = opening[..date.range.start].trim();
    let behind = opening[date.range.end..].trim_start();
    let framed = matches!(before, "" | "(" | "[")
        && behind.starts_with([')', ']', '-', '–', '—', ':', '|', '/'])
        && date.date().is_some_and(is_plausible);
    framed.then_some(Seen {
        label: Label::None,
        date,
        node: block.node,
        place: Place::Head,
        marked: false,
    })
}
