//! Where a picture really is: pages put placeholders into `src` and load the picture later.

use crate::import::html::address::Base;
use crate::import::html::tree::{NodeId, Tree};

/// Attributes in which scripts for late loading keep the address of the picture.
const LATE: [&str; 8] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-image",
    "data-full-src",
    "data-hi-res-src",
];

/// Names of files that only hold the place of a picture.
const PLACEHOLDERS: [&str; 9] = [
    "placeholder",
    "spacer",
    "blank.gif",
    "blank.png",
    "transparent.",
    "pixel.gif",
    "1x1.",
    "lazyload",
    "loading.gif",
];

/// The address of the picture an `img` shows; `None` for beacons and placeholders.
pub fn source(tree: &Tree, img: NodeId, base: &Base) -> Option<String> {
    if is_beacon(tree, img) {
        return None;
    }
    let shown = tree
        .attribute(img, "src")
        .filter(|src| !is_placeholder(src));
    let late = LATE.iter().find_map(|name| tree.attribute(img, name));
    let in_set = || {
        ["srcset", "data-srcset", "data-lazy-srcset"]
            .iter()
            .find_map(|name| tree.attribute(img, name))
            .and_then(largest)
            .or_else(|| in_picture(tree, img))
    };
    shown
        .or(late.filter(|late| !is_placeholder(late)))
        .or_else(in_set)
        .and_then(|src| base.image(src))
        .or_else(|| {
            let src = tree.attribute(img, "src")?.trim();
            is_picture_itself(src).then(|| src.to_owned())
        })
}

/// Whether an address is the picture itself (RFC 2397), and more than a dot that holds its place.
fn is_picture_itself(src: &str) -> bool {
    const LEAST: usize = 1_500;
    let is_raster = ["png", "jpeg", "jpg", "gif", "webp", "avif"]
        .iter()
        .any(|kind| {
            src.strip_prefix("data:image/")
                .is_some_and(|rest| rest.starts_with(kind))
        });
    is_raster && src.len() >= LEAST
}

fn is_placeholder(src: &str) -> bool {
    let src = src.trim();
    if src.is_empty() || src.starts_with("data:") || src.starts_with("about:") {
        return true;
    }
    let path = src.split(['?', '#']).next().unwrap_or(src);
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    PLACEHOLDERS.iter().any(|word| name.contains(word))
}

fn is_beacon(tree: &Tree, img: NodeId) -> bool {
    let tiny = |name| matches!(tree.attribute(img, name), Some("0" | "1" | "0px" | "1px"));
    tiny("width") && tiny("height")
}

/// The largest of a set such as "a.jpg 320w, b.jpg 640w" or "a.jpg 1x, b.jpg 2x".
fn largest(set: &str) -> Option<&str> {
    let mut best: Option<(f64, &str)> = None;
    // An address may hold commas; the comma between candidates has white space behind it, or
    // behind the size before it.
    for candidate in set.split(", ").flat_map(|part| part.split(",\n")) {
        let mut words = candidate.split_whitespace();
        let Some(address) = words.next() else {
            continue;
        };
        let size = words
            .next()
            .and_then(|size| size.trim_end_matches([',', 'w', 'x']).parse().ok())
            .unwrap_or(1.0);
        if !is_placeholder(address) && best.is_none_or(|(most, _)| size > most) {
            best = Some((size, address));
        }
    }
    best.map(|(_, address)| address)
}

/// The first usable source of the `picture` around an `img`.
fn in_picture(tree: &Tree, img: NodeId) -> Option<&str> {
    let picture = tree
        .parent(img)
        .filter(|&p| tree.name(p) == Some("picture"))?;
    tree.children(picture)
        .filter(|&child| tree.name(child) == Some("source"))
        .find_map(|source| {
            ["srcset", "data-srcset"]
                .iter()
                .find_map(|name| tree.attribute(source, name))
                .and_then(largest)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Option<String> {
        let tree = Tree::parse(html);
        let img = tree.elements("img").next().unwrap();
        source(&tree, img, &Base::default())
    }

    #[test]
    fn the_picture_is_found_behind_its_placeholder() {
        for (case, html, wanted) in [
            ("plain", "<img src=/ship.jpg>", Some("/ship.jpg")),
            (
                "late",
                "<img src='data:image/gif;base64,R0' data-src=/ship.jpg>",
                Some("/ship.jpg"),
            ),
            (
                "named placeholder",
                "<img src=/img/spacer.gif data-original=/ship.jpg>",
                Some("/ship.jpg"),
            ),
            (
                "set",
                "<img srcset='/s.jpg 320w, /l.jpg 640w'>",
                Some("/l.jpg"),
            ),
            (
                "picture",
                "<picture><source srcset='/ship.webp 2x'><img></picture>",
                Some("/ship.webp"),
            ),
            ("beacon", "<img src=/count.gif width=1 height=1>", None),
            ("nothing", "<img alt=ship>", None),
        ] {
            assert_eq!(found(html).as_deref(), wanted, "{case}");
        }
    }
}
