//! `robots.txt` (RFC 9309): which paths a site lets programs read.

use std::time::Duration;

/// The rules of one site for one program.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Robots {
    /// Patterns of paths, and whether they are allowed.
    rules: Vec<(String, bool)>,
    /// The pause between two requests that the site asks for.
    pub delay: Option<Duration>,
}

/// No site may make an import wait longer than this between two requests.
const LONGEST_DELAY: f64 = 60.0;

impl Robots {
    /// Nothing may be read: what holds while a site can't say.
    pub fn closed() -> Self {
        Self {
            rules: vec![("/".to_owned(), false)],
            delay: None,
        }
    }

    /// The rules for `agent` (in lower case): those of its own group, else those for everybody.
    pub fn parse(text: &str, agent: &str) -> Self {
        let mut own: Option<Self> = None;
        let mut everybody = Self::default();
        let (mut names_us, mut names_all) = (false, false);
        let mut in_names = false;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((field, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            let field = field.trim().to_ascii_lowercase();
            if field == "user-agent" {
                if !in_names {
                    (names_us, names_all) = (false, false);
                }
                in_names = true;
                names_us |= value.to_ascii_lowercase() == agent;
                names_all |= value == "*";
                if names_us {
                    own.get_or_insert_default();
                }
                continue;
            }
            in_names = false;
            let groups = [
                names_us.then_some(own.as_mut()).flatten(),
                names_all.then_some(&mut everybody),
            ];
            for group in groups.into_iter().flatten() {
                match field.as_str() {
                    "allow" if !value.is_empty() => group.rules.push((value.to_owned(), true)),
                    "disallow" if !value.is_empty() => group.rules.push((value.to_owned(), false)),
                    "crawl-delay" => {
                        group.delay = value
                            .parse::<f64>()
                            .ok()
                            .filter(|seconds| *seconds >= 0.0)
                            .map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST_DELAY)));
                    }
                    _ => {}
                }
            }
        }
        own.unwrap_or(everybody)
    }

    /// Whether a path (with its query) may be read: the longest pattern that fits decides, and of
    /// two equally long ones the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        self.rules
            .iter()
            .filter(|(pattern, _)| fits(pattern, path))
            .max_by_key(|(pattern, allows)| (pattern.len(), *allows))
            .is_none_or(|(_, allows)| *allows)
    }
}

/// `*` stands for anything, `$` at the end for the end of the path.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let mut parts = parts.peekable();
    let mut open_end = false;
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        if is_last && to_the_end {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
        open_end = is_last;
    }
    !to_the_end || rest.is_empty() || open_end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_a_site_are_kept() {
        let text = "User-agent: *\nDisallow: /private # no\nAllow: /private/open\nCrawl-delay: 2\n\n\
                    User-agent: other\nUser-agent: Briefbook\nDisallow: /*.pdf$\nDisallow: /search?\n";
        let everybody = Robots::parse(text, "somebody");
        assert_eq!(everybody.delay, Some(Duration::from_secs(2)));
        for (path, wanted) in [
            ("/", true),
            ("/private/x", false),
            ("/private/open/x", true),
            ("/a.pdf", true),
        ] {
            assert_eq!(everybody.allows(path), wanted, "{path}");
        }
        let own = Robots::parse(text, "briefbook");
        for (path, wanted) in [
            ("/private/x", true),
            ("/a.pdf", false),
            ("/a.pdf.html", true),
            ("/search?q=1", false),
        ] {
            assert_eq!(own.allows(path), wanted, "{path}");
        }
        assert!(!Robots::closed().allows("/"));
        assert!(Robots::parse("", "briefbook").allows("/x"));
    }
}
