//! Names of files that some file system, or some host, will not take.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::lookup::Files;

/// What is wrong with one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameFault {
    /// Windows keeps this name for a device.
    Reserved,
    /// Windows takes a dot or a space at the end of a name away.
    TrailingDot,
    /// Windows refuses this character, or every system does.
    Character(char),
    /// More bytes in one part of the path than any common file system takes.
    TooLong(usize),
    /// Letters with accents in two pieces: macOS writes them differently than links do.
    Decomposed,
    /// Begins with a dot.
    Hidden,
    /// Part of a git repository, with all that was ever deleted from it.
    Repository,
}

/// The worst thing about the name of a file, a path relative to the site's root.
pub fn fault(path: &str) -> Option<NameFault> {
    let parts = || path.split('/');
    if parts().any(|part| part.eq_ignore_ascii_case(".git")) {
        return Some(NameFault::Repository);
    }
    let refused = |c: &char| c.is_control() || "<>:\"|?*\\".contains(*c);
    if let Some(character) = path.chars().find(refused) {
        return Some(NameFault::Character(character));
    }
    if parts().any(reserved) {
        return Some(NameFault::Reserved);
    }
    if parts().any(|part| part.ends_with(['.', ' '])) {
        return Some(NameFault::TrailingDot);
    }
    if let Some(part) = parts().find(|part| part.len() > 255) {
        return Some(NameFault::TooLong(part.len()));
    }
    if parts().any(|part| part.starts_with('.') && !published_although_hidden(part)) {
        return Some(NameFault::Hidden);
    }
    (!is_nfc(path)).then_some(NameFault::Decomposed)
}

/// `.nojekyll` is for GitHub Pages, `.well-known` for everybody (RFC 8615).
fn published_although_hidden(part: &str) -> bool {
    matches!(part, ".nojekyll" | ".well-known")
}

/// Names of devices, with any ending (Microsoft, "Naming Files, Paths, and Namespaces").
fn reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end();
    let upper = stem.to_ascii_uppercase();
    match upper.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        _ => upper
            .strip_prefix("COM")
            .or_else(|| upper.strip_prefix("LPT"))
            .is_some_and(|number| {
                let mut digits = number.chars();
                matches!(digits.next(), Some('0'..='9' | '¹' | '²' | '³'))
                    && digits.next().is_none()
            }),
    }
}

/// Pairs of paths that are one path on Windows or macOS, where case and the form of accents do
/// not count. A folder's name counts once, however much is in it.
pub fn clashes(files: &Files) -> Vec<(&str, &str)> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut clashes = Vec::new();
    for path in files.keys() {
        let ends = path.match_indices('/').map(|(at, _)| at);
        for end in ends.chain([path.len()]) {
            let part = &path[..end];
            let folded: String = if part.is_ascii() {
                part.to_ascii_lowercase()
            } else {
                part.nfc().flat_map(char::to_lowercase).collect()
            };
            match seen.get(&folded) {
                Some(first) if *first != part => {
                    if !clashes.contains(&(*first, part)) {
                        clashes.push((first, part));
                    }
                    // What lies in a folder that clashes is not told again.
                    break;
                }
                Some(_) => {}
                None => {
                    seen.insert(folded, part);
                }
            }
        }
    }
    clashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_do_not_travel() {
        for (path, wanted) in [
            ("2021/04/quad/index.html", None),
            (".nojekyll", None),
            (".well-known/security.txt", None),
            ("서울/index.html", None),
            ("console/index.html", None),
            ("com10/index.html", None),
            ("topics/con/index.html", Some(NameFault::Reserved)),
            ("aux.html", Some(NameFault::Reserved)),
            ("LPT1/x.html", Some(NameFault::Reserved)),
            ("u.s./index.html", Some(NameFault::TrailingDot)),
            ("a:b/index.html", Some(NameFault::Character(':'))),
            ("a\\b.html", Some(NameFault::Character('\\'))),
            (".DS_Store", Some(NameFault::Hidden)),
            ("x/.env", Some(NameFault::Hidden)),
            (".git/config", Some(NameFault::Repository)),
            ("cafe\u{301}/index.html", Some(NameFault::Decomposed)),
        ] {
            assert_eq!(fault(path), wanted, "{path}");
        }
        let long = format!("{}/index.html", "x".repeat(256));
        assert_eq!(fault(&long), Some(NameFault::TooLong(256)));
    }

    #[test]
    fn two_names_that_are_one_elsewhere() {
        let files: Files = [
            "Topics/quad/index.html",
            "Topics/talks/index.html",
            "cafe\u{301}.html",
            "café.html",
            "topics/index.html",
            "topics/quad/index.html",
        ]
        .into_iter()
        .map(|path| (path.into(), 1))
        .collect();
        assert_eq!(
            clashes(&files),
            [("cafe\u{301}.html", "café.html"), ("Topics", "topics")]
        );
    }
}
