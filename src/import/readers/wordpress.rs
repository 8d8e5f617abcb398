//! WordPress exports (WXR): posts and pages of somebody's own site, with everything it knew
//! about them.

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::dates;
use super::feed::plain;
use super::open::Documents;
use super::wordpress_content::to_html;
use super::xml::{Element, Piece, Pieces};
use crate::content::date::PublicationDate;
use crate::content::front_matter::{FrontMatter, Kind};
use crate::import::document::{Content, Format, RawDocument, found_at};
use crate::import::draft::Setting;
use crate::import::error::ImportError;
use crate::text::names;

/// Items that WordPress keeps for itself.
const MACHINERY: [&str; 12] = [
    "attachment",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
];

/// What an export says about all of its posts.
#[derive(Debug, Default)]
struct Site {
    title: Option<String>,
    language: Option<String>,
    /// Login name to the name that readers see.
    authors: HashMap<String, String>,
    passed_over: BTreeMap<String, usize>,
}

/// The posts and pages of an export; what was passed over is said at the end.
pub fn posts(name: String, stream: impl BufRead + 'static, setting: Setting) -> Documents {
    let mut site = Site::default();
    let mut number = 0;
    let mut pieces = Pieces::new(name.clone(), stream);
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        loop {
            let Some(piece) = pieces.next() else {
                if std::mem::replace(&mut ended, true) || site.passed_over.is_empty() {
                    return None;
                }
                return Some(Err(ImportError::PassedOver {
                    name: name.clone(),
                    what: counts(&site.passed_over),
                }));
            };
            match piece {
                Err(error) => return Some(Err(error)),
                Ok(Piece::About(element)) => site.learn(&element),
                Ok(Piece::Item { element, raw }) => {
                    number += 1;
                    if let Some(reason) = passed_over(&element) {
                        *site.passed_over.entry(reason).or_default() += 1;
                        continue;
                    }
                    let (content, known) = site.post(&element, &setting);
                    let mut document = RawDocument::inside(
                        &name,
                        format!("item {number}"),
                        raw,
                        content,
                        Format::WordPress,
                        known,
                    );
                    document.is_page = element.value("wp:post_type").as_deref() == Some("page");
                    document.slug = element.value("wp:post_name");
                    return Some(Ok(document));
                }
            }
        }
    }))
}

fn counts(passed_over: &BTreeMap<String, usize>) -> String {
    let counts: Vec<String> = passed_over
        .iter()
        .map(|(what, count)| format!("{count} × {what}"))
        .collect();
    counts.join(", ")
}

/// Why an item is no article, in a word; `None` for one that is.
fn passed_over(item: &Element) -> Option<String> {
    let kind = item.value("wp:post_type").unwrap_or_default();
    if MACHINERY.contains(&kind.as_str()) {
        return Some(kind);
    }
    let status = item.value("wp:status").unwrap_or_default();
    if matches!(status.as_str(), "trash" | "auto-draft" | "inherit") {
        return Some(status);
    }
    let text = item.value("content:encoded").unwrap_or_default();
    let title = item.value("title").unwrap_or_default();
    (text.is_empty() && title.is_empty()).then(|| "empty".to_owned())
}

impl Site {
    fn learn(&mut self, element: &Element) {
        let text = Some(plain(&element.text())).filter(|text| !text.is_empty());
        match element.name.as_str() {
            "title" => self.title = text,
            "language" => self.language = text,
            "wp:author" => {
                let login = element.value("wp:author_login");
                let full = [
                    element.value("wp:author_first_name"),
                    element.value("wp:author_last_name"),
                ];
                let full = full.into_iter().flatten().collect::<Vec<_>>().join(" ");
                let shown = element
                    .value("wp:author_display_name")
                    .filter(|shown| Some(shown) != login.as_ref() || full.is_empty())
                    .unwrap_or(full);
                if let Some(login) = login {
                    self.authors.insert(login, shown);
                }
            }
            _ => {}
        }
    }

    fn post(&self, item: &Element, setting: &Setting) -> (Content, FrontMatter) {
        let html = item.value("content:encoded").unwrap_or_default();
        let mut review = Vec::new();
        let html = to_html(&html, &mut review);
        let date = moment(item, "wp:post_date", setting)
            .or_else(|| dates::read(&item.value("pubDate")?, setting));
        let updated = moment(item, "wp:post_modified", setting)
            .filter(|updated| date.is_some_and(|date| is_later(*updated, date)));
        let status = item.value("wp:status").unwrap_or_default();
        let draft = matches!(status.as_str(), "draft" | "pending" | "private");
        if status == "private" {
            review.push("draft: the post was private".to_owned());
        }
        let protected = item.value("wp:post_password").is_some();
        if protected {
            review.push("draft: the post was protected by a password".to_owned());
        }
        let link = item.value("link").filter(|link| link.starts_with("http"));
        let known = FrontMatter {
            title: item
                .value("title")
                .map(|title| plain(&title))
                .unwrap_or_default(),
            summary: item
                .value("excerpt:encoded")
                .map(|excerpt| plain(&excerpt))
                .filter(|excerpt| !excerpt.is_empty()),
            date,
            updated,
            kind: Some(Kind::Briefing),
            authors: self.writers(item),
            publisher: self.title.clone(),
            keywords: keywords(item),
            language: self.language.clone(),
            aliases: aliases(item, link.as_deref()),
            draft: draft || protected,
            review,
            provenance: found_at(link),
            ..FrontMatter::default()
        };
        (Content::Fragment(html), known)
    }

    fn writers(&self, item: &Element) -> Vec<String> {
        let mut writers = Vec::new();
        for creator in item.all("dc:creator") {
            let login = creator.text().trim().to_owned();
            let shown = self.authors.get(&login).unwrap_or(&login);
            let persons = names::persons(shown);
            // On somebody's own site a pen name is a name.
            let signed = if persons.is_empty() && !shown.is_empty() {
                vec![shown.clone()]
            } else {
                persons
            };
            for person in signed {
                if !writers.contains(&person) {
                    writers.push(person);
                }
            }
        }
        writers
    }
}

/// A date with the offset that lies between its local and its UTC form.
fn moment(item: &Element, field: &str, setting: &Setting) -> Option<PublicationDate> {
    let local: DateTime = item.value(field)?.parse().ok()?;
    let utc: Option<DateTime> = item
        .value(&format!("{field}_gmt"))
        .and_then(|utc| utc.parse().ok());
    let zone = utc
        .and_then(|utc| i32::try_from(local.duration_since(utc).as_secs()).ok())
        .and_then(|seconds| Offset::from_seconds(seconds).ok())
        .filter(|offset| offset.seconds().abs() <= 14 * 3600)
        .map(TimeZone::fixed)
        .or_else(|| setting.time_zone.clone())
        .unwrap_or(TimeZone::UTC);
    Some(PublicationDate::in_zone(local, &zone))
}

/// A post is touched minutes after it was published; that is no update.
fn is_later(updated: PublicationDate, date: PublicationDate) -> bool {
    updated.printed_day() > date.printed_day()
}

fn keywords(item: &Element) -> Vec<String> {
    let mut keywords = Vec::new();
    for category in item.all("category") {
        let domain = category.attribute("domain").unwrap_or("category");
        let keyword = plain(&category.text());
        let said = !matches!(domain, "post_format" | "nav_menu")
            && category.attribute("nicename") != Some("uncategorized");
        if said && !keyword.is_empty() && !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
    keywords
}

/// Paths that the post was found at; an address that is only a query (`/?p=12`) can't be
/// redirected by a static site.
fn aliases(item: &Element, link: Option<&str>) -> Vec<String> {
    let path = link
        .and_then(|link| link.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()))
        .filter(|path| path.len() > 1 && !path.contains(['?', '#']));
    let mut aliases: Vec<String> = path.clone().into_iter().collect();
    let old_slugs = item
        .all("wp:postmeta")
        .filter(|meta| meta.value("wp:meta_key").as_deref() == Some("_wp_old_slug"))
        .filter_map(|meta| meta.value("wp:meta_value"));
    if let Some(path) = path {
        let folder = path
            .trim_end_matches('/')
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        for old in old_slugs {
            let alias = format!("{folder}/{old}/");
            if !old.contains('/') && !aliases.contains(&alias) {
                aliases.push(alias);
            }
        }
    }
    aliases
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/'><channel>\
        <title>Pier Notes</title><language>en-US</language>\
        <wp:author><wp:author_login>jd</wp:author_login><wp:author_display_name>Jane Doe\
        </wp:author_display_name></wp:author>\
        <item><title>High water</title><link>https://pier.example/2019/05/high-water/</link>\
        <dc:creator>jd</dc:creator><content:encoded><![CDATA[One line.\n\nAnother.]]></content:encoded>\
        <wp:post_date>2019-05-04 09:00:00</wp:post_date>\
        <wp:post_date_gmt>2019-05-04 00:00:00</wp:post_date_gmt>\
        <wp:post_modified>2019-06-01 09:00:00</wp:post_modified>\
        <wp:post_modified_gmt>2019-06-01 00:00:00</wp:post_modified_gmt>\
        <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\
        <category domain='category' nicename='tides'>Tides</category>\
        <category domain='post_tag' nicename='moon'>Moon</category>\
        <wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>flood</wp:meta_value></wp:postmeta>\
        </item>\
        <item><title>Soon</title><link>https://pier.example/?p=7</link><content:encoded>x</content:encoded>\
        <wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>\
        <item><title>About</title><content:encoded>We watch.</content:encoded>\
        <wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>\
        <item><title>map.png</title><wp:post_type>attachment</wp:post_type></item>\
        </channel></rss>";

    #[test]
    fn an_export_becomes_posts_drafts_and_pages() {
        let setting = Setting::default();
        let mut found: Vec<_> = posts("wp.xml".to_owned(), EXPORT.as_bytes(), setting).collect();
        let note = found.pop().unwrap().unwrap_err().to_string();
        assert!(note.contains("1 × attachment"), "{note}");
        let found: Vec<_> = found.into_iter().map(Result::unwrap).collect();
        let [post, draft, page] = &found[..] else {
            panic!("three documents: {found:?}");
        };
        assert_eq!(
            post.known.date.unwrap().to_string(),
            "2019-05-04T09:00:00+09:00"
        );
        assert_eq!(
            post.known.updated.unwrap().to_string(),
            "2019-06-01T09:00:00+09:00"
        );
        assert_eq!(post.known.authors, ["Jane Doe"]);
        assert_eq!(post.known.publisher.as_deref(), Some("Pier Notes"));
        assert_eq!(post.known.keywords, ["Tides", "Moon"]);
        assert_eq!(
            post.known.aliases,
            ["/2019/05/high-water/", "/2019/05/flood/"]
        );
        assert!(draft.known.draft && draft.known.aliases.is_empty());
        assert!(page.is_page && !post.is_page);
    }
}
