use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use walkdir::WalkDir;

/// An empty archive that is gone when the test is.
pub(crate) struct Archive {
    folder: TempDir,
}

/// How the program ended, and what it said.
pub(crate) struct Said {
    pub(crate) success: bool,
    pub(crate) out: String,
    pub(crate) error: String,
}

impl Archive {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = "title = \"Pier Notes\"\nbase_url = \"https://pier.example/\"\n\
                        time_zone = \"Asia/Seoul\"\n";
        fs::write(folder.path().join("site.toml"), settings).unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the archive's folder.
    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO_BIN_EXE_briefbook"))
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .unwrap();
        Said {
            success: status.success(),
            out: String::from_utf8(stdout).unwrap(),
            error: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Imports a file that is put into the archive's folder first.
    pub(crate) fn import(&self, name: &str, bytes: impl AsRef<[u8]>) -> Said {
        self.put(name, bytes);
        self.run(&["import", name])
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let path = self.path("content").join(name);
        fs::read_to_string(&path).unwrap_or_else(|_| {
            panic!("there is no {name}, but {:?}", self.files());
        })
    }

    /// Every file under `content/`, in the order of the paths.
    pub(crate) fn files(&self) -> Vec<String> {
        files(&self.path("content"))
    }

    /// Whether the archive can be built as it is.
    pub(crate) fn builds(&self) -> Said {
        self.run(&["build"])
    }
}

pub(crate) fn files(folder: &Path) -> Vec<String> {
    WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            path.to_str().unwrap().replace('\\', "/")
        })
        .collect()
}

/// Four paragraphs of a story that nobody has told, all of them different from story to story.
pub(crate) fn story(number: usize) -> Vec<String> {
    const WHO: [&str; 7] = [
        "The harbour master",
        "A committee of captains",
        "The keeper of the lighthouse",
        "The ministry of tides",
        "An old pilot",
        "The union of dockers",
        "The port's engineer",
    ];
    const DID: [&str; 7] = [
        "announced a plan for",
        "spoke at length about",
        "postponed the decision on",
        "promised new money for",
        "warned of delays to",
        "visited the works at",
        "signed a letter on",
    ];
    const WHAT: [&str; 7] = [
        "the northern breakwater",
        "the ferry to the islands",
        "the customs house",
        "the dredging of the channel",
        "the new cranes",
        "the fish market",
        "the signal station",
    ];
    (0..4)
        .map(|paragraph| {
            (0..4)
                .map(|sentence| {
                    let pick = number * 31 + paragraph * 11 + sentence * 5;
                    format!(
                        "{} {} {} on day {} of the season, with {} votes and {} reservations.",
                        WHO[pick % 7],
                        DID[(pick / 7 + sentence) % 7],
                        WHAT[(pick / 49 + paragraph) % 7],
                        number * 16 + paragraph * 4 + sentence,
                        pick % 90 + 3,
                        (pick * 7) % 50,
                    )
                })
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

/// A story as HTML.
pub(crate) fn html(number: usize) -> String {
    format!("<p>{}</p>\n", story(number).join("</p>\n<p>"))
}

/// A web page with a story, and what stands around stories.
pub(crate) fn page(title: &str, number: usize) -> String {
    let paragraphs = html(number);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title} | Harbour Times</title>\
         <meta property=\"og:site_name\" content=\"Harbour Times\">\
         <meta property=\"article:published_time\" content=\"2021-04-01T09:30:00+09:00\">\
         </head><body><nav><a href=\"/\">Home</a> <a href=\"/ports\">Ports</a></nav>\
         <article><h1>{title}</h1>\n{paragraphs}</article>\
         <footer>All rights reserved</footer></body></html>"
    )
}
