//! Atom (RFC 4287), with the years behind the newest entries as archives (RFC 5005).

use std::fmt::Write;

use super::super::address::Address;
use super::super::plan::Site;
use super::entry::{Entry, Feed, Subject};
use crate::archive::calendar::neighbours;
use crate::content::markdown::html::escape;

/// The feed at `address`.
pub fn atom(site: &Site<'_>, address: &Address, subject: Subject) -> String {
    let feed = Feed::of(site, subject);
    let own = site.url(address);
    let mut xml = String::with_capacity(1024 + feed.entries.len() * 900);
    let _ = write!(
        xml,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{own}</id>\n<updated>{}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        xml_text(&site.archive.config.language),
        xml_text(&feed.title),
        feed.updated(),
        site.url(&feed.page),
    );
    archives(site, subject, &mut xml);
    for entry in &feed.entries {
        write_entry(entry, &mut xml);
    }
    xml.push_str("</feed>\n");
    xml
}

/// Where the older entries are: the site's feed leads to its newest year, a year to its
/// neighbours.
fn archives(site: &Site<'_>, subject: Subject, xml: &mut String) {
    let years = &site.archive.calendar.years;
    let (previous, next) = match subject {
        Subject::Term(_) => return,
        Subject::Site => (years.keys().next_back().copied(), None),
        Subject::Year(year) => {
            xml.push_str("<archive xmlns=\"http://purl.org/syndication/history/1.0\"/>\n");
            let home = site.url(&Address::feed(&Address::home()));
            let _ = writeln!(xml, "<link rel=\"current\" href=\"{home}\"/>");
            neighbours(years, year)
        }
    };
    for (relation, year) in [("prev-archive", previous), ("next-archive", next)] {
        if let Some(year) = year {
            let href = site.url(&Address::feed_of_year(year));
            let _ = writeln!(xml, "<link rel=\"{relation}\" href=\"{href}\"/>");
        }
    }
}

fn write_entry(entry: &Entry<'_>, xml: &mut String) {
    let card = entry.card;
    let _ = write!(
        xml,
        "<entry xml:lang=\"{}\">\n<title>{}</title>\n<id>{}</id>\n<published>{}</published>\n\
         <updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        xml_text(&card.language),
        xml_text(&card.title),
        entry.id,
        entry.published,
        entry.updated,
        entry.url,
    );
    if let Some(original) = &entry.original {
        let _ = writeln!(xml, "<link rel=\"via\" href=\"{}\"/>", xml_text(original));
    }
    for author in &entry.authors {
        let _ = writeln!(xml, "<author><name>{}</name></author>", xml_text(author));
    }
    for topic in &card.topics {
        let _ = writeln!(xml, "<category term=\"{}\"/>", xml_text(&topic.title));
    }
    let _ = write!(
        xml,
        "<summary>{}</summary>\n</entry>\n",
        xml_text(&entry.summary)
    );
}

/// Text in XML: escaped, and without the control characters XML has no place for.
pub fn xml_text(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    escape(&text.chars().filter(allowed).collect::<String>())
}
