//! Every term with the records it stands in, and how much it says about each.
//!
//! Reading the texts is nearly all of an index's work, so it is done in parts that can be kept: a
//! changed article costs its part, not all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use foldhash::HashMap;
use rayon::prelude::*;

use super::record::{Field, Record, fields, print};
use crate::archive::linked::Archive;
use crate::text::hash::Fingerprint;
use crate::text::search_terms::search_terms;

/// A term stands in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Number of the record.
    pub record: u32,
    /// How much the record is about the term, from 1 to 255, whatever other records say.
    pub weight: u8,
}

/// Records that are read together: enough to share a table, few enough for every core.
const TOGETHER: usize = 512;

/// What was read of records that stand together, by the fingerprint of all of them.
pub type Parts = BTreeMap<Fingerprint, Vec<u8>>;

/// A term of one part with its postings there; a record is known by its place in the part.
type Read<'a> = (&'a str, Vec<(u16, u8)>);

/// Reads all records, in parallel, but those whose part is known from `before`; the parts are in
/// the order of their records.
pub fn parts(
    archive: &Archive,
    records: &[Record<'_>],
    before: &Parts,
) -> Vec<(Fingerprint, Vec<u8>)> {
    records
        .par_chunks(TOGETHER)
        .map(|records| {
            let prints: Vec<_> = records.iter().map(|r| print(archive, r)).collect();
            let made_from = Fingerprint::of(&prints);
            let known = before.get(&made_from).filter(|bytes| is_whole(bytes));
            let bytes = known.cloned().unwrap_or_else(|| read(archive, records));
            (made_from, bytes)
        })
        .collect()
}

/// Hands over every term with its postings, the terms in the order of their bytes, the records in
/// theirs. Every part is in that order already, so no more than one term is held at a time.
pub fn each_term<'p>(
    parts: &'p [(Fingerprint, Vec<u8>)],
    mut each: impl FnMut(&'p str, &[Posting]),
) {
    let mut rest: Vec<&'p [u8]> = parts.iter().map(|(_, bytes)| &**bytes).collect();
    let mut found = Vec::new();
    let mut next = BinaryHeap::new();
    for (part, rest) in rest.iter_mut().enumerate() {
        let (term, postings) = take(rest).unwrap_or_default();
        found.push(postings);
        next.push(Reverse((term, part)));
    }
    let mut at_hand: (&str, Vec<Posting>) = ("", Vec::new());
    while let Some(Reverse((term, part))) = next.pop() {
        if term != at_hand.0 {
            if !at_hand.1.is_empty() {
                each(at_hand.0, &at_hand.1);
            }
            at_hand.0 = term;
            at_hand.1.clear();
        }
        let first = u32::try_from(part * TOGETHER).expect("a site has fewer than 2^32 pages");
        let postings = found[part].drain(..).map(|(place, weight)| Posting {
            record: first + u32::from(place),
            weight,
        });
        at_hand.1.extend(postings);
        if let Some((term, postings)) = take(&mut rest[part]) {
            found[part] = postings;
            next.push(Reverse((term, part)));
        }
    }
    if !at_hand.1.is_empty() {
        each(at_hand.0, &at_hand.1);
    }
}

fn read(archive: &Archive, records: &[Record<'_>]) -> Vec<u8> {
    let mut part = Part::default();
    for (record, place) in records.iter().zip(0..) {
        part.read(archive, record, place);
    }
    let Part { ids, postings, .. } = part;
    let mut ids: Vec<(Box<str>, u32)> = ids.into_iter().collect();
    ids.sort_unstable();
    let mut bytes = Vec::new();
    for (term, id) in ids {
        let read: (&str, &[(u16, u8)]) = (&term, &postings[id as usize]);
        bytes = postcard::to_extend(&read, bytes).expect("texts and numbers can be written");
    }
    bytes
}

/// Takes the next term off what was read; `None` at the end, and where the bytes are damaged.
fn take<'p>(rest: &mut &'p [u8]) -> Option<Read<'p>> {
    let (read, after) = postcard::take_from_bytes(rest).ok()?;
    *rest = after;
    Some(read)
}

fn is_whole(mut bytes: &[u8]) -> bool {
    while take(&mut bytes).is_some() {}
    bytes.is_empty()
}

/// Terms and postings of records that were read together. A term is looked up once for each time
/// it is met, and nothing is allocated for one that is known.
#[derive(Default)]
struct Part {
    ids: HashMap<Box<str>, u32>,
    /// By id.
    postings: Vec<Vec<(u16, u8)>>,
    counts: Vec<Count>,
    /// Ids met in the record at hand.
    met: Vec<u32>,
}

/// What a term counts for in the record at hand.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    body: u16,
    fields: u16,
}

impl Part {
    fn read(&mut self, archive: &Archive, record: &Record<'_>, place: u16) {
        let mut length = 0u32;
        fields(archive, record.node, |field, text| {
            search_terms(text, |term| {
                let count = self.count(term);
                match field {
                    Field::Body => {
                        length += 1;
                        count.body = count.body.saturating_add(1);
                    }
                    Field::Title => count.fields |= TITLE,
                    Field::Lead => count.fields |= LEAD,
                    Field::About => count.fields |= ABOUT,
                }
            });
        });
        for id in self.met.drain(..) {
            let count = std::mem::take(&mut self.counts[id as usize]);
            self.postings[id as usize].push((place, weight(count, length)));
        }
    }

    fn count(&mut self, term: &str) -> &mut Count {
        let id = if let Some(id) = self.ids.get(term) {
            *id
        } else {
            let id = u32::try_from(self.counts.len()).expect("fewer than 2^32 terms");
            self.ids.insert(term.into(), id);
            self.counts.push(Count::default());
            self.postings.push(Vec::new());
            id
        };
        let count = &mut self.counts[id as usize];
        if count.body == 0 && count.fields == 0 {
            self.met.push(id);
        }
        count
    }
}

const TITLE: u16 = 1;
const LEAD: u16 = 2;
const ABOUT: u16 = 4;

/// A usual article's length in terms. A constant, not the mean of the archive: the weight of a
/// term in one article must not change with every other article.
const USUAL_LENGTH: f32 = 400.0;

/// BM25's saturation of repeats by length (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75),
/// brought to 0..100, and what the other fields add. How rare the term is comes in when a query
/// is answered.
fn weight(count: Count, length: u32) -> u8 {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^24")]
    let relative = length as f32 / USUAL_LENGTH;
    let times = f32::from(count.body);
    let body = 100.0 * times / (times + 1.2 * (0.25 + 0.75 * relative));
    let has = |field: u16| f32::from(u8::from(count.fields & field != 0));
    let total = body + 90.0 * has(TITLE) + 35.0 * has(LEAD) + 30.0 * has(ABOUT);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped"
    )]
    let weight = total.round().clamp(1.0, 255.0) as u8;
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_title_counts_more_than_many_in_the_body() {
        let count = |body, fields| Count { body, fields };
        assert!(weight(count(1, TITLE), 400) > weight(count(50, 0), 400));
        assert!(weight(count(3, 0), 400) > weight(count(1, 0), 400));
        assert!(weight(count(1, 0), 100) > weight(count(1, 0), 2000));
        assert_eq!(weight(count(u16::MAX, TITLE | LEAD | ABOUT), 1), 255);
    }
}
