//! The addresses in a stylesheet.

/// Every `url(…)` and `@import "…"` with the byte at which it begins (CSS Syntax 3). Comments are
/// passed over; what stands in other strings is not taken for an address.
pub fn urls(css: &str) -> Vec<(String, usize)> {
    let mut urls = Vec::new();
    let mut at = 0;
    while let Some(found) = css[at..].find(['/', '"', '\'', 'u', 'U', '@']) {
        let start = at + found;
        let rest = &css[start..];
        at = if rest.starts_with("/*") {
            rest.find("*/").map_or(css.len(), |end| start + end + 2)
        } else if rest.starts_with(['"', '\'']) {
            start + quoted(rest).1
        } else if starts_with_ignoring_case(rest, "url(") {
            let inner = &rest[4..];
            let trimmed = inner.trim_start();
            let skipped = 4 + inner.len() - trimmed.len();
            let (url, length) = if trimmed.starts_with(['"', '\'']) {
                quoted(trimmed)
            } else {
                let end = trimmed.find(')').unwrap_or(trimmed.len());
                (trimmed[..end].trim_end(), end)
            };
            urls.push((url.to_owned(), start));
            start + skipped + length
        } else if starts_with_ignoring_case(rest, "@import") {
            let inner = &rest[7..];
            let trimmed = inner.trim_start();
            let skipped = 7 + inner.len() - trimmed.len();
            if trimmed.starts_with(['"', '\'']) {
                let (url, length) = quoted(trimmed);
                urls.push((url.to_owned(), start));
                start + skipped + length
            } else {
                start + 7
            }
        } else {
            // All the characters looked for are one byte long.
            start + 1
        };
    }
    urls
}

/// What stands between the quotes that `text` begins with, and how long it is with them.
fn quoted(text: &str) -> (&str, usize) {
    let inner = &text[1..];
    let mut escaped = false;
    for (at, character) in inner.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A string that isn't closed ends with its line.
            '\n' => return (&inner[..at], at + 1),
            _ if text.starts_with(character) => return (&inner[..at], at + 2),
            _ => {}
        }
    }
    (inner, text.len())
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::urls;

    #[test]
    fn addresses_are_found_and_comments_and_strings_are_not() {
        for (css, wanted) in [
            ("a{background:url(x.png)}", vec!["x.png"]),
            ("a{background:URL( \"x y.png\" )}", vec!["x y.png"]),
            (
                "@import 'base.css'; @import url(more.css);",
                vec!["base.css", "more.css"],
            ),
            ("/* url(no.png) */ a{}", vec![]),
            ("a::before{content:'url(no.png)'}", vec![]),
            ("a{background:url(unclosed", vec!["unclosed"]),
            (
                "a{content:\"unclosed\n} b{background:url(y.png)}",
                vec!["y.png"],
            ),
            ("서울{background:url(서울.png)}", vec!["서울.png"]),
        ] {
            let found: Vec<_> = urls(css).into_iter().map(|(url, _)| url).collect();
            assert_eq!(found, wanted, "{css}");
        }
    }
}
