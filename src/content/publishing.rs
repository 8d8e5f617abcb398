//! `[publish]` in `site.toml`: where the site goes, and how.

use serde::Deserialize;
use toml::Spanned;

use super::error::ContentError;
use super::permalinks::Permalinks;
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
    /// A large archive is published in shards.
    pub shards: Option<Shards>,
}

/// A front, and a shard for each year; `{year}` stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shards {
    /// Where a shard stands, with a `/` at its end.
    pub base_url: String,
    /// The address of the repository it is published to.
    pub remote: Option<String>,
}

/// What a site is cut by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Cut {
    Year,
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
    shards: Option<Spanned<Cut>>,
    shard_base_url: Option<Spanned<String>>,
    shard_remote: Option<Spanned<String>>,
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
            shards: None,
            shard_base_url: None,
            shard_remote: None,
        }
    }
}

impl Publishing {
    /// Checks what is written; `permalinks` are the patterns of articles' addresses.
    pub fn check(
        source: &SourceText,
        written: Written,
        permalinks: &Permalinks,
    ) -> Result<Self, ContentError> {
        let Written {
            remote,
            branch,
            message,
            domain,
            history,
            host,
            shards,
            shard_base_url,
            shard_remote,
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
        if let Some(cut) = &shards
            && !permalinks.say_the_year()
        {
            return Err(ContentError::field(
                source,
                cut.span(),
                "addresses of articles don't say their year",
                "an article's shard is read from its address",
                Some("let `article` under `[permalinks]` have `/{year}/` in it".into()),
            ));
        }
        let shards = check_shards(source, shards, shard_base_url, shard_remote)?;
        Ok(Self {
            remote,
            branch: branch.into_inner(),
            message,
            domain: domain.map(Spanned::into_inner),
            history,
            host,
            shards,
        })
    }
}

/// Stands for the year in where its shard is.
const YEAR: &str = "{year}";

fn check_shards(
    source: &SourceText,
    cut: Option<Spanned<Cut>>,
    base_url: Option<Spanned<String>>,
    remote: Option<Spanned<String>>,
) -> Result<Option<Shards>, ContentError> {
    let Some(cut) = cut else {
        return match base_url.or(remote) {
            None => Ok(None),
            Some(idle) => Err(ContentError::field(
                source,
                idle.span(),
                "the site isn't published in shards",
                "this says where one would be",
                Some("write `shards = \"year\"` too, or take this out".into()),
            )),
        };
    };
    let Some(base_url) = base_url else {
        return Err(ContentError::field(
            source,
            cut.span(),
            "nothing says where a shard stands",
            "pages of other shards link to it",
            Some("write `shard_base_url = \"https://editor.github.io/archive-{year}/\"`".into()),
        ));
    };
    for pattern in [Some(&base_url), remote.as_ref()].into_iter().flatten() {
        if !pattern.get_ref().contains(YEAR) {
            return Err(ContentError::field(
                source,
                pattern.span(),
                "all shards would be in one place",
                "there is no `{year}` in it",
                Some("write `{year}` where the year's number belongs".into()),
            ));
        }
    }
    // The braces are no part of an address; what takes their place is.
    let sound = normal_base_url(&base_url.get_ref().replace(YEAR, "0000"));
    let Some(_) = sound else {
        return Err(ContentError::field(
            source,
            base_url.span(),
            "this is not an address a site can have",
            "must begin with https:// or http:// and have no ? or #",
            Some("write something like `https://editor.github.io/archive-{year}/`".into()),
        ));
    };
    Ok(Some(Shards {
        base_url: format!("{}/", base_url.get_ref().trim_end_matches('/')),
        remote: remote.map(Spanned::into_inner),
    }))
}

/// A base address with exactly one `/` at its end; `None` if it can't be one.
pub fn normal_base_url(url: &str) -> Option<String> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let sound = !rest.is_empty()
        && !rest.starts_with('/')
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\".contains(c));
    sound.then(|| format!("{}/", url.trim_end_matches('/')))
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
