//! Every term with the records it stands in, and how much it says about each.

use std::collections::HashMap;

use rayon::prelude::*;

use super::record::{Field, Record, fields};
use crate::archive::linked::Archive;
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

/// Reads all records, in parallel.
pub fn postings(archive: &Archive, records: &[Record<'_>]) -> Postings {
    let parts: Vec<HashMap<Box<str>, Vec<Posting>>> = records
        .par_chunks(TOGETHER)
        .enumerate()
        .map(|(part, records)| {
            let mut found = HashMap::new();
            for (index, record) in records.iter().enumerate() {
                let number = u32::try_from(part * TOGETHER + index)
                    .expect("a site has fewer than 2^32 pages");
                read(archive, record, number, &mut found);
            }
            found
        })
        .collect();
    let mut all: HashMap<Box<str>, Vec<Posting>> = HashMap::new();
    for part in parts {
        if all.is_empty() {
            all = part;
            continue;
        }
        for (term, more) in part {
            all.entry(term).or_default().extend(more);
        }
    }
    let mut postings: Postings = all.into_iter().collect();
    postings.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    postings
}

/// What a term counts for in one record so far.
#[derive(Default)]
struct Count {
    body: u16,
    fields: u16,
}

fn read(
    archive: &Archive,
    record: &Record<'_>,
    number: u32,
    found: &mut HashMap<Box<str>, Vec<Posting>>,
) {
    let mut counts: HashMap<Box<str>, Count> = HashMap::new();
    let mut length = 0u32;
    fields(archive, record.node, |field, text| {
        search_terms(text, |term| {
            let count = match counts.get_mut(term) {
                Some(count) => count,
                None => counts.entry(term.into()).or_default(),
            };
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
    for (term, count) in counts {
        let posting = Posting {
            record: number,
            weight: weight(&count, length),
        };
        found.entry(term).or_default().push(posting);
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
fn weight(count: &Count, length: u32) -> u8 {
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
        assert!(weight(&count(1, TITLE), 400) > weight(&count(50, 0), 400));
        assert!(weight(&count(3, 0), 400) > weight(&count(1, 0), 400));
        assert!(weight(&count(1, 0), 100) > weight(&count(1, 0), 2000));
        assert_eq!(weight(&count(u16::MAX, TITLE | LEAD | ABOUT), 1), 255);
    }
}
