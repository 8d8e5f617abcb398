//! Files for crawlers and old addresses: robots.txt, redirects.

use std::fmt::Write;

use super::address::Address;
use super::plan::{Content, Site};
use super::shard::Shard;
use crate::content::markdown::html::escape;

/// `_redirects`, as Netlify and Cloudflare Pages read it: one redirect of the front a line.
pub fn redirects(site: &Site<'_>) -> String {
    let mut text = String::new();
    for (from, content) in &site.contents {
        if let Content::Redirect(to) = content {
            if site.shards.of(from) != Shard::Front {
                continue;
            }
            let to = match site.shards.of(to) {
                Shard::Front => to.to_string(),
                Shard::Year(_) => site.url(to),
            };
            let _ = writeln!(
                text,
                "{} {} 301",
                line_part(&from.to_string()),
                line_part(&to)
            );
        }
    }
    text
}

/// An address in a line whose parts spaces separate.
fn line_part(address: &str) -> String {
    address.replace(' ', "%20")
}

/// `robots.txt` of a shard (RFC 9309).
pub fn robots(site: &Site<'_>, shard: Shard) -> String {
    let sitemap = Address::file("sitemap.xml").absolute(&site.shards.base_url(shard));
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}

/// A page at an old address that leads to the new one.
pub fn redirect(site: &Site<'_>, from: &Address, to: &Address) -> String {
    let href = site.shards.href(site.shards.of(from), &from.root(), to);
    leading_to(site, &href, to)
}

/// A page that stays where an address was before its shard was: it leads there.
pub fn moved(site: &Site<'_>, address: &Address) -> String {
    leading_to(site, &site.url(address), address)
}

fn leading_to(site: &Site<'_>, href: &str, to: &Address) -> String {
    let href = escape(href);
    let canonical = escape(&site.url(to));
    let language = escape(&site.archive.config.language);
    let title = escape(&site.archive.config.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n</head>\n\
         <body>\n<p><a href=\"{href}\">{canonical}</a></p>\n</body>\n</html>\n"
    )
}
