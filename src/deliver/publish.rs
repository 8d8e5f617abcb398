//! A site goes out: every page is audited, and only then anything leaves.

use std::path::Path;

use super::audit::finding::AuditFinding;
use super::audit::judge::{Rules, judge};
use super::audit::reference::Place;
use super::audit::seen::Seen;
use super::audit::size::{Growth, SiteSize};
use super::audit::survey::Surveyor;
use super::error::DeliverError;
use super::folder::{Delivered, Delivery, OldStyles, Trust, stage};
use super::git::base::Overwrite;
use super::git::error::GitError;
use super::git::publish::{Changes, Draft};
use super::rendering::{Rendered, Rendering};
use crate::content::cache::Cache;
use crate::content::publishing::{History, Host};
use crate::diagnostic::Findings;

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
    Branch(Box<Publication>),
    Folder(Delivered, SiteSize),
}

/// A publication about to begin.
pub struct Publisher<'a> {
    pub rendering: &'a Rendering<'a>,
    pub vanished: Vanished,
    pub run: Run,
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
                let published = self.to_branch(decisions, findings);
                let publication = findings.keep(published)??;
                Some(Published::Branch(Box::new(publication)))
            }
            Destination::Folder(out) => {
                let delivered = self.to_folder(out, findings);
                let (delivered, size) = findings.keep(delivered)??;
                Some(Published::Folder(delivered, size))
            }
        }
    }

    fn to_branch(
        &self,
        decisions: Decisions<'_>,
        findings: &mut Findings,
    ) -> Result<Option<Publication>, GitError> {
        let Decisions {
            remote,
            message,
            history,
            overwrite,
        } = decisions;
        let rendering = self.rendering;
        let settings = &rendering.site.archive.config.publish;
        let remote = remote.unwrap_or(&settings.remote);
        let draft = Draft::begin(rendering.root, remote, &settings.branch, overwrite)?;
        let place = self.place();
        let surveyor = self.surveyor(&place);
        let known = |path: &str| {
            let made = surveyor.made(path)?;
            draft.has(path, made).then_some((made.fingerprint, ()))
        };
        let files = rendering.each_changed_file(findings, known, |rendered| match rendered {
            Rendered::Same(path, ()) => {
                surveyor.see_again(&path);
                Ok((path, true))
            }
            Rendered::File(file) => {
                let (name, same) = draft.add(&file)?;
                surveyor.see_rendered(&file, Some(&name));
                Ok((file.path, same))
            }
        })?;
        let Some(files) = files else {
            return Ok(None);
        };
        let cache = Cache::of(rendering.root);
        let survey = surveyor.finish(&cache, rendering.program, findings);
        let before = draft.addresses_before()?;
        let rules = Rules {
            place: &place,
            host: settings.host,
            published_before: (self.vanished == Vanished::Refuse).then_some(&before),
            growth: Growth::of(rendering.site.archive),
        };
        let size = judge(&survey, &rules, &|path| rendering.again(path), findings);
        let more = [example_address(&place), draft.lost_domain(&files)?];
        for finding in more.into_iter().flatten() {
            findings.push(finding);
        }
        if findings.errors() > 0 {
            return Ok(None);
        }
        let changes = draft.changes(files);
        let commit = if changes.is_empty() || self.run == Run::Dry {
            None
        } else {
            let history = history.unwrap_or(settings.history);
            let message = message.unwrap_or(&settings.message);
            Some(draft.push(&changes, history, message)?)
        };
        Ok(Some(Publication {
            remote: remote.to_owned(),
            branch: settings.branch.clone(),
            changes,
            size,
            commit,
        }))
    }

    fn to_folder(
        &self,
        out: &Path,
        findings: &mut Findings,
    ) -> Result<Option<(Delivered, SiteSize)>, DeliverError> {
        let rendering = self.rendering;
        let place = self.place();
        let surveyor = self.surveyor(&place);
        let delivery = Delivery {
            out,
            trust: Trust::SizeAndTime,
        };
        let Some(staged) = stage(rendering, delivery, Some(&surveyor), findings)? else {
            return Ok(None);
        };
        let cache = Cache::of(rendering.root);
        let survey = surveyor.finish(&cache, rendering.program, findings);
        let before = staged.addresses_before();
        let rules = Rules {
            place: &place,
            host: Host::Other,
            published_before: (self.vanished == Vanished::Refuse).then_some(&before),
            growth: Growth::of(rendering.site.archive),
        };
        let size = judge(&survey, &rules, &|path| rendering.again(path), findings);
        if findings.errors() > 0 {
            return Ok(None);
        }
        let delivered = match self.run {
            Run::Dry => staged.preview(),
            Run::Real => staged.install(OldStyles::Keep, findings)?,
        };
        Ok(Some((delivered, size)))
    }

    fn place(&self) -> Place {
        Place::of(&self.rendering.site.base_url)
    }

    fn surveyor<'p>(&self, place: &'p Place) -> Surveyor<'p> {
        let Rendering { root, program, .. } = self.rendering;
        Surveyor::new(place, Seen::read(&Cache::of(root), program, place))
    }
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
