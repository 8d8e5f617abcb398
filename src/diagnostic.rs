//! One way to say what is wrong, where, and what to try.
//!
//! Every room owns small error enums that implement [`miette::Diagnostic`]: a sentence, a code,
//! a label on the span, a help line. A single item fails with `Result<T, ThatError>`; a collection
//! goes through [`Findings`], which keeps the good, records the bad and goes on, so that one run
//! reports everything. Nothing here prints: `cli/` does.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Report, Severity,
    SourceCode,
};

/// The text a message points into, named by the path an editor knows it by.
///
/// Cheap to clone: the text is shared, never copied.
#[derive(Clone)]
pub struct SourceText {
    name: Arc<str>,
    text: Arc<Text>,
}

struct Text {
    there: OnceLock<Box<str>>,
    /// Of a text that wasn't there from the beginning.
    unread: Option<Unread>,
}

/// A text that is read when somebody asks for it.
struct Unread {
    /// In bytes.
    length: usize,
    read: Box<dyn Fn() -> Option<String> + Send + Sync>,
}

impl SourceText {
    /// Names `text` by `name`, a path relative to the archive's root with `/` between its parts.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Box<str>>) -> Self {
        Self {
            name: name.into(),
            text: Arc::new(Text {
                there: OnceLock::from(text.into()),
                unread: None,
            }),
        }
    }

    /// A text of so many bytes that `read` reads once somebody asks for it. When there is no such text
    /// any more, `read` sees to it that somebody hears of that; spaces stand for it here, so that every
    /// place in it is still a place.
    pub fn unread(
        name: impl Into<Arc<str>>,
        length: usize,
        read: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let read = Box::new(read);
        Self {
            name: name.into(),
            text: Arc::new(Text {
                there: OnceLock::new(),
                unread: Some(Unread { length, read }),
            }),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn text(&self) -> &str {
        self.text.there.get_or_init(|| {
            let text = self.text.unread.as_ref().map(|unread| {
                let text = (unread.read)();
                text.unwrap_or_else(|| " ".repeat(unread.length))
            });
            text.unwrap_or_default().into()
        })
    }

    /// What miette wants to draw a snippet from, harmless to a terminal.
    pub fn named(&self) -> NamedSource<Arc<str>> {
        NamedSource::new(harmless(&self.name), harmless(self.text()).into())
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Text { there, unread } = &*self.text;
        let length = unread.as_ref().map(|unread| unread.length);
        let length = length.or_else(|| Some(there.get()?.len()));
        write!(
            f,
            "SourceText({}, {} bytes)",
            self.name,
            length.unwrap_or_default()
        )
    }
}

/// A byte range, kept inside `text` and on character borders, so that drawing it cannot fail.
pub fn span_within(text: &str, range: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

/// A text without what steers a terminal: control characters (ECMA-48) and changes of the reading
/// direction (Unicode, UAX #9). Others of as many bytes stand in their place, so that spans hold.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let is_line_end = |at: usize| text[at..].starts_with("\r\n");
    let stands_in = |(at, c): (usize, char)| match c {
        '\n' | '\t' => None,
        '\r' if is_line_end(at) => None,
        '\u{80}'..='\u{9f}' => Some('¿'),
        c if c.is_control() => Some('?'),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    };
    let Some(first) = text
        .char_indices()
        .find_map(|found| stands_in(found).map(|_| found.0))
    else {
        return Cow::Borrowed(text);
    };
    let (before, rest) = text.split_at(first);
    let rest = rest
        .char_indices()
        .map(|(at, c)| stands_in((first + at, c)).unwrap_or(c));
    Cow::Owned(before.chars().chain(rest).collect())
}

/// A finding whose words are harmless to a terminal, whatever they quote.
pub struct Harmless<'a>(pub &'a dyn Diagnostic);

impl fmt::Debug for Harmless<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Harmless<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&harmless(&self.0.to_string()))
    }
}

impl std::error::Error for Harmless<'_> {}

impl Diagnostic for Harmless<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0.code()
    }

    fn severity(&self) -> Option<Severity> {
        self.0.severity()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.0.help()?.to_string();
        Some(Box::new(harmless(&help).into_owned()))
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.0.labels()?.map(|label| {
            let text = label.label().map(|text| harmless(text).into_owned());
            LabeledSpan::new(text, label.offset(), label.len())
        });
        Some(Box::new(labels))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.0.source_code()
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        self.0.related()
    }

    fn diagnostic_source(&self) -> Option<&dyn Diagnostic> {
        self.0.diagnostic_source()
    }
}

/// Everything found wrong in one run, in the order it was found.
#[derive(Debug, Default)]
pub struct Findings {
    reports: Vec<Report>,
}

impl Findings {
    /// Records one finding; its own severity says whether it is an error or a warning.
    pub fn push(&mut self, finding: impl Diagnostic + Send + Sync + 'static) {
        self.reports.push(Report::new(finding));
    }

    /// Keeps the good value, records the bad one.
    pub fn keep<T, E>(&mut self, result: Result<T, E>) -> Option<T>
    where
        E: Diagnostic + Send + Sync + 'static,
    {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Takes over what another sink has found.
    pub fn absorb(&mut self, other: Findings) {
        self.reports.extend(other.reports);
    }

    /// How many findings are errors (all others are warnings or advice).
    pub fn errors(&self) -> usize {
        self.reports.iter().filter(|r| is_error(r)).count()
    }

    pub fn warnings(&self) -> usize {
        self.reports.len() - self.errors()
    }

    /// How many findings there are, of every severity.
    pub fn len(&self) -> usize {
        self.reports.len()
    }

    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// Every finding, in the order it was found.
    pub fn iter(&self) -> impl Iterator<Item = &Report> {
        self.reports.iter()
    }
}

/// Where a finding points: a file, and a line and a column from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    pub file: Option<String>,
    pub line: usize,
    pub column: usize,
}

/// Where a finding points, if it points anywhere.
pub fn location(report: &Report) -> Option<Location> {
    let label = report.labels()?.next()?;
    let contents = report.source_code()?.read_span(label.inner(), 0, 0).ok()?;
    Some(Location {
        file: contents.name().map(str::to_owned),
        line: contents.line() + 1,
        column: contents.column() + 1,
    })
}

/// Draws findings as text, `width` columns wide.
pub fn drawing(theme: GraphicalTheme, width: usize) -> GraphicalReportHandler {
    GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        .with_links(false)
        .with_context_lines(1)
}

/// Every error among the findings, as a terminal without colours shows it.
pub fn plain_text(findings: &Findings) -> String {
    let handler = drawing(GraphicalTheme::unicode_nocolor(), 100);
    let mut text = String::new();
    for report in findings.iter().filter(|report| is_error(report)) {
        if handler
            .render_report(&mut text, &Harmless(report.as_ref()))
            .is_err()
        {
            text.push_str(&report.to_string());
        }
        text.push('\n');
    }
    text
}

/// Whether a finding is an error: all others are warnings or advice.
pub fn is_error(report: &Report) -> bool {
    report.severity().unwrap_or(Severity::Error) == Severity::Error
}

/// The candidate that `wanted` was most likely meant to be, if one is close enough to be worth
/// naming (Jaro-Winkler similarity of at least 0.8).
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(wanted, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_leaves_its_text_or_splits_a_character() {
        assert_eq!(span_within("서울", 1..5), 0..3);
        assert_eq!(span_within("abc", 2..99), 2..3);
        assert_eq!(span_within("abc", 7..9), 3..3);
    }

    #[test]
    fn what_steers_a_terminal_is_replaced_byte_for_byte() {
        let text = "a\u{1b}[2J\tb\u{9b}c\u{202e}d\r\ne\rf\n";
        let shown = harmless(text);
        assert_eq!(shown, "a?[2J\tb¿c\u{fffd}d\r\ne?f\n");
        assert_eq!(shown.len(), text.len());
        assert!(matches!(harmless("한국어\n\ttext"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_finding_says_which_line_it_is_about() {
        let text = "one\ntwo three\n";
        let report = miette::miette!(
            labels = vec![miette::LabeledSpan::at(8..13, "here")],
            "wrong"
        )
        .with_source_code(SourceText::new("a.md", text).named());
        let wanted = Location {
            file: Some("a.md".to_owned()),
            line: 2,
            column: 5,
        };
        assert_eq!(location(&report), Some(wanted));
    }

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let names = ["sodium-ion-batteries", "quad-dialogue"];
        assert_eq!(
            nearest("sodium-batteries", names),
            Some("sodium-ion-batteries")
        );
        assert_eq!(nearest("elections", names), None);
    }
}
