//! The publisher: the site the article appeared on, by its own name.

use super::canonical;
use super::plain::key;
use super::signals::Signals;
use crate::text::names;

/// The name as the page gives it.
///
/// In this order: `og:site_name`; the publisher of the article in JSON-LD and microdata; the
/// `WebSite` in JSON-LD; the names given to apps and to Dublin Core.
pub(super) fn choose(signals: &Signals<'_>) -> Option<String> {
    signals
        .tags
        .all(&["og:site_name"])
        .chain(named(signals))
        .find(|name| name.chars().count() <= 100 && !name.contains("://"))
}

fn named<'a>(signals: &'a Signals<'_>) -> impl Iterator<Item = String> + 'a {
    signals
        .articles()
        .filter_map(|article| article.publisher.clone())
        .chain(signals.json_ld.site.clone())
        .chain(
            signals
                .json_ld
                .page
                .iter()
                .filter_map(|page| page.publisher.clone()),
        )
        .chain(signals.tags.all(&[
            "dc.publisher",
            "dcterms.publisher",
            "dc:publisher",
            "citation_journal_title",
            "application-name",
            "apple-mobile-web-app-title",
            "al:ios:app_name",
            "publisher",
            "copyright",
        ]))
}

/// Every name the site goes by, as [`key`]s: its own, and those in its address.
pub(super) fn site_names(signals: &Signals<'_>) -> Vec<String> {
    let named_site = signals.tags.first(&["og:site_name"]).is_some();
    let mut names: Vec<String> = signals
        .tags
        .all(&["og:site_name", "twitter:site"])
        // Some software calls the author the publisher, too.
        .chain(named(signals).filter(|name| !named_site || !names::is_full_name(name)))
        .map(|name| key(&name))
        .collect();
    if let Some(host) = canonical::host(signals) {
        let host = host.strip_prefix("www.").unwrap_or(&host);
        names.push(key(host));
        let labels: Vec<&str> = host.split('.').collect();
        if labels.len() >= 2 {
            names.push(labels[..labels.len() - 1].join(" "));
            names.push(key(labels[labels.len() - 2]));
        }
    }
    names.retain(|name| name.len() > 1);
    names.sort();
    names.dedup();
    names
}
