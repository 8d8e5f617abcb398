//! One way to say what is wrong, where, and what to try.
//!
//! Every room owns small error enums that implement [`miette::Diagnostic`]: a sentence, a code,
//! a label on the span, a help line. A single item fails with `Result<T, ThatError>`; a collection
//! goes through [`Findings`], which keeps the good, records the bad and goes on, so that one run
//! reports everything. Nothing here prints: `cli/` does.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, NamedSource, Report, Severity};

/// The text a message points into, named by the path an editor knows it by.
///
/// Cheap to clone: the text is shared, never copied.
#[derive(Clone)]
pub struct SourceText {
    name: Arc<str>,
    text: Arc<str>,
}

impl SourceText {
    /// Names `text` by `name`, a path relative to the archive's root with `/` between its parts.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// What miette wants to draw a snippet from.
    pub fn named(&self) -> NamedSource<Arc<str>> {
        NamedSource::new(&*self.name, Arc::clone(&self.text))
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceText({}, {} bytes)", self.name, self.text.len())
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
        if handler.render_report(&mut text, report.as_ref()).is_err() {
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
