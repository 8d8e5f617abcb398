//! Code as HTML with classes, for the theme's style sheet to colour. The one home of syntect.
//!
//! syntect names every token by a path of nested scopes. A page needs a handful of colours, so
//! each token gets one class at most, and neighbours of one class share an element.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::content::markdown::html::escape;

/// Loaded when the first block of code comes along: most archives never need it.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// What a token can be: the first name of its innermost scope that is among these.
const KINDS: [&str; 9] = [
    "comment", "string", "keyword", "constant", "entity", "storage", "support", "variable",
    "markup",
];

/// Colours `code` by `language` (a name or a file ending) with classes such as `c-keyword`;
/// `None` when the language isn't known.
pub fn highlight(language: &str, code: &str) -> Option<String> {
    if language.is_empty() {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut html = Tokens::default();
    for line in LinesWithEndings::from(code) {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        let mut from = 0;
        for (at, operation) in operations {
            html.push(kind(&stack), &line[from..at]);
            from = at;
            stack.apply(&operation).ok()?;
        }
        html.push(kind(&stack), &line[from..]);
    }
    Some(html.finish())
}

fn kind(stack: &ScopeStack) -> Option<&'static str> {
    static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
        KINDS
            .iter()
            .filter_map(|kind| Some((Scope::new(kind).ok()?, *kind)))
            .collect()
    });
    stack.as_slice().iter().rev().find_map(|scope| {
        let found = SCOPES.iter().find(|(kind, _)| kind.is_prefix_of(*scope))?;
        Some(found.1)
    })
}

/// HTML that grows token by token.
#[derive(Default)]
struct Tokens {
    html: String,
    kind: Option<&'static str>,
    text: String,
}

impl Tokens {
    fn push(&mut self, kind: Option<&'static str>, text: &str) {
        if text.is_empty() {
            return;
        }
        // Blank text has no colour, so it needs no element of its own.
        if kind != self.kind && !text.trim().is_empty() {
            self.flush();
            self.kind = kind;
        }
        self.text.push_str(text);
    }

    fn flush(&mut self) {
        let text = escape(&std::mem::take(&mut self.text));
        if text.is_empty() {
            return;
        }
        match self.kind {
            Some(kind) => {
                self.html.push_str("<span class=\"c-");
                self.html.push_str(kind);
                self.html.push_str("\">");
                self.html.push_str(&text);
                self.html.push_str("</span>");
            }
            None => self.html.push_str(&text),
        }
    }

    fn finish(mut self) -> String {
        self.flush();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::highlight;

    #[test]
    fn a_line_of_code_gets_few_classes() {
        assert_eq!(
            highlight("py", "x = 'a' # why\n").unwrap(),
            "x <span class=\"c-keyword\">= </span><span class=\"c-string\">&#39;a&#39; </span>\
             <span class=\"c-comment\"># why\n</span>"
                .replace("&#39;", "'")
        );
        assert_eq!(highlight("no-such-language", "x"), None);
    }
}
