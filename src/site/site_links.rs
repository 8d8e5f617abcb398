//! Links written as addresses of the site (`/topics/`) must lead somewhere: those in texts, in the
//! menu and beside it.

use std::collections::BTreeMap;

use super::address::Address;
use super::error::SiteError;
use crate::archive::error::file_span;
use crate::archive::linked::Archive;
use crate::archive::links::Resolved;
use crate::diagnostic::{Findings, nearest, span_within};

/// Holds them against what stands at each address; one that leads nowhere goes into `findings`.
pub fn check<T>(archive: &Archive, contents: &BTreeMap<Address, T>, findings: &mut Findings) {
    let stands = |written: &str| {
        let path = written.split(['#', '?']).next().unwrap_or_default();
        contents.contains_key(&Address::file(path))
    };
    for (node, links) in archive.links.iter() {
        let Some(body) = archive.body(node) else {
            continue;
        };
        for (link, written) in links.iter().zip(&body.outline.links) {
            let Resolved::Site(address) = link else {
                continue;
            };
            if stands(address) {
                continue;
            }
            let near = nearest(
                address.trim_start_matches('/'),
                contents.keys().map(Address::as_str),
            );
            findings.push(SiteError::DeadSiteLink {
                address: address.clone(),
                help: near.map(|near| format!("did you mean `/{near}`?")),
                source_code: body.source.named(),
                span: file_span(body, body.in_file(&written.range)),
            });
        }
    }
    let config = &archive.config;
    let menu = config.menu.iter().map(|item| &item.url);
    for place in menu.chain(&config.subscribe).chain(&config.contact) {
        let url = place.get_ref();
        if url.starts_with('/') && !stands(url) {
            let source = &config.source;
            findings.push(SiteError::DeadMenu {
                url: url.clone(),
                source_code: source.named(),
                span: span_within(source.text(), place.span()).into(),
            });
        }
    }
}
