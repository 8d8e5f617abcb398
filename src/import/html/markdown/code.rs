//! Preformatted text becomes a fenced code block.

use super::characters;
use crate::import::html::tree::{NodeId, Tree};

/// The code block of a `pre`, empty if nothing of it is kept; `None` if it only frames other
/// blocks.
pub fn block(tree: &Tree, pre: NodeId, keeps: &dyn Fn(NodeId) -> bool) -> Option<String> {
    let mut code = String::new();
    let mut language = language(tree, pre);
    for node in tree.descendants(pre) {
        match tree.name(node) {
            Some("p" | "table" | "ul" | "ol" | "img" | "h1" | "h2" | "h3" | "h4") => return None,
            Some("br") => code.push('\n'),
            Some("div" | "li") if !code.is_empty() && !code.ends_with('\n') => code.push('\n'),
            Some("code") => language = language.or_else(|| self::language(tree, node)),
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
    let code = code.trim_end().trim_start_matches('\n');
    if code.trim().is_empty() {
        return Some(String::new());
    }
    // The fence is longer than any run of backticks inside.
    let longest = code
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let language = language.unwrap_or_default();
    Some(format!("{fence}{language}\n{code}\n{fence}"))
}

/// The language that highlighters are told by class names.
fn language(tree: &Tree, node: NodeId) -> Option<String> {
    let classes = tree.attribute(node, "class")?;
    classes.split_whitespace().find_map(|class| {
        let name = ["language-", "lang-", "highlight-source-", "brush:"]
            .iter()
            .find_map(|prefix| class.strip_prefix(prefix))?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "+#-_".contains(c);
        (!name.is_empty() && name.chars().all(plain)).then(|| name.to_ascii_lowercase())
    })
}
