//! A site that is rendered to be looked at, page by page.

use super::super::rendering::{Rendered, Rendering};
use super::reference::Places;
use super::seen::Seen;
use super::survey::{Survey, Surveyor};
use crate::content::cache::Cache;
use crate::diagnostic::Findings;

/// Surveys every file of a site; pages that are as they were seen before aren't rendered.
/// `None` when a page could not be rendered; `findings` say why.
pub fn survey_site(
    rendering: &Rendering<'_>,
    places: &Places,
    findings: &mut Findings,
) -> Option<Survey> {
    let (cache, program) = (Cache::of(rendering.root), rendering.program);
    let surveyor = Surveyor::new(places, Seen::read(&cache, program, places));
    let known = |path: &str| Some((surveyor.made(path)?.fingerprint, ()));
    let files = rendering.each_changed_file(findings, known, |rendered| {
        match rendered {
            Rendered::Same(path, ()) => surveyor.see_again(&path),
            Rendered::File(file) => surveyor.see_rendered(&file, None),
            Rendered::Records(path, records) => {
                surveyor.see_rendered(&rendering.whole(path, &records), None);
            }
        }
        Ok(())
    });
    let all = findings.keep(files)?;
    let survey = surveyor.finish(&cache, program, findings);
    all.map(|_| survey)
}
