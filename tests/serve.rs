//! What somebody sees who edits an archive while `briefbook serve` shows it: real requests, real
//! files, real changes.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

use briefbook::SiteOptions;
use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::diagnostic::Findings;
use serde_json::Value;
use tempfile::TempDir;

const ARTICLE: &str = "content/briefings/2021/harbor.md";

/// An archive that is being served below `/archive/`.
struct Served {
    folder: TempDir,
    at: SocketAddr,
}

struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the archive");
        let served = Self {
            at: ([127, 0, 0, 1], 0).into(),
            folder,
        };
        served.write(
            "site.toml",
            "title = \"Harbor Notes\"\nbase_url = \"https://example.org/archive/\"\ntheme = \"mine\"\n",
        );
        served.write(ARTICLE, &article("The crane came on Monday."));
        served.write("themes/mine/static/style.css", "body { color: black }\n");
        served.begin()
    }

    fn begin(mut self) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("some port is free");
        self.at = listener.local_addr().expect("it listens");
        let root = self.folder.path().to_path_buf();
        thread::spawn(move || {
            let options = SiteOptions {
                root: &root,
                base_url: None,
                program: "",
                selection: &|_| Selection {
                    today: jiff::civil::date(2026, 1, 1),
                    unpublished: Unpublished::HoldBack,
                },
            };
            let host = "127.0.0.1".to_owned();
            let mut findings = Findings::default();
            briefbook::serve(&options, listener, host, &|_, _| (), &mut findings);
        });
        self
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn get_as(&self, path: &str, host: &str) -> Response {
        let mut stream = TcpStream::connect(self.at).expect("the server listens");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("a request");
        let mut text = String::new();
        stream
            .read_to_string(&mut text)
            .expect("an answer in UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        Response {
            status: head[9..12].parse().expect("a status"),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str) -> Response {
        self.get_as(path, "localhost")
    }

    /// What browsers are told, state by state; the first one has an edition.
    fn events(&self) -> Events {
        let mut stream = TcpStream::connect(self.at).expect("the server listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a timeout");
        write!(
            stream,
            "GET /.briefbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )
        .expect("a request");
        Events {
            lines: BufReader::new(stream),
        }
    }
}

struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The next state that is as wanted.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut line = String::new();
        loop {
            line.clear();
            let read = self.lines.read_line(&mut line).expect("an event in time");
            assert_ne!(read, 0, "the server has closed the stream");
            let Some(json) = line.strip_prefix("data: ") else {
                continue;
            };
            let state = serde_json::from_str(json).expect("a state as JSON");
            if wanted(&state) {
                return state;
            }
        }
    }

    fn ready(&mut self) -> Value {
        self.wait(|state| state["edition"] != "")
    }
}

fn article(text: &str) -> String {
    format!("+++\ntitle = \"A new crane\"\ndate = 2021-04-14\n+++\n\n{text}\n")
}

const PAGE: &str = "/archive/2021/04/harbor/";

#[test]
fn pages_stand_where_they_will_stand_and_nothing_else_can_be_read() {
    let served = Served::start();
    served.events().ready();

    let page = served.get(PAGE);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("The crane came on Monday."));
    assert!(page.body.contains("src=\"/.briefbook/live.js\""));
    assert!(
        page.body
            .contains("data-file=\"content/briefings/2021/harbor.md\"")
    );
    assert!(
        page.body
            .contains("data-template=\"themes/default/templates/briefing.html\"")
    );
    assert!(
        served
            .get("/.briefbook/live.js")
            .head
            .contains("text/javascript")
    );

    let moved = served.get("/");
    assert_eq!(moved.status, 302);
    assert!(moved.head.to_lowercase().contains("location: /archive/"));
    assert_eq!(served.get("/archive/2021/04/harbor").status, 302);
    assert_eq!(served.get("/archive/search/index.json").status, 200);

    let view = served.get("/.briefbook/view/2021/04/harbor/?view=json");
    let view: Value = serde_json::from_str(&view.body).expect("a view as JSON");
    assert_eq!(view["article"]["card"]["title"], "A new crane");

    for path in [
        "/archive/nothing/",
        "/archive/../site.toml",
        "/archive/%2e%2e/site.toml",
        "/archive/..%2fsite.toml",
        "/archive//etc/passwd",
        "/archive/site.toml",
    ] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    assert_eq!(served.get_as(PAGE, "evil.example").status, 403);
    assert_eq!(served.get_as(PAGE, &served.at.to_string()).status, 200);
}

#[test]
fn an_edited_article_is_seen() {
    let served = Served::start();
    let mut events = served.events();
    let before = events.ready();
    served.write(ARTICLE, &article("It lifts forty tons."));
    let after = events.wait(|state| state["edition"] != before["edition"]);
    assert_eq!(after["errors"], "");
    assert!(served.get(PAGE).body.contains("It lifts forty tons."));
}

#[test]
fn an_edited_style_sheet_is_a_new_sheet_in_the_same_edition() {
    let served = Served::start();
    let mut events = served.events();
    let before = events.ready();
    served.write("themes/mine/static/style.css", "body { color: navy }\n");
    let after = events.wait(|state| state["styles"] != before["styles"]);
    assert_eq!(after["edition"], before["edition"]);
    let address = after["styles"]["style.css"].as_str().expect("an address");
    let sheet = served.get(&format!("/archive/{address}"));
    assert_eq!(sheet.body, "body{color:navy}");
}

#[test]
fn a_broken_template_shows_over_the_page_until_it_is_mended() {
    let served = Served::start();
    let mut events = served.events();
    events.ready();
    let template = "themes/mine/templates/briefing.html";

    served.write(template, "{% if page.title %}never closed");
    let broken = events.wait(|state| state["errors"] != "");
    let errors = broken["errors"].as_str().expect("text");
    assert!(errors.contains(template), "{errors}");
    assert!(errors.contains("closed"), "{errors}");
    // The page of before is still there.
    let page = served.get(PAGE);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("The crane came on Monday."));

    served.write(template, "<body>Mended: {{ page.title }}</body>");
    events.wait(|state| state["errors"] == "");
    assert!(served.get(PAGE).body.contains("Mended: A new crane"));
}

#[test]
fn a_template_that_fails_on_one_page_leaves_the_others_alone() {
    let served = Served::start();
    let mut events = served.events();
    let before = events.ready();
    assert_eq!(served.get(PAGE).status, 200);
    served.write(
        "themes/mine/templates/briefing.html",
        "<body>{{ article.titel.first }}</body>",
    );
    events.wait(|state| state["edition"] != before["edition"]);
    let page = served.get(PAGE);
    assert_eq!(page.status, 500);
    // As it was last, with the message for over it.
    assert!(page.body.contains("The crane came on Monday."));
    assert!(page.body.contains("titel"));
    assert_eq!(served.get("/archive/").status, 200);
}

#[test]
fn an_article_that_breaks_keeps_its_last_good_page() {
    let served = Served::start();
    let mut events = served.events();
    events.ready();
    served.write(ARTICLE, "+++\ntitel = \"A new crane\"\n+++\n\nText.\n");
    let broken = events.wait(|state| state["errors"] != "");
    let errors = broken["errors"].as_str().expect("text");
    assert!(
        errors.contains("content/briefings/2021/harbor.md"),
        "{errors}"
    );
    assert!(served.get(PAGE).body.contains("The crane came on Monday."));

    served.write(ARTICLE, &article("Mended."));
    events.wait(|state| state["errors"] == "");
    assert!(served.get(PAGE).body.contains("Mended."));
}
