//! Every term with the records it stands in, and how much it says about each.
//!
//! Reading the texts is nearly all of an index's work, so it is done in parts that can be kept: a
//! changed article costs its part, not all.

use std::collections::BTreeMap;

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

/// Postings of every term, the terms in the order of their bytes, the records in theirs.
pub type Postings = Vec<(Box<str>, Vec<Posting>)>;

/// Records that are read together: enough to share a table, few enough for every core.
const TOGETHER: usize = 512;

/// What was read of records that stand together, by the fingerprint of all of them.
pub type Parts = BTreeMap<Fingerprint, Vec<u8>>;

/// Terms of one part; a record is known by its place in it.
type Read<'a> = Vec<(&'a str, Vec<(u16, u8)>)>;

/// Reads all records, in parallel, but those whose part is known from `before`. All parts are
/// handed back, to be known the next time.
pub fn postings(archive: &Archive, records: &[Record<'_>], before: &Parts) -> (Postings, Parts) {
    let parts: Vec<(Fingerprint, Vec<u8>)> = records
        .par_chunks(TOGETHER)
        .map(|records| {
            let prints: Vec<_> = records.iter().map(|r| print(archive, r)).collect();
            let made_from = Fingerprint::of(&prints);
            let known = before
                .get(&made_from)
                .filter(|bytes| decode(bytes).is_some());
            let bytes = known.cloned().unwrap_or_else(|| read(archive, records));
            (made_from, bytes)
        })
        .collect();
    let mut all: HashMap<Box<str>, Vec<Posting>> = HashMap::default();
    for (part, (_, bytes)) in parts.iter().enumerate() {
        let first = u32::try_from(part * TOGETHER).expect("a site has fewer than 2^32 pages");
        for (term, found) in decode(bytes).unwrap_or_default() {
            let postings = found.into_iter().map(|(place, weight)| Posting {
                record: first + u32::from(place),
                weight,
            });
            if let Some(known) = all.get_mut(term) {
                known.extend(postings);
            } else {
                all.insert(term.into(), postings.collect());
            }
        }
    }
    let mut postings: Postings = all.into_iter().collect();
    postings.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    (postings, parts.into_iter().collect())
}

fn read(archive: &Archive, records: &[Record<'_>]) -> Vec<u8> {
    let mut part = Part::default();
    for (record, place) in records.iter().zip(0..) {
        part.read(archive, record, place);
    }
    let Part { ids, postings, .. } = part;
    let terms: Vec<(&str, &Vec<(u16, u8)>)> = ids
        .iter()
        .map(|(term, id)| (&**term, &postings[*id as usize]))
        .collect();
    postcard::to_stdvec(&terms).expect("strings and numbers can always be written")
}

/// `None` when the bytes are damaged.
fn decode(bytes: &[u8]) -> Option<Read<'_>> {
    postcard::from_bytes(bytes).ok()
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
