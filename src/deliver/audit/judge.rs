//! Everything that is wrong with a surveyed site.

use std::collections::BTreeSet;

use miette::SourceSpan;

use super::excerpt::Excerpt;
use super::finding::AuditFinding;
use super::look::DOMAIN;
use super::lookup::{Files, Miss, explain, find, part};
use super::names::{NameFault, clashes, fault};
use super::page::Purpose;
use super::quote::{Quotes, ReadFile};
use super::reference::{Destination, Place, Places};
use super::size::{
    FILE_CAUTION, FILE_LIMIT, Growth, SITE_LIMIT, SiteSize, measure, readable, years_left,
};
use super::survey::Survey;
use crate::content::publishing::{Host, is_domain};
use crate::diagnostic::{Findings, nearest};

/// What the site is held against.
#[derive(Debug, Clone)]
pub struct Rules<'a> {
    pub places: &'a Places,
    pub host: Host,
    /// Addresses of the last publication, each below the folder of its part.
    pub published_before: Option<&'a BTreeSet<String>>,
    pub growth: Option<Growth>,
}

/// Judges a site: everything found goes into `findings`, its size comes back. `read` gives the
/// files again that messages point into.
pub fn judge(
    survey: &Survey,
    rules: &Rules<'_>,
    read: &ReadFile<'_>,
    findings: &mut Findings,
) -> SiteSize {
    let mut found = Vec::new();
    let quotes = Quotes::new(rules.places, read);
    references(survey, rules.places, &quotes, &mut found);
    ids(survey, &quotes, &mut found);
    names(survey, &mut found);
    if let Some(before) = rules.published_before {
        vanished(survey, rules.places, before, &mut found);
    }
    let mut whole = SiteSize::default();
    for (index, (folder, place)) in rules.places.iter().enumerate() {
        let files = part(&survey.files, folder);
        let size = measure(&files);
        if rules.host == Host::GitHubPages {
            let said = survey.domains.get(&*format!("{folder}{DOMAIN}"));
            jekyll(&files, &mut found);
            domain(said, place, &mut found);
            // Of several parts, only the front grows as the archive does.
            let growth = rules.growth.filter(|_| index == 0);
            limits(&files, &size, growth, &mut found);
        }
        whole.add(size);
    }
    for finding in found {
        findings.push(finding);
    }
    whole
}

fn references(
    survey: &Survey,
    places: &Places,
    quotes: &Quotes<'_>,
    found: &mut Vec<AuditFinding>,
) {
    for (reference, _, sighting) in survey.references() {
        let quote = || quotes.first(sighting, |look| offset(&look.references, reference));
        match &reference.0 {
            Destination::Inside { path, fragment } => match find(&survey.files, path) {
                None => {
                    let help = match found.len() {
                        0..EXPLAINED => why_dead(survey, path),
                        _ => None,
                    };
                    found.push(dead(path, reference.1, quote(), help));
                }
                Some(file) => {
                    if let Some(fragment) = fragment
                        && file.ends_with(".html")
                        && !survey.has_anchor(file, fragment)
                    {
                        let (pages, excerpt, span) = quote();
                        found.push(AuditFinding::DeadAnchor {
                            file: file.to_owned(),
                            fragment: fragment.clone(),
                            pages,
                            excerpt,
                            span,
                        });
                    }
                }
            },
            Destination::BesideTheSite(address) => {
                let (pages, excerpt, span) = quote();
                let place = places.of_file(&sighting.first);
                found.push(AuditFinding::OutOfSite {
                    address: address.clone(),
                    base: place.map_or(String::new(), |(place, _)| place.path.clone()),
                    pages,
                    excerpt,
                    span,
                });
            }
            Destination::OwnComputer => {
                let (pages, excerpt, span) = quote();
                found.push(AuditFinding::OwnComputer {
                    pages,
                    excerpt,
                    span,
                });
            }
            Destination::Script => {
                let (pages, excerpt, span) = quote();
                found.push(AuditFinding::ScriptLink {
                    pages,
                    excerpt,
                    span,
                });
            }
            Destination::Outside(_) | Destination::Elsewhere => {}
        }
    }
    for page in &survey.homeless {
        for excerpt in quotes.all(page, |look| &look.homeless) {
            let span = excerpt.span();
            found.push(AuditFinding::RelativeOn404 { excerpt, span });
        }
    }
}

/// Where something is written, among the things of its kind that a file has.
fn offset<T: PartialEq>(written: &[(T, usize)], wanted: &T) -> Option<usize> {
    let found = written.iter().find(|(written, _)| written == wanted);
    found.map(|(_, offset)| *offset)
}

/// How many dead links are explained: the files are looked through for each, and whoever has
/// hundreds has one cause.
const EXPLAINED: usize = 100;

fn why_dead(survey: &Survey, path: &str) -> Option<String> {
    match explain(&survey.files, path) {
        Miss::Case(file) => Some(format!(
            "there is {file}, and GitHub Pages tells capital letters from small ones"
        )),
        Miss::NoIndex => Some("the folder is there, and no index.html in it".to_owned()),
        Miss::Slash(file) => Some(format!(
            "there is {file}, which is served without a `/` at the end only"
        )),
        Miss::Nothing => nearest(path, survey.files.keys().map(|file| page_address(file)))
            .map(|near| format!("did you mean /{near}?")),
    }
}

fn dead(
    path: &str,
    purpose: Purpose,
    (pages, excerpt, span): (usize, Excerpt, SourceSpan),
    help: Option<String>,
) -> AuditFinding {
    let address = format!("/{path}");
    match purpose {
        Purpose::Link => AuditFinding::DeadLink {
            address,
            pages,
            excerpt,
            span,
            help,
        },
        Purpose::Asset => AuditFinding::MissingAsset {
            address,
            pages,
            excerpt,
            span,
            help,
        },
    }
}

/// How a file is linked to: `x/index.html` as `x/`.
pub fn page_address(file: &str) -> &str {
    match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => file,
    }
}

fn ids(survey: &Survey, quotes: &Quotes<'_>, found: &mut Vec<AuditFinding>) {
    for (id, sighting) in &survey.duplicate_ids {
        let (pages, excerpt, span) = quotes.first(sighting, |look| offset(&look.duplicate_ids, id));
        found.push(AuditFinding::DuplicateId {
            id: id.to_string(),
            pages,
            excerpt,
            span,
        });
    }
}

fn names(survey: &Survey, found: &mut Vec<AuditFinding>) {
    for path in survey.files.keys() {
        let Some(fault) = fault(path) else {
            continue;
        };
        let path = path.to_string();
        let (message, help) = match fault {
            NameFault::Decomposed => {
                found.push(AuditFinding::Decomposed { path });
                continue;
            }
            NameFault::Reserved => (
                "belongs to a device on Windows".to_owned(),
                "nobody could check the site out there: rename it",
            ),
            NameFault::TrailingDot => (
                "has a part that ends with a dot or a space".to_owned(),
                "Windows takes that away, and links to it find nothing: rename it",
            ),
            NameFault::Character(character) => (
                format!("has a character that file systems refuse: {character:?}"),
                "rename it",
            ),
            NameFault::TooLong(bytes) => (
                format!("has a part of {bytes} bytes, and file systems take 255"),
                "shorten it",
            ),
            NameFault::Hidden => (
                "is hidden".to_owned(),
                "hidden files are mostly left by programs and not meant for readers: delete it; only .nojekyll and .well-known/ are published",
            ),
            NameFault::Repository => (
                "is part of a git repository".to_owned(),
                "it would publish everything that was ever in that repository: delete it",
            ),
        };
        found.push(AuditFinding::Name {
            path,
            message,
            help: help.to_owned(),
        });
    }
    for path in &survey.unreadable_names {
        found.push(AuditFinding::Name {
            path: path.display().to_string(),
            message: "is not UTF-8".to_owned(),
            help: "no link can lead there: rename it".to_owned(),
        });
    }
    for (first, second) in clashes(&survey.files) {
        found.push(AuditFinding::Clash {
            first: first.to_owned(),
            second: second.to_owned(),
        });
    }
    for path in &survey.symbolic_links {
        found.push(AuditFinding::SymbolicLink {
            path: path.display().to_string(),
        });
    }
}

/// How many vanished addresses are named.
const NAMED: usize = 10;

fn vanished(
    survey: &Survey,
    places: &Places,
    before: &BTreeSet<String>,
    found: &mut Vec<AuditFinding>,
) {
    let gone: Vec<String> = before
        .iter()
        .filter(|address| find(&survey.files, address).is_none())
        .map(|address| {
            let within = places.of_file(address);
            format!("/{}", within.map_or(&**address, |(_, within)| within))
        })
        .collect();
    let Some(first) = gone.first() else {
        return;
    };
    let mut named = gone
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if gone.len() > NAMED {
        named = format!("{named} and {} more", gone.len() - NAMED);
    }
    let help = format!(
        "add `aliases = [\"{first}\"]` to the article or term that took its place, or bring it back as `withdrawn`. Gone: {named}"
    );
    found.push(AuditFinding::Vanished {
        count: match gone.len() {
            1 => "one address".to_owned(),
            count => format!("{count} addresses"),
        },
        addresses: gone,
        help,
    });
}

fn jekyll(files: &Files, found: &mut Vec<AuditFinding>) {
    if !files.contains_key(".nojekyll") {
        found.push(AuditFinding::NoJekyll);
    }
}

fn domain(written: Option<&String>, place: &Place, found: &mut Vec<AuditFinding>) {
    let Some(written) = written else {
        return;
    };
    let domain = written.trim();
    let sound = is_domain(domain);
    let fault = if !sound {
        Some((
            format!("CNAME says {domain:?}, which is no domain"),
            "it holds one name such as `archive.example.org`: no https://, no path, no second line",
        ))
    } else if !domain.eq_ignore_ascii_case(&place.host) {
        Some((
            format!(
                "CNAME says {domain}, and the base address says {}",
                place.host
            ),
            "feeds, the sitemap and canonical links would name an address that isn't the site's: make `domain` under `[publish]` and `base_url` agree",
        ))
    } else if place.path != "/" {
        Some((
            format!(
                "a site with a domain of its own stands at its root, and the base address says {}",
                place.path
            ),
            "take the path out of `base_url`",
        ))
    } else {
        None
    };
    if let Some((message, help)) = fault {
        found.push(AuditFinding::Domain {
            message,
            help: help.to_owned(),
        });
    }
}

fn limits(files: &Files, size: &SiteSize, growth: Option<Growth>, found: &mut Vec<AuditFinding>) {
    for (path, &bytes) in files {
        let (path, shown) = (path.to_string(), readable(bytes));
        if bytes > FILE_LIMIT {
            found.push(AuditFinding::FileTooLarge { path, size: shown });
        } else if bytes > FILE_CAUTION {
            found.push(AuditFinding::FileLarge { path, size: shown });
        }
    }
    let help = || format!("what takes the space: {}", what_takes_space(size));
    let shown = readable(size.packed);
    let left = growth.and_then(|growth| years_left(size, growth));
    if size.packed > SITE_LIMIT {
        found.push(AuditFinding::SiteTooLarge {
            size: shown,
            help: help(),
        });
    } else if let Some(years) = left.filter(|years| *years < 1.0) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 12"
        )]
        let left = match (years * 12.0) as u8 {
            0 => "less than a month".to_owned(),
            1 => "one month".to_owned(),
            months => format!("{months} months"),
        };
        found.push(AuditFinding::SiteFilling {
            size: shown,
            left,
            help: help(),
        });
    }
}

/// The kinds of files by how much they take, the largest first.
pub fn what_takes_space(size: &SiteSize) -> String {
    let mut kinds: Vec<_> = size.kinds.iter().collect();
    kinds.sort_by_key(|(_, amount)| std::cmp::Reverse(amount.bytes));
    kinds
        .iter()
        .map(|(kind, amount)| format!("{} {}", kind.name(), readable(amount.bytes)))
        .collect::<Vec<_>>()
        .join(", ")
}
