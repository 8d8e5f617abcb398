//! What stands around every page by `site.toml`: where to subscribe and to write to, and a script
//! that counts visits.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use url::Url;

use super::error::ContentError;
use crate::diagnostic::SourceText;

/// A script of another site on every page, the only thing that pages load from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analytics {
    pub script: String,
    /// What the content security policy lets it load from and send to: `https://stats.example.org`.
    pub origin: String,
    /// Attributes of its element: `data-domain`.
    pub attributes: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenAnalytics {
    script: Spanned<String>,
    #[serde(default)]
    attributes: BTreeMap<Spanned<String>, String>,
}

impl Analytics {
    pub(super) fn check(
        source: &SourceText,
        written: WrittenAnalytics,
    ) -> Result<Self, ContentError> {
        let WrittenAnalytics { script, attributes } = written;
        let url = Url::parse(script.get_ref()).ok();
        let url = url.filter(|url| url.scheme() == "https" && url.host().is_some());
        let url = url.ok_or_else(|| {
            ContentError::field(
                source,
                script.span(),
                "this is no address of a script",
                "begins with https://",
                Some(
                    "write something like `script = \"https://stats.example.org/script.js\"`"
                        .into(),
                ),
            )
        })?;
        let wrong = attributes.keys().find(|name| !is_data(name.get_ref()));
        if let Some(name) = wrong {
            return Err(ContentError::field(
                source,
                name.span(),
                format!("the script can't have an attribute `{}`", name.get_ref()),
                "only `data-…` may stand here, in lower-case letters, digits and `-`",
                Some(
                    "write something like `attributes = { data-domain = \"example.org\" }`".into(),
                ),
            ));
        }
        let attributes = attributes.into_iter();
        Ok(Self {
            origin: url.origin().ascii_serialization(),
            script: url.into(),
            attributes: attributes
                .map(|(name, value)| (name.into_inner(), value))
                .collect(),
        })
    }
}

fn is_data(name: &str) -> bool {
    let sound = |b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
    name.strip_prefix("data-")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(sound))
}

/// An address that readers are sent to: of the site (`/about/`), of the web, or of a mailbox
/// (`desk@example.org`, which becomes `mailto:…`).
pub(super) fn check_place(
    source: &SourceText,
    written: Option<Spanned<String>>,
) -> Result<Option<Spanned<String>>, ContentError> {
    let Some(written) = written else {
        return Ok(None);
    };
    let text = written.get_ref();
    let is_address = ["/", "https://", "http://", "mailto:"]
        .iter()
        .any(|start| text.starts_with(start));
    let mailbox = |text: &str| {
        text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !text.contains([' ', ':', '/'])
        })
    };
    if is_address {
        return Ok(Some(written));
    }
    if mailbox(text) {
        let to = format!("mailto:{text}");
        return Ok(Some(Spanned::new(written.span(), to)));
    }
    Err(ContentError::field(
        source,
        written.span(),
        "this leads nowhere",
        "neither an address nor a mailbox",
        Some("write an address of the site (`/about/`), `https://…`, or `desk@example.org`".into()),
    ))
}
