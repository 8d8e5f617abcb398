//! Which file answers an address: the rules of GitHub Pages, where case counts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound;

/// The files of a site with their sizes, by their paths.
pub type Files = BTreeMap<Box<str>, u64>;

/// The files of a part of the site, by their paths below its folder.
pub fn part<'f>(files: &'f Files, folder: &str) -> Cow<'f, Files> {
    if folder.is_empty() {
        return Cow::Borrowed(files);
    }
    let from = (Bound::Included(folder), Bound::Unbounded);
    let below = files.range::<str, _>(from);
    let below = below.map_while(|(path, size)| Some((path.strip_prefix(folder)?.into(), *size)));
    Cow::Owned(below.collect())
}

/// The file that is served at `path`, relative to the site's root and decoded.
///
/// `x/` is answered by `x/index.html` and nothing else; `x` by a file of that name, by `x.html`,
/// or by the folder `x/`, to which the reader is sent on.
pub fn find<'f>(files: &'f Files, path: &str) -> Option<&'f str> {
    let get = |path: &str| files.get_key_value(path).map(|(file, _)| &**file);
    if path.is_empty() || path.ends_with('/') {
        return get(&format!("{path}index.html"));
    }
    get(path)
        .or_else(|| get(&format!("{path}.html")))
        .or_else(|| get(&format!("{path}/index.html")))
}

/// Why nothing is served at `path`, where the reason can be seen from the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// A file has this name but for the case of its letters.
    Case(String),
    /// The folder is there, and no `index.html` in it.
    NoIndex,
    /// `x/` where only `x.html` is.
    Slash(String),
    Nothing,
}

/// Explains why [`find`] found nothing. Looks through all files: for faults, not for every link.
pub fn explain(files: &Files, path: &str) -> Miss {
    let bare = path.trim_end_matches('/');
    let page = format!("{bare}.html");
    if path.ends_with('/') && files.contains_key(page.as_str()) {
        return Miss::Slash(page);
    }
    let folder = format!("{bare}/");
    let from = (Bound::Included(folder.as_str()), Bound::Unbounded);
    let below = files.range::<str, _>(from).next();
    if below.is_some_and(|(file, _)| file.starts_with(&folder)) {
        return Miss::NoIndex;
    }
    let lower = bare.to_lowercase();
    let wanted = [
        lower.clone(),
        format!("{lower}.html"),
        format!("{lower}/index.html"),
    ];
    let other_case = files
        .keys()
        .find(|file| wanted.contains(&file.to_lowercase()));
    match other_case {
        Some(file) => Miss::Case(file.to_string()),
        None => Miss::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_answered_as_on_github_pages() {
        let files: Files = [
            "index.html",
            "about.html",
            "topics/index.html",
            "both.html",
            "both/index.html",
            "pictures/Map.png",
        ]
        .into_iter()
        .map(|file| (file.into(), 1))
        .collect();
        for (path, wanted) in [
            ("", Some("index.html")),
            ("topics/", Some("topics/index.html")),
            ("topics", Some("topics/index.html")),
            ("about", Some("about.html")),
            ("about/", None),
            ("both", Some("both.html")),
            ("both/", Some("both/index.html")),
            ("pictures/", None),
            ("pictures/map.png", None),
            ("Topics/", None),
        ] {
            assert_eq!(find(&files, path), wanted, "{path}");
        }
        for (path, wanted) in [
            ("about/", Miss::Slash("about.html".into())),
            ("pictures/", Miss::NoIndex),
            ("pictures/map.png", Miss::Case("pictures/Map.png".into())),
            ("Topics/", Miss::Case("topics/index.html".into())),
            ("gone/", Miss::Nothing),
        ] {
            assert_eq!(explain(&files, path), wanted, "{path}");
        }
    }
}
