//! The GitHub Actions workflow that builds and publishes an archive.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::Outcome;
use super::terminal::Terminal;

/// Where a workflow stands in a repository.
const FILE: &str = ".github/workflows/publish.yml";

/// Where a workflow gets the program from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// A `.tar.gz` of a release, by its address.
    Release(String),
    /// A git repository, with a tag or commit: built by `cargo install`.
    Source { url: String, rev: Option<String> },
    /// A file of the archive's own repository.
    File(String),
}

impl FromStr for Program {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        // It becomes part of a workflow: nothing in it may be read as anything but itself.
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:@%+=".contains(c);
        let (before, rev) = match written.split_once('#') {
            Some((before, rev)) => (before, Some(rev.to_owned())),
            None => (written, None),
        };
        if before.is_empty()
            || !before
                .chars()
                .chain(rev.iter().flat_map(|r| r.chars()))
                .all(plain)
        {
            return Err("only letters, digits and -._~/:@%+=# may stand here".to_owned());
        }
        if let Some(url) = before.strip_prefix("git+") {
            let url = url.to_owned();
            return Ok(Self::Source { url, rev });
        }
        if rev.is_some() {
            return Err("`#` names a tag or commit of a `git+https://…` address".to_owned());
        }
        if before.starts_with("https://") {
            return if before.ends_with(".tar.gz") || before.ends_with(".tgz") {
                Ok(Self::Release(before.to_owned()))
            } else {
                Err(
                    "a release is a .tar.gz; a git repository is written `git+https://…`"
                        .to_owned(),
                )
            };
        }
        let path = before.trim_start_matches("./");
        let inside = !path.starts_with('/')
            && !path.contains(':')
            && !path.split('/').any(|part| part == ".." || part.is_empty());
        inside
            .then(|| Self::File(path.to_owned()))
            .ok_or_else(|| "a path leads from the repository's root to the program".to_owned())
    }
}

/// The text of a workflow.
pub fn workflow(program: &Program, time_zone: &str, folder: &str) -> String {
    let artifact = match folder {
        "." => "public".to_owned(),
        folder => format!("{folder}/public"),
    };
    let get = match program {
        Program::Release(url) => format!(
            r#"      - name: Get briefbook
        env:
          PROGRAM: {url}
        run: |
          mkdir -p "$RUNNER_TEMP/download" "$RUNNER_TEMP/bin"
          curl --fail --silent --show-error --location --retry 3 "$PROGRAM" \
            | tar -xz -C "$RUNNER_TEMP/download"
          program=$(find "$RUNNER_TEMP/download" -type f -name briefbook)
          install -m 755 "$program" "$RUNNER_TEMP/bin/briefbook"
          echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
"#
        ),
        Program::Source { url, rev } => {
            let rev = rev
                .as_ref()
                .map_or(String::new(), |rev| format!(" --rev {rev}"));
            let key = rev.trim_start_matches(" --rev ");
            format!(
                r#"      - name: Keep the program between runs
        id: program
        uses: actions/cache@v4
        with:
          path: ${{{{ runner.temp }}}}/program
          key: briefbook-${{{{ runner.os }}}}-{url}-{key}

      - name: Get briefbook
        run: |
          if [ ! -x "$RUNNER_TEMP/program/bin/briefbook" ]; then
            cargo install --locked --git {url}{rev} --root "$RUNNER_TEMP/program" briefbook
          fi
          echo "$RUNNER_TEMP/program/bin" >> "$GITHUB_PATH"
"#
            )
        }
        Program::File(path) => format!(
            r#"      - name: Get briefbook
        run: |
          mkdir -p "$RUNNER_TEMP/bin"
          install -m 755 "$GITHUB_WORKSPACE/{path}" "$RUNNER_TEMP/bin/briefbook"
          echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
"#
        ),
    };
    include_str!("starter/publish.yml")
        .replace("{get_program}", &get)
        .replace("{time_zone}", time_zone)
        .replace("{folder}", folder)
        .replace("{artifact}", &artifact)
}

/// Writes the workflow of the archive at `root` into the repository around it. One that is there
/// already is left alone.
pub fn write(root: &Path, program: &Program, time_zone: &str, terminal: &Terminal) -> Outcome {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let repository = root
        .ancestors()
        .find(|folder| folder.join(".git").exists())
        .unwrap_or(&root);
    let folder = root
        .strip_prefix(repository)
        .ok()
        .map(|folder| folder.to_string_lossy().replace('\\', "/"))
        .filter(|folder| !folder.is_empty())
        .unwrap_or_else(|| ".".to_owned());
    let path: PathBuf = repository.join(FILE);
    let text = workflow(program, time_zone, &folder);
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::File::create_new(&path))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => {
            terminal.say(&format!(
                "The workflow is in {FILE}. Next: choose \"GitHub Actions\" as the source under \
                 Settings, Pages of the repository, then commit and push"
            ));
            Outcome::Done
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            terminal.error(
                &format!("{} is there already", path.display()),
                "it may have been changed by hand: delete it first to have it made anew",
            );
            Outcome::Faulty
        }
        Err(error) => {
            terminal.error(
                &format!("cannot write {}: {error}", path.display()),
                "look at the permissions and the free space there",
            );
            Outcome::Faulty
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_comes_from_where_the_editor_says() {
        let program = |written: &str| written.parse::<Program>();
        assert_eq!(
            program("https://example.org/briefbook-1.0.tar.gz"),
            Ok(Program::Release(
                "https://example.org/briefbook-1.0.tar.gz".to_owned()
            ))
        );
        assert_eq!(
            program("git+https://example.org/briefbook#v1.0"),
            Ok(Program::Source {
                url: "https://example.org/briefbook".to_owned(),
                rev: Some("v1.0".to_owned()),
            })
        );
        assert_eq!(
            program("./tools/briefbook"),
            Ok(Program::File("tools/briefbook".to_owned()))
        );
        for wrong in [
            "",
            "../briefbook",
            "/usr/bin/briefbook",
            "C:/briefbook",
            "tools/briefbook; rm -rf x",
            "$(id)",
            "https://example.org/briefbook.git",
            "a\nb",
        ] {
            assert!(program(wrong).is_err(), "{wrong}");
        }
    }
}
