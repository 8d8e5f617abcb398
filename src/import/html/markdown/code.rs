//! Preformatted text: code becomes a fenced code block; other text, where its links would be lost
//! in one, becomes lines.

use super::characters;
use crate::import::html::tree::{NodeId, Tree};

/// What a `pre` is.
pub enum Preformatted {
    /// A code block as it is written; empty if nothing of it is kept.
    Code(String),
    /// Text with links, such as a standard or a mail: its lines are lines of text.
    Lines,
    /// A frame around other blocks.
    Frame,
}

/// Looks at a `pre`.
pub fn preformatted(tree: &Tree, pre: NodeId, keeps: &dyn Fn(NodeId) -> bool) -> Preformatted {
    let mut code = String::new();
    let outside = tree.parent(pre).and_then(|parent| language(tree, parent));
    let mut language = language(tree, pre).or(outside);
    let (mut is_code, mut has_links) = (false, false);
    for node in tree.descendants(pre) {
        match tree.name(node) {
            Some("p" | "table" | "ul" | "ol" | "img" | "h1" | "h2" | "h3" | "h4") => {
                return Preformatted::Frame;
            }
            Some("br") => code.push('\n'),
            Some("div" | "li") if !code.is_empty() && !code.ends_with('\n') => code.push('\n'),
            Some("code" | "samp" | "kbd") => {
                is_code = true;
                language = language.or_else(|| self::language(tree, node));
            }
            Some("a") => has_links |= tree.attribute(node, "href").is_some(),
            _ => {}
        }
        if let Some(text) = tree.own_text(node)
            && keeps(node)
        {
            let text = text
                .replace('\u{a0}', " ")
                .replace("\r\n", "\n")
                .replace('\r', "\n");
            code.push_str(&characters::clean(&text));
        }
    }
    if has_links && !is_code && language.is_none() {
        return Preformatted::Lines;
    }
    let code = code.trim_end().trim_start_matches('\n');
    if code.trim().is_empty() {
        return Preformatted::Code(String::new());
    }
    // The fence is longer than any run of backticks inside.
    let longest = code
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let language = language.unwrap_or_default();
    Preformatted::Code(format!("{fence}{language}\n{code}\n{fence}"))
}

/// Whether a line of preformatted text goes on in the next one: it is long, and no entry of a table
/// of contents.
pub fn is_wrapped(line: &str) -> bool {
    const FULL: usize = 55;
    let line = line.trim_end();
    line.chars().count() >= FULL && !line.contains("...") && !line.contains(". .")
}

/// The language that highlighters are told by class names and attributes.
fn language(tree: &Tree, node: NodeId) -> Option<String> {
    let told = ["data-lang", "data-language"]
        .into_iter()
        .find_map(|name| tree.attribute(node, name));
    let classes = tree.attribute(node, "class").unwrap_or_default();
    let named = || {
        classes.split_whitespace().find_map(|class| {
            [
                "language-",
                "lang-",
                "highlight-source-",
                "highlight-",
                "brush:",
                "sourceCode-",
            ]
            .iter()
            .find_map(|prefix| class.strip_prefix(prefix))
        })
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "+#-_".contains(c);
    told.or_else(named)
        .map(|name| name.trim().trim_end_matches(';'))
        .filter(|name| !name.is_empty() && name.chars().all(plain))
        .map(str::to_ascii_lowercase)
}
