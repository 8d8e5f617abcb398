//! Marks that only one program knows: kramdown's attributes, Obsidian's comments and callouts.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// kramdown: `{: .class}`, `{:toc}`, and the list item that it stands on; Hugo and Zola: `{#id}`.
static ATTRIBUTES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?m)(?:^[*\-1.]+ +(?i:toc|table of contents)\n)?[ \t]*\{(?::[^}\n]*|#[\w-]+)\}")
});

/// Obsidian: `%% a comment %%`.
static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)%%.*?%%"));

/// Obsidian: `> [!note]- Title`.
static CALLOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?m)^(?P<quote>(?:> ?)+)\[!(?P<kind>[\w-]+)[^\]]*\][+-]?[ \t]*(?P<title>.*)$")
});

/// Obsidian: ` ^block` at the end of a line.
static BLOCK_ID: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)[ \t]+\^[A-Za-z0-9-]+[ \t]*$"));

/// Obsidian and others: `==marked==`.
static HIGHLIGHT: LazyLock<Regex> = LazyLock::new(|| pattern(r"==(\S(?:[^=\n]*\S)?)=="));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that every test compiles")
}

/// Rewrites every mark; comments, which were never meant to be read, are told in `review`.
pub fn rewrite(text: &str, review: &mut Vec<String>) -> String {
    let comments = COMMENT.find_iter(text).count();
    if comments > 0 {
        review.push("body: left out comments between %% and %%".to_owned());
    }
    let text = COMMENT.replace_all(text, "");
    let text = ATTRIBUTES.replace_all(&text, "");
    let text = CALLOUT.replace_all(&text, |found: &Captures<'_>| {
        let kind = &found["kind"];
        let title = found["title"].trim();
        let shown = if title.is_empty() { kind } else { title };
        let mut letters = shown.chars();
        let first: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        let quote = found["quote"].trim_end();
        format!("{quote} **{first}{}**\n{quote}", letters.as_str())
    });
    let text = BLOCK_ID.replace_all(&text, "");
    HIGHLIGHT.replace_all(&text, "$1").into_owned()
}

#[cfg(test)]
mod tests {
    use super::rewrite;

    #[test]
    fn marks_of_one_program_are_read() {
        for (text, wanted) in [
            ("# Tides {#tides}\n", "# Tides\n"),
            ("* TOC\n{:toc}\nText", "\nText"),
            ("A picture{: .wide}", "A picture"),
            (
                "> [!warning] High water\n> Mind it.",
                "> **High water**\n>\n> Mind it.",
            ),
            ("> [!note]-\n> Mind it.", "> **Note**\n>\n> Mind it."),
            ("A line ^a1", "A line"),
            ("a ==marked== word", "a marked word"),
            ("1 == 1", "1 == 1"),
        ] {
            let mut review = Vec::new();
            assert_eq!(rewrite(text, &mut review), wanted, "{text}");
            assert!(review.is_empty());
        }
        let mut review = Vec::new();
        assert_eq!(rewrite("a%% b %%c", &mut review), "ac");
        assert_eq!(review.len(), 1);
    }
}
