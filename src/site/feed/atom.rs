//! Atom (RFC 4287), with its archive (RFC 5005, 4).

use std::borrow::Cow;
use std::fmt::Write;

use super::super::address::Address;
use super::super::known::Known;
use super::super::plan::Site;
use super::super::render::Output;
use super::archived::Volume;
use super::entry::{Entries, details, latest, written};
use super::subject::{NEWEST, Subject};
use crate::archive::ids::ArticleId;
use crate::content::markdown::html::escape;

/// The feed of a subject: its newest articles.
pub fn newest(site: &Site<'_>, entries: &Entries, subject: Subject, known: Known<'_>) -> Output {
    let mut articles = subject.articles(site.archive);
    articles.truncate(NEWEST);
    let own = Address::feed(&subject.page(site.archive));
    let title = subject.title(site);
    let mut head = head(site, subject, &own, &title, &articles);
    link(
        site,
        subject,
        "prev-archive",
        site.volumes.of(subject).last(),
        &mut head,
    );
    document(site, entries, &head, &articles, Told::InFull, known)
}

/// The volume of a subject's archive that begins with `first_year`.
///
/// A feed and its archive are one feed to a reader, and have one id. An article is told of in
/// full in the site's own archive; a term's says what it is and where it stands, since the same
/// article is in the archives of half a dozen terms.
pub fn volume(
    site: &Site<'_>,
    entries: &Entries,
    subject: Subject,
    first_year: i16,
    known: Known<'_>,
) -> Output {
    let volumes = site.volumes.of(subject);
    let at = volumes.partition_point(|volume| volume.first_year < first_year);
    let Some(volume) = volumes.get(at) else {
        return Output::Bytes(Vec::new());
    };
    let page = subject.page(site.archive);
    let own = Address::archived_feed(&page, first_year);
    let years = match volume.last_year {
        last if last == first_year => format!("{first_year}"),
        last => format!("{first_year}–{last}"),
    };
    let title = format!("{years} – {}", subject.title(site));
    let mut head = head(site, subject, &own, &title, &volume.articles);
    // Readers keep what has this mark, and don't ask for it again: the last volume still grows.
    if at + 1 < volumes.len() {
        head.push_str("<archive xmlns=\"http://purl.org/syndication/history/1.0\"/>\n");
    }
    let current = site.url(&Address::feed(&page));
    let _ = writeln!(head, "<link rel=\"current\" href=\"{current}\"/>");
    let before = at.checked_sub(1).and_then(|before| volumes.get(before));
    link(site, subject, "prev-archive", before, &mut head);
    link(
        site,
        subject,
        "next-archive",
        volumes.get(at + 1),
        &mut head,
    );
    let told = match subject {
        Subject::Site => Told::InFull,
        Subject::Term(_) => Told::InBrief,
    };
    document(site, entries, &head, &volume.articles, told, known)
}

fn head(
    site: &Site<'_>,
    subject: Subject,
    own: &Address,
    title: &str,
    articles: &[ArticleId],
) -> String {
    let page = subject.page(site.archive);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{}</id>\n<updated>{}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        xml_text(&site.archive.config.language),
        xml_text(title),
        site.url(&Address::feed(&page)),
        written(latest(site, articles.iter().copied())),
        site.url(own),
        site.url(&page),
    )
}

fn link(site: &Site<'_>, subject: Subject, relation: &str, to: Option<&Volume>, xml: &mut String) {
    if let Some(volume) = to {
        let page = subject.page(site.archive);
        let href = site.url(&Address::archived_feed(&page, volume.first_year));
        // Writing to a string cannot fail.
        let _ = writeln!(xml, "<link rel=\"{relation}\" href=\"{href}\"/>");
    }
}

/// How much a feed tells of an article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// What it is and where it stands.
    InBrief,
    /// Its topics and its summary as well.
    InFull,
}

/// A head and its entries, or the word that they are those whose fingerprint is `known`.
fn document(
    site: &Site<'_>,
    entries: &Entries,
    head: &str,
    articles: &[ArticleId],
    told: Told,
    known: Known<'_>,
) -> Output {
    known.unless_same(&(head, site.cards.prints.told_of(articles)), || {
        let mut xml = head.to_owned();
        for id in articles {
            xml.push_str(entries.brief(site, *id));
            if told == Told::InFull {
                details(site, *id, &mut xml);
            }
            xml.push_str("</entry>\n");
        }
        xml.push_str("</feed>\n");
        xml
    })
}

/// Bytes that stand in XML as they are.
const IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 127 {
        let is_text = byte >= b' ' || matches!(byte, b'\n' | b'\t');
        is_plain[byte as usize] = is_text && !matches!(byte, b'&' | b'<' | b'>' | b'"');
        byte += 1;
    }
    is_plain
};

/// Text in XML: escaped, and without the control characters XML has no place for.
pub fn xml_text(text: &str) -> Cow<'_, str> {
    // As most addresses and titles are: these are lent.
    if text.bytes().all(|byte| IS_PLAIN[usize::from(byte)]) {
        return text.into();
    }
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    if text.chars().all(|c| allowed(&c)) {
        return escape(text).into();
    }
    escape(&text.chars().filter(allowed).collect::<String>()).into()
}
