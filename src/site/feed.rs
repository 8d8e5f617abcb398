//! Atom feeds (RFC 4287) of the site and of every term.

use std::fmt::Write;

use super::address::Address;
use super::plan::Site;
use crate::archive::ids::{ArticleId, Node, TermId};
use crate::content::markdown::html::escape;
use crate::text::hash::sha256;

/// How many articles a feed holds.
const ENTRIES: usize = 20;

/// The feed of a term, or of the whole site, newest first. Undated articles are left out: an
/// entry without a date is none.
pub fn atom(site: &Site<'_>, address: &Address, of: Option<TermId>) -> String {
    let archive = site.archive;
    let dated = |id: &ArticleId| archive.entry(*id).day.is_some();
    let (title, page, ids): (String, Address, Vec<ArticleId>) = match of {
        None => (
            archive.config.title.clone(),
            Address::home(),
            archive.ids().filter(dated).take(ENTRIES).collect(),
        ),
        Some(id) => {
            let term = archive.term(id);
            (
                format!("{} – {}", term.title, archive.config.title),
                site.address(Node::Term(id)),
                term.articles
                    .iter()
                    .copied()
                    .filter(dated)
                    .take(ENTRIES)
                    .collect(),
            )
        }
    };
    let updated = ids
        .iter()
        .map(|id| updated(site, *id))
        .max()
        .unwrap_or_default();
    let own = address.absolute(&site.base_url);
    let mut xml = String::with_capacity(1024 + ids.len() * 900);
    let _ = write!(
        xml,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{own}</id>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        xml_text(&archive.config.language),
        xml_text(&title),
        page.absolute(&site.base_url),
    );
    for id in ids {
        entry(site, id, &mut xml);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(site: &Site<'_>, id: ArticleId, xml: &mut String) {
    let archive = site.archive;
    let card = site.card(id);
    let published = instant(site, id);
    let _ = write!(
        xml,
        "<entry xml:lang=\"{}\">\n<title>{}</title>\n<id>{}</id>\n<published>{published}</published>\n\
         <updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        xml_text(&card.language),
        xml_text(&card.title),
        entry_id(site, id),
        updated(site, id),
        card.address.absolute(&site.base_url),
    );
    // RFC 4287, 4.1.1: an entry needs an author when its feed has none.
    let house = card.publisher.as_ref().unwrap_or(&archive.config.title);
    let authors = if card.authors.is_empty() {
        std::slice::from_ref(house)
    } else {
        &card.authors
    };
    for author in authors {
        let _ = writeln!(xml, "<author><name>{}</name></author>", xml_text(author));
    }
    for topic in &card.topics {
        let _ = writeln!(xml, "<category term=\"{}\"/>", xml_text(&topic.title));
    }
    let _ = write!(
        xml,
        "<summary>{}</summary>\n</entry>\n",
        xml_text(&card.teaser)
    );
}

/// A name for the entry that stays when the site moves (RFC 4287, 4.2.6): made from the
/// original's hash where it was imported, else from its own address.
fn entry_id(site: &Site<'_>, id: ArticleId) -> String {
    let article = site.archive.article(id);
    let provenance = article.front.provenance.as_ref();
    match provenance.and_then(|p| {
        p.sha256
            .as_ref()
            .map(|sha256| (sha256, p.part.unwrap_or(1)))
    }) {
        Some((raw, part)) => {
            let name = sha256(format!("{raw}/{part}").as_bytes());
            format!("urn:sha256:{name}")
        }
        None => site.card(id).address.absolute(&site.base_url),
    }
}

fn instant(site: &Site<'_>, id: ArticleId) -> String {
    let zone = &site.archive.config.time_zone;
    let date = site.archive.article(id).front.date;
    date.map_or(String::new(), |date| date.instant(zone).to_string())
}

/// When something about an article last changed: its text, a correction, its withdrawal.
fn updated(site: &Site<'_>, id: ArticleId) -> String {
    let zone = &site.archive.config.time_zone;
    let front = &site.archive.article(id).front;
    let notices = front.corrections.iter().chain(&front.withdrawn);
    let dates = front.date.into_iter().chain(front.updated);
    dates
        .chain(notices.map(|notice| notice.date))
        .map(|date| date.instant(zone))
        .max()
        .map_or(String::new(), |at| at.to_string())
}

/// Text in XML: escaped, and without the control characters XML has no place for.
pub fn xml_text(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    escape(&text.chars().filter(allowed).collect::<String>())
}
