//! The `<head>`: `<meta>`, `<link>` and `<title>`.
//!
//! OpenGraph (<https://ogp.me>), Dublin Core, and the names that analytics and newsletters tools
//! have spread.

use std::collections::HashMap;

use super::super::tree::Tree;
use super::plain::plain;

/// How many values of one name are kept. No article has more topics or authors; and readers of
/// these values compare them with each other, which costs the square of their number.
const VALUES_OF_A_NAME: usize = 100;

/// The named values of a page's head, in its order.
#[derive(Debug, Default)]
pub(super) struct MetaTags {
    /// Name in lower case, then what it holds.
    values: Vec<(String, String)>,
    /// `rel` and `href` of links that describe the page.
    links: Vec<(String, String)>,
    /// The text of `<title>`.
    pub(super) title: Option<String>,
    /// The address that relative links start from.
    pub(super) base: Option<String>,
}

pub(super) fn read(tree: &Tree) -> MetaTags {
    let mut found = MetaTags::default();
    let mut kept: HashMap<String, usize> = HashMap::new();
    for id in tree.descendants(tree.root()) {
        match tree.name(id) {
            Some("meta") => {
                let Some(content) = tree.attribute(id, "content") else {
                    continue;
                };
                let content = content.trim();
                if content.is_empty() {
                    continue;
                }
                // A `property` may hold several names, and some pages use both attributes.
                for name in ["property", "name", "http-equiv"]
                    .iter()
                    .filter_map(|attribute| tree.attribute(id, attribute))
                    .flat_map(str::split_whitespace)
                    .take(8)
                {
                    let name = name.to_ascii_lowercase();
                    let kept = kept.entry(name.clone()).or_default();
                    if *kept < VALUES_OF_A_NAME {
                        *kept += 1;
                        found.values.push((name, content.to_owned()));
                    }
                }
            }
            Some("link") => {
                let (Some(rel), Some(href)) =
                    (tree.attribute(id, "rel"), tree.attribute(id, "href"))
                else {
                    continue;
                };
                for rel in rel.split_whitespace() {
                    let rel = rel.to_ascii_lowercase();
                    if matches!(
                        &*rel,
                        "canonical" | "shortlink" | "license" | "image_src" | "author" | "amphtml"
                    ) {
                        found.links.push((rel, href.trim().to_owned()));
                    }
                }
            }
            Some("base") if found.base.is_none() => {
                found.base = tree
                    .attribute(id, "href")
                    .map(|href| href.trim().to_owned());
            }
            // Pictures drawn in SVG have titles of their own.
            Some("title") if found.title.is_none() => {
                let drawn = tree
                    .parent(id)
                    .and_then(|parent| tree.name(parent))
                    .is_some_and(|parent| !matches!(parent, "head" | "body" | "html"));
                if !drawn {
                    found.title = plain(&tree.text(id));
                }
            }
            _ => {}
        }
    }
    found
}

impl MetaTags {
    /// Every value under these names, the first name's before the next one's, as clean lines.
    pub(super) fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
        self.raw(names).filter_map(plain)
    }

    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        self.raw(names).find_map(plain)
    }

    /// The same, as the page wrote it: for addresses.
    pub(super) fn raw<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(move |wanted| {
            self.values
                .iter()
                .filter(move |(name, _)| name == wanted)
                .map(|(_, value)| value.as_str())
        })
    }

    pub(super) fn links<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a str> {
        self.links
            .iter()
            .filter(move |(rel, _)| rel == wanted)
            .map(|(_, href)| href.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_in_the_order_of_the_names_asked_for() {
        let tags = read(&Tree::parse(
            "<title>Ice &amp; fog</title><meta name=Author content='Jane Doe'>\
             <meta property='og:title dc:title' content=' Ice '><meta name=empty content=''>\
             <link rel='shortcut canonical' href=' /ice '><svg><title>icon</title></svg>",
        ));
        assert_eq!(tags.title.as_deref(), Some("Ice & fog"));
        assert_eq!(tags.first(&["dc:title", "author"]).as_deref(), Some("Ice"));
        assert_eq!(
            tags.all(&["empty", "author", "og:title"])
                .collect::<Vec<_>>(),
            ["Jane Doe", "Ice"]
        );
        assert_eq!(tags.links("canonical").next(), Some("/ice"));
    }

    #[test]
    fn of_a_name_written_without_end_the_first_values_are_kept() {
        let page = format!(
            "<meta name=author content='Jane Doe'><meta property='og:title' content='Ice'>{}\
             <meta name=keywords content='fog'>",
            "<meta property='og:title' content='Fog'>".repeat(VALUES_OF_A_NAME * 3)
        );
        let tags = read(&Tree::parse(&page));
        let titles: Vec<_> = tags.all(&["og:title"]).collect();
        assert_eq!(titles.len(), VALUES_OF_A_NAME);
        assert_eq!(titles[0], "Ice");
        assert_eq!(tags.first(&["author"]).as_deref(), Some("Jane Doe"));
        assert_eq!(tags.first(&["keywords"]).as_deref(), Some("fog"));
    }
}
