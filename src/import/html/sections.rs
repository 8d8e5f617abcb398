//! A briefing on a page gets its three parts as headings, whichever way the page sets them apart.

use super::landscape::Landscape;
use crate::content::front_matter::Kind;
use crate::import::briefing::{self, SignOff};
use crate::import::draft::Draft;

/// Chooses the headings of a briefing's parts, however short they are, where the text below them
/// is chosen.
pub fn keep_headings(page: &Landscape<'_>, chosen: &mut [bool]) {
    let texts = page.blocks.iter().map(|block| block.text.as_str());
    if !briefing::is_briefing(texts) {
        return;
    }
    for at in 0..chosen.len().saturating_sub(1) {
        if chosen[at + 1] && briefing::opening(&page.blocks[at].text).is_some() {
            chosen[at] = true;
        }
    }
}

/// How many paragraphs from the end a newsletter's sign-off may stand.
const SIGN_OFF: usize = 5;

/// Makes a draft a briefing if its body is one; any other draft stays as it is.
pub fn mark(mut draft: Draft) -> Draft {
    let paragraphs: Vec<&str> = draft.body.trim_end().split("\n\n").collect();
    if !briefing::is_briefing(paragraphs.iter().copied()) {
        return draft;
    }
    let mut signed = SignOff::default();
    let mut body = String::with_capacity(draft.body.len());
    let last = paragraphs.len();
    for (at, paragraph) in paragraphs.into_iter().enumerate() {
        if at + SIGN_OFF >= last
            && let Some(found) = briefing::sign_off(paragraph)
        {
            signed = std::mem::take(&mut signed).or(found);
            continue;
        }
        if !body.is_empty() {
            body.push_str("\n\n");
        }
        match briefing::opening(paragraph) {
            Some(opening) => {
                body.push_str("## ");
                body.push_str(opening.section.heading(opening.korean));
                if !opening.rest.is_empty() {
                    body.push_str("\n\n");
                    body.push_str(opening.rest);
                }
            }
            None => body.push_str(paragraph),
        }
    }
    body.push('\n');
    let SignOff {
        series,
        publisher,
        editors,
        contributors,
        image_credit,
    } = signed;
    draft.body = body;
    let front = &mut draft.front;
    front.kind = Some(Kind::Briefing);
    front.series = front.series.take().or(series);
    front.publisher = front.publisher.take().or(publisher);
    front.editors = editors;
    front.contributors = contributors;
    if let (Some(image), Some(credit)) = (&mut front.image, image_credit) {
        image.credit.get_or_insert(credit);
    }
    draft
}
