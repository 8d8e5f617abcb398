//! Limits on what a page may cost the parser.
//!
//! The standard's algorithm has corners where a short page costs time or memory by the square of
//! its length: it looks through all open elements for many a tag, repeats every `<b>` and `<font>`
//! that was never closed in each paragraph that follows, and compares every attribute of a tag
//! with all the others. Browsers stop at 512 open elements. Here tags beyond larger limits are left
//! out; the text between them stays.

use std::borrow::Cow;
use std::collections::HashMap;

/// Open elements.
const DEEPEST: usize = 1000;
/// Elements that the parser would add because formatting was not closed.
const MOST_REPEATS: usize = 500_000;
/// Start tags of a page.
const MOST_TAGS: usize = 2_000_000;
/// Attributes of a tag, looked for in tags of more bytes than [`LONG_TAG`] only.
const MOST_ATTRIBUTES: usize = 500;
const LONG_TAG: usize = 8 * 1024;
/// Tags of the page as a whole, whose attributes are merged.
const MOST_ROOTS: usize = 16;
/// Tags such as `<path/>` that close themselves in a drawing, and don't outside of one.
const MOST_SELF_CLOSING: usize = 20_000;

/// Elements that end by themselves or never open.
const PASSING: [&str; 38] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "head", "hr", "iframe",
    "img", "input", "keygen", "li", "link", "meta", "optgroup", "option", "p", "param", "rb", "rp",
    "rt", "rtc", "script", "source", "style", "tbody", "td", "textarea", "tfoot", "th", "thead",
    "title", "tr", "track",
];

/// Elements that are repeated where they were not closed (HTML standard, 13.2.4.3).
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// The page without tags that would cost too much; borrowed where it has none.
pub fn bounded(html: &str) -> Cow<'_, str> {
    match cut(html, Formatting::Kept) {
        Some(cut) => cut,
        None => cut(html, Formatting::LeftOut).unwrap_or(Cow::Borrowed(html)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Formatting {
    Kept,
    LeftOut,
}

/// `None` if the formatting must be left out.
fn cut(html: &str, formatting: Formatting) -> Option<Cow<'_, str>> {
    let mut open = Open::default();
    let mut out: Option<String> = None;
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start + 1..];
        at = start + 1;
        if rest.starts_with("!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            continue;
        }
        let (closes, named) = match rest.strip_prefix('/') {
            Some(named) => (true, named),
            None => (false, rest),
        };
        if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = html[start..]
            .find('>')
            .map_or(html.len(), |end| start + end + 1);
        // Everything up to the end is this tag's, another `<` as well.
        at = end;
        let mut buffer = [0; 16];
        let name = lower(named, &mut buffer);
        let is_left_out = formatting == Formatting::LeftOut && FORMATTING.contains(&name);
        let too_much = if is_left_out {
            false
        } else if closes {
            open.close(name);
            false
        } else {
            open.costs_too_much(name, &html[start..end])
        };
        if open.repeats > MOST_REPEATS && formatting == Formatting::Kept {
            return None;
        }
        if too_much || is_left_out {
            let out = out.get_or_insert_default();
            out.push_str(&html[kept..start]);
            // Words beside it stay words of their own.
            out.push_str(if is_left_out { "" } else { "\n" });
            kept = end;
        } else if !closes && matches!(name, "script" | "style") && !open.in_drawing() {
            at += raw_text(&html[end..], name);
        }
    }
    Some(match out {
        None => Cow::Borrowed(html),
        Some(mut out) => {
            out.push_str(&html[kept..]);
            Cow::Owned(out)
        }
    })
}

/// How far the text of a script or a style sheet goes, in which no tag is one.
fn raw_text(rest: &str, name: &str) -> usize {
    let is_end = |at: &usize| {
        let named = rest.as_bytes().get(at + 2..at + 2 + name.len());
        named.is_some_and(|named| named.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut ends = rest.match_indices("</").map(|(at, _)| at);
    ends.find(is_end).unwrap_or(rest.len())
}

/// The name at the start of a tag, as far as it fits.
fn lower<'a>(named: &str, buffer: &'a mut [u8; 16]) -> &'a str {
    let letters = named
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-');
    let mut length = 0;
    for (place, byte) in buffer.iter_mut().zip(letters) {
        *place = byte.to_ascii_lowercase();
        length += 1;
    }
    std::str::from_utf8(&buffer[..length]).unwrap_or_default()
}

/// What is open, as far as it can be told without a parser; rather too much than too little.
#[derive(Debug, Default)]
struct Open<'a> {
    /// By name, so that a stray `</i>` does not close a `<div>`.
    elements: HashMap<String, usize>,
    depth: usize,
    /// Start tags of formatting that has not been closed, as they are written. The standard lists
    /// three alike at most.
    formatting: Vec<&'a str>,
    repeats: usize,
    tags: usize,
    roots: usize,
    self_closing: usize,
}

impl<'a> Open<'a> {
    fn in_drawing(&self) -> bool {
        self.count("svg") + self.count("math") > 0
    }

    fn count(&self, name: &str) -> usize {
        self.elements.get(name).copied().unwrap_or(0)
    }

    /// Opens an element unless it would cost too much.
    fn costs_too_much(&mut self, name: &str, tag: &'a str) -> bool {
        self.tags += 1;
        self.roots += usize::from(matches!(name, "html" | "body"));
        self.repeats += self.formatting.len();
        let is_root = matches!(name, "html" | "body");
        if self.tags > MOST_TAGS
            || is_root && self.roots > MOST_ROOTS
            || tag.len() > LONG_TAG && attributes(tag) > MOST_ATTRIBUTES
        {
            return true;
        }
        if is_root || PASSING.contains(&name) || name == "wbr" {
            return false;
        }
        if tag.ends_with("/>") && self.in_drawing() && self.self_closing < MOST_SELF_CLOSING {
            self.self_closing += 1;
            return false;
        }
        if self.depth >= DEEPEST {
            return true;
        }
        self.depth += 1;
        match self.elements.get_mut(name) {
            Some(count) => *count += 1,
            None => {
                self.elements.insert(name.to_owned(), 1);
            }
        }
        if FORMATTING.contains(&name) {
            if matches!(name, "a" | "nobr") {
                // The next one closes it.
                self.forget(name);
            }
            if self.formatting.iter().filter(|open| **open == tag).count() < 3 {
                self.formatting.push(tag);
            }
        }
        false
    }

    fn close(&mut self, name: &str) {
        // What stands in a drawing's text can't close the drawing.
        if name == "svg" && self.count("foreignobject") + self.count("desc") > 0 {
            return;
        }
        if let Some(count) = self.elements.get_mut(name)
            && *count > 0
        {
            *count -= 1;
            self.depth -= 1;
        }
        if FORMATTING.contains(&name) {
            self.forget(name);
        }
    }

    fn forget(&mut self, name: &str) {
        let last = self.formatting.iter().rposition(|open| {
            let mut buffer = [0; 16];
            lower(&open[1..], &mut buffer) == name
        });
        if let Some(last) = last {
            self.formatting.remove(last);
        }
    }
}

/// How many attributes a tag seems to have.
fn attributes(tag: &str) -> usize {
    let mut quote = None;
    let mut count = 0;
    let mut before = b' ';
    for byte in tag.bytes() {
        match quote {
            Some(open) if open == byte => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if byte.is_ascii_whitespace() && !before.is_ascii_whitespace() => count += 1,
            _ => {}
        }
        before = byte;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_beyond_all_reason_is_cut() {
        let flat = "<div><p>a</div>".repeat(5_000) + &"<p>open<li>open".repeat(5_000);
        let script = format!("<script>{}</script><p>a", "if (a<b) c<d;".repeat(3_000));
        let sloppy = "<p><font size=2>a".repeat(3_000);
        let drawing = format!("<svg>{}</svg>", "<path d=''/>".repeat(3_000));
        for page in [flat, script, drawing] {
            assert_eq!(bounded(&page), page);
        }
        assert!(bounded(&sloppy).matches("<font").count() >= DEEPEST);
    }

    #[test]
    fn no_page_costs_more_than_its_length() {
        let many = |part: fn(usize) -> String| (0..5_000).map(part).collect::<String>();
        for (case, page, wanted) in [
            ("deep", many(|_| "<div class=x>".to_owned()), DEEPEST),
            (
                "closed by another name",
                many(|_| "<div></i>".to_owned()),
                DEEPEST,
            ),
            (
                "names of their own",
                many(|_| "<x-y></b>".to_owned()),
                DEEPEST,
            ),
            (
                "formatting",
                many(|at| format!("<p><font id=x{at}>")),
                5_000,
            ),
            ("roots", many(|at| format!("<body a{at}=1>")), MOST_ROOTS),
            (
                "attributes",
                format!("<p {}>", many(|at| format!(" a{at}=1"))),
                0,
            ),
        ] {
            let cut = bounded(&page) + "text";
            assert_eq!(
                cut.matches('<').count() - cut.matches("</").count(),
                wanted,
                "{case}"
            );
        }
    }

    #[test]
    fn words_beside_a_cut_tag_stay_apart() {
        let cut = bounded(&"<div>ice".repeat(1_001)).into_owned();
        assert!(cut.ends_with("<div>ice\nice"), "{}", &cut[cut.len() - 20..]);
    }
}
