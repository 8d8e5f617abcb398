//! Style sheets as they are published: what they import in one file, without comments and without
//! space that nobody reads. In the theme's folder they stay as their authors wrote them.
//!
//! The tokens are those of the specification (CSS Syntax Level 3); nothing is rewritten but the
//! space between them, so that what a browser makes of a sheet stays the same.

use std::collections::BTreeMap;

use cssparser::{ParseError, Parser, Token, TokenSerializationType};

use super::error::SiteError;
use crate::diagnostic::{Findings, SourceText, nearest};

/// Name (`print/table.css`) to sheet.
pub type Sheets = BTreeMap<String, SourceText>;

/// A sheet as it is published. An import that leads nowhere is told and left out.
pub fn published(name: &str, sheets: &Sheets, findings: &mut Findings) -> String {
    let mut written = Written::default();
    write_sheet(
        name,
        sheets,
        &mut vec![name.to_owned()],
        &mut written,
        findings,
    );
    written.text
}

/// A token with its text as it was written.
struct Piece<'c> {
    token: Token<'c>,
    text: &'c str,
    /// The byte it begins at.
    at: usize,
}

/// All tokens of a sheet, those within brackets too. `None` when brackets are too deep to follow.
fn pieces(css: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    flatten(&mut Parser::new(css), &mut pieces).ok()?;
    Some(pieces)
}

fn flatten<'c>(parser: &mut Parser<'c>, pieces: &mut Vec<Piece<'c>>) -> Result<(), ParseError<()>> {
    loop {
        let start = parser.position();
        let Ok(token) = parser.next_including_whitespace_and_comments() else {
            return Ok(());
        };
        let token = token.clone();
        let close = match token {
            Token::Function(_) | Token::ParenthesisBlock => Some((Token::CloseParenthesis, ")")),
            Token::SquareBracketBlock => Some((Token::CloseSquareBracket, "]")),
            Token::CurlyBracketBlock => Some((Token::CloseCurlyBracket, "}")),
            _ => None,
        };
        pieces.push(Piece {
            token,
            text: parser.slice_from(start),
            at: start.byte_index(),
        });
        if let Some((token, text)) = close {
            parser.parse_nested_block(|inner| flatten(inner, pieces))?;
            let at = parser.position().byte_index();
            pieces.push(Piece { token, text, at });
        }
    }
}

/// What has been written so far.
#[derive(Default)]
struct Written {
    text: String,
    /// Whether there was space after it.
    space: bool,
    last: Option<TokenSerializationType>,
}

impl Written {
    fn push(&mut self, piece: &Piece<'_>) {
        match piece.token {
            Token::WhiteSpace(_) => {
                self.space = true;
                return;
            }
            Token::Comment(_) => return,
            Token::Semicolon if self.text.ends_with([';', '{']) => {
                self.space = false;
                return;
            }
            // The last declaration needs no end; one with an empty value keeps its own.
            Token::CloseCurlyBracket
                if self.text.ends_with(';') && !self.text.ends_with([':', ' ']) =>
            {
                self.text.pop();
            }
            _ => {}
        }
        let kind = piece.token.serialization_type();
        let apart = self
            .last
            .is_some_and(|last| last.needs_separator_when_before(kind));
        if self.space && (apart || !self.needs_no_space_before(&piece.token)) {
            self.text.push(' ');
        } else if apart {
            // Where a comment was, two tokens must not become one.
            self.text.push_str("/**/");
        }
        self.space = false;
        self.text.push_str(piece.text);
        self.last = Some(kind);
    }

    /// Whether space means nothing between what stands here and what comes next.
    fn needs_no_space_before(&self, next: &Token<'_>) -> bool {
        let after = match self.text.chars().next_back() {
            None | Some('{' | '}' | ';' | ',' | '(' | '[' | '>') => true,
            // `--empty: ;` has a value: a space.
            Some(':') => !matches!(next, Token::Semicolon | Token::CloseCurlyBracket),
            Some(_) => false,
        };
        let before = matches!(
            next,
            Token::CurlyBracketBlock
                | Token::CloseCurlyBracket
                | Token::CloseParenthesis
                | Token::CloseSquareBracket
                | Token::Semicolon
                | Token::Comma
                | Token::Delim('>' | '!')
        );
        after || (before && !self.text.ends_with(':'))
    }

    /// Text that stands by itself: the beginning of a block, its end.
    fn raw(&mut self, text: &str) {
        self.text.push_str(text);
        self.space = false;
        self.last = None;
    }
}

/// Writes a sheet with all it imports; `way` are the sheets that lead to it, itself the last.
fn write_sheet(
    name: &str,
    sheets: &Sheets,
    way: &mut Vec<String>,
    written: &mut Written,
    findings: &mut Findings,
) {
    let Some(source) = sheets.get(name) else {
        return;
    };
    let Some(pieces) = pieces(source.text()) else {
        written.raw(source.text());
        return;
    };
    // Addresses in a sheet are relative to it, and the first sheet is the one that is published.
    let base = folder(way.first().map_or("", String::as_str)).to_owned();
    let moved = (folder(name) != base).then(|| up_and_down(&base, folder(name)));
    let mut rest = pieces.as_slice();
    while let Some(piece) = rest.first() {
        if is_rule(piece, "import")
            && let Some(import) = Import::read(rest)
            && let Some(wanted) = beside(folder(name), &import.address)
        {
            rest = &rest[import.length..];
            match self::import(name, &wanted, &import, source, sheets, way) {
                Ok(()) => {
                    let (open, close) = import.frame();
                    written.raw(&open);
                    way.push(wanted.clone());
                    write_sheet(&wanted, sheets, way, written, findings);
                    way.pop();
                    written.raw(&close);
                }
                Err(error) => findings.push(error),
            }
            continue;
        }
        rest = &rest[1..];
        // The published sheet is UTF-8, whatever its parts said.
        if is_rule(piece, "charset") {
            let end = rest.iter().position(|p| p.token == Token::Semicolon);
            rest = &rest[end.map_or(rest.len(), |end| end + 1)..];
            continue;
        }
        match (&moved, &piece.token) {
            (Some(way), Token::UnquotedUrl(url)) if is_relative(url) => {
                let text = format!("url({way}{url})");
                written.push(&Piece {
                    token: piece.token.clone(),
                    text: &text,
                    at: piece.at,
                });
            }
            (Some(way), Token::Function(function)) if function.eq_ignore_ascii_case("url") => {
                written.push(piece);
                rest = push_address(rest, way, written);
            }
            _ => written.push(piece),
        }
    }
}

/// Writes the quoted address of a `url("…")`, relative to where the sheet is published.
fn push_address<'p, 'c>(
    rest: &'p [Piece<'c>],
    way: &str,
    written: &mut Written,
) -> &'p [Piece<'c>] {
    let at = rest
        .iter()
        .position(|p| !matches!(p.token, Token::WhiteSpace(_)));
    let Some((at, Token::QuotedString(url))) = at.map(|at| (at, &rest[at].token)) else {
        return rest;
    };
    if !is_relative(url) {
        return rest;
    }
    let mark = &rest[at].text[..1];
    let inner = &rest[at].text[1..];
    let text = format!("{mark}{way}{inner}");
    written.push(&Piece {
        token: rest[at].token.clone(),
        text: &text,
        at: rest[at].at,
    });
    &rest[at + 1..]
}

/// `@import "table.css" layer(base) screen;`
struct Import {
    address: String,
    /// Where it is written.
    at: usize,
    /// `layer`, `supports` and media queries.
    conditions: String,
    /// How many tokens it takes.
    length: usize,
}

impl Import {
    fn read(pieces: &[Piece<'_>]) -> Option<Self> {
        let end = pieces.iter().position(|p| p.token == Token::Semicolon);
        let end = end.unwrap_or(pieces.len());
        let mut inner = pieces[1..end].iter();
        let address = inner.find(|p| !is_blank(p))?;
        let url = match &address.token {
            Token::QuotedString(url) | Token::UnquotedUrl(url) => url,
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let quoted = inner.find(|p| !is_blank(p))?;
                let Token::QuotedString(url) = &quoted.token else {
                    return None;
                };
                inner.find(|p| p.token == Token::CloseParenthesis)?;
                url
            }
            _ => return None,
        };
        let mut conditions = Written::default();
        inner.for_each(|piece| conditions.push(piece));
        Some(Self {
            address: url.to_string(),
            at: address.at,
            conditions: conditions.text,
            length: (end + 1).min(pieces.len()),
        })
    }

    /// What stands before and after the sheet, so that its conditions still hold.
    fn frame(&self) -> (String, String) {
        let (mut open, mut close) = (String::new(), String::new());
        let mut put = |rule: String| {
            open.push_str(&rule);
            open.push('{');
            close.push('}');
        };
        let mut rest = self.conditions.as_str();
        if let Some(after) = rest.strip_prefix("layer(") {
            let (name, after) = after.split_once(')').unwrap_or((after, ""));
            put(format!("@layer {name}"));
            rest = after.trim_start();
        } else if let Some(after) = rest.strip_prefix("layer")
            && !after.starts_with(|c: char| c.is_alphanumeric() || c == '-')
        {
            put("@layer".to_owned());
            rest = after.trim_start();
        }
        if let Some(after) = rest.strip_prefix("supports") {
            let end = closing(after);
            put(format!("@supports {}", &after[..end]));
            rest = after[end..].trim_start();
        }
        if !rest.is_empty() {
            put(format!("@media {rest}"));
        }
        (open, close)
    }
}

/// The end of the brackets that a text begins with.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + c.len_utf8();
        }
    }
    text.len()
}

/// Whether a sheet can be taken in where it is imported.
fn import(
    name: &str,
    wanted: &str,
    import: &Import,
    source: &SourceText,
    sheets: &Sheets,
    way: &[String],
) -> Result<(), SiteError> {
    let at = import.at..import.at + import.address.len() + 2;
    if !sheets.contains_key(wanted) {
        let near = nearest(
            wanted,
            sheets.keys().map(String::as_str).filter(|n| *n != name),
        );
        let help = near.map(|near| format!("did you mean `{near}`?"));
        let message = format!("there is no style sheet `{wanted}`");
        return Err(SiteError::style(
            source,
            at,
            message,
            "not below static/",
            help,
        ));
    }
    if way.iter().any(|before| before == wanted) {
        let message = format!("`{name}` imports itself, by way of {}", way.join(" → "));
        let help = Some("take this import out".to_owned());
        return Err(SiteError::style(source, at, message, "leads back", help));
    }
    Ok(())
}

fn is_rule(piece: &Piece<'_>, name: &str) -> bool {
    matches!(&piece.token, Token::AtKeyword(rule) if rule.eq_ignore_ascii_case(name))
}

fn is_blank(piece: &Piece<'_>) -> bool {
    matches!(piece.token, Token::WhiteSpace(_) | Token::Comment(_))
}

/// Whether an address is one beside the sheet it stands in.
fn is_relative(url: &str) -> bool {
    let scheme = url.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'+')
    });
    !scheme && !url.starts_with(['/', '#']) && !url.is_empty()
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a sheet that is written as an address in one of `folder`; `None` for what isn't
/// the theme's own.
fn beside(folder: &str, address: &str) -> Option<String> {
    if !is_relative(address) {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The way from one folder to another, with a `/` at its end.
fn up_and_down(from: &str, to: &str) -> String {
    let up = from.split('/').filter(|part| !part.is_empty()).count();
    let mut way = "../".repeat(up);
    if !to.is_empty() {
        way.push_str(to);
        way.push('/');
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::location;

    fn small(css: &str) -> String {
        let sheets = Sheets::from([("a.css".to_owned(), SourceText::new("a.css", css))]);
        published("a.css", &sheets, &mut Findings::default())
    }

    #[test]
    fn only_what_nobody_reads_goes() {
        for (css, wanted) in [
            (
                "/* why */\nbody {\n  color : red ;\n}\n",
                "body{color :red}",
            ),
            ("a { b: c; ; d: e; }", "a{b:c;d:e}"),
            // Space that means something: descendants, pseudo-classes, sums.
            ("a b , a > b , a :hover { c: d }", "a b,a>b,a :hover{c:d}"),
            ("a { w: calc( 1px + 2px ) }", "a{w:calc(1px + 2px)}"),
            (
                "@media ( width > 40em ) and (hover) { a { b: c } }",
                "@media (width>40em) and (hover){a{b:c}}",
            ),
            ("a { margin: -1px auto 0.5em }", "a{margin:-1px auto 0.5em}"),
            ("a { b: c !important }", "a{b:c!important}"),
            // Text stays as it is.
            (
                "a::before { content: \"/* a  b */ { ; }\" }",
                "a::before{content:\"/* a  b */ { ; }\"}",
            ),
            (
                "a { b: url( x y.png ) url(data:image/svg+xml;a,b) }",
                "a{b:url( x y.png ) url(data:image/svg+xml;a,b)}",
            ),
            // Two tokens never become one, and an empty value is a value.
            ("a { b: c/**/d }", "a{b:c/**/d}"),
            ("a { --empty: ; --x: 1 }", "a{--empty: ;--x:1}"),
            ("a { &:hover { b: c } d: e }", "a{&:hover{b:c}d:e}"),
            (
                "@charset \"utf-8\"; a[ b = \"c\" i ] { d: e",
                "a[b = \"c\" i]{d:e}",
            ),
        ] {
            assert_eq!(small(css), wanted, "{css}");
        }
    }

    #[test]
    fn published_sheets_stay_the_same_when_published_again() {
        let css = include_str!("../../themes/default/static/style.css");
        let once = small(css);
        assert_eq!(small(&once), once);
        assert!(once.len() < css.len());
    }

    #[test]
    fn imports_become_one_sheet_with_their_conditions_and_addresses() {
        let sheet = |name: &str, css: &str| (name.to_owned(), SourceText::new(name, css));
        let sheets = Sheets::from([
            sheet(
                "main.css",
                "@import \"parts/a.css\";\n@import url('b.css') layer(base) supports(display: grid) print;\n\
                 @import \"https://fonts.example/x.css\";\nm { n: o }",
            ),
            sheet(
                "parts/a.css",
                "@import \"../b.css\"; a { b: url(i.png) url(\"j.png\") url(#k) }",
            ),
            sheet("b.css", "b { c: url(l.png) }"),
        ]);
        let mut findings = Findings::default();
        assert_eq!(
            published("main.css", &sheets, &mut findings),
            "b{c:url(l.png)}a{b:url(parts/i.png) url(\"parts/j.png\") url(#k)}\
             @layer base{@supports (display:grid){@media print{b{c:url(l.png)}}}}\
             @import \"https://fonts.example/x.css\";m{n:o}"
        );
        assert!(findings.is_empty());
    }

    #[test]
    fn an_import_that_leads_nowhere_or_back_is_told() {
        for (css, message) in [
            ("\n@import \"c.css\";", "there is no style sheet `c.css`"),
            ("\n@import \"./a.css\";", "`a.css` imports itself"),
        ] {
            let sheets = Sheets::from([("a.css".to_owned(), SourceText::new("a.css", css))]);
            let mut findings = Findings::default();
            assert_eq!(published("a.css", &sheets, &mut findings), "");
            let report = findings.iter().next().expect("something is wrong");
            assert!(report.to_string().starts_with(message), "{report}");
            assert_eq!(
                location(report).map(|at| (at.line, at.column)),
                Some((2, 9))
            );
        }
    }
}
