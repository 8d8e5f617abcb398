//! The workflow's shell steps, run one after the other on a clean checkout.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::desk::{Desk, Said, alone, git_in};

const FILE: &str = ".github/workflows/publish.yml";

/// The shell steps of a workflow by their names.
fn shell_steps(workflow: &str) -> BTreeMap<String, String> {
    let mut steps = BTreeMap::new();
    let mut name = String::new();
    let mut lines = workflow.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(named) = line.strip_prefix("      - name: ") {
            named.clone_into(&mut name);
        }
        if line == "        run: |" {
            let mut script = String::new();
            while let Some(line) = lines.next_if(|line| line.starts_with("          ")) {
                script.push_str(&line[10..]);
                script.push('\n');
            }
            steps.insert(name.clone(), script);
        }
    }
    steps
}

/// Answers every request with what `answer` says, and says where it listens.
fn serve(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

const NOTHING_YET: &str =
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const BROKEN: &str = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const LEDGER: &str =
    "HTTP/1.1 200 OK\r\nContent-Length: 18\r\nConnection: close\r\n\r\n/2021/03/ferries/\n";

/// A runner that has checked an archive out.
struct Runner {
    desk: Desk,
    steps: BTreeMap<String, String>,
}

impl Runner {
    fn new() -> Self {
        let desk = Desk::new();
        let program = desk.archive().join("tools/briefbook");
        fs::create_dir_all(program.parent().unwrap()).unwrap();
        fs::copy(env!("CARGO_BIN_EXE_briefbook"), program).unwrap();
        desk.publish(&["--workflow", "--program", "tools/briefbook"])
            .well();
        desk.git(&["add", "-A"]);
        desk.git(&["commit", "-qm", "Publish by itself"]);
        let folder = desk.folder.path();
        git_in(folder, &["clone", "-q", "archive", "checkout"]);
        let workflow = fs::read_to_string(folder.join("checkout").join(FILE)).unwrap();
        Self {
            steps: shell_steps(&workflow),
            desk,
        }
    }

    fn site(&self) -> std::path::PathBuf {
        self.desk.folder.path().join("checkout/public")
    }

    /// Runs one step as GitHub runs it: `bash -eo pipefail`, with what the steps before left.
    fn step(&self, name: &str, base_url: &str) -> Said {
        let folder = self.desk.folder.path();
        let temporary = folder.join("temporary");
        fs::create_dir_all(&temporary).unwrap();
        let paths = folder.join("paths");
        let added = fs::read_to_string(&paths).unwrap_or_default();
        let path = format!("{}:{}", added.trim(), std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c"])
            .arg(&self.steps[name])
            .current_dir(folder.join("checkout"))
            .env("RUNNER_TEMP", &temporary)
            .env("GITHUB_PATH", &paths)
            .env("GITHUB_WORKSPACE", folder.join("checkout"))
            .env("PATH", path)
            .env("BASE_URL", base_url);
        Said::of(&alone(
            command
                .env("NO_PROXY", "127.0.0.1")
                .env("no_proxy", "127.0.0.1"),
        ))
    }
}

#[cfg(unix)]
#[test]
fn a_first_publication_on_a_clean_checkout() {
    let runner = Runner::new();
    let site = serve(NOTHING_YET);
    runner.step("Get briefbook", &site).well();
    let said = runner
        .step("Fetch the addresses published before", &site)
        .well();
    assert_eq!(said, "None: this is the first publication\n");
    runner.step("Build the site", &site).well();
    runner.step("Audit the site", &site).well();
    assert!(runner.site().join("2021/03/ferries/index.html").exists());
    assert!(runner.site().join(".nojekyll").exists());
    assert!(!runner.site().join(".briefbook-manifest").exists());
}

#[cfg(unix)]
#[test]
fn an_address_that_vanished_stops_the_publication() {
    let runner = Runner::new();
    let site = serve(LEDGER);
    fs::remove_file(
        runner
            .desk
            .folder
            .path()
            .join("checkout/content/briefings/2021/ferries.md"),
    )
    .unwrap();
    runner.step("Get briefbook", &site).well();
    runner
        .step("Fetch the addresses published before", &site)
        .well();
    runner.step("Build the site", &site).well();
    let said = runner.step("Audit the site", &site).wrong();
    assert!(said.contains("/2021/03/ferries/"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_site_that_does_not_answer_is_not_taken_for_a_new_one() {
    let runner = Runner::new();
    let said = runner
        .step("Fetch the addresses published before", &serve(BROKEN))
        .wrong();
    assert!(said.contains("The site answered 500"), "{said}");
}

#[test]
fn what_is_there_already_is_left_alone() {
    let desk = Desk::new();
    desk.publish(&[
        "--workflow",
        "--program",
        "git+https://code.example/briefbook#v1",
    ])
    .well();
    let workflow = desk.archive().join(FILE);
    let text = fs::read_to_string(&workflow).unwrap();
    assert!(
        text.contains("cargo install --locked --git https://code.example/briefbook --rev v1 "),
        "{text}"
    );
    fs::write(&workflow, "mine").unwrap();
    let said = desk
        .publish(&["--workflow", "--program", "tools/briefbook"])
        .wrong();
    assert!(said.contains("is there already"), "{said}");
    assert_eq!(fs::read_to_string(&workflow).unwrap(), "mine");
}

#[test]
fn an_archive_in_a_folder_is_built_there() {
    let desk = Desk::new();
    let nested = desk.archive().join("notes");
    fs::create_dir(&nested).unwrap();
    desk.git(&["mv", "site.toml", "content", "notes"]);
    crate::desk::publish_in(&nested, &["--workflow", "--program", "tools/briefbook"]).well();
    let text = fs::read_to_string(desk.archive().join(FILE)).unwrap();
    assert!(text.contains("working-directory: notes\n"), "{text}");
    assert!(text.contains("path: notes/public\n"), "{text}");
    assert!(!Path::new(&nested.join(".github")).exists());
}

#[test]
fn a_new_archive_can_bring_it_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefbook"));
    command
        .args([
            "init",
            "--github",
            "--program",
            "https://code.example/briefbook.tar.gz",
            "archive",
        ])
        .current_dir(folder.path());
    Said::of(&alone(&mut command)).well();
    let text = fs::read_to_string(folder.path().join("archive").join(FILE)).unwrap();
    assert!(
        text.contains("PROGRAM: https://code.example/briefbook.tar.gz\n"),
        "{text}"
    );
    assert!(!text.contains("{get_program}"));
}
