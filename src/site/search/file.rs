//! The index as files.
//!
//! - `search/index.json`: how many records, where each chunk of terms begins, where each year
//!   begins, the names of the other files, and the words too common to look for
//! - `search/terms-….bin`: terms in the order of their bytes, each with its postings: one byte
//!   shared with the term before, one byte length of the rest, the rest; then as LEB128 numbers
//!   the count of postings and their size in bytes; then every posting, as the distance from the
//!   record before (LEB128) and the weight (a byte)
//! - `search/records-….json`: what the results page shows of [`RECORDS`] records at the most
//! - `search/facet-….json`: value to records, each as the distance from the one before
//!
//! All but `index.json` carry a hash of their content in the name: a browser may keep them. Where
//! a file of records ends is up to the record itself, so that a back-dated article changes the file
//! that it stands in and not all that follow.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::address::Address;
use super::super::cards::Cards;
use super::posting::{Parts, Posting, each_term, parts};
use super::record::{Facet, Record, Shown, records};
use crate::archive::linked::Archive;
use crate::text::hash::{Fingerprint, sha256};
use crate::text::stems::hash;

/// A chunk of terms is closed when it has reached this many bytes.
const CHUNK: usize = 24 * 1024;
/// Records in one file, at the most.
const RECORDS: usize = 64;
/// One record in so many closes its file.
const CLOSING: u64 = 48;
/// In an archive of at least this many records, a word that is in more than half of them says
/// nothing, and isn't kept.
const MANY: usize = 400;

/// Everything the search page reads, by address.
pub type Files = BTreeMap<Address, Vec<u8>>;

/// `search/index.json`.
#[derive(Serialize)]
struct Index<'a> {
    /// Of this format.
    version: u32,
    records: usize,
    /// First record and name of each file.
    record_files: Vec<(usize, String)>,
    /// First term and file of each chunk.
    terms: Vec<(&'a str, String)>,
    /// Year, and the first record of it.
    years: Vec<(i16, usize)>,
    facets: BTreeMap<&'a str, String>,
    common: Vec<&'a str>,
}

/// Makes the index of an archive. Parts that are known from `before` are not read again; all parts
/// are handed back with the files.
pub fn index(archive: &Archive, cards: &Cards, before: &Parts) -> (Files, Parts) {
    let records = records(archive, cards);
    let parts = parts(archive, &records, before);
    let mut files = Files::new();
    let (common, terms) = terms(&parts, records.len(), &mut files);
    let record_files = record_files(&records, &mut files);
    let facets = Facet::of(archive)
        .into_iter()
        .map(|facet| {
            let file = facet_file(archive, &records, facet, &mut files);
            (facet.name(archive), file)
        })
        .collect();
    let index = Index {
        version: 2,
        records: records.len(),
        record_files,
        terms,
        years: years(archive, &records),
        facets,
        common,
    };
    files.insert(Address::file("search/index.json"), json(&index));
    (files, parts.into_iter().collect())
}

/// Writes all files of records; returns each one's first record and its name.
fn record_files(records: &[Record<'_>], files: &mut Files) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    let mut first = 0;
    for (number, record) in records.iter().enumerate() {
        let next = number + 1;
        let is_full = next - first == RECORDS || next == records.len();
        if is_full || closes_a_file(&record.shown) {
            let shown: Vec<_> = records[first..next].iter().map(|r| &r.shown).collect();
            named.push((first, put(files, "records", "json", json(&shown))));
            first = next;
        }
    }
    named
}

/// By its address: a property of the record, wherever it stands.
fn closes_a_file(shown: &Shown<'_>) -> bool {
    (hash(shown.address.as_str().as_bytes()) >> 32).is_multiple_of(CLOSING)
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("strings and numbers: JSON can hold them")
}

/// Adds a file, its content's hash in its name; returns the name.
fn put(files: &mut Files, stem: &str, ending: &str, bytes: Vec<u8>) -> String {
    let name = format!("{stem}-{}.{ending}", &sha256(&bytes)[..8]);
    files.insert(Address::file(&format!("search/{name}")), bytes);
    name
}

/// Writes all chunks of terms; returns the words left out and each chunk's first term and file.
fn terms<'a>(
    parts: &'a [(Fingerprint, Vec<u8>)],
    records: usize,
    files: &mut Files,
) -> (Vec<&'a str>, Vec<(&'a str, String)>) {
    let mut common = Vec::new();
    let mut chunks = Vec::new();
    let mut bytes = Vec::new();
    let (mut first, mut before) = ("", "");
    each_term(parts, |term, found| {
        if records >= MANY && found.len() > records / 2 {
            common.push(term);
            return;
        }
        if bytes.len() >= CHUNK {
            let file = put(files, "terms", "bin", std::mem::take(&mut bytes));
            chunks.push((first, file));
        }
        if bytes.is_empty() {
            (first, before) = (term, "");
        }
        write_term(before, term, found, &mut bytes);
        before = term;
    });
    if !bytes.is_empty() {
        let file = put(files, "terms", "bin", bytes);
        chunks.push((first, file));
    }
    (common, chunks)
}

fn write_term(before: &str, term: &str, postings: &[Posting], into: &mut Vec<u8>) {
    let shared = before
        .bytes()
        .zip(term.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    // A term has at most 40 characters, so 160 bytes.
    let byte = |length: usize| u8::try_from(length).unwrap_or(u8::MAX);
    into.push(byte(shared));
    into.push(byte(term.len() - shared));
    into.extend_from_slice(&term.as_bytes()[shared..]);
    let mut body = Vec::with_capacity(postings.len() * 3);
    let mut last = 0;
    for posting in postings {
        write_number(posting.record - last, &mut body);
        body.push(posting.weight);
        last = posting.record;
    }
    write_number(u32::try_from(postings.len()).unwrap_or(u32::MAX), into);
    write_number(u32::try_from(body.len()).unwrap_or(u32::MAX), into);
    into.extend_from_slice(&body);
}

/// LEB128: seven bits a byte, the lowest first, the high bit set on all but the last.
fn write_number(mut number: u32, into: &mut Vec<u8>) {
    while number >= 0x80 {
        into.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    into.push(number.to_le_bytes()[0]);
}

fn facet_file(
    archive: &Archive,
    records: &[Record<'_>],
    facet: Facet,
    files: &mut Files,
) -> String {
    let mut lists: BTreeMap<&str, (usize, Vec<usize>)> = BTreeMap::new();
    for (number, record) in records.iter().enumerate() {
        for value in facet.values(archive, record) {
            let (last, list) = lists.entry(value).or_default();
            list.push(number - *last);
            *last = number;
        }
    }
    let lists: BTreeMap<_, _> = lists
        .into_iter()
        .map(|(value, (_, list))| (value, list))
        .collect();
    put(files, "facet", "json", json(&lists))
}

fn years(archive: &Archive, records: &[Record<'_>]) -> Vec<(i16, usize)> {
    let mut first = records.len();
    let mut years: Vec<_> = archive
        .calendar
        .years
        .iter()
        .rev()
        .map(|(year, range)| {
            first -= range.len();
            (*year, first)
        })
        .collect();
    years.reverse();
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_leb128() {
        let written = |number| {
            let mut bytes = Vec::new();
            write_number(number, &mut bytes);
            bytes
        };
        assert_eq!(written(0), [0]);
        assert_eq!(written(127), [127]);
        assert_eq!(written(300), [0xac, 0x02]);
    }

    #[test]
    fn a_term_is_written_behind_the_one_before() {
        let mut bytes = Vec::new();
        let postings = [
            Posting {
                record: 3,
                weight: 9,
            },
            Posting {
                record: 5,
                weight: 1,
            },
        ];
        write_term("quad", "quads", &postings, &mut bytes);
        assert_eq!(bytes, [4, 1, b's', 2, 4, 3, 9, 2, 1]);
    }
}
