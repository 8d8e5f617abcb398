//! One request after the other: as a guest, who says who he is, reads the house rules, doesn't
//! hurry and takes no more than he can carry.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::thread::sleep;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::Offset;
use ureq::Agent;
use url::Url;

use super::robots::Robots;
use crate::content::date::PublicationDate;
use crate::import::document::{Content, RawDocument};
use crate::import::draft::Setting;
use crate::import::error::ImportError;
use crate::import::readers::http_message::{is_page, media_type};
use crate::import::readers::open::{Documents, LIMIT, LIMIT_BYTES, documents, one};

/// The name that `robots.txt` knows it by.
const NAME: &str = "briefbook";

const USER_AGENT: &str = concat!(
    "briefbook/",
    env!("CARGO_PKG_VERSION"),
    " (archive of articles)"
);

const MOST_REDIRECTS: usize = 10;

/// One request, from the first byte sent to the last one read.
const PATIENCE: Duration = Duration::from_secs(30);

const LARGEST_ROBOTS: u64 = 512 * 1024;

/// Fetches addresses; remembers each site's rules and when it was last asked.
pub struct Fetcher {
    agent: Agent,
    pause: Duration,
    sites: HashMap<String, Site>,
}

struct Site {
    robots: Robots,
    asked: Instant,
}

/// A page that was found, and the address it was found at in the end.
struct Fetched {
    url: Url,
    content_type: String,
    body: Vec<u8>,
}

impl Fetcher {
    /// `pause` is the least time between two requests to one site.
    pub fn new(pause: Duration) -> Self {
        let agent = Agent::config_builder()
            .user_agent(USER_AGENT)
            .timeout_global(Some(PATIENCE))
            // Every hop is a site with rules of its own.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .build()
            .new_agent();
        Self {
            agent,
            pause,
            sites: HashMap::new(),
        }
    }

    /// The documents at an address: a page, or whatever a feed or a file there holds.
    pub fn documents(&mut self, address: &str, setting: &Setting) -> Documents {
        let fetched = match self.fetch(address) {
            Ok(fetched) => fetched,
            Err(error) => return one(Err(error)),
        };
        let now = Timestamp::from_second(Timestamp::now().as_second()).unwrap_or_default();
        let retrieved = PublicationDate::Moment(now, Offset::UTC);
        let Fetched {
            url,
            content_type,
            body,
        } = fetched;
        let (kind, label) = media_type(&content_type);
        let asked = address.to_owned();
        let found = move |mut document: RawDocument| {
            let provenance = document.known.provenance.get_or_insert_default();
            provenance.retrieved = Some(retrieved);
            // What a feed says of its entries' addresses goes before the feed's own.
            if document.place.is_none() {
                provenance.url.get_or_insert_with(|| url.to_string());
                if same_page(&asked, &url) {
                    return document;
                }
                document
                    .known
                    .review
                    .push(format!("address: {asked} led to {url}"));
            }
            document
        };
        if is_page(&kind) {
            let page = RawDocument {
                content: Content::Bytes { label },
                ..RawDocument::alone(address, body)
            };
            return one(Ok(found(page)));
        }
        let inside = documents(address, Box::new(Cursor::new(body)), setting);
        Box::new(inside.map(move |document| document.map(&found)))
    }

    fn fetch(&mut self, address: &str) -> Result<Fetched, ImportError> {
        let fail = |reason: String| ImportError::NotFetched {
            address: address.to_owned(),
            reason,
        };
        let mut url = Url::parse(address).map_err(|error| fail(error.to_string()))?;
        for _ in 0..=MOST_REDIRECTS {
            if !matches!(url.scheme(), "http" | "https") {
                return Err(fail(format!("it leads to {url}, which is not on the web")));
            }
            if !self.may_read(&url) {
                return Err(ImportError::NotAllowed {
                    address: url.to_string(),
                });
            }
            let mut response = self
                .agent
                .get(url.as_str())
                .call()
                .map_err(|error| fail(error.to_string()))?;
            let header = |name: &str| {
                let value = response.headers().get(name)?;
                value.to_str().ok().map(str::to_owned)
            };
            let status = response.status();
            if status.is_redirection()
                && let Some(target) = header("location")
            {
                url = url.join(&target).map_err(|error| fail(error.to_string()))?;
                continue;
            }
            if !status.is_success() {
                return Err(fail(format!("the site answered {status}")));
            }
            let content_type = header("content-type").unwrap_or_default();
            let mut body = Vec::new();
            response
                .body_mut()
                .as_reader()
                .take(LIMIT_BYTES as u64 + 1)
                .read_to_end(&mut body)
                .map_err(|error| fail(error.to_string()))?;
            if body.len() > LIMIT_BYTES {
                return Err(ImportError::TooLarge {
                    name: address.to_owned(),
                    limit: LIMIT,
                });
            }
            return Ok(Fetched {
                url,
                content_type,
                body,
            });
        }
        Err(fail(format!(
            "it leads on and on, more than {MOST_REDIRECTS} times"
        )))
    }

    /// Whether the site's rules allow it; waits until the site may be asked again.
    fn may_read(&mut self, url: &Url) -> bool {
        let site = url.origin().ascii_serialization();
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let asked = self.sites.contains_key(&site);
        if !asked {
            let robots = self.robots(url);
            let known = Site {
                robots,
                asked: Instant::now(),
            };
            self.sites.insert(site.clone(), known);
        }
        let Some(known) = self.sites.get_mut(&site) else {
            return false;
        };
        if !known.robots.allows(&path) {
            return false;
        }
        let pause = known.robots.delay.unwrap_or(self.pause).max(self.pause);
        if asked {
            sleep(pause.saturating_sub(known.asked.elapsed()));
        }
        known.asked = Instant::now();
        true
    }

    /// RFC 9309: a site without rules allows everything, one that can't answer nothing.
    fn robots(&self, url: &Url) -> Robots {
        let Ok(address) = url.join("/robots.txt") else {
            return Robots::closed();
        };
        // Redirects of this file are followed, as far as five hops.
        let mut address = address;
        for _ in 0..5 {
            let Ok(mut response) = self.agent.get(address.as_str()).call() else {
                return Robots::closed();
            };
            let status = response.status();
            if status.is_redirection() {
                let target = response.headers().get("location");
                let target = target.and_then(|target| target.to_str().ok());
                match target.and_then(|target| address.join(target).ok()) {
                    Some(target) => address = target,
                    None => return Robots::default(),
                }
                continue;
            }
            if status.is_server_error() {
                return Robots::closed();
            }
            if !status.is_success() {
                return Robots::default();
            }
            let mut bytes = Vec::new();
            let read = response
                .body_mut()
                .as_reader()
                .take(LARGEST_ROBOTS)
                .read_to_end(&mut bytes);
            return match read {
                Ok(_) => Robots::parse(&String::from_utf8_lossy(&bytes), NAME),
                Err(_) => Robots::closed(),
            };
        }
        Robots::default()
    }
}

fn same_page(asked: &str, found: &Url) -> bool {
    Url::parse(asked).is_ok_and(|asked| asked == *found)
}
