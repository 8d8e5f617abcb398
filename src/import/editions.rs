//! The same article twice: read again elsewhere, reprinted, or changed since.
//!
//! Its bytes tell whether a document was imported before. This is about other bytes: the page with
//! other advertisements around it, the agency's story in another paper, the corrected version.

use std::collections::HashMap;
use std::sync::Arc;

use super::article::Article;
use crate::content::date::PublicationDate;
use crate::content::front_matter::FrontMatter;
use crate::text::hash::Fingerprint;
use crate::text::near_duplicate::{Index, Signature, hash};

/// From this resemblance on two texts are editions of one; a story that quotes the same statement
/// stays below.
const EDITION: f32 = 0.8;

/// What is kept of every article in the folder: little, since all of it stays in memory.
#[derive(Debug, Default)]
pub struct Editions {
    known: Vec<Known>,
    /// Indices into `known`.
    by_address: HashMap<Fingerprint, u32>,
    texts: Index<u32>,
}

/// An article that is there.
#[derive(Debug)]
struct Known {
    path: Arc<str>,
    title: Box<str>,
    date: Option<PublicationDate>,
    /// By the hash of its name.
    publisher: Option<u64>,
    /// Of its text, in words; `exact` is its hash.
    words: usize,
    exact: Option<u64>,
}

/// What an article is to those that are there.
#[derive(Debug, Clone, PartialEq)]
pub enum Edition {
    /// No other has its address or its text.
    First,
    /// The same text, already there.
    Same { path: String },
    /// Another version of the text at the same address.
    Update { path: String, change: String },
    /// Nearly the same text at another address, or of another house.
    Reprint {
        path: String,
        percent: u32,
        /// Whether the other one was there first, going by the dates.
        is_later: bool,
    },
}

impl Editions {
    /// Takes in an article that stands at `path`.
    pub fn add(&mut self, path: Arc<str>, front: &FrontMatter, signature: Option<&Signature>) {
        let id = u32::try_from(self.known.len()).expect("a folder has fewer than 2^32 files");
        if let Some(address) = address(front) {
            // The first version is the one that later ones are compared with.
            self.by_address.entry(address).or_insert(id);
        }
        if let Some(signature) = signature {
            self.texts.insert(signature.sketch, id);
        }
        self.known.push(Known {
            path,
            title: front.title.as_str().into(),
            date: front.date,
            publisher: house(front),
            words: signature.map_or(0, |signature| signature.words),
            exact: signature.map(|signature| signature.exact),
        });
    }

    /// Compares an article with all that are there.
    pub fn compare(&self, article: &Article, signature: Option<&Signature>) -> Edition {
        let front = &article.front;
        let address = address(front);
        if let Some(known) = address.and_then(|address| self.by_address.get(&address)) {
            let known = &self.known[*known as usize];
            let exact = signature.map(|signature| signature.exact);
            return if known.exact == exact && *known.title == *front.title {
                Edition::Same {
                    path: known.path.to_string(),
                }
            } else {
                Edition::Update {
                    path: known.path.to_string(),
                    change: change(known, front, signature),
                }
            };
        }
        let Some(signature) = signature else {
            return Edition::First;
        };
        let Some((resemblance, known)) = self.texts.nearest(&signature.sketch, EDITION) else {
            return Edition::First;
        };
        let known = &self.known[*known as usize];
        let is_of_the_house = match (known.publisher, house(front)) {
            (Some(known), Some(new)) => known == new,
            // An address of its own could be another paper's.
            _ => address.is_none(),
        };
        if is_of_the_house && known.exact == Some(signature.exact) {
            return Edition::Same {
                path: known.path.to_string(),
            };
        }
        let day = |date: Option<PublicationDate>| date.map(PublicationDate::printed_day);
        Edition::Reprint {
            path: known.path.to_string(),
            percent: percent(resemblance),
            is_later: match (day(known.date), day(front.date)) {
                (Some(known), Some(new)) => known <= new,
                _ => true,
            },
        }
    }
}

fn house(front: &FrontMatter) -> Option<u64> {
    let publisher = front.publisher.as_ref()?;
    Some(hash(publisher.as_bytes()))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1"
)]
fn percent(share: f32) -> u32 {
    (share * 100.0).round() as u32
}

/// What is different, in words.
fn change(known: &Known, front: &FrontMatter, signature: Option<&Signature>) -> String {
    let mut changes = Vec::new();
    if *known.title != *front.title {
        changes.push(format!("the title was `{}`", known.title));
    }
    let words = signature.map_or(0, |signature| signature.words);
    if known.words == words {
        changes.push("as many words, but not the same".to_owned());
    } else {
        changes.push(format!("{} words before, {words} now", known.words));
    }
    changes.join("; ")
}

/// An article's address without what changes nothing: the scheme, `www.`, a slash at the end, the
/// fragment, and parameters that only count readers.
fn address(front: &FrontMatter) -> Option<Fingerprint> {
    let url = front.provenance.as_ref()?.url.as_deref()?;
    let url = url.split('#').next()?;
    let (_, rest) = url.split_once("://")?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let query: Vec<&str> = query
        .split('&')
        .filter(|field| {
            let name = field.split('=').next().unwrap_or_default();
            !name.is_empty()
                && !name.starts_with("utm_")
                && !["fbclid", "gclid", "ref", "mc_cid", "mc_eid"].contains(&name)
        })
        .collect();
    let path = path.trim_end_matches('/');
    // The front page of a site is no article's address.
    if !path.contains('/') && query.is_empty() {
        return None;
    }
    let host_end = path.find('/').unwrap_or(path.len());
    let (host, rest) = path.split_at(host_end);
    let address = format!("{}{rest}?{}", host.to_lowercase(), query.join("&"));
    Some(Fingerprint::of_bytes(address.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::found_at;

    fn body(changes: usize) -> String {
        (0..120)
            .map(|at| {
                if at < changes {
                    format!("new{at}")
                } else {
                    format!("word{at}")
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn article(title: &str, url: Option<&str>, publisher: &str, body: &str) -> Article {
        Article {
            front: FrontMatter {
                title: title.to_owned(),
                publisher: Some(publisher.to_owned()),
                provenance: found_at(url.map(str::to_owned)),
                ..FrontMatter::default()
            },
            body: body.to_owned(),
            pictures: Vec::new(),
            is_page: false,
            slug: None,
        }
    }

    fn compare(new: &Article) -> Edition {
        let mut editions = Editions::default();
        let known = article(
            "Tides",
            Some("https://a.example/tides/"),
            "Harbour Times",
            &body(0),
        );
        editions.add(
            "tides.md".into(),
            &known.front,
            Signature::of(&known.body).as_ref(),
        );
        editions.compare(new, Signature::of(&new.body).as_ref())
    }

    #[test]
    fn every_way_an_article_comes_again() {
        let path = || "tides.md".to_owned();
        let again = article(
            "Tides",
            Some("http://www.a.example/tides?utm_source=x#top"),
            "Harbour Times",
            &body(0),
        );
        assert_eq!(compare(&again), Edition::Same { path: path() });

        let updated = article(
            "High tides",
            Some("https://a.example/tides/"),
            "Harbour Times",
            &body(40),
        );
        let Edition::Update { change, .. } = compare(&updated) else {
            panic!("an update");
        };
        assert_eq!(
            change,
            "the title was `Tides`; as many words, but not the same"
        );

        let reprint = article("Tides", Some("https://b.example/1"), "Pier Post", &body(3));
        assert!(matches!(
            compare(&reprint),
            Edition::Reprint {
                percent: 80..,
                is_later: true,
                ..
            }
        ));

        let pasted = article("Tides", None, "Harbour Times", &body(0));
        assert_eq!(compare(&pasted), Edition::Same { path: path() });

        let other = article(
            "Tides",
            Some("https://a.example/other"),
            "Harbour Times",
            &body(110),
        );
        assert_eq!(compare(&other), Edition::First);
    }
}
