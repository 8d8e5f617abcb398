//! A small archive with a theme of its own, and what comes of it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::diagnostic::{Findings, location};
use briefbook::site::plan::Site;
use briefbook::site::render::{Output, Renderer};
use briefbook::{Opened, SiteOptions, open};
use tempfile::TempDir;

/// An archive of two articles.
pub(crate) struct Archive {
    pub(crate) folder: TempDir,
}

/// What came of rendering everything.
pub(crate) struct Made {
    pub(crate) pages: Vec<(String, String)>,
    /// What is no page: feeds, sitemaps, the ledger.
    files: Vec<(String, String)>,
    pub(crate) findings: Findings,
}

impl Archive {
    pub(crate) fn with_theme(theme: &str, params: &str) -> Self {
        let archive = Self {
            folder: tempfile::tempdir().expect("a folder for the archive"),
        };
        archive.write(
            "site.toml",
            &format!(
                "title = \"Harbor Notes\"\nbase_url = \"https://example.org/\"\ntheme = \"{theme}\"\n\n{params}"
            ),
        );
        archive.write(
            "content/briefings/2021/crane.md",
            "+++\ntitle = \"A new crane\"\ndate = 2021-04-14\ntopics = [\"ports\"]\n\
             [extra]\ntreaty = \"Harbor Convention\"\nsigned = 1921-05-01\n+++\n\n## What Happened\n\nIt came.\n",
        );
        archive.write(
            "content/sources/2021/tide.md",
            "+++\ntitle = \"High tide\"\ndate = 2021-04-12\nlanguage = \"ko\"\n+++\n\nWater.\n",
        );
        archive
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn make(&self) -> Made {
        render(self.folder.path())
    }

    /// The page of the briefing.
    #[track_caller]
    pub(crate) fn crane(&self) -> String {
        let made = self.make();
        assert_eq!(made.findings.len(), 0, "{}", self.told());
        made.page("/2021/04/crane/")
    }

    /// What is said when a template, a setting or a string is wrong: message, place, help.
    pub(crate) fn told(&self) -> String {
        let Made { findings, .. } = self.make();
        let mut told = String::new();
        for report in findings.iter() {
            let _ = write!(told, "{report}");
            if let Some(place) = location(report) {
                let file = place.file.unwrap_or_default();
                let _ = write!(told, " [{file}:{}:{}]", place.line, place.column);
            }
            if let Some(help) = report.help() {
                let _ = write!(told, " help: {help}");
            }
            told.push('\n');
        }
        told
    }
}

impl Made {
    #[track_caller]
    pub(crate) fn page(&self, address: &str) -> String {
        named(&self.pages, address)
    }

    #[track_caller]
    pub(crate) fn file(&self, address: &str) -> String {
        named(&self.files, address)
    }
}

#[track_caller]
fn named(among: &[(String, String)], address: &str) -> String {
    let found = among.iter().find(|(at, _)| at == address);
    found
        .unwrap_or_else(|| panic!("nothing at {address}"))
        .1
        .clone()
}

pub(crate) fn render(root: &Path) -> Made {
    let mut findings = Findings::default();
    let options = SiteOptions {
        root,
        base_url: None,
        program: "",
        selection: &|_| Selection {
            today: jiff::civil::date(2026, 1, 1),
            unpublished: Unpublished::HoldBack,
        },
    };
    let mut pages = Vec::new();
    let mut files = Vec::new();
    let Opened {
        archive,
        lists,
        theme,
        base_url,
    } = open(&options, &mut findings).expect("the settings can be read");
    let site = Site::plan(&archive, &theme, base_url, lists, &mut findings);
    if let Some(renderer) = Renderer::new(&site, &mut findings) {
        let mut failed: Vec<String> = Vec::new();
        for (address, content) in &site.contents {
            match renderer.render(address, content, None) {
                Ok(Output::Page(bytes, _)) => {
                    let html = String::from_utf8(bytes).expect("pages are UTF-8");
                    pages.push((address.to_string(), html));
                }
                Ok(Output::Made(bytes, _) | Output::Bytes(bytes)) => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    files.push((address.to_string(), text));
                }
                Err(error) if !failed.contains(&error.to_string()) => {
                    failed.push(error.to_string());
                    findings.push(error);
                }
                Ok(_) | Err(_) => {}
            }
        }
    }
    Made {
        pages,
        files,
        findings,
    }
}
