//! A large archive is published in shards: a front, and one for each of its years. Each stands at
//! an address of its own; within one, links are relative, from one to another they are absolute.
//!
//! Which shard an address is in can be read from the address itself, so that nothing moves when
//! the archive grows. Views and templates know nothing of this: they write an address behind
//! [`ROOT`] or [`BASE`], and [`Shards::link`] makes a link of each.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::address::Address;
use super::theme::Theme;
use crate::archive::linked::Archive;

/// Stands for the way to the site's root in a page of a sharded site, until the page is rendered.
/// Unicode keeps these two for use within a program (chapter 23.7, "Noncharacters").
pub const ROOT: &str = "\u{FDD0}";
/// Stands for the address of the site.
pub const BASE: &str = "\u{FDD1}";

/// A part of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shard {
    /// What belongs to no year, or the whole of a site in one piece.
    Front,
    Year(i16),
}

/// How a site is cut, and where its parts stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shards {
    /// Of the front, with a `/` at its end.
    base_url: String,
    years: Option<Years>,
}

/// The shards beside the front.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Years {
    /// Where one stands, with `{year}` in it and a `/` at its end.
    base_url: String,
    all: BTreeSet<i16>,
    /// Addresses that every shard has: styles and scripts.
    shared: BTreeSet<Address>,
}

/// A base address alone is that of a site in one piece.
impl From<String> for Shards {
    fn from(base_url: String) -> Self {
        Self::whole(base_url)
    }
}

impl Shards {
    /// A site in one piece.
    pub fn whole(base_url: String) -> Self {
        Self {
            base_url,
            years: None,
        }
    }

    /// A front and a shard a year; `pattern` is where that stands, with `{year}` in it.
    pub fn by_year(
        base_url: String,
        pattern: &str,
        years: impl IntoIterator<Item = i16>,
        shared: impl IntoIterator<Item = Address>,
    ) -> Self {
        Self {
            base_url,
            years: Some(Years {
                base_url: pattern.to_owned(),
                all: years.into_iter().collect(),
                shared: shared.into_iter().collect(),
            }),
        }
    }

    /// As the archive's settings want it.
    pub fn of_archive(archive: &Archive, theme: &Theme, base_url: String) -> Self {
        match &archive.config.publish.shards {
            None => Self::whole(base_url),
            Some(settings) => Self::by_year(
                base_url,
                &settings.base_url,
                archive.calendar.years.keys().copied(),
                theme.statics.values().map(|file| file.address.clone()),
            ),
        }
    }

    /// With a shard for each of these years as well: one whose last article is gone still has to
    /// lead elsewhere. A site in one piece stays so.
    #[must_use]
    pub fn with_years(mut self, more: impl IntoIterator<Item = i16>) -> Self {
        if let Some(years) = &mut self.years {
            years.all.extend(more);
        }
        self
    }

    pub fn is_whole(&self) -> bool {
        self.years.is_none()
    }

    /// Where its parts stand, for a site that has some.
    pub fn places(&self) -> Option<(&str, &str)> {
        let years = self.years.as_ref()?;
        Some((&self.base_url, &years.base_url))
    }

    /// The front, then the years.
    pub fn all(&self) -> impl Iterator<Item = Shard> {
        std::iter::once(Shard::Front).chain(self.years().map(Shard::Year))
    }

    /// The years that have a shard.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.years.iter().flat_map(|years| &years.all).copied()
    }

    /// The shard of an address: that of the first of its parts that is one of the archive's years.
    pub fn of(&self, address: &Address) -> Shard {
        let Some(Years { all, .. }) = &self.years else {
            return Shard::Front;
        };
        let path = address.as_str();
        let sitemap = path.strip_prefix("sitemap-");
        let sitemap = sitemap.and_then(|rest| rest.strip_suffix(".xml"));
        let year = sitemap
            .into_iter()
            .chain(path.split('/'))
            .filter(|part| part.len() == 4)
            .find_map(|part| part.parse().ok().filter(|year| all.contains(year)));
        year.map_or(Shard::Front, Shard::Year)
    }

    /// Where the front stands, or the whole.
    pub fn front_url(&self) -> &str {
        &self.base_url
    }

    /// Where a shard stands.
    pub fn base_url(&self, shard: Shard) -> Cow<'_, str> {
        match (shard, &self.years) {
            (Shard::Year(year), Some(Years { base_url, .. })) => {
                base_url.replace("{year}", &format!("{year:04}")).into()
            }
            _ => self.base_url.as_str().into(),
        }
    }

    /// The way from a page to the root of the site, as a view writes it.
    pub fn root(&self, page: &Address) -> String {
        if self.is_whole() {
            page.root()
        } else {
            ROOT.to_owned()
        }
    }

    /// The address of the site, as a template writes it before an address.
    pub fn base(&self) -> String {
        if self.is_whole() {
            self.base_url.clone()
        } else {
            BASE.to_owned()
        }
    }

    /// The domain of a shard that stands at the root of one.
    pub fn domain(&self, shard: Shard) -> Option<String> {
        let base_url = self.base_url(shard);
        let (_, place) = base_url.split_once("://")?;
        let (host, path) = place.split_once('/')?;
        (path.is_empty() && !host.contains(':')).then(|| host.to_owned())
    }

    /// The folder that a shard's files are in when all shards lie in one.
    pub fn folder(&self, shard: Shard) -> String {
        match (shard, &self.years) {
            (_, None) => String::new(),
            (Shard::Front, _) => "front/".to_owned(),
            (Shard::Year(year), _) => format!("{year:04}/"),
        }
    }

    /// Addresses, each below the folder of its shard.
    pub fn in_folders(&self, addresses: &BTreeSet<String>) -> BTreeSet<String> {
        let place = |address: &String| {
            let folder = self.folder(self.of(&Address::file(address)));
            format!("{folder}{address}")
        };
        addresses.iter().map(place).collect()
    }

    /// The full address.
    pub fn url(&self, address: &Address) -> String {
        address.absolute(&self.base_url(self.of(address)))
    }

    /// The link to an address from a page of a shard; `root` is the page's way to the root.
    pub fn href(&self, from: Shard, root: &str, to: &Address) -> String {
        let everywhere = |years: &Years| years.shared.contains(to);
        if self.of(to) == from || self.years.as_ref().is_some_and(everywhere) {
            format!("{root}{}", to.as_str())
        } else {
            self.url(to)
        }
    }

    /// Makes a link of every address behind [`ROOT`] or [`BASE`] in a page of a shard.
    pub fn link(&self, page: &str, from: Shard, root: &str) -> String {
        let mut linked = String::with_capacity(page.len());
        let mut rest = page;
        while let Some(at) = rest.find([ROOT_MARK, BASE_MARK]) {
            let (before, marked) = rest.split_at(at);
            linked.push_str(before);
            let relative = marked.starts_with(ROOT_MARK);
            let behind = &marked[ROOT.len()..];
            let end = behind.find(ends_address).unwrap_or(behind.len());
            let address = Address::file(&behind[..end]);
            linked.push_str(&if relative {
                self.href(from, root, &address)
            } else {
                self.url(&address)
            });
            rest = &behind[end..];
        }
        linked.push_str(rest);
        linked
    }
}

const ROOT_MARK: char = '\u{FDD0}';
const BASE_MARK: char = '\u{FDD1}';

/// What can't be part of an address where a page has one.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || "\"'<>()#?&\\".contains(c) || c == ROOT_MARK || c == BASE_MARK
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shards() -> Shards {
        Shards::by_year(
            "https://e.org/archive/".to_owned(),
            "https://e.org/archive-{year}/",
            [2020, 2021],
            [Address::file("style.css")],
        )
    }

    #[test]
    fn the_year_in_an_address_is_its_shard() {
        for (address, wanted) in [
            ("", Shard::Front),
            ("topics/quad/", Shard::Front),
            ("topics/quad/2021/", Shard::Year(2021)),
            ("topics/quad/2021/04/", Shard::Year(2021)),
            ("2021/04/quad/map.png", Shard::Year(2021)),
            ("2020/w53/", Shard::Year(2020)),
            ("2020/12/2021/", Shard::Year(2020)),
            ("sitemap-2021.xml", Shard::Year(2021)),
            ("topics/quad-2021/", Shard::Front),
            ("1984/", Shard::Front),
        ] {
            let address = Address::file(address);
            assert_eq!(shards().of(&address), wanted, "{address}");
            let whole = Shards::whole("https://e.org/".to_owned());
            assert_eq!(whole.of(&address), Shard::Front);
        }
    }

    #[test]
    fn links_within_a_shard_are_relative_and_others_absolute() {
        let page = format!(
            "<a href=\"{ROOT}2021/04/quad/#now\"> <a href='{ROOT}2020/'> <a href={ROOT}> \
             <link href=\"{ROOT}style.css\"> \"url\":\"{BASE}2021/\""
        );
        assert_eq!(
            shards().link(&page, Shard::Year(2021), "../../../"),
            "<a href=\"../../../2021/04/quad/#now\"> <a href='https://e.org/archive-2020/2020/'> \
             <a href=https://e.org/archive/> <link href=\"../../../style.css\"> \
             \"url\":\"https://e.org/archive-2021/2021/\""
        );
    }
}
