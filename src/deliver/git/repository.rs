//! The user's own `git`, run in the archive's folder: credentials, keys, hooks and proxies work
//! as they do on the command line.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::blob::ObjectFormat;
use super::error::GitError;

/// A repository and how to speak to it.
#[derive(Debug)]
pub struct Repository {
    folder: PathBuf,
    /// Where the repository keeps its data; shared by all of its work trees.
    pub git_folder: PathBuf,
    pub object_format: ObjectFormat,
}

impl Repository {
    /// The repository that `folder` is in.
    pub fn find(folder: &Path) -> Result<Self, GitError> {
        let mut repository = Self {
            folder: folder.to_path_buf(),
            git_folder: PathBuf::new(),
            object_format: ObjectFormat::Sha1,
        };
        let output = repository.run(&["rev-parse", "--git-common-dir"])?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            // Everything else (a foreign owner, a broken file) git explains better than we could.
            return Err(if said.contains("not a git repository") {
                GitError::NoRepository
            } else {
                failed(&["rev-parse"], &output)
            });
        }
        repository.git_folder = folder.join(text(&output));
        // Git before 2.28 has one format and says so by repeating what it was asked.
        let format = repository.ask(&["rev-parse", "--show-object-format"])?;
        if format == "sha256" {
            repository.object_format = ObjectFormat::Sha256;
        }
        Ok(repository)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args(arguments)
            .current_dir(&self.folder)
            // What is said is looked for in some places, and shown in others.
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs git, however it ends.
    pub fn run(&self, arguments: &[&str]) -> Result<Output, GitError> {
        self.command(arguments).output().map_err(|e| no_git(&e))
    }

    /// What git answers, without the line end; an error when it fails.
    pub fn ask(&self, arguments: &[&str]) -> Result<String, GitError> {
        let output = self.run(arguments)?;
        if output.status.success() {
            Ok(text(&output))
        } else {
            Err(failed(arguments, &output))
        }
    }

    /// What git answers; `None` when it fails, for questions that have no as an answer.
    pub fn ask_whether(&self, arguments: &[&str]) -> Result<Option<String>, GitError> {
        let output = self.run(arguments)?;
        Ok(output.status.success().then(|| text(&output)))
    }

    /// Gives git something to read.
    pub fn tell(
        &self,
        arguments: &[&str],
        write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> Result<String, GitError> {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|e| no_git(&e))?;
        let written = match child.stdin.take() {
            Some(mut stdin) => write(&mut stdin),
            None => Ok(()),
        };
        let output = child.wait_with_output().map_err(|e| no_git(&e))?;
        if !output.status.success() {
            return Err(failed(arguments, &output));
        }
        written.map_err(|error| GitError::Failed {
            command: arguments.join(" "),
            said: error.to_string(),
        })?;
        Ok(text(&output))
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout)
        .trim_end_matches('\n')
        .to_owned()
}

fn no_git(error: &io::Error) -> GitError {
    GitError::NoGit {
        reason: error.to_string(),
    }
}

fn failed(arguments: &[&str], output: &Output) -> GitError {
    GitError::Failed {
        command: command_name(arguments),
        said: said(output),
    }
}

/// What git was asked to do: settings for this one time stand before it.
fn command_name(arguments: &[&str]) -> String {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match *argument {
            "-c" => drop(arguments.next()),
            command => return command.to_owned(),
        }
    }
    String::new()
}

/// Everything git said, to be shown.
pub fn said(output: &Output) -> String {
    let both =
        [&output.stderr, &output.stdout].map(|text| String::from_utf8_lossy(text).into_owned());
    both.join("\n").trim().to_owned()
}
