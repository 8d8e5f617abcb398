//! An editor's desk: an archive in a git repository, and a bare repository to publish to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Everything lives in one folder that goes away at the end.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
}

pub(crate) const SITE: &str = "title = \"Harbour Notes\"\nbase_url = \"https://notes.example/\"\n";

/// What a program said and how it ended.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    pub(crate) fn well(self) -> String {
        assert_eq!(self.status, 0, "{}{}", self.stdout, self.stderr);
        self.stdout
    }

    /// What was said when it went wrong.
    #[track_caller]
    pub(crate) fn wrong(self) -> String {
        assert_eq!(self.status, 1, "{}{}", self.stdout, self.stderr);
        self.stderr
    }
}

impl Desk {
    /// An archive with two briefings, committed, and an empty remote `origin`.
    pub(crate) fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        git_in(desk.folder.path(), &["init", "-q", "--bare", "remote.git"]);
        git_in(desk.folder.path(), &["init", "-q", "-b", "main", "archive"]);
        desk.write("site.toml", SITE);
        desk.write(".gitignore", "/public\n/.briefbook\n");
        desk.briefing("ferries", "Ferries stop for the storm.");
        desk.briefing("harbour", "The harbour opens again.");
        desk.git(&["add", "-A"]);
        desk.git(&["commit", "-qm", "Two briefings"]);
        desk.git(&["remote", "add", "origin", "../remote.git"]);
        desk
    }

    pub(crate) fn archive(&self) -> PathBuf {
        self.folder.path().join("archive")
    }

    pub(crate) fn remote(&self) -> PathBuf {
        self.folder.path().join("remote.git")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        write(&self.archive().join(path), text);
    }

    pub(crate) fn briefing(&self, slug: &str, text: &str) {
        let path = format!("content/briefings/2021/{slug}.md");
        let front = format!("title = \"On {slug}\"\ndate = 2021-03-04\ntopics = [\"sea\"]");
        self.write(&path, &format!("+++\n{front}\n+++\n{text}\n"));
    }

    /// Runs git in the archive, as nobody in particular, and returns what it said.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git_in(&self.archive(), arguments)
    }

    #[track_caller]
    pub(crate) fn git_remote(&self, arguments: &[&str]) -> String {
        git_in(&self.remote(), arguments)
    }

    pub(crate) fn publish(&self, arguments: &[&str]) -> Said {
        publish_in(&self.archive(), arguments)
    }

    /// The published files with their contents' names.
    pub(crate) fn published(&self) -> BTreeMap<String, String> {
        let listed = self.git_remote(&["ls-tree", "-r", "gh-pages"]);
        let file = |line: &str| {
            let (about, path) = line.split_once('\t').unwrap();
            (path.to_owned(), about.split(' ').nth(2).unwrap().to_owned())
        };
        listed.lines().map(file).collect()
    }

    pub(crate) fn published_text(&self, path: &str) -> String {
        self.git_remote(&["show", &format!("gh-pages:{path}")])
    }

    /// How many commits the published branch has.
    pub(crate) fn commits(&self) -> usize {
        self.git_remote(&["rev-list", "gh-pages"]).lines().count()
    }
}

pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub(crate) fn make_executable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// Runs a program without the settings of whoever runs the tests.
pub(crate) fn alone(command: &mut Command) -> Output {
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "An Editor")
        .env("GIT_AUTHOR_EMAIL", "editor@notes.example")
        .env("GIT_COMMITTER_NAME", "An Editor")
        .env("GIT_COMMITTER_EMAIL", "editor@notes.example")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("BRIEFBOOK_BASE_URL")
        .output()
        .unwrap()
}

#[track_caller]
pub(crate) fn git_in(folder: &Path, arguments: &[&str]) -> String {
    let output = alone(Command::new("git").args(arguments).current_dir(folder));
    Said::of(&output).well().trim_end().to_owned()
}

pub(crate) fn publish_in(folder: &Path, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefbook"));
    command.arg("publish").args(arguments).current_dir(folder);
    Said::of(&alone(&mut command))
}

/// A hook, of the archive's repository or of the remote.
pub(crate) fn hook(git_folder: &Path, name: &str, script: &str) {
    let path = git_folder.join("hooks").join(name);
    write(&path, &format!("#!/bin/sh\n{script}\n"));
    make_executable(&path);
}
