//! Where everything stands: every address of the site is made in this file.
//!
//! An address is relative to the site's root and never starts with `/`: `2021/04/quad/` is a
//! page, `feed.xml` a file, the empty address the home page. Pages link to each other by a way
//! up and an address, so that the site works under any base path and from any folder.

use std::fmt::{self, Write};

use jiff::civil::Date;

use crate::archive::calendar::{Month, Week};
use crate::archive::entry::Entry;
use crate::content::permalinks::Permalinks;

/// A place in the site: lower-case ASCII, parts between `/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    pub fn home() -> Self {
        Self(String::new())
    }

    /// Where an article stands, or would with another slug: the address that front matter gives
    /// it goes before the patterns of `site.toml`.
    pub fn of_article(permalinks: &Permalinks, entry: &Entry, slug: &str) -> Self {
        let Entry { article, day } = entry;
        let own = article.front.permalink.as_deref();
        own.and_then(Self::permalink)
            .unwrap_or_else(|| Self::article(permalinks.of(article.kind), *day, slug))
    }

    /// By the pattern of `site.toml`; an article without a date stands under `undated/`.
    pub fn article(pattern: &str, day: Option<Date>, slug: &str) -> Self {
        let Some(day) = day else {
            return Self(format!("undated/{slug}/"));
        };
        let mut address = String::with_capacity(pattern.len() + slug.len());
        let mut rest = pattern.trim_start_matches('/');
        while let Some((before, field)) = rest.split_once('{') {
            address.push_str(before);
            let (name, after) = field.split_once('}').unwrap_or((field, ""));
            // Writing to a string cannot fail.
            let _ = match name {
                "year" => write!(address, "{:04}", day.year()),
                "month" => write!(address, "{:02}", day.month()),
                "day" => write!(address, "{:02}", day.day()),
                _ => address.write_str(slug),
            };
            rest = after;
        }
        address.push_str(rest);
        Self(address)
    }

    /// An address that an editor gives an article: lower-case ASCII parts between `/`.
    pub fn permalink(written: &str) -> Option<Self> {
        let parts = written.strip_prefix('/')?.strip_suffix('/')?;
        let sound = |part: &str| {
            let letters = |b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
            !part.is_empty() && part.bytes().all(letters)
        };
        let sound = parts.split('/').all(sound);
        sound.then(|| Self(format!("{parts}/")))
    }

    pub fn page(slug: &str) -> Self {
        Self([slug, "/"].concat())
    }

    /// The index of a taxonomy, by its name.
    pub fn taxonomy(taxonomy: &str) -> Self {
        Self([taxonomy, "/"].concat())
    }

    pub fn term(taxonomy: &str, slug: &str) -> Self {
        Self([taxonomy, "/", slug, "/"].concat())
    }

    /// One year of a term: lists are paged by time, so that old pages never change.
    pub fn term_year(term: &Self, year: i16) -> Self {
        Self(format!("{}{year:04}/", term.0))
    }

    pub fn issue(series: &str, issue: &str) -> Self {
        Self(format!("series/{series}/issue/{issue}/"))
    }

    /// A month of a term with very many articles.
    pub fn term_month(term: &Self, month: Month) -> Self {
        Self(format!("{}{:04}/{:02}/", term.0, month.year, month.number))
    }

    pub fn event(slug: &str) -> Self {
        Self(format!("events/{slug}/"))
    }

    pub fn thread(slug: &str) -> Self {
        Self(format!("threads/{slug}/"))
    }

    pub fn year(year: i16) -> Self {
        Self(format!("{year:04}/"))
    }

    pub fn month(month: Month) -> Self {
        Self(format!("{:04}/{:02}/", month.year, month.number))
    }

    pub fn week(week: Week) -> Self {
        Self(format!("{:04}/w{:02}/", week.year, week.number))
    }

    /// Everything that was corrected or withdrawn.
    pub fn corrections() -> Self {
        Self("corrections/".to_owned())
    }

    /// The search page; its index stands below it.
    pub fn search() -> Self {
        Self("search/".to_owned())
    }

    /// The feed of a page.
    pub fn feed(of: &Self) -> Self {
        Self([&of.0, "feed.xml"].concat())
    }

    pub fn json_feed(of: &Self) -> Self {
        Self([&of.0, "feed.json"].concat())
    }

    /// What the feed of a page no longer holds, from a year on.
    pub fn archived_feed(of: &Self, year: i16) -> Self {
        Self(format!("{}{year:04}/feed.xml", of.0))
    }

    /// What link previews show of a page.
    pub fn social_image(of: &Self) -> Self {
        Self([&of.0, "social.png"].concat())
    }

    /// A page as Markdown, where language models look for it (llmstxt.org).
    pub fn markdown(page: &Self) -> Self {
        Self([&page.0, "index.html.md"].concat())
    }

    /// A file beside an article, below the article's own address.
    pub fn beside(article: &Self, file: &str) -> Self {
        Self::of_file([&article.0, file].concat())
    }

    /// A picture in another width: `map-480w.png`.
    pub fn narrower(picture: &Self, width: usize) -> Self {
        let (stem, ending) = picture.0.rsplit_once('.').unwrap_or((&picture.0, ""));
        Self(format!("{stem}-{width}w.{ending}"))
    }

    /// A file of the theme or of the content folder.
    pub fn file(path: &str) -> Self {
        Self::of_file(path.trim_start_matches('/').to_owned())
    }

    /// That of a file: one named `index.html` is the page of its folder, and no other may stand there.
    fn of_file(path: String) -> Self {
        match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => Self(folder.to_owned()),
            _ => Self(path),
        }
    }

    /// An address an editor wrote, if it is one: `/old/quad/`, `old/quad`, `old/quad.html`.
    ///
    /// Old sites had addresses of every kind, so letters of any case and script are allowed
    /// here, and dots; a way up (`..`), an empty part or a control character is not.
    pub fn alias(written: &str) -> Option<Self> {
        let path = written.trim();
        let path = path.strip_prefix('/').unwrap_or(path);
        let (parts, file) = match path.strip_suffix('/') {
            Some(parts) => (parts, false),
            None => (path, path.rsplit('/').next()?.contains('.')),
        };
        let sound = !parts.is_empty()
            && parts.split('/').all(|part| {
                !part.is_empty()
                    && part != "."
                    && part != ".."
                    && !part.contains(|c: char| c.is_control() || "\\?#\"<>|*:".contains(c))
            });
        sound.then(|| {
            if file {
                Self::of_file(parts.to_owned())
            } else {
                Self(format!("{parts}/"))
            }
        })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_page(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }

    /// The file that holds this address, relative to the output folder.
    pub fn to_file(&self) -> String {
        if self.is_page() {
            [&self.0, "index.html"].concat()
        } else {
            self.0.clone()
        }
    }

    /// The way from a page up to the site's root: `./`, `../../`.
    pub fn root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// The full address under a base address that ends in `/`.
    pub fn absolute(&self, base_url: &str) -> String {
        [base_url, &self.0].concat()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

/// The name of a file as seen from an article: `a/map.png` beside `a.md` is `map.png`.
pub fn beside<'p>(article: &str, asset: &'p str) -> &'p str {
    let folder = article.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own = article.strip_suffix(".md").unwrap_or(article);
    let within = |prefix: &str| asset.strip_prefix(prefix)?.strip_prefix('/');
    within(own)
        .or_else(|| within(folder))
        .unwrap_or_else(|| asset.rsplit('/').next().unwrap_or(asset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_page_has_its_address() {
        let day = jiff::civil::date(2021, 4, 14);
        let article = |pattern| Address::article(pattern, Some(day), "quad").to_string();
        assert_eq!(article("/{year}/{month}/{slug}/"), "/2021/04/quad/");
        assert_eq!(
            article("/b/{year}{month}{day}/{slug}/"),
            "/b/20210414/quad/"
        );
        assert_eq!(
            Address::article("/x/{slug}/", None, "quad").to_string(),
            "/undated/quad/"
        );
        assert_eq!(Address::week(Week::of(day)).to_string(), "/2021/w15/");
        // 3 January 2021 is a Sunday of the last week of 2020.
        let sunday = jiff::civil::date(2021, 1, 3);
        assert_eq!(Address::week(Week::of(sunday)).to_string(), "/2020/w53/");
    }

    #[test]
    fn the_way_up_from_a_page() {
        assert_eq!(Address::home().root(), "./");
        assert_eq!(Address::file("feed.xml").root(), "./");
        assert_eq!(Address::year(2021).root(), "../");
        assert_eq!(Address::term("topics", "quad").root(), "../../");
    }

    #[test]
    fn an_address_of_ones_own_is_plain_or_refused() {
        for (written, sound) in [
            ("/reports/2021/quad/", true),
            ("/quad_2/", true),
            ("/quad", false),
            ("quad/", false),
            ("/", false),
            ("//quad/", false),
            ("/../quad/", false),
            ("/Quad/", false),
        ] {
            assert_eq!(Address::permalink(written).is_some(), sound, "{written}");
        }
    }

    #[test]
    fn an_old_address_is_taken_as_it_was_or_refused() {
        for (written, wanted) in [
            ("/old/quad/", Some("/old/quad/")),
            ("old/quad", Some("/old/quad/")),
            ("/2009/quad.html", Some("/2009/quad.html")),
            ("/2009/quad/index.html", Some("/2009/quad/")),
            ("/2009/quad-index.html", Some("/2009/quad-index.html")),
            ("/../../etc/passwd", None),
            ("//evil.example/", None),
            ("/", None),
            ("/?p=12", None),
        ] {
            let got = Address::alias(written).map(|address| address.to_string());
            assert_eq!(got.as_deref(), wanted, "{written}");
        }
    }
}
