//! Which parts of a page are certainly not its article: navigation, comments, teasers.
//!
//! A coarse sieve for titles, bylines and dates only. It errs on the side of the article.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::tree::{NodeId, Tree};

/// For every node whether it stands in a part of the page that is not the article's.
#[derive(Debug)]
pub(super) struct Regions {
    /// The elements that are not the article's, also those inside others.
    asides: Vec<NodeId>,
    outside: Vec<bool>,
}

impl Regions {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut text_before = Vec::with_capacity(tree.size() + 1);
        let mut sum = 0;
        for index in std::iter::once(tree.root()).chain(tree.descendants(tree.root())) {
            text_before.push(sum);
            sum += tree.own_text(index).map_or(0, |text| text.trim().len());
        }
        text_before.push(sum);
        let scripts: usize = ["script", "style", "noscript"]
            .iter()
            .flat_map(|name| tree.elements(name))
            .map(|id| text_before[tree.end(id)] - text_before[id.index()])
            .sum();
        let total = sum.saturating_sub(scripts).max(1);
        let asides = tree
            .descendants(tree.root())
            .filter(|&id| {
                let share = text_before[tree.end(id)] - text_before[id.index()];
                // Whatever it is called, what holds much of the text holds the article.
                share * 3 < total && is_aside(tree, id)
            })
            .collect();
        Self::without(tree, asides)
    }

    /// The same, knowing where the title stands: no part that holds it is outside.
    pub(super) fn around(self, tree: &Tree, title: NodeId) -> Self {
        let asides = self
            .asides
            .into_iter()
            .filter(|&aside| aside != title && !tree.contains(aside, title))
            .collect();
        Self::without(tree, asides)
    }

    fn without(tree: &Tree, asides: Vec<NodeId>) -> Self {
        let mut outside = vec![false; tree.size()];
        for &aside in &asides {
            if !outside[aside.index()] {
                outside[aside.index()..tree.end(aside)].fill(true);
            }
        }
        Self { asides, outside }
    }

    pub(super) fn outside(&self, id: NodeId) -> bool {
        self.outside[id.index()]
    }
}

fn is_aside(tree: &Tree, id: NodeId) -> bool {
    let names = || {
        ["class", "id"]
            .iter()
            .filter_map(|attribute| tree.attribute(id, attribute))
            .flat_map(words)
    };
    // `post-footer`, `entry-footer`, `aside.meta` hold bylines.
    if names().any(|word| OWN.contains(&word.as_str())) {
        return names().any(|word| STRANGE.contains(&word.as_str()));
    }
    match tree.name(id) {
        // A quotation, or another site's post: its author and date are not the article's.
        Some("nav" | "aside" | "form" | "dialog" | "blockquote") => return true,
        None | Some("html" | "body" | "main" | "article" | "h1") => return false,
        Some(_) => {}
    }
    if tree.attribute(id, "role").is_some_and(|role| {
        matches!(
            role,
            "navigation" | "complementary" | "search" | "contentinfo" | "dialog" | "menu"
        )
    }) {
        return true;
    }
    let classes = ["class", "id"]
        .iter()
        .filter_map(|attribute| tree.attribute(id, attribute))
        .flat_map(str::split_whitespace);
    classes.map(words).any(|words| {
        // `header-with-topbar`, `has-double-sidebar` say what stands beside it.
        let beside = ["has", "with", "no", "without", "is", "not"];
        let mut own = words
            .take_while(|word| !beside.contains(&word.as_str()))
            .peekable();
        // `article-footer` is the article's own foot.
        let is_articles = own
            .peek()
            .is_some_and(|first| matches!(first.as_str(), "article" | "artikel" | "story"));
        own.any(|word| ASIDE.contains(word.as_str()) && !(is_articles && word == "footer"))
    })
}

/// Words that mark a part of the article itself, whatever else it is called …
const OWN: &[&str] = &[
    "post",
    "entry",
    "byline",
    "meta",
    "author",
    "autor",
    "pubdate",
    "timestamp",
];
/// … except for these.
const STRANGE: &[&str] = &[
    "comment",
    "comments",
    "related",
    "similar",
    "recommended",
    "teaser",
    "teasers",
    "widget",
    "nav",
    "navigation",
    "menu",
    "sidebar",
    "popular",
    "latest",
    "newsletter",
    "share",
    "cookie",
];

/// The words that class names and ids are made of: `entry-date`, `entryDate`, `entry_date`.
pub(super) fn words(names: &str) -> impl Iterator<Item = String> + '_ {
    let mut rest = names;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if rest.is_empty() {
            return None;
        }
        let mut before = 'A';
        let end = rest
            .char_indices()
            .find(|&(_, c)| {
                let ends = !c.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase());
                before = c;
                ends
            })
            .map_or(rest.len(), |(at, _)| at);
        let (word, tail) = rest.split_at(end);
        rest = tail;
        Some(word.to_lowercase())
    })
}

static ASIDE: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "comment comments commentlist kommentar kommentare respond reply replies disqus related \
     similar recommended recommendation recommendations sidebar side aside widget widgets footer \
     nav navi navigation navbar menu menue breadcrumb breadcrumbs share sharing social newsletter \
     promo promotion sponsored ads advert advertisement anzeige banner teaser teasers popular \
     trending latest cookie cookies consent modal popup overlay login search suche pagination \
     pager outbrain taboola carousel swiper ticker weitere aktuelle mostread meistgelesen readmore \
     toolbar topbar tabs dropdown"
        .split_whitespace()
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_fall_into_words() {
        let found: Vec<String> = words("entry-date postMeta  wp_block__x2 HTML").collect();
        assert_eq!(
            found,
            ["entry", "date", "post", "meta", "wp", "block", "x2", "html"]
        );
    }

    #[test]
    fn comments_are_outside_and_the_article_is_not() {
        let prose = "The ice on the quay grew thick. ".repeat(20);
        let tree = Tree::parse(&format!(
            "<div class=has-double-sidebar><div class=header-with-topbar><h2>Ice</h2></div><p>{prose}</p></div>\
             <div id=comments><h2>Replies</h2></div>"
        ));
        let regions = Regions::of(&tree);
        let outside: Vec<bool> = tree
            .elements("h2")
            .map(|heading| regions.outside(heading))
            .collect();
        assert_eq!(outside, [false, true]);
        let replies = tree.elements("h2").nth(1).unwrap();
        assert!(!regions.around(&tree, replies).outside(replies));
    }
}
