//! Addresses on a page, made absolute.

use url::Url;

use super::tree::Tree;

/// What relative addresses of a page are relative to: its `<base>`, else its own address, else
/// nothing that is known.
#[derive(Debug, Clone, Default)]
pub struct Base {
    url: Option<Url>,
}

impl Base {
    /// `own` is the page's own address, where it is known.
    pub fn of(tree: &Tree, own: Option<&str>) -> Self {
        let own = own.and_then(|own| Url::parse(own).ok());
        let declared = tree
            .elements("base")
            .find_map(|base| tree.attribute(base, "href"))
            .map(str::trim);
        let url = match (declared, own) {
            (Some(declared), Some(own)) => own.join(declared).ok().or(Some(own)),
            (Some(declared), None) => Url::parse(declared).ok(),
            (None, own) => own,
        };
        Self {
            url: url.filter(|url| matches!(url.scheme(), "http" | "https")),
        }
    }

    /// Where a link leads; `None` if that is nowhere a reader could go: scripts, files of the
    /// person who saved the page, places on a page whose address is unknown.
    pub fn link(&self, href: &str) -> Option<String> {
        let href = href.trim();
        if href.is_empty() {
            return None;
        }
        let url = match (&self.url, Url::parse(href)) {
            (_, Ok(url)) => url,
            (Some(base), Err(_)) => base.join(href).ok()?,
            (None, Err(_)) => return None,
        };
        matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.into())
    }

    /// The name of the place that a link leads to, if that is on the page itself.
    pub fn fragment<'a>(&self, href: &'a str) -> Option<&'a str> {
        let (page, name) = href.trim().split_once('#')?;
        let is_here = page.is_empty()
            || self.url.as_ref().is_some_and(|own| {
                let mut own = own.clone();
                own.set_fragment(None);
                own.as_str() == page
            });
        (is_here && !name.is_empty()).then_some(name)
    }

    /// Where a picture is: an address, or a path beside the saved page.
    pub fn image(&self, src: &str) -> Option<String> {
        let src = src.trim();
        if src.is_empty() || src.starts_with('#') {
            return None;
        }
        match (&self.url, Url::parse(src)) {
            (_, Ok(url)) => matches!(url.scheme(), "http" | "https").then(|| url.into()),
            // Saved with the page: it is on the editor's disk, not on the web.
            _ if saved_beside(src) => Some(src.to_owned()),
            (Some(base), Err(_)) => base.join(src).ok().map(Into::into),
            (None, Err(_)) => (!src.starts_with("//")).then(|| src.to_owned()),
        }
    }
}

/// Browsers save the pictures of `page.html` in `page_files/` or `page-Dateien/`.
fn saved_beside(src: &str) -> bool {
    let path = src.strip_prefix("./").unwrap_or(src);
    path.split_once('/').is_some_and(|(folder, _)| {
        [
            "_files",
            "_file",
            "-files",
            "-Dateien",
            "_fichiers",
            "_archivos",
            "_bestanden",
        ]
        .iter()
        .any(|ending| folder.ends_with(ending))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_to_the_base_else_the_page() {
        let page = Some("https://port.example/news/ice.html");
        let plain = Base::of(&Tree::parse("<p>"), page);
        let declared = Base::of(&Tree::parse("<base href=/archive/>"), page);
        let unknown = Base::default();
        for (base, href, wanted) in [
            (
                &plain,
                "thaw.html",
                Some("https://port.example/news/thaw.html"),
            ),
            (
                &declared,
                "thaw.html",
                Some("https://port.example/archive/thaw.html"),
            ),
            (
                &plain,
                "#top",
                Some("https://port.example/news/ice.html#top"),
            ),
            (&plain, "javascript:void(0)", None),
            (&plain, "data:text/html,x", None),
            (&plain, "file:///home/x/ice.html", None),
            (&unknown, "thaw.html", None),
            (
                &unknown,
                "mailto:a@port.example",
                Some("mailto:a@port.example"),
            ),
        ] {
            assert_eq!(base.link(href).as_deref(), wanted, "{href}");
        }
    }

    #[test]
    fn pictures_saved_beside_the_page_stay_there() {
        let plain = Base::of(&Tree::parse("<p>"), Some("https://port.example/news/"));
        assert_eq!(
            plain.image("./Ice_files/ship.jpg").as_deref(),
            Some("./Ice_files/ship.jpg")
        );
        assert_eq!(
            plain.image("ship.jpg").as_deref(),
            Some("https://port.example/news/ship.jpg")
        );
        assert_eq!(
            Base::default().image("ship.jpg").as_deref(),
            Some("ship.jpg")
        );
        assert_eq!(plain.image("data:image/gif;base64,R0"), None);
    }
}
