//! The files of a site: one for each address, and what every shard has of its own, as a host asks
//! for it: styles and scripts, a 404 page, a sitemap.

use std::collections::BTreeMap;

use super::address::Address;
use super::permalinks;
use super::plan::{Content, Site};
use super::shard::{Shard, Shards};
use super::theme::Theme;
use crate::archive::linked::Archive;

/// Every file of a site: its shard, its address there, and what it is.
pub fn files<'s>(site: &'s Site<'_>) -> Vec<(Shard, &'s Address, &'s Content)> {
    let contents = site.contents.iter();
    let contents = contents.map(|(address, content)| (site.shards.of(address), address, content));
    let copies = site.copies.iter();
    let copies = copies.map(|((shard, address), content)| (*shard, address, content));
    contents.chain(copies).collect()
}

/// What a host asks for, whichever part of the site stands there.
pub fn of_every_shard(shard: Shard) -> [(Address, Content); 5] {
    [
        (Address::file("404.html"), Content::NotFound(shard)),
        (Address::file("sitemap.xml"), Content::Sitemap(shard)),
        (Address::file(permalinks::FILE), Content::Permalinks(shard)),
        (Address::file("robots.txt"), Content::Robots(shard)),
        (Address::file(".nojekyll"), Content::NoJekyll),
    ]
}

/// What the shards beside the front have of their own, styles and scripts among it.
pub fn copies(
    archive: &Archive,
    theme: &Theme,
    shards: &Shards,
) -> BTreeMap<(Shard, Address), Content> {
    let mut copies = BTreeMap::new();
    for shard in shards.years().map(Shard::Year) {
        let statics = theme.statics.iter();
        let statics = statics.map(|(name, file)| {
            let content = Content::Static(name.clone());
            (file.address.clone(), content)
        });
        let domain = shards.domain(shard).filter(|_| {
            // Where the front has one, GitHub asks each shard for its own.
            archive.config.publish.domain.is_some()
        });
        let domain = domain.map(|name| (Address::file("CNAME"), Content::Domain(name)));
        for (address, content) in of_every_shard(shard)
            .into_iter()
            .chain(statics)
            .chain(domain)
        {
            copies.insert((shard, address), content);
        }
    }
    copies
}
