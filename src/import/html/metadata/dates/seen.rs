//! Dates readers see: around the title, where the text begins, where it ends.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::told::{self, is_plausible};
use crate::import::date_text::dates::{DayMonthOrder, TextDate, dates_in};
use crate::import::head_line::{Label, label};
use crate::import::html::metadata::head;
use crate::import::html::metadata::signals::Signals;
use crate::import::html::metadata::title::Title;
use crate::import::html::metadata::visible;
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
    let times: Vec<(usize, NodeId)> = signals
        .tree
        .elements("time")
        .filter_map(|id| Some((signals.line_of(id)?, id)))
        .collect();
    let mut found = Vec::new();
    for at in head::lines(signals, title) {
        let of_line = times.iter().filter(|(line, _)| *line == at);
        found.extend(
            of_line
                .filter(|(_, id)| !visible::text(signals.tree, *id).is_empty())
                .filter_map(|(_, id)| time(signals, *id, order, Place::Head)),
        );
        found.extend(printed(signals, at, order, Place::Head));
    }
    found.extend(leading(signals, title, order));
    for at in head::foot(signals, title) {
        let line = &signals.blocks[at];
        let calls_itself_date = DATE_LABEL.is_match(&line.text);
        for mut date in printed(signals, at, order, Place::Elsewhere) {
            if date.label == Label::None && calls_itself_date {
                date.label = Label::Published;
            }
            // Without a label, a date behind the text is rather the next article's.
            if date.label != Label::None {
                found.push(date);
            }
        }
    }
    // Far above the title stands the page's own date: today's, where the page was saved.
    let start = head::anchor(signals, title).unwrap_or_default();
    let below = times.iter().filter(|(line, _)| *line >= start);
    found.extend(
        below
            .filter(|(_, id)| !signals.regions.outside(*id))
            .filter_map(|(_, id)| time(signals, *id, order, Place::Elsewhere)),
    );
    found
}

/// A date that opens or closes what the page calls itself: "26.04.2021 | Ice in the harbour".
pub(super) fn in_title(signals: &Signals<'_>, order: DayMonthOrder) -> Option<TextDate> {
    let titles = signals
        .tags
        .all(&["og:title"])
        .chain(signals.tags.title.clone());
    titles
        .flat_map(|title| {
            title
                .split(" | ")
                .flat_map(|part| part.split(" - "))
                .flat_map(|part| part.split(" – "))
                .filter_map(|part| {
                    let part = part.trim();
                    let date = dates_in(part, order).into_iter().next()?;
                    (date.range == (0..part.len())).then_some(date)
                })
                .collect::<Vec<_>>()
        })
        .find(|date| date.date().is_some_and(is_plausible))
}

/// "This entry was posted on 26 April 2021 at 14:53 and is filed under Harbour. You can follow …".
fn speaks_of_itself(text: &str, order: DayMonthOrder) -> Option<(Label, TextDate)> {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:this|dieser?|cette?|este|esta|questo|questa)\s+(?:entry|post|article|page|beitrag|eintrag|artikel|seite|billet|entrada|artículo|articolo|pagina)\s+(?:was|wurde|a été|fue|è stat[oa])\b",
        )
    });
    if !OPENING.is_match(text) {
        return None;
    }
    let sentence = text
        .char_indices()
        .nth(200)
        .map_or(text, |(at, _)| &text[..at]);
    let date = dates_in(sentence, order).into_iter().next()?;
    let before = label(&sentence[..date.range.start]);
    (before != Label::None && date.date().is_some_and(is_plausible)).then_some((before, date))
}

static DATE_LABEL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\W*(?:date|datum|fecha|data|날짜|日期)\s*[:：]"));

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in this file is valid")
}

/// What a `<time datetime>` says.
fn time(signals: &Signals<'_>, id: NodeId, order: DayMonthOrder, place: Place) -> Option<Seen> {
    if signals.tree.name(id) != Some("time") {
        return None;
    }
    let date = told::date(signals.tree.attribute(id, "datetime")?, order)?;
    // Many themes give every date the class `updated`; the markup's own terms know better.
    let published = signals.tree.attribute(id, "pubdate").is_some()
        || signals.tree.attribute(id, "itemprop") == Some("datePublished")
        || head::is_marked(signals, id, &["published", "publish", "created"]);
    let updated =
        !published && head::is_marked(signals, id, &["updated", "modified", "aktualisiert"]);
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

/// A page can't be older than the web: a date before that is of a birth or a film.
const FIRST_PAGES: i16 = 1990;

/// The dates in a short line, each with what the words beside it call it.
fn printed(signals: &Signals<'_>, at: usize, order: DayMonthOrder, place: Place) -> Vec<Seen> {
    let text = &signals.blocks[at].text;
    if text.len() > 300 {
        return Vec::new();
    }
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count();
    let mut found = Vec::new();
    let mut from = 0;
    for date in dates_in(text, order) {
        let label = called(signals, at, from..date.range.start, date.range.end);
        from = date.range.end;
        let room = if label == Label::None {
            LINE_WORDS
        } else {
            LABELLED_WORDS
        };
        let is_told = label != Label::None || date.year.is_some_and(|year| year >= FIRST_PAGES);
        if words <= room && is_told && date.date().is_some_and(is_plausible) {
            found.push(Seen {
                label,
                date,
                node: signals.blocks[at].node,
                place,
                marked: false,
            });
        }
    }
    found
}

/// What the words before a date call it; where none do, those behind it in a sentence that needs
/// its verb ("wurde am 26. April 2021 geändert"), or the line above it ("Last change:").
fn called(signals: &Signals<'_>, at: usize, before: Range<usize>, end: usize) -> Label {
    static AWAITS_VERB: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:wurde|zuletzt)\b"));
    let text = &signals.blocks[at].text;
    let opens = !text[..before.end].contains(char::is_alphanumeric);
    let found = label(&text[before.clone()]);
    if found != Label::None {
        return found;
    }
    if AWAITS_VERB.is_match(&text[before]) {
        let behind: String = text[end..].chars().take(30).collect();
        return label(&behind);
    }
    let above = at.checked_sub(1).map(|above| &signals.blocks[above].text);
    match above.filter(|above| opens && above.len() <= 40 && above.ends_with([':', '：'])) {
        Some(above) => label(above),
        None => Label::None,
    }
}

/// Whether a date stands within the first words of its sentence: further on it is something
/// else's.
fn stands_early(text: &str, date: &TextDate) -> bool {
    let before = &text[..date.range.start];
    before.len() - before.rfind(". ").unwrap_or_default() <= 60
}

/// The date that a line anywhere on the page calls that of publication (or of the last change),
/// if only one is called so: a page's foot or margin speaks of its article, too, but lists speak
/// of many.
pub(super) fn anywhere(
    signals: &Signals<'_>,
    wanted: Label,
    order: DayMonthOrder,
) -> Option<TextDate> {
    let mut found = (0..signals.blocks.len())
        .filter(|&at| {
            signals.blocks[at]
                .text
                .contains(|c: char| c.is_ascii_digit())
        })
        .flat_map(
            |at| match speaks_of_itself(&signals.blocks[at].text, order) {
                Some((label, date)) => vec![(label, date)],
                None => printed(signals, at, order, Place::Elsewhere)
                    .into_iter()
                    .filter(|seen| stands_early(&signals.blocks[at].text, &seen.date))
                    .map(|seen| (seen.label, seen.date))
                    .collect(),
            },
        )
        .filter(|(label, _)| *label == wanted)
        .map(|(_, date)| date);
    let first = found.next()?;
    found
        .all(|other| other.date() == first.date())
        .then_some(first)
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
    // "26 April 2021. The harbour …"; but "26. April 2021" has its dot inside.
    let full_stop = behind
        .strip_prefix(". ")
        .is_some_and(|text| text.starts_with(char::is_uppercase));
    let framed = matches!(before, "" | "(" | "[")
        && (full_stop || behind.starts_with([')', ']', '-', '–', '—', ':', '|', '/']))
        && date.date().is_some_and(is_plausible);
    framed.then_some(Seen {
        label: Label::None,
        date,
        node: block.node,
        place: Place::Head,
        marked: false,
    })
}
