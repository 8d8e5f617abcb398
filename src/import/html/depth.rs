//! A limit on how deep a page may be nested.
//!
//! The parser looks through all open elements for every new one, so that a page of nothing but
//! start tags costs time by the square of its length. Browsers stop at 512 open elements; here the
//! tags beyond a larger number are left out, and the text in them stays.

use std::borrow::Cow;

const DEEPEST: usize = 1000;

/// Elements that stay open until they are closed: the others end by themselves (`p`, `li`, `td`)
/// or never open (`br`, `img`).
const LASTING: [&str; 34] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "center",
    "code",
    "details",
    "div",
    "dl",
    "em",
    "figure",
    "font",
    "footer",
    "form",
    "header",
    "i",
    "ins",
    "main",
    "nav",
    "ol",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "u",
];

const MORE_LASTING: [&str; 7] = ["ul", "fieldset", "object", "svg", "math", "g", "button"];

/// The page without start tags that would be nested too deep.
pub fn bounded(html: &str) -> Cow<'_, str> {
    let mut depth = 0usize;
    let mut cut: Option<String> = None;
    let mut kept = 0;
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let (closes, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let end = rest
            .bytes()
            .take(12)
            .position(|b| !b.is_ascii_alphanumeric())
            .unwrap_or(0);
        let name = rest[..end].to_ascii_lowercase();
        if !LASTING.contains(&&*name) && !MORE_LASTING.contains(&&*name) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
            continue;
        }
        depth += 1;
        if depth > DEEPEST && at >= kept {
            let tag_end = html[at..].find('>').map_or(html.len(), |end| at + end + 1);
            cut.get_or_insert_default().push_str(&html[kept..at]);
            kept = tag_end;
        }
    }
    match cut {
        None => Cow::Borrowed(html),
        Some(mut cut) => {
            cut.push_str(&html[kept..]);
            Cow::Owned(cut)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bounded;

    #[test]
    fn only_what_is_nested_beyond_all_reason_is_cut() {
        let flat = "<div><p>a</div>".repeat(5_000) + &"<p>open<li>open".repeat(5_000);
        assert_eq!(bounded(&flat), flat);
        let deep = "<div class=x>".repeat(3_000) + "text";
        let cut = bounded(&deep);
        assert_eq!(cut.matches("<div").count(), 1_000);
        assert!(cut.ends_with("text"));
    }
}
