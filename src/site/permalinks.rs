//! The ledger: addresses that people have linked to, and that stay.
//!
//! Lists by time and by letter come and go with what is in them; what has a text or a name of its
//! own does not. `permalinks.txt` is part of the site, so that the next build can be held against
//! it.

use std::collections::BTreeSet;

use super::address::Address;
use super::error::SiteError;
use super::plan::{Content, Site};
use super::shard::Shard;
use crate::archive::ids::Node;
use crate::diagnostic::{Findings, nearest};

/// The name of the ledger in the site.
pub const FILE: &str = "permalinks.txt";

/// `permalinks.txt` of a shard: one address a line.
pub fn permalinks(site: &Site<'_>, shard: Shard) -> String {
    let mut text = String::new();
    for (address, content) in &site.contents {
        if site.shards.of(address) == shard && is_permanent(site, content) {
            text.push_str(&address.to_string());
            text.push('\n');
        }
    }
    text
}

/// Whether an address may never vanish. Events that nobody has named have the address of their
/// first report, which an older one may still change.
fn is_permanent(site: &Site<'_>, content: &Content) -> bool {
    match content {
        Content::Article(_)
        | Content::Page(_)
        | Content::Term(_)
        | Content::Issue(_)
        | Content::Thread(_)
        | Content::Group(..)
        | Content::Corrections(_)
        | Content::Redirect(_) => true,
        Content::Event(index) => site.archive.events[*index].name.is_some(),
        _ => false,
    }
}

/// Every address that was `published_before` (relative to the root, without a `/` before it) and
/// is gone becomes a finding that names the redirect to add.
pub fn check(site: &Site<'_>, published_before: &BTreeSet<String>, findings: &mut Findings) {
    for address in published_before {
        if !site.contents.contains_key(&Address::file(address)) {
            findings.push(SiteError::Vanished {
                address: format!("/{address}"),
                help: advice(site, address),
            });
        }
    }
}

/// What stands elsewhere now under the same name, or nearly, should redirect from here.
fn advice(site: &Site<'_>, address: &str) -> String {
    let slug = |address: &str| {
        let path = address.trim_end_matches('/');
        path.rsplit('/').next().unwrap_or_default().to_owned()
    };
    let wanted = slug(address);
    let standing: Vec<(String, &Address, Node)> = site
        .contents
        .iter()
        .filter_map(|(address, content)| {
            let node = match content {
                Content::Article(id) => Node::Article(*id),
                Content::Page(id) => Node::Page(*id),
                Content::Term(id) => Node::Term(*id),
                _ => return None,
            };
            Some((slug(address.as_str()), address, node))
        })
        .collect();
    let near = nearest(&wanted, standing.iter().map(|(slug, ..)| slug.as_str()));
    let found = near.and_then(|near| standing.iter().find(|(slug, ..)| slug == near));
    match found {
        Some((_, now, node)) => {
            let file = site.archive.nodes().path(*node);
            format!("{now} may be what it has become: add `aliases = [\"/{address}\"]` to {file}")
        }
        None => format!(
            "add `aliases = [\"/{address}\"]` to what has taken its place, or bring it back with \
             `[withdrawn]`, a date and a note"
        ),
    }
}
