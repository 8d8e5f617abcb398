//! An article as Markdown of its own, for readers that are programs (llmstxt.org): its data in a
//! list, then its text, or what may be shown of it. All links are full addresses.

use std::fmt::Write;

use super::address::Address;
use super::cards::{excerpt, full_text};
use super::known::Known;
use super::plan::Site;
use super::render::Output;
use super::view::card::Card;
use crate::archive::ids::{ArticleId, Node};
use crate::archive::links::Resolved;
use crate::content::article::Body;
use crate::content::markdown::outline::Target;

/// The whole file.
pub fn article(site: &Site<'_>, id: ArticleId, known: Known<'_>) -> Output {
    let links = site.archive.links.of(Node::Article(id));
    let places = links.iter().map(|link| match link {
        Resolved::Node { node, .. } => Some(site.address(*node)),
        Resolved::Asset(asset) => site.assets.get(&(Node::Article(id), *asset)),
        Resolved::Section(_) | Resolved::Site(_) | Resolved::Nothing => None,
    });
    let places: Vec<_> = places.collect();
    let prints = &site.cards.prints;
    let said = (prints.told(id), prints.quotable(Node::Article(id)));
    known.unless_same(&(said, places), || text(site, id))
}

fn text(site: &Site<'_>, id: ArticleId) -> String {
    let front = &site.archive.article(id).front;
    let card = site.card(id);
    let mut text = format!("# {}\n\n", one_line(&card.title));
    if let Some(subtitle) = &card.subtitle {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "*{}*\n", one_line(subtitle));
    }
    text.push_str(&data(site, id, card));
    text.push('\n');
    if let Some(notice) = &front.withdrawn {
        let _ = writeln!(text, "Withdrawn on {}: {}", notice.date, notice.note);
    } else {
        text.push_str(shown(site, id).trim());
        text.push('\n');
    }
    for notice in &front.corrections {
        let _ = writeln!(text, "\nCorrection of {}: {}", notice.date, notice.note);
    }
    text
}

/// What of an article's text may be shown: all of it, or its first words as a quotation.
pub fn shown(site: &Site<'_>, id: ArticleId) -> String {
    let article = site.archive.article(id);
    if full_text(site.archive, article) {
        return body(site, Node::Article(id), &article.body);
    }
    match excerpt(site.archive, id) {
        Some(words) if !words.is_empty() => format!("> {}\n", one_line(&words)),
        _ => String::new(),
    }
}

/// A list of what else is known, a line each.
fn data(site: &Site<'_>, id: ArticleId, card: &Card) -> String {
    let own = site.url(&card.address);
    let canonical = site.canonical(id);
    let topics: Vec<&str> = card.topics.iter().map(|t| t.title.as_str()).collect();
    let lines = [
        ("Date", card.date.clone()),
        ("By", Some(card.authors.join(", "))),
        ("Publisher", card.publisher.clone()),
        ("Topics", Some(topics.join(", "))),
        ("Language", Some(card.language.clone())),
        ("Original", (canonical != own).then_some(canonical)),
        ("Page", Some(own)),
    ];
    let mut text = String::new();
    for (name, value) in lines {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(text, "- {name}: {}", one_line(&value));
        }
    }
    text
}

/// The Markdown of a body with what its links lead to written out.
fn body(site: &Site<'_>, node: Node, body: &Body) -> String {
    let markdown = body.markdown();
    let links = site.archive.links.of(node);
    let mut text = String::with_capacity(markdown.len() + links.len() * 64);
    let mut from = 0;
    for (link, resolved) in body.outline.links.iter().zip(links) {
        let range = link.range.clone();
        // A link within a link's text is written with the outer one.
        let Some(between) = markdown.get(from..range.start) else {
            continue;
        };
        let Some(written) = markdown.get(range.clone()) else {
            continue;
        };
        text.push_str(between);
        text.push_str(&rewritten(site, node, written, &link.target, resolved));
        from = range.end;
    }
    text.push_str(&markdown[from..]);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// One link with its full address.
fn rewritten(
    site: &Site<'_>,
    from: Node,
    written: &str,
    target: &Target,
    resolved: &Resolved,
) -> String {
    let (url, title) = match resolved {
        Resolved::Node { node, section } => {
            let section = section.as_ref().map_or(String::new(), |s| format!("#{s}"));
            let url = format!("{}{section}", site.url(site.address(*node)));
            (url, site.archive.nodes().title(*node).to_owned())
        }
        Resolved::Site(path) => {
            let path = path.trim_start_matches('/');
            (site.url(&Address::file(path)), path.to_owned())
        }
        Resolved::Asset(asset) => match site.assets.get(&(from, *asset)) {
            Some(address) => (site.url(address), String::new()),
            None => return written.to_owned(),
        },
        Resolved::Section(_) | Resolved::Nothing => return written.to_owned(),
    };
    match target {
        Target::Wiki { .. } => {
            let inner = written.trim_start_matches('[').trim_end_matches(']');
            let own = inner.split_once('|').map(|(_, text)| text.trim());
            format!("[{}]({url})", own.unwrap_or(&one_line(&title)))
        }
        Target::File { path, .. } | Target::Asset(path) | Target::Site(path) => {
            let Some(at) = written.rfind(path.as_str()) else {
                return written.to_owned();
            };
            let rest = &written[at + path.len()..];
            // The section is part of the address already.
            let rest = match (rest.strip_prefix('#'), resolved) {
                (Some(section), Resolved::Node { .. }) => section
                    .find([')', ' ', '>'])
                    .map_or("", |end| &section[end..]),
                _ => rest,
            };
            format!("{}{url}{rest}", &written[..at])
        }
        Target::Section(_) => written.to_owned(),
    }
}

/// Text in one line of Markdown, where it can't begin anything else.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
