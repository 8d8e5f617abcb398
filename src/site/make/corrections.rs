//! The view of the page that tells what was wrong.

use super::super::plan::Site;
use super::super::view::corrections::{Correction, CorrectionsView};
use super::article::notice;

pub fn corrections<'s>(site: &'s Site<'_>) -> CorrectionsView<'s> {
    let archive = site.archive;
    let zone = &archive.config.time_zone;
    let mut dated = Vec::new();
    for id in archive.ids() {
        if !archive.entry(id).is_corrected() {
            continue;
        }
        let front = &archive.article(id).front;
        let corrections = front.corrections.iter().map(|notice| (notice, false));
        let withdrawn = front.withdrawn.iter().map(|notice| (notice, true));
        for (told, withdrawal) in corrections.chain(withdrawn) {
            let correction = Correction {
                card: site.card(id),
                notice: notice(told),
                withdrawal,
            };
            dated.push((told.date.instant(zone), correction));
        }
    }
    dated.sort_by(|(a, _), (b, _)| b.cmp(a));
    CorrectionsView {
        notices: dated
            .into_iter()
            .map(|(_, correction)| correction)
            .collect(),
    }
}
