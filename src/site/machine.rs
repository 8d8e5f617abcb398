//! Files for crawlers and old addresses: robots.txt, redirects.

use std::fmt::Write;

use super::address::Address;
use super::plan::{Content, Site};
use crate::content::markdown::html::escape;

/// `_redirects`, as Netlify and Cloudflare Pages read it: one redirect a line.
pub fn redirects(site: &Site<'_>) -> String {
    let mut text = String::new();
    for (from, content) in &site.contents {
        if let Content::Redirect(to) = content {
            let _ = writeln!(text, "{} {} 301", line_part(from), line_part(to));
        }
    }
    text
}

/// An address in a line whose parts spaces separate.
fn line_part(address: &Address) -> String {
    address.to_string().replace(' ', "%20")
}

/// `robots.txt` (RFC 9309).
pub fn robots(site: &Site<'_>) -> String {
    let sitemap = Address::file("sitemap.xml").absolute(&site.base_url);
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}

/// A page at an old address that leads to the new one.
pub fn redirect(site: &Site<'_>, from: &Address, to: &Address) -> String {
    let href = format!("{}{}", from.root(), to.as_str());
    let href = escape(&href);
    let canonical = escape(&to.absolute(&site.base_url));
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
