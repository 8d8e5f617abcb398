//! A written address becomes a place in the site, or one outside of it (RFC 3986, section 5).

use std::borrow::Cow;

use crate::site::shard::Shards;

/// Where a part of a site stands, taken from its base address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Host and port, in lower case.
    pub host: String,
    /// Begins and ends with `/`: `/`, `/archive/`.
    pub path: String,
}

impl Place {
    /// Of an address that begins with `https://` or `http://`.
    pub fn of(base_url: &str) -> Self {
        let rest = base_url
            .split_once("://")
            .map_or(base_url, |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let path = path.trim_matches('/');
        Self {
            host: host.to_ascii_lowercase(),
            path: if path.is_empty() {
                "/".to_owned()
            } else {
                format!("/{path}/")
            },
        }
    }
}

/// Where all parts of a site stand, each with the folder its files are under: a path in the audit
/// is one below the folder of its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places(Vec<(String, Place)>);

impl Places {
    /// Of a site in one piece.
    pub fn one(base_url: &str) -> Self {
        Self(vec![(String::new(), Place::of(base_url))])
    }

    pub fn of(shards: &Shards) -> Self {
        let part = |shard| {
            let base_url = shards.base_url(shard);
            (shards.folder(shard), Place::of(&base_url))
        };
        Self(shards.all().map(part).collect())
    }

    /// Every part with its folder.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.0.iter().map(|(folder, place)| (&**folder, place))
    }

    /// The part that a file is in, its folder, and the file's path below that.
    pub fn of_file<'f>(&self, file: &'f str) -> Option<(&Place, &'f str)> {
        self.iter()
            .find_map(|(folder, place)| Some((place, file.strip_prefix(folder)?)))
    }

    /// Whether a file is the one of this name at the root of its part.
    pub fn is_at_root(&self, file: &str, name: &str) -> bool {
        self.of_file(file).is_some_and(|(_, path)| path == name)
    }

    /// The part that an absolute path on a host leads into, and the path below its root.
    fn at<'p>(&self, host: &str, path: &'p str) -> Option<(&str, &'p str)> {
        let within = |(folder, place): (_, &Place)| {
            let root = place.path.trim_end_matches('/');
            let within = if path == root {
                ""
            } else {
                path.strip_prefix(&place.path)?
            };
            Some((place.path.len(), folder, within))
        };
        let parts = self.iter().filter(|(_, place)| place.host == host);
        // One part may stand below another.
        let (_, folder, within) = parts.filter_map(within).max_by_key(|(depth, ..)| *depth)?;
        Some((folder, within))
    }
}

/// Where a written address leads.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Destination {
    /// Below the folder of its part, decoded, without its query.
    Inside {
        path: String,
        /// Decoded; never empty.
        fragment: Option<String>,
    },
    /// On the site's own host, and not below its base path.
    BesideTheSite(String),
    /// Another host.
    Outside(String),
    /// The reader's own computer (`localhost`, `file:`).
    OwnComputer,
    /// `javascript:` and the like.
    Script,
    /// Nothing to look up: `mailto:`, `data:` …
    Elsewhere,
}

/// Follows `url` from the page at `from`, a path below the folder of its part.
pub fn follow(places: &Places, from: &str, url: &str) -> Destination {
    // Browsers take these out before they read an address (URL Standard, section 4.4).
    let url = url.trim_matches(|c: char| c <= ' ');
    let url: Cow<'_, str> = if url.contains(['\t', '\n', '\r']) {
        Cow::Owned(url.replace(['\t', '\n', '\r'], ""))
    } else {
        Cow::Borrowed(url)
    };
    if let Some(scheme) = scheme(&url) {
        let rest = &url[scheme.len() + 1..];
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => absolute(places, &url, rest.trim_start_matches('/')),
            "javascript" | "vbscript" => Destination::Script,
            "file" => Destination::OwnComputer,
            _ => Destination::Elsewhere,
        };
    }
    if let Some(rest) = url.strip_prefix("//") {
        return absolute(places, &format!("https:{url}"), rest);
    }
    let Some((place, from)) = places.of_file(from) else {
        return Destination::Elsewhere;
    };
    let (path, fragment) = split(&url);
    let full = if path.starts_with('/') {
        path.to_owned()
    } else if path.is_empty() {
        format!("{}{}", place.path, encode_percent(from))
    } else {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let slash = if folder.is_empty() { "" } else { "/" };
        format!("{}{}{slash}{path}", place.path, encode_percent(folder))
    };
    below(places, &place.host, &full, fragment).unwrap_or(Destination::BesideTheSite(full))
}

fn absolute(places: &Places, url: &str, rest: &str) -> Destination {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, after) = rest.split_at(end);
    let host = host.to_ascii_lowercase();
    let name = host
        .rsplit_once(':')
        .map_or(host.as_str(), |(name, _)| name);
    if places.iter().any(|(_, place)| place.host == host) {
        let (path, fragment) = split(after);
        let path = if path.is_empty() { "/" } else { path };
        // Another site may stand on the same host: that is an ordinary link to the outside.
        return below(places, &host, path, fragment)
            .unwrap_or_else(|| Destination::Outside(url.to_owned()));
    }
    match name {
        "localhost" | "127.0.0.1" | "0.0.0.0" | "[::1]" => Destination::OwnComputer,
        _ => Destination::Outside(url.to_owned()),
    }
}

/// Path and fragment; the query is left out, as a host of files does.
fn split(url: &str) -> (&str, &str) {
    let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
    (rest.split('?').next().unwrap_or_default(), fragment)
}

/// The destination of an absolute path, if that lies in the site.
fn below(places: &Places, host: &str, full: &str, fragment: &str) -> Option<Destination> {
    let path = without_dots(full);
    let (folder, within) = places.at(host, &path)?;
    // A text fragment (`:~:text=`) searches the page instead of naming a place in it.
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let fragment = decode(fragment);
    Some(Destination::Inside {
        path: format!("{folder}{}", decode(within)),
        fragment: Some(fragment.into_owned())
            .filter(|fragment| !fragment.is_empty() && !fragment.eq_ignore_ascii_case("top")),
    })
}

/// Takes `.` and `..` out of an absolute path (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = path.split('/').skip(1).peekable();
    while let Some(part) = rest.next() {
        let last = rest.peek().is_none();
        match part {
            "." | "%2e" | "%2E" if last => parts.push(""),
            "." | "%2e" | "%2E" => {}
            ".." => {
                parts.pop();
                if last {
                    parts.push("");
                }
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// The scheme of an address (RFC 3986, section 3.1).
fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let sound = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    sound.then_some(scheme)
}

/// A file's name as part of an address: only what would be read as something else is encoded.
fn encode_percent(path: &str) -> Cow<'_, str> {
    if path.contains(['%', '?', '#']) {
        path.replace('%', "%25")
            .replace('?', "%3F")
            .replace('#', "%23")
            .into()
    } else {
        path.into()
    }
}

/// Undoes percent-encoding; what makes no UTF-8 becomes a replacement character, which no file's
/// name has.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3);
        let value = hex
            .filter(|hex| bytes[at] == b'%' && hex.iter().all(u8::is_ascii_hexdigit))
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(value.unwrap_or(bytes[at]));
        at += if value.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(path: &str, fragment: Option<&str>) -> Destination {
        Destination::Inside {
            path: path.to_owned(),
            fragment: fragment.map(str::to_owned),
        }
    }

    #[test]
    fn addresses_are_followed_as_a_browser_follows_them() {
        let places = Places::one("https://Example.org/archive/");
        let from = "2021/04/quad/index.html";
        for (url, wanted) in [
            ("../talks/", inside("2021/04/talks/", None)),
            ("../../../", inside("", None)),
            ("../../..", inside("", None)),
            ("map.png?v=2", inside("2021/04/quad/map.png", None)),
            ("#now", inside(from, Some("now"))),
            ("", inside(from, None)),
            ("#", inside(from, None)),
            ("#top", inside(from, None)),
            ("./#%EC%84%9C", inside("2021/04/quad/", Some("서"))),
            ("#a:~:text=x", inside(from, Some("a"))),
            ("/archive/topics/", inside("topics/", None)),
            ("/archive", inside("", None)),
            ("https://example.org/archive/x/", inside("x/", None)),
            ("http://EXAMPLE.org/archive/x/", inside("x/", None)),
            ("//example.org/archive/x/", inside("x/", None)),
            ("../a%20b/", inside("2021/04/a b/", None)),
            ("/topics/", Destination::BesideTheSite("/topics/".into())),
            (
                "../../../../x/",
                Destination::BesideTheSite("/archive/2021/04/quad/../../../../x/".into()),
            ),
            (
                "https://example.org/other/",
                Destination::Outside("https://example.org/other/".into()),
            ),
            (
                "https://example.com",
                Destination::Outside("https://example.com".into()),
            ),
            ("http://localhost:8000/x", Destination::OwnComputer),
            ("file:///etc/passwd", Destination::OwnComputer),
            ("JavaScript:alert(1)", Destination::Script),
            ("java\nscript:alert(1)", Destination::Script),
            ("mailto:a@b.example", Destination::Elsewhere),
        ] {
            assert_eq!(follow(&places, from, url), wanted, "{url}");
        }
    }

    #[test]
    fn a_file_with_a_percent_sign_in_its_name_can_refer_to_itself() {
        let places = Places::one("https://example.org");
        assert_eq!(
            follow(&places, "100%25/index.html", "#a"),
            inside("100%25/index.html", Some("a"))
        );
    }
}
