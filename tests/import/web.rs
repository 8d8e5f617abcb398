//! Addresses, fetched from a server on this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::archive::{Archive, page};

/// A server that answers on a port of its own, and remembers what it was asked.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answer: impl Fn(&str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, &answer, &log);
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, answer: &impl Fn(&str) -> String, log: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(request)) = lines.next() else {
        return;
    };
    let agent = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .find(|line| line.to_lowercase().starts_with("user-agent:"))
        .unwrap_or_default();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().unwrap().push(format!("{path} {agent}"));
    let _ = stream.write_all(answer(&path).as_bytes());
}

fn response(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

#[test]
fn an_address_is_fetched_by_the_rules_of_its_site() {
    let server = Server::start(|path| match path {
        "/robots.txt" => response("200 OK", "", "User-agent: *\nDisallow: /private\n"),
        "/old" => response("301 Moved", "Location: /tides\r\n", ""),
        "/tides" => response("200 OK", "Content-Type: text/html\r\n", &page("Tides", 1)),
        _ => response("404 Not Found", "", ""),
    });
    let archive = Archive::new();
    let address = |path: &str| format!("{}{path}", server.address);
    let said = archive.run(&[
        "import",
        "--delay",
        "0",
        &address("/old"),
        &address("/private/x"),
        &address("/gone"),
    ]);
    assert!(!said.success, "two of the three failed");
    assert!(
        said.error.contains("robots.txt") && said.error.contains("404"),
        "{}",
        said.error
    );
    let article = archive.read("sources/2021/tides.md");
    assert!(
        article.contains(&format!("url = \"{}\"", address("/tides"))),
        "{article}"
    );
    assert!(article.contains("retrieved = "), "{article}");
    assert!(
        article.contains(&format!("{} led to {}", address("/old"), address("/tides"))),
        "{article}"
    );

    let asked = server.asked();
    let paths: Vec<_> = asked
        .iter()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(
        paths,
        ["/robots.txt", "/old", "/tides", "/gone"],
        "the rules are read once"
    );
    assert!(
        asked.iter().all(|line| line.contains("briefbook/")),
        "{asked:?}"
    );
}

#[test]
fn a_site_that_cannot_say_its_rules_is_left_alone() {
    let server = Server::start(|path| match path {
        "/robots.txt" => response("500 Broken", "", ""),
        _ => response("200 OK", "Content-Type: text/html\r\n", &page("Tides", 1)),
    });
    let archive = Archive::new();
    let said = archive.run(&["import", &format!("{}/tides", server.address)]);
    assert!(
        !said.success && said.error.contains("robots.txt"),
        "{}",
        said.error
    );
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_server_that_leads_in_circles_is_left() {
    let server = Server::start(|path| match path {
        "/robots.txt" => response("404 Not Found", "", ""),
        _ => response("302 Found", "Location: /again\r\n", ""),
    });
    let archive = Archive::new();
    let said = archive.run(&["import", "--delay", "0", &format!("{}/x", server.address)]);
    assert!(
        !said.success && said.error.contains("on and on"),
        "{}",
        said.error
    );
}
