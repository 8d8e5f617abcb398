//! The article's own address, as the page gives it. Where its links lead is in
//! [`html/address`](super::super::address).

use url::Url;

use super::signals::Signals;

/// Longer addresses are refused: browsers stop about here too.
const LIMIT: usize = 2_000;

/// In this order: `rel=canonical`, `og:url`, JSON-LD, microdata, Twitter's, the shortlink,
/// what the share buttons pass on.
pub(super) fn choose(signals: &Signals<'_>) -> Option<Url> {
    let base = base(signals);
    signals
        .tags
        .links("canonical")
        .chain(signals.tags.raw(&["og:url"]))
        .chain(
            signals
                .articles()
                .chain(&signals.json_ld.page)
                .filter_map(|article| article.url.as_deref()),
        )
        .chain(signals.tags.raw(&[
            "twitter:url",
            "dc.identifier",
            "parsely-link",
            "citation_fulltext_html_url",
        ]))
        .chain(signals.tags.links("shortlink"))
        .find_map(|address| resolve(address, base.as_ref()))
        .or_else(|| shared(signals))
}

/// The address that the page's share buttons pass on.
fn shared(signals: &Signals<'_>) -> Option<Url> {
    let tree = signals.tree;
    tree.elements("a")
        .filter_map(|link| Url::parse(tree.attribute(link, "href")?.trim()).ok())
        .filter(|url| {
            let path = url.path().to_ascii_lowercase();
            ["share", "intent", "tweet", "submit", "pin/create"]
                .iter()
                .any(|word| path.contains(word))
        })
        .find_map(|button| {
            let (_, address) = button
                .query_pairs()
                .find(|(name, _)| matches!(&**name, "u" | "url" | "link" | "href"))?;
            // The front page is what a button in the page's frame shares.
            resolve(&address, None).filter(|shared| shared.path() != "/")
        })
}

/// The host of the site.
pub(super) fn host(signals: &Signals<'_>) -> Option<String> {
    choose(signals)
        .or_else(|| base(signals))
        .and_then(|address| address.host_str().map(str::to_owned))
}

/// What relative addresses start from: `<base>`, else any absolute address the page gives itself.
pub(super) fn base(signals: &Signals<'_>) -> Option<Url> {
    signals
        .tags
        .base
        .as_deref()
        .into_iter()
        .chain(signals.tags.raw(&["og:url"]))
        .chain(signals.tags.links("canonical"))
        .find_map(|address| resolve(address, None))
}

/// An address of the web, made absolute; anything else (`javascript:`, `file:`, `localhost`) is
/// refused.
pub(super) fn resolve(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() || address.len() > LIMIT {
        return None;
    }
    let parsed = match Url::parse(address) {
        Ok(parsed) => parsed,
        Err(url::ParseError::RelativeUrlWithoutBase) => match base {
            Some(base) => base.join(address).ok()?,
            None => Url::parse(&format!("https:{address}"))
                .ok()
                .filter(|_| address.starts_with("//"))?,
        },
        Err(_) => return None,
    };
    let public = matches!(parsed.scheme(), "http" | "https")
        && parsed.host_str().is_some_and(|host| host.contains('.'))
        && parsed.username().is_empty()
        && parsed.password().is_none();
    public.then_some(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_button_tells_where_the_page_was() {
        let tree = super::super::super::tree::Tree::parse(
            "<a href='https://social.example/sharer/sharer.php?u=https%3A%2F%2Fharbour.example%2Fice'>Share</a>",
        );
        let signals = Signals::of(&tree);
        assert_eq!(
            choose(&signals).as_ref().map(Url::as_str),
            Some("https://harbour.example/ice")
        );
    }

    #[test]
    fn only_addresses_of_the_web_pass() {
        let base = Url::parse("https://harbour.example/news/").unwrap();
        for (address, wanted) in [
            (
                "https://harbour.example/ice",
                Some("https://harbour.example/ice"),
            ),
            ("/ice?x=1", Some("https://harbour.example/ice?x=1")),
            ("//cdn.example/ice", Some("https://cdn.example/ice")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("http://localhost/ice", None),
            ("https://jane:secret@harbour.example/", None),
            ("", None),
        ] {
            assert_eq!(
                resolve(address, Some(&base)).as_ref().map(Url::as_str),
                wanted,
                "{address}"
            );
        }
    }
}
