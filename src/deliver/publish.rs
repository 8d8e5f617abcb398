//! A site goes out: every page is audited, and only then anything leaves.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::audit::finding::AuditFinding;
use super::audit::judge::{Rules, judge, page_address};
use super::audit::lookup;
use super::audit::reference::{Place, Places};
use super::audit::seen::Seen;
use super::audit::size::{Growth, SiteSize, measure};
use super::audit::survey::{Survey, Surveyor};
use super::error::DeliverError;
use super::folder::{Delivered, Delivery, OldStyles, Trust, stage};
use super::git::base::{Ask, Overwrite, shards_before};
use super::git::error::GitError;
use super::git::publish::{Changes, Draft, Placed};
use super::ledger;
use super::rendering::{Rendered, RenderedFile, Rendering};
use crate::content::cache::Cache;
use crate::content::publishing::{History, Host, Publishing};
use crate::diagnostic::Findings;
use crate::site::address::Address;
use crate::site::machine;
use crate::site::plan::Site;
use crate::site::shard::Shard;
use crate::text::hash::Fingerprint;

/// What was decided on the command line. What is `None` is as `site.toml` says.
#[derive(Debug, Clone, Copy)]
pub struct Decisions<'a> {
    pub remote: Option<&'a str>,
    pub message: Option<&'a str>,
    pub history: Option<History>,
    pub overwrite: Overwrite,
}

/// Whether addresses may vanish without a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vanished {
    Refuse,
    Allow,
}

/// Whether it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    Real,
    /// Everything but the commit and the push.
    Dry,
}

/// Where a site is published.
#[derive(Debug, Clone, Copy)]
pub enum Destination<'a> {
    Branch(Decisions<'a>),
    Folder(&'a Path),
}

impl Destination<'_> {
    /// The years that have a shard there. What keeps this from being known is told by the
    /// publication itself, which asks again.
    pub fn shards_before(&self, root: &Path, settings: &Publishing) -> BTreeSet<i16> {
        match self {
            Self::Branch(decisions) => {
                let remote = decisions.remote.unwrap_or(&settings.remote);
                shards_before(root, remote, &settings.branch).unwrap_or_default()
            }
            Self::Folder(out) => {
                let entries = fs::read_dir(out).into_iter().flatten().flatten();
                let shards = entries.filter(|entry| entry.path().join(ledger::FILE).is_file());
                shards
                    .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
                    .collect()
            }
        }
    }
}

/// How a publication on a branch ended.
#[derive(Debug)]
pub struct Publication {
    pub remote: String,
    pub branch: String,
    pub changes: Changes,
    pub size: SiteSize,
    /// What the remote has now; `None` when nothing was to be done, or nothing was meant.
    pub commit: Option<String>,
}

/// What a publication has done.
#[derive(Debug)]
pub enum Published {
    /// On a branch, or on one for each shard, in the order they were sent.
    Branches(Vec<Publication>),
    Folder(Delivered, SiteSize),
}

/// A publication about to begin.
pub struct Publisher<'a> {
    pub rendering: &'a Rendering<'a>,
    pub vanished: Vanished,
    pub run: Run,
}

/// A branch for a part of the site.
struct Part {
    shard: Shard,
    /// What the paths of its files begin with in the site as a whole.
    folder: String,
    remote: String,
    draft: Draft,
}

impl Publisher<'_> {
    /// Renders the site, audits it and sends what differs. `None` when something is wrong with
    /// it; `findings` say what, and nothing was sent then.
    pub fn publish(
        &self,
        destination: Destination<'_>,
        findings: &mut Findings,
    ) -> Option<Published> {
        match destination {
            Destination::Branch(decisions) => {
                let published = self.to_branches(decisions, findings);
                Some(Published::Branches(findings.keep(published)??))
            }
            Destination::Folder(out) => {
                let delivered = self.to_folder(out, findings);
                let (delivered, size) = findings.keep(delivered)??;
                Some(Published::Folder(delivered, size))
            }
        }
    }

    fn to_branches(
        &self,
        decisions: Decisions<'_>,
        findings: &mut Findings,
    ) -> Result<Option<Vec<Publication>>, GitError> {
        let rendering = self.rendering;
        let site = rendering.site;
        let parts = self.parts(decisions)?;
        let part = |path: &str| -> Option<(&Draft, usize)> {
            let part = parts.iter().find(|part| path.starts_with(&part.folder))?;
            Some((&part.draft, part.folder.len()))
        };
        let add = |path: &str, bytes: &[u8]| match part(path) {
            Some((draft, folder)) => draft.add(&path[folder..], bytes),
            // Every file of a site is in one of its parts.
            None => Ok((String::new(), true)),
        };
        let places = Places::of(&site.shards);
        let surveyor = self.surveyor(&places);
        let known = |path: &str| {
            let made = surveyor.made(path)?;
            let (draft, folder) = part(path)?;
            let same = draft.has(&path[folder..], made);
            same.then_some((made.fingerprint, ()))
        };
        let files = rendering.each_changed_file(findings, known, |rendered| {
            let file = match rendered {
                Rendered::Same(path, ()) => {
                    surveyor.see_again(&path);
                    return Ok((path, true));
                }
                Rendered::File(file) => file,
                Rendered::Records(path, records) => rendering.whole(path, &records),
            };
            let (name, same) = add(&file.path, &file.bytes)?;
            surveyor.see_rendered(&file, Some(&name));
            Ok((file.path, same))
        })?;
        let Some(mut files) = files else {
            return Ok(None);
        };
        let front = site.shards.folder(Shard::Front);
        if let Some((draft, _)) = part(&front) {
            for file in moved(site, draft.files_before().map(String::as_str)) {
                let (_, same) = add(&file.path, &file.bytes)?;
                surveyor.see(&file.path, &file.bytes);
                files.push((file.path, same));
            }
        }
        let survey = self.survey(surveyor, findings);
        let mut before = BTreeSet::new();
        for Part { folder, draft, .. } in &parts {
            let addresses = draft.addresses_before()?.into_iter();
            before.extend(addresses.map(|address| format!("{folder}{address}")));
        }
        let host = site.archive.config.publish.host;
        self.judge(&survey, &places, host, &before, findings);
        let mut files_of: Vec<Vec<Placed>> = parts.iter().map(|_| Vec::new()).collect();
        for (path, same) in files {
            let of = parts.iter().zip(&mut files_of);
            for (Part { folder, .. }, files) in of {
                if let Some(path) = path.strip_prefix(&**folder) {
                    files.push((path.to_owned(), same));
                    break;
                }
            }
        }
        for (Part { draft, .. }, files) in parts.iter().zip(&files_of) {
            if let Some(finding) = draft.lost_domain(files)? {
                findings.push(finding);
            }
        }
        if findings.errors() > 0 {
            return Ok(None);
        }
        let mut publications = Vec::new();
        // The front comes last: it leads to what must be there by then.
        for (part, files) in parts.into_iter().zip(files_of).rev() {
            let size = measure(&lookup::part(&survey.files, &part.folder));
            match self.send(part, files, size, decisions) {
                Ok(publication) => publications.push(publication),
                Err(error) if publications.is_empty() => return Err(error),
                Err(error) => {
                    // What was sent before is told as well.
                    findings.push(error);
                    break;
                }
            }
        }
        Ok(Some(publications))
    }

    /// The branch that a site is published to, or one for each of its shards: the front's first.
    fn parts(&self, decisions: Decisions<'_>) -> Result<Vec<Part>, GitError> {
        let Decisions {
            remote, overwrite, ..
        } = decisions;
        let Rendering { site, root, .. } = *self.rendering;
        let settings = &site.archive.config.publish;
        let branch = &settings.branch;
        let part = |shard: Shard| {
            let (remote, ask) = match shard {
                Shard::Front => (remote.unwrap_or(&settings.remote).to_owned(), Ask::Always),
                Shard::Year(year) => {
                    let pattern = settings.shards.as_ref().and_then(|s| s.remote.as_ref());
                    let pattern = pattern.ok_or(GitError::NoShardRemote)?;
                    let year = format!("{year:04}");
                    (pattern.replace("{year}", &year), Ask::WhenUnknown)
                }
            };
            let draft = match Draft::begin(root, &remote, branch, overwrite, ask) {
                Err(GitError::Failed { command, said })
                    if command == "ls-remote" && shard != Shard::Front =>
                {
                    let branch = branch.clone();
                    return Err(GitError::NoShard {
                        remote,
                        branch,
                        said,
                    });
                }
                draft => draft?,
            };
            let folder = site.shards.folder(shard);
            Ok(Part {
                shard,
                folder,
                remote,
                draft,
            })
        };
        site.shards.all().map(part).collect()
    }

    fn send(
        &self,
        part: Part,
        files: Vec<Placed>,
        size: SiteSize,
        decisions: Decisions<'_>,
    ) -> Result<Publication, GitError> {
        let Part {
            shard,
            remote,
            draft,
            ..
        } = part;
        let settings = &self.rendering.site.archive.config.publish;
        let changes = draft.changes(files);
        let commit = if changes.is_empty() || self.run == Run::Dry {
            None
        } else {
            let history = decisions.history.unwrap_or(settings.history);
            let message = decisions.message.unwrap_or(&settings.message);
            let shards = match shard {
                Shard::Front => self.rendering.site.shards.years().collect(),
                Shard::Year(_) => BTreeSet::new(),
            };
            Some(draft.push(&changes, history, message, shards)?)
        };
        Ok(Publication {
            remote,
            branch: settings.branch.clone(),
            changes,
            size,
            commit,
        })
    }

    fn to_folder(
        &self,
        out: &Path,
        findings: &mut Findings,
    ) -> Result<Option<(Delivered, SiteSize)>, DeliverError> {
        let site = self.rendering.site;
        let places = Places::of(&site.shards);
        let surveyor = self.surveyor(&places);
        let delivery = Delivery {
            out,
            trust: Trust::SizeAndTime,
        };
        let staged = stage(self.rendering, delivery, Some(&surveyor), findings)?;
        let Some(mut staged) = staged else {
            return Ok(None);
        };
        let front = site.shards.folder(Shard::Front);
        let was_cut = staged.files_before(&front).next().is_some();
        // The front takes the place of a site that wasn't cut yet.
        let front_before = if was_cut { front.as_str() } else { "" };
        let files: Vec<_> = moved(site, staged.files_before(front_before)).collect();
        for file in files {
            surveyor.see(&file.path, &file.bytes);
            staged.add(file)?;
        }
        let survey = self.survey(surveyor, findings);
        let mut before = BTreeSet::new();
        for shard in site.shards.all() {
            let folder = site.shards.folder(shard);
            let folder_before = match shard {
                Shard::Front => front_before,
                Shard::Year(_) if was_cut => &folder,
                Shard::Year(_) => continue,
            };
            let addresses = staged.addresses_before(folder_before).into_iter();
            before.extend(addresses.map(|address| format!("{folder}{address}")));
        }
        let size = self.judge(&survey, &places, Host::Other, &before, findings);
        if findings.errors() > 0 {
            return Ok(None);
        }
        let delivered = match self.run {
            Run::Dry => staged.preview(),
            Run::Real => staged.install(OldStyles::Keep, findings)?,
        };
        Ok(Some((delivered, size)))
    }

    fn surveyor<'p>(&self, places: &'p Places) -> Surveyor<'p> {
        let Rendering { root, program, .. } = *self.rendering;
        Surveyor::new(places, Seen::read(&Cache::of(root), program, places))
    }

    fn survey(&self, surveyor: Surveyor<'_>, findings: &mut Findings) -> Survey {
        let Rendering { root, program, .. } = *self.rendering;
        surveyor.finish(&Cache::of(root), program, findings)
    }

    fn judge(
        &self,
        survey: &Survey,
        places: &Places,
        host: Host,
        before: &BTreeSet<String>,
        findings: &mut Findings,
    ) -> SiteSize {
        let rules = Rules {
            places,
            host,
            published_before: (self.vanished == Vanished::Refuse).then_some(before),
            growth: Growth::of(self.rendering.site.archive),
        };
        let read = |path: &str| self.rendering.again(path);
        let size = judge(survey, &rules, &read, findings);
        for (_, place) in places.iter() {
            if let Some(finding) = example_address(place) {
                findings.push(finding);
            }
        }
        size
    }
}

/// What the front had before it was cut, and has its place in another shard now: a page stays that
/// leads there. `files` are those that the front has.
fn moved<'f>(
    site: &Site<'_>,
    files: impl Iterator<Item = &'f str>,
) -> impl Iterator<Item = RenderedFile> {
    let folder = site.shards.folder(Shard::Front);
    files.filter_map(move |file| {
        let address = Address::file(page_address(file));
        let elsewhere = site.shards.of(&address) != Shard::Front;
        let stays = elsewhere && address.is_page() && site.contents.contains_key(&address);
        stays.then(|| {
            let bytes = machine::moved(site, &address).into_bytes();
            RenderedFile {
                path: format!("{folder}{file}"),
                fingerprint: Fingerprint::of_bytes(&bytes),
                bytes,
            }
        })
    })
}

/// The address that a new archive's settings begin with (RFC 2606 keeps it for examples).
fn example_address(place: &Place) -> Option<AuditFinding> {
    let host = place.host.as_str();
    matches!(host, "example.org" | "example.com" | "example.net").then(|| {
        AuditFinding::ExampleAddress {
            host: host.to_owned(),
        }
    })
}
