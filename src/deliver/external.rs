//! Whether links to other sites still lead somewhere: asked politely, and not again for a while.
//!
//! One request at a time to a host, with a pause between two; a host that asks for patience is
//! left alone for this time. What was learned is kept with its day, so that a second check asks
//! about what is new or old only. What other people's servers do is no fault of the archive, so
//! none of this is ever an error.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ureq::Agent;

use super::error::DeliverError;

/// Where what was learned is kept, from the archive's root.
pub const FILE: &str = ".briefbook/links.json";

/// How many hosts are asked at once.
const HOSTS_AT_ONCE: usize = 8;

/// What a server said about an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Alive,
    /// Nothing is there any more: 404, 410.
    Dead(u16),
    /// It may be there for people: servers refuse programs, or have a bad day.
    Unclear(u16),
    /// No answer: no such host, no connection, a broken certificate.
    Unreachable(String),
}

impl Answer {
    /// For how many days an answer holds.
    fn lasts(&self) -> i64 {
        match self {
            Self::Alive => 30,
            Self::Dead(_) | Self::Unclear(_) => 7,
            Self::Unreachable(_) => 1,
        }
    }

    fn of(status: u16) -> Self {
        match status {
            200..=399 => Self::Alive,
            404 | 410 => Self::Dead(status),
            _ => Self::Unclear(status),
        }
    }
}

/// An answer and its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub checked: Date,
    pub answer: Answer,
}

/// Everything known about other sites, by address.
pub type Knowledge = BTreeMap<String, Known>;

/// How servers are treated.
#[derive(Debug, Clone, Copy)]
pub struct Manners {
    /// Between two requests to one host.
    pub pause: Duration,
    /// Whether addresses of one's own network are asked too. A source article may name any, and
    /// a request to a printer or a router may do something.
    pub own_network: bool,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(1),
            own_network: false,
        }
    }
}

/// Reads what was learned before; nothing, when that can't be read.
pub fn read(root: &Path) -> Knowledge {
    fs::read(root.join(FILE))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

/// Keeps what was learned.
pub fn write(root: &Path, knowledge: &Knowledge) -> Result<(), DeliverError> {
    let path = root.join(FILE);
    let failed = |e: &io::Error| DeliverError::io("write", &path, e);
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|e| failed(&e))?;
    let text = serde_json::to_vec_pretty(knowledge).map_err(|e| failed(&e.into()))?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| failed(&e))?;
    file.write_all(&text).map_err(|e| failed(&e))?;
    file.persist(&path).map_err(|e| failed(&e.error))?;
    Ok(())
}

/// Asks about every address that nothing recent is known about. What comes back is about these
/// addresses only; those whose host asked for patience are as they were known before.
pub fn ask(
    urls: &[&str],
    mut known: Knowledge,
    today: Date,
    manners: Manners,
    tick: &(dyn Fn() + Sync),
) -> Knowledge {
    let mut hosts: BTreeMap<&str, VecDeque<&str>> = BTreeMap::new();
    for url in urls {
        let url = url.split('#').next().unwrap_or_default();
        let recent = known.get(url).is_some_and(|known| {
            let until = known.checked.checked_add(known.answer.lasts().days());
            until.is_ok_and(|until| today < until)
        });
        match host(url) {
            Some(host) if !recent && (manners.own_network || is_public(host)) => {
                let queue = hosts.entry(host).or_default();
                if !queue.contains(&url) {
                    queue.push_back(url);
                }
            }
            _ => tick(),
        }
    }
    let queues: Mutex<Vec<VecDeque<&str>>> = Mutex::new(hosts.into_values().collect());
    let learned = Mutex::new(Vec::new());
    let agent = agent();
    thread::scope(|scope| {
        for _ in 0..HOSTS_AT_ONCE {
            scope.spawn(|| {
                loop {
                    let queue = lock(&queues).pop();
                    let Some(mut queue) = queue else { break };
                    while let Some(url) = queue.pop_front() {
                        let answer = ask_one(&agent, url);
                        tick();
                        // Too many requests, or too busy: the rest can wait for another day.
                        let patience = matches!(answer, Answer::Unclear(429 | 503));
                        lock(&learned).push((url.to_owned(), answer));
                        if patience {
                            for _ in &queue {
                                tick();
                            }
                            break;
                        }
                        if !queue.is_empty() {
                            thread::sleep(manners.pause);
                        }
                    }
                }
            });
        }
    });
    for (url, answer) in learned.into_inner().unwrap_or_else(PoisonError::into_inner) {
        known.insert(
            url,
            Known {
                checked: today,
                answer,
            },
        );
    }
    // What the archive no longer links to need not be remembered.
    let wanted = |url: &String| {
        urls.iter()
            .any(|wanted| wanted.split('#').next() == Some(url))
    };
    known.retain(|url, _| wanted(url));
    known
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(20)))
        .http_status_as_error(false)
        .user_agent(concat!(
            "briefbook/",
            env!("CARGO_PKG_VERSION"),
            " (link check)"
        ))
        .build()
        .into()
}

fn ask_one(agent: &Agent, url: &str) -> Answer {
    let head = agent
        .head(url)
        .call()
        .map(|answer| answer.status().as_u16());
    match head {
        Ok(status @ (200..=399 | 410 | 429 | 503)) => Answer::of(status),
        // Some servers know no HEAD, and say so in many ways.
        Ok(_) => match agent.get(url).call() {
            Ok(answer) => Answer::of(answer.status().as_u16()),
            Err(error) => Answer::Unreachable(error.to_string()),
        },
        Err(error) => Answer::Unreachable(error.to_string()),
    }
}

/// Host and port of an address.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    (!host.is_empty()).then_some(host)
}

/// Whether a host is on the internet, as far as its name says.
fn is_public(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    match name.parse() {
        Ok(IpAddr::V4(ip)) => {
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified())
        }
        Ok(IpAddr::V6(ip)) => {
            !(ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_unique_local()
                || ip.is_unicast_link_local())
        }
        Err(_) => name.contains('.') && !name.ends_with(".local") && !name.ends_with(".internal"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpListener;
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;

    /// A server that answers by the path it is asked for, and writes down what it was asked.
    fn serve() -> (String, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = [0; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let text = String::from_utf8_lossy(&request[..length]).into_owned();
                let line = text
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .replace(" HTTP/1.1", "");
                let status = match line.as_str() {
                    "HEAD /no-head" => "405 No",
                    line if line.ends_with("/gone") => "404 Gone",
                    line if line.ends_with("/busy") => "429 Slowly",
                    line if line.ends_with("/members") => "403 Members",
                    _ => "200 OK",
                };
                lock(&log).push(line);
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                );
            }
        });
        (address, asked)
    }

    const QUICK: Manners = Manners {
        pause: Duration::ZERO,
        own_network: true,
    };

    fn check(urls: &[&str], known: Knowledge, today: Date) -> Knowledge {
        ask(urls, known, today, QUICK, &|| ())
    }

    #[test]
    fn answers_are_told_apart_and_asked_for_once_in_a_while() {
        let (server, asked) = serve();
        let [fine, part, odd, gone, members] = ["/a", "/a#part", "/no-head", "/gone", "/members"]
            .map(|path| format!("{server}{path}"));
        let urls = [&*fine, &part, &odd, &gone, &members];
        let today = date(2021, 4, 1);
        let known = check(&urls, Knowledge::new(), today);
        let answers: Vec<_> = known.values().map(|known| known.answer.clone()).collect();
        // In the order of the addresses: /a, /gone, /members, /no-head.
        assert_eq!(
            answers,
            [
                Answer::Alive,
                Answer::Dead(404),
                Answer::Unclear(403),
                Answer::Alive
            ]
        );
        assert!(lock(&asked).contains(&"GET /no-head".to_owned()));

        lock(&asked).clear();
        check(&urls, known.clone(), date(2021, 4, 7));
        assert!(lock(&asked).is_empty(), "everything is known well enough");
        check(&urls, known.clone(), date(2021, 4, 9));
        assert!(lock(&asked).contains(&"HEAD /gone".to_owned()));
        assert!(!lock(&asked).contains(&"HEAD /a".to_owned()));
        let later = check(&[&fine], known, date(2021, 4, 7));
        assert_eq!(later.len(), 1, "what is linked no more is forgotten");
    }

    #[test]
    fn a_host_that_asks_for_patience_is_left_alone() {
        let (server, asked) = serve();
        let [busy, next] = ["/busy", "/next"].map(|path| format!("{server}{path}"));
        let known = check(&[&busy, &next], Knowledge::new(), date(2021, 4, 1));
        assert_eq!(*lock(&asked), ["HEAD /busy"]);
        assert!(!known.contains_key(&next));
    }

    #[test]
    fn nothing_in_ones_own_network_is_asked() {
        for (url, public) in [
            ("https://example.org/a", true),
            ("http://user@192.168.1.1/reboot", false),
            ("http://10.0.0.1:8080/", false),
            ("http://[::1]/", false),
            ("http://printer/", false),
            ("http://router.local/", false),
        ] {
            assert_eq!(host(url).is_some_and(is_public), public, "{url}");
        }
    }

    #[test]
    fn what_was_learned_lasts() {
        let folder = tempfile::tempdir().unwrap();
        let known = Known {
            checked: date(2021, 4, 1),
            answer: Answer::Dead(410),
        };
        let knowledge = Knowledge::from([("https://example.org/".to_owned(), known)]);
        write(folder.path(), &knowledge).unwrap();
        assert_eq!(read(folder.path()), knowledge);
    }
}
