//! `[publish]` in `site.toml`: where the site goes, and how.

use serde::Deserialize;
use toml::Spanned;

use super::error::ContentError;
use crate::diagnostic::SourceText;

/// Where and how the site is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publishing {
    /// A remote of the archive's git repository by its name, or the address of one.
    pub remote: String,
    pub branch: String,
    /// Of each commit.
    pub message: String,
    /// The site's own domain: becomes the file `CNAME`.
    pub domain: Option<String>,
    pub history: History,
    pub host: Host,
}

/// What becomes of what was published before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum History {
    /// Every publication is a commit upon the one before.
    #[default]
    Keep,
    /// The branch has one commit, the last publication.
    Squash,
}

/// Whose limits the site must keep.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Host {
    #[default]
    #[serde(rename = "github-pages")]
    GitHubPages,
    /// A server that takes files as they are, in any number.
    #[serde(rename = "other")]
    Other,
}

/// The table as it is written, before its values are checked.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Written {
    remote: String,
    branch: Spanned<String>,
    message: String,
    domain: Option<Spanned<String>>,
    history: History,
    host: Host,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            remote: "origin".to_owned(),
            branch: Spanned::new(0..0, "gh-pages".to_owned()),
            message: "Publish the site".to_owned(),
            domain: None,
            history: History::default(),
            host: Host::default(),
        }
    }
}

impl Publishing {
    pub fn check(source: &SourceText, written: Written) -> Result<Self, ContentError> {
        let Written {
            remote,
            branch,
            message,
            domain,
            history,
            host,
        } = written;
        if !is_branch(branch.get_ref()) {
            return Err(ContentError::field(
                source,
                branch.span(),
                format!("`{}` is no name of a branch", branch.get_ref()),
                "git would refuse it",
                Some("the usual one is `gh-pages`".into()),
            ));
        }
        if let Some(domain) = &domain
            && !is_domain(domain.get_ref())
        {
            return Err(ContentError::field(
                source,
                domain.span(),
                format!("`{}` is no domain", domain.get_ref()),
                "a name, without https:// and without a path",
                Some("write something like `archive.example.org`".into()),
            ));
        }
        Ok(Self {
            remote,
            branch: branch.into_inner(),
            message,
            domain: domain.map(Spanned::into_inner),
            history,
            host,
        })
    }
}

/// The rules of `git check-ref-format`, as far as a name for a branch may come near them.
fn is_branch(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['-', '/', '.'])
        && !name.ends_with(['/', '.'])
        && !name.contains("..")
        && !name.contains("//")
        && !name.contains("/.")
        && !name.ends_with(".lock")
        && !name.contains("@{")
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\".contains(c))
}

/// A host name with at least one dot (RFC 1123).
pub fn is_domain(name: &str) -> bool {
    name.contains('.')
        && name.len() <= 253
        && name.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_git_would_refuse() {
        for (name, sound) in [
            ("gh-pages", true),
            ("sites/2021", true),
            ("", false),
            ("-f", false),
            ("a..b", false),
            ("a b", false),
            ("a.lock", false),
            ("refs/heads/x:y", false),
        ] {
            assert_eq!(is_branch(name), sound, "{name}");
        }
    }

    #[test]
    fn domains_are_names_alone() {
        for (name, sound) in [
            ("archive.example.org", true),
            ("https://example.org", false),
            ("example.org/archive", false),
            ("localhost", false),
            ("a..b", false),
            ("-a.example", false),
        ] {
            assert_eq!(is_domain(name), sound, "{name}");
        }
    }
}
