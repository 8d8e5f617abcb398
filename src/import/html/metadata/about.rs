//! What else describes the article: deck, summary, picture, licence, keywords.

use super::super::tree::NodeId;
use super::canonical;
use super::head;
use super::plain::{key, plain};
use super::signals::Signals;
use super::title::Title;
use super::visible;
use crate::content::front_matter::Image;

/// The deck under the title: marked as one, right behind it.
pub(super) fn subtitle(
    signals: &Signals<'_>,
    title: Option<&Title>,
) -> Option<(String, Option<NodeId>)> {
    let title = title?;
    let heading = title.node?;
    let tree = signals.tree;
    let close = tree
        .descendants(tree.root())
        .skip(tree.end(heading).saturating_sub(1))
        .take(60);
    for id in close {
        let Some(name) = tree.name(id) else { continue };
        let marked = head::has_word(
            signals,
            id,
            &[
                "subtitle",
                "subtitulo",
                "subheadline",
                "subhead",
                "deck",
                "dek",
                "standfirst",
                "untertitel",
                "bajada",
                "chapo",
            ],
        );
        if marked && matches!(name, "h2" | "h3" | "h4" | "p" | "div" | "span") {
            let text = visible::text(tree, id);
            let length = text.chars().count();
            if (5..=300).contains(&length) && key(&text) != key(&title.text) {
                return Some((text, Some(id)));
            }
        }
    }
    signals
        .articles()
        .filter_map(|article| article.subtitle.clone())
        .find(|subtitle| key(subtitle) != key(&title.text))
        .map(|subtitle| (subtitle, None))
}

/// In this order: `og:description`, `description`, JSON-LD, Twitter's, Dublin Core.
/// The whole text, as search engines get it.
pub(super) fn text(signals: &Signals<'_>) -> Option<String> {
    signals.articles().find_map(|article| article.text.clone())
}

pub(super) fn summary(signals: &Signals<'_>) -> Option<String> {
    signals
        .tags
        .all(&["og:description", "description"])
        .chain(
            signals
                .articles()
                .filter_map(|article| article.summary.clone()),
        )
        .chain(signals.tags.all(&[
            "twitter:description",
            "dc.description",
            "dcterms.abstract",
            "dcterms.description",
            "sailthru.description",
            "abstract",
        ]))
        .next()
}

/// The lead picture: `og:image`, then JSON-LD and microdata, then Twitter's.
pub(super) fn image(signals: &Signals<'_>) -> Option<Image> {
    let base = canonical::base(signals);
    let described = || {
        signals
            .articles()
            .chain(&signals.json_ld.page)
            .filter_map(|article| article.image.as_ref())
    };
    let address = signals
        .tags
        .raw(&["og:image", "og:image:secure_url", "og:image:url"])
        .chain(described().map(|picture| picture.address.as_str()))
        .chain(signals.tags.raw(&["twitter:image", "twitter:image:src"]))
        .chain(signals.tags.links("image_src"))
        .find_map(|address| canonical::resolve(address, base.as_ref()))?;
    let picture = described().next();
    Some(Image {
        path: Some(address.into()),
        alt: signals.tags.first(&["og:image:alt", "twitter:image:alt"]),
        caption: picture.and_then(|picture| picture.caption.clone()),
        credit: picture.and_then(|picture| picture.credit.clone()),
        license: None,
    })
}

/// A licence the page grants: `rel=license`, structured data, a link to Creative Commons.
pub(super) fn license(signals: &Signals<'_>) -> Option<String> {
    let tree = signals.tree;
    let base = canonical::base(signals);
    let linked = || {
        tree.elements("a")
            .filter(|&id| !signals.regions.outside(id) || is_license_link(signals, id))
            .filter_map(|id| {
                let href = tree.attribute(id, "href")?;
                let granted = is_license_link(signals, id)
                    || href.contains("creativecommons.org/licenses/")
                    || href.contains("creativecommons.org/publicdomain/");
                granted.then_some(href)
            })
    };
    signals
        .articles()
        .filter_map(|article| article.license.as_deref())
        .chain(signals.tags.links("license"))
        .chain(linked())
        .find_map(|license| canonical::resolve(license, base.as_ref()))
        .map(String::from)
        .or_else(|| {
            signals
                .tags
                .first(&["dcterms.license", "dc.rights.license", "license"])
        })
}

fn is_license_link(signals: &Signals<'_>, id: NodeId) -> bool {
    signals
        .tree
        .attribute(id, "rel")
        .is_some_and(|rel| rel.split_whitespace().any(|word| word == "license"))
}

/// The most keywords worth keeping: longer lists are written for search engines.
const KEYWORDS: usize = 30;

/// Section names, then tags, then keywords, each once.
pub(super) fn keywords(signals: &Signals<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    let sections = signals
        .articles()
        .flat_map(|article| article.sections.iter().cloned())
        .chain(signals.tags.all(&["article:section"]));
    let lists = signals
        .articles()
        .flat_map(|article| article.keywords.iter().cloned())
        .chain(signals.tags.all(&[
            "article:tag",
            "keywords",
            "news_keywords",
            "parsely-tags",
            "sailthru.tags",
            "dc.subject",
            "dcterms.subject",
        ]))
        .chain(tag_links(signals));
    for word in sections.chain(lists.flat_map(|list| split(&list))) {
        let Some(word) = plain(&word) else { continue };
        let known = key(&word);
        if word.chars().count() <= 60 && !seen.contains(&known) && found.len() < KEYWORDS {
            seen.push(known);
            found.push(word);
        }
    }
    found
}

fn split(list: &str) -> Vec<String> {
    let separator: &[char] = if list.contains([',', ';', '|']) {
        &[',', ';', '|']
    } else {
        &['，', '、', '·']
    };
    list.split(separator).map(str::to_owned).collect()
}

/// `<a rel="tag">`: how blogs show their topics.
fn tag_links(signals: &Signals<'_>) -> Vec<String> {
    let tree = signals.tree;
    tree.elements("a")
        .filter(|&id| {
            tree.attribute(id, "rel")
                .is_some_and(|rel| rel.split_whitespace().any(|word| word == "tag"))
                && !signals.regions.outside(id)
        })
        .map(|id| visible::text(tree, id))
        .filter(|text| !text.is_empty())
        .take(KEYWORDS)
        .collect()
}
