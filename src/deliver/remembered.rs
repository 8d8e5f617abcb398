//! A warning as a value that can be kept from one build to the next, without the text it points
//! into: that is read again when the warning is shown.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, Report, Severity, SourceCode};
use serde::{Deserialize, Serialize};

use crate::diagnostic::SourceText;

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    message: String,
    code: Option<String>,
    is_advice: bool,
    help: Option<String>,
    labels: Vec<Label>,
    /// The file that the labels stand in, by its path from the archive's root.
    file: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    text: Option<String>,
    start: usize,
    length: usize,
}

impl Remembered {
    /// Takes down a warning; `None` for an error, and for what would not read the same again:
    /// it has other reports within it, or points into what is no file of the archive.
    pub fn of(report: &Report, root: &Path) -> Option<Self> {
        let is_advice = match report.severity() {
            Some(Severity::Advice) => true,
            Some(Severity::Warning) => false,
            Some(Severity::Error) | None => return None,
        };
        let nested = report.related().is_some()
            || report.diagnostic_source().is_some()
            || report.chain().nth(1).is_some()
            || report.url().is_some();
        if nested {
            return None;
        }
        let labels: Vec<LabeledSpan> = report.labels().into_iter().flatten().collect();
        let file = match labels.first() {
            None => None,
            Some(label) => {
                let contents = report.source_code()?.read_span(label.inner(), 0, 0).ok()?;
                let name = contents.name()?;
                root.join(name).is_file().then_some(())?;
                Some(name.to_owned())
            }
        };
        Some(Self {
            message: report.to_string(),
            code: report.code().map(|code| code.to_string()),
            is_advice,
            help: report.help().map(|help| help.to_string()),
            labels: labels
                .iter()
                .map(|label| Label {
                    text: label.label().map(str::to_owned),
                    start: label.offset(),
                    length: label.len(),
                })
                .collect(),
            file,
        })
    }

    /// The warning again; `None` when the file that it points into can't be read.
    pub fn recall(self, root: &Path) -> Option<Recalled> {
        let source = match &self.file {
            None => None,
            Some(name) => {
                let text = fs::read_to_string(root.join(name)).ok()?;
                Some(SourceText::new(name.as_str(), text).named())
            }
        };
        Some(Recalled { told: self, source })
    }
}

/// A warning of an earlier build.
#[derive(Debug)]
pub struct Recalled {
    told: Remembered,
    source: Option<NamedSource<Arc<str>>>,
}

impl fmt::Display for Recalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told.message)
    }
}

impl std::error::Error for Recalled {}

impl Diagnostic for Recalled {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let code = self.told.code.as_ref()?;
        Some(Box::new(code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(if self.told.is_advice {
            Severity::Advice
        } else {
            Severity::Warning
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.told.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let source = self.source.as_ref()?;
        Some(source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.told.labels.iter();
        Some(Box::new(labels.map(|label| {
            LabeledSpan::new(label.text.clone(), label.start, label.length)
        })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::drawing;
    use miette::{GraphicalTheme, MietteDiagnostic};

    fn drawn(report: &Report) -> String {
        let mut text = String::new();
        drawing(GraphicalTheme::unicode_nocolor(), 100)
            .render_report(&mut text, report.as_ref())
            .expect("a string takes everything");
        text
    }

    #[test]
    fn a_warning_is_shown_again_as_it_was() {
        let root = tempfile::tempdir().expect("a folder for a test");
        let text = "one\ntwo three\n";
        fs::write(root.path().join("a.md"), text).expect("a file for a test");
        let warning = |name: &str| {
            let diagnostic = MietteDiagnostic::new("an odd word")
                .with_code("content::odd")
                .with_severity(Severity::Warning)
                .with_help("write another")
                .with_label(LabeledSpan::at(8..13, "here"));
            Report::new(diagnostic).with_source_code(SourceText::new(name, text).named())
        };
        let report = warning("a.md");
        let told = Remembered::of(&report, root.path()).expect("it can be taken down");
        let again = told.recall(root.path()).expect("its file is there");
        assert_eq!(drawn(&Report::new(again)), drawn(&report));
        assert_eq!(Remembered::of(&warning("gone.md"), root.path()), None);
    }
}
