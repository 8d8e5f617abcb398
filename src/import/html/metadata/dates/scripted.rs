//! The date of publication in the data that a page's scripts draw it from.

use std::sync::LazyLock;

use regex::Regex;

use super::told;
use crate::import::date_text::dates::{DayMonthOrder, TextDate};
use crate::import::html::metadata::signals::Signals;

/// Scripts longer than this, in bytes, are libraries.
const LONG: usize = 2_000_000;

/// The one day that the page's scripts call that of publication; nothing if they name several, as
/// they do where they draw lists.
pub(super) fn published(signals: &Signals<'_>, order: DayMonthOrder) -> Option<TextDate> {
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?i)"(?:(?:date|first)_?published|published_?(?:at|on|date|time)|publi(?:sh|cation)_?(?:date|time)|pub_?date)\\?"\s*:\s*\\?"([^"\\]{8,40})\\?""#,
        )
        .expect("a pattern written in this file is valid")
    });
    let tree = signals.tree;
    let mut first: Option<TextDate> = None;
    for script in tree.elements("script") {
        let text = tree.text(script);
        if text.len() > LONG || text.is_empty() {
            continue;
        }
        for found in FIELD.captures_iter(&text) {
            let Some(date) = told::date(&found[1], order) else {
                continue;
            };
            match &first {
                Some(known) if known.date() != date.date() => return None,
                Some(_) => {}
                None => first = Some(date),
            }
        }
    }
    first
}
