//! Links within a site become links within the archive.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::text::slug::slug;

/// Names that a link may lead to: the files of the archive, and those imported with this one.
#[derive(Debug, Clone, Default)]
pub struct Linkable {
    slugs: HashSet<String>,
}

impl Linkable {
    /// By the paths of files: each is known by its name, or by its folder's if it is an `index.md`.
    pub fn of<'a>(paths: impl Iterator<Item = &'a str>) -> Self {
        Self {
            slugs: paths.filter_map(file_slug).collect(),
        }
    }

    fn find(&self, target: &str) -> Option<String> {
        file_slug(target).filter(|slug| self.slugs.contains(slug))
    }
}

/// The slug of a file or an address: its last part without date and ending.
pub fn file_slug(path: &str) -> Option<String> {
    let path = path.trim_end_matches('/');
    let mut parts = path.rsplit(['/', '\\']);
    let mut name = parts.next()?;
    let stem = |name: &str| {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let known = ["md", "markdown", "html", "htm", "txt"].contains(&ending);
        if known {
            stem.to_owned()
        } else {
            name.to_owned()
        }
    };
    if matches!(stem(name).as_str(), "index" | "_index") {
        name = parts.next()?;
    }
    let stem = stem(name);
    slug(dated(&stem).map_or(&*stem, |(_, rest)| rest))
}

/// A name with a date in front: `2021-04-01-tides`.
pub fn dated(stem: &str) -> Option<(&str, &str)> {
    let date = stem.get(..10)?;
    let rest = stem.get(10..)?.strip_prefix(['-', '_', ' '])?;
    let shape = date.bytes().enumerate().all(|(at, b)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    (shape && !rest.is_empty()).then_some((date, rest))
}

static WIKI: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<embed>!)?\[\[(?P<target>[^\[\]|]+)(?:\|(?P<text>[^\[\]]*))?\]\]")
});

static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?P<image>!)?\[(?P<text>[^\[\]]*)\]\(\s*(?:<(?P<angled>[^>]*)>|(?P<bare>[^\s()]+))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)"#,
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that every test compiles")
}

/// Rewrites every link that stays within the site; one that leads to nothing here becomes its
/// text, and that is told in `review`.
pub fn rewrite(text: &str, linkable: &Linkable, review: &mut Vec<String>) -> String {
    let text = WIKI.replace_all(text, |found: &Captures<'_>| {
        let target = found["target"].trim();
        let shown = found.name("text").map(|text| text.as_str().trim());
        if found.name("embed").is_some() && is_picture(target) {
            // The text of an embedded picture is its width, or its alternative text.
            let alt = shown.filter(|text| text.parse::<f64>().is_err() && !text.contains('x'));
            return format!(
                "![{}]({})",
                alt.unwrap_or_default(),
                target.replace(' ', "%20")
            );
        }
        if found.name("embed").is_some() {
            review.push(format!(
                "body: the text of `![[{target}]]` is not repeated here, but linked"
            ));
        }
        let (path, section) = target.split_once('#').unwrap_or((target, ""));
        if path.is_empty() {
            return format!("[[{target}|{}]]", shown.unwrap_or(section));
        }
        let shown = shown.unwrap_or(path);
        internal(path, section, shown, &found[0], linkable, review)
    });
    INLINE
        .replace_all(&text, |found: &Captures<'_>| {
            let address = found
                .name("angled")
                .or(found.name("bare"))
                .map_or("", |address| address.as_str());
            let whole = &found[0];
            let elsewhere = address.contains("://")
                || address.starts_with("//")
                || address.starts_with('#')
                || address.starts_with("mailto:")
                || address.starts_with("tel:");
            if found.name("image").is_some() || elsewhere || address.is_empty() {
                return whole.to_owned();
            }
            // Zola marks its own files with an @.
            let address = address.strip_prefix('@').unwrap_or(address);
            let (path, section) = address.split_once('#').unwrap_or((address, ""));
            let path = path.split('?').next().unwrap_or(path).replace("%20", " ");
            internal(&path, section, &found["text"], whole, linkable, review)
        })
        .into_owned()
}

fn internal(
    path: &str,
    section: &str,
    shown: &str,
    written: &str,
    linkable: &Linkable,
    review: &mut Vec<String>,
) -> String {
    let Some(slug) = linkable.find(path) else {
        review.push(format!(
            "link: `{written}` leads to nothing here and is kept as text"
        ));
        return shown.to_owned();
    };
    if !section.is_empty() {
        review.push(format!(
            "link: the section `#{section}` of `{written}` was left out"
        ));
    }
    format!("[[{slug}|{}]]", shown.replace('|', "/"))
}

fn is_picture(target: &str) -> bool {
    let ending = target.rsplit('.').next().unwrap_or_default().to_lowercase();
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp"].contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_within_the_site_lead_to_the_archive() {
        let linkable = Linkable::of(
            [
                "posts/2021-04-01-tides.md",
                "notes/High Water.md",
                "pier/index.md",
            ]
            .into_iter(),
        );
        for (text, wanted) in [
            ("[[High Water]]", "[[high-water|High Water]]"),
            ("[[High Water|flood]]", "[[high-water|flood]]"),
            ("[t](../posts/2021-04-01-tides.md)", "[[tides|t]]"),
            ("[t](/2021/04/01/tides.html)", "[[tides|t]]"),
            ("[p](@/pier/index.md)", "[[pier|p]]"),
            ("[x](https://a.example/)", "[x](https://a.example/)"),
            ("![m](m.png)", "![m](m.png)"),
            ("![[a map.png|300]]", "![](a%20map.png)"),
        ] {
            let mut review = Vec::new();
            assert_eq!(rewrite(text, &linkable, &mut review), wanted, "{text}");
            assert!(review.is_empty(), "{text}: {review:?}");
        }
        for (text, wanted) in [
            ("[[Moon|the moon]]", "the moon"),
            ("[x](/files/a.pdf)", "x"),
            ("[[High Water#Spring]]", "[[high-water|High Water]]"),
        ] {
            let mut review = Vec::new();
            assert_eq!(rewrite(text, &linkable, &mut review), wanted, "{text}");
            assert_eq!(review.len(), 1, "{text}");
        }
    }
}
