//! The ledger: addresses that people have linked to, and that stay.
//!
//! Lists by time and by letter come and go with what is in them; what has a text or a name of its
//! own does not. `permalinks.txt` is part of the site, so that the next build can be held against
//! it.

use std::collections::{BTreeMap, BTreeSet};

use super::address::Address;
use super::error::SiteError;
use super::plan::{Content, Site};
use super::shard::Shard;
use crate::archive::entry::Entry;
use crate::archive::error::field_span;
use crate::archive::ids::Node;
use crate::archive::linked::Archive;
use crate::diagnostic::{Findings, nearest};
use crate::text::trigrams::TrigramIndex;

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

/// Every address that front matter gives an article must be one.
pub fn check_given(archive: &Archive, findings: &mut Findings) {
    for Entry { article, .. } in &archive.entries {
        let Some(written) = &article.front.permalink else {
            continue;
        };
        if Address::permalink(written).is_none() {
            findings.push(SiteError::BadPermalink {
                written: written.clone(),
                source_code: article.body.source.named(),
                span: field_span(&article.body, "permalink", 0),
            });
        }
    }
}

/// Every address that was `published_before` (relative to the root, without a `/` before it) and
/// is gone becomes a finding that names the redirect to add.
pub fn check(site: &Site<'_>, published_before: &BTreeSet<String>, findings: &mut Findings) {
    let gone = |address: &&String| !site.contents.contains_key(&Address::file(address));
    let mut gone = published_before.iter().filter(gone).peekable();
    if gone.peek().is_none() {
        return;
    }
    let standing = Standing::on(site);
    for address in gone {
        findings.push(SiteError::Vanished {
            address: format!("/{address}"),
            help: standing.advice(site, address),
        });
    }
}

/// What stands on a site, by the last part of its address.
struct Standing<'s> {
    by_slug: BTreeMap<&'s str, (&'s Address, Node)>,
    slugs: TrigramIndex,
}

impl<'s> Standing<'s> {
    fn on(site: &'s Site<'_>) -> Self {
        let mut by_slug = BTreeMap::new();
        for (address, content) in &site.contents {
            let node = match content {
                Content::Article(id) => Node::Article(*id),
                Content::Page(id) => Node::Page(*id),
                Content::Term(id) => Node::Term(*id),
                _ => continue,
            };
            let slug = last_part(address.as_str());
            by_slug.entry(slug).or_insert((address, node));
        }
        Self {
            slugs: TrigramIndex::of(by_slug.keys().copied()),
            by_slug,
        }
    }

    /// What stands elsewhere now under the same name, or nearly, should redirect from here.
    fn advice(&self, site: &Site<'_>, address: &str) -> String {
        let wanted = last_part(address);
        let near = nearest(wanted, self.slugs.like(wanted));
        match near.and_then(|near| self.by_slug.get(near)) {
            Some((now, node)) => {
                let file = site.archive.nodes().path(*node);
                format!(
                    "{now} may be what it has become: add `aliases = [\"/{address}\"]` to {file}"
                )
            }
            None => format!(
                "add `aliases = [\"/{address}\"]` to what has taken its place, or bring it back \
                 with `[withdrawn]`, a date and a note"
            ),
        }
    }
}

fn last_part(address: &str) -> &str {
    let path = address.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default()
}
