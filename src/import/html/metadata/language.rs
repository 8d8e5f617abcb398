//! The language: what the page declares, held against the words it is written in.

use super::signals::Signals;
use crate::text::language;

/// A BCP 47 tag.
///
/// The declared tag counts unless the text is certainly in another language: many sites run
/// templates of another country's.
pub(super) fn choose(signals: &Signals<'_>) -> Option<String> {
    let declared = declared(signals);
    let Some(seen) = seen(signals) else {
        return declared;
    };
    match declared {
        Some(tag) if primary(&tag) == seen || akin(primary(&tag), seen) => Some(tag),
        _ => Some(seen.to_owned()),
    }
}

fn declared(signals: &Signals<'_>) -> Option<String> {
    let tree = signals.tree;
    let root = tree.elements("html").next();
    let attribute = root.and_then(|root| {
        tree.attribute(root, "lang")
            .or_else(|| tree.attribute(root, "xml:lang"))
    });
    attribute
        .map(str::to_owned)
        .into_iter()
        .chain(
            signals
                .articles()
                .filter_map(|article| article.language.clone()),
        )
        .chain(signals.tags.all(&[
            "content-language",
            "language",
            "dc.language",
            "dcterms.language",
            "og:locale",
        ]))
        .find_map(|tag| well_formed(&tag))
}

/// `de_DE.utf8` and `DE-de` are written `de-DE`; what is no tag (`German`, `{lang}`) is none.
fn well_formed(raw: &str) -> Option<String> {
    let raw = raw.split([',', ';', '.', '@']).next()?.trim();
    let mut parts = raw.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let mut tag = language;
    for part in parts.take(3) {
        if !(2..=8).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            break;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Languages that a detector takes for each other.
fn akin(declared: &str, seen: &str) -> bool {
    const FAMILIES: [&[&str]; 6] = [
        &["no", "nb", "nn", "da", "sv"],
        &["hr", "sr", "bs", "sl", "sh", "mk", "bg"],
        &["es", "ca", "gl", "pt", "ast", "eu", "it"],
        &["cs", "sk"],
        &["id", "ms", "jv"],
        &["de", "lb", "gsw", "nds", "nl", "af", "fy"],
    ];
    FAMILIES
        .iter()
        .any(|family| family.contains(&declared) && family.contains(&seen))
}

/// The language of the prose, where there is enough of it to be certain.
fn seen(signals: &Signals<'_>) -> Option<&'static str> {
    let mut prose = String::new();
    for block in &signals.blocks {
        if block.text.len() > 120 && !signals.regions.outside(block.first) {
            prose.push_str(&block.text);
            prose.push('\n');
            if prose.len() > 3_000 {
                break;
            }
        }
    }
    language::of(&prose)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_written_as_bcp_47_wants_them() {
        for (raw, wanted) in [
            ("de_DE.utf8", Some("de-DE")),
            ("EN-us", Some("en-US")),
            ("zh-hans-CN", Some("zh-Hans-CN")),
            ("de, en", Some("de")),
            ("German", None),
            ("{{lang}}", None),
        ] {
            assert_eq!(well_formed(raw).as_deref(), wanted, "{raw}");
        }
    }

    #[test]
    fn prose_in_another_language_overrules_the_template() {
        let german =
            "Der Hafen ist seit Montag zugefroren, und die Schiffe liegen fest. ".repeat(6);
        for (declared, wanted) in [("de-AT", "de-AT"), ("en-US", "de"), ("", "de")] {
            let tree = super::super::super::tree::Tree::parse(&format!(
                "<html lang='{declared}'><body><p>{german}</p>"
            ));
            assert_eq!(choose(&Signals::of(&tree)).as_deref(), Some(wanted));
        }
    }
}
