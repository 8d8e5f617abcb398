//! The index as one value that can be kept: unchanged text costs no second index.

use super::super::address::Address;
use super::super::cards::Cards;
use super::file::Files;
use super::posting::Parts;
use super::record::{Facet, print, records};
use crate::archive::linked::Archive;
use crate::text::hash::Fingerprint;

/// The name it is kept under.
pub const NAME: &str = "search";
/// The name that the parts are kept under which it was made of.
pub const PARTS: &str = "search-parts";
/// A new number for every change of the files' format or of what goes into them.
const VERSION: u32 = 3;

/// Of everything that an index is made from.
pub fn fingerprint(archive: &Archive, cards: &Cards) -> Fingerprint {
    let records = records(archive, cards);
    let records: Vec<_> = records.iter().map(|r| print(archive, r)).collect();
    let facets: Vec<_> = Facet::of(archive)
        .into_iter()
        .map(|facet| facet.name(archive))
        .collect();
    Fingerprint::of(&(VERSION, &archive.config.language, facets, records))
}

/// What parts of any index are good for: this version of the program's reading.
pub fn version() -> Fingerprint {
    Fingerprint::of(&VERSION)
}

/// Parts as bytes.
pub fn parts_to_bytes(parts: &Parts) -> Vec<u8> {
    let parts: Vec<(String, &[u8])> = parts
        .iter()
        .map(|(print, bytes)| (print.to_string(), bytes.as_slice()))
        .collect();
    postcard::to_stdvec(&parts).expect("names and bytes can always be written")
}

/// The parts that [`parts_to_bytes`] wrote; none when the bytes are damaged.
pub fn parts_from_bytes(bytes: &[u8]) -> Parts {
    let parts: Vec<(&str, &[u8])> = postcard::from_bytes(bytes).unwrap_or_default();
    let part = |(print, bytes): (&str, &[u8])| Some((print.parse().ok()?, bytes.to_vec()));
    parts.into_iter().filter_map(part).collect()
}

/// An index as bytes.
pub fn to_bytes(files: &Files) -> Vec<u8> {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(address, bytes)| (address.as_str(), bytes.as_slice()))
        .collect();
    postcard::to_stdvec(&files).expect("names and bytes can always be written")
}

/// The index that [`to_bytes`] wrote; `None` when the bytes are damaged.
pub fn from_bytes(bytes: &[u8]) -> Option<Files> {
    let files: Vec<(&str, &[u8])> = postcard::from_bytes(bytes).ok()?;
    let file = |(path, bytes): (&str, &[u8])| (Address::file(path), bytes.to_vec());
    Some(files.into_iter().map(file).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_read_as_it_was_written() {
        let file = |path, bytes: &[u8]| (Address::file(path), bytes.to_vec());
        let files = Files::from([file("search/index.json", b"{}"), file("search/a.bin", &[0])]);
        let bytes = to_bytes(&files);
        assert_eq!(from_bytes(&bytes), Some(files));
        assert_eq!(from_bytes(&bytes[..5]), None);
    }

    #[test]
    fn parts_are_read_as_they_were_written() {
        let parts = Parts::from([
            (Fingerprint::of(&1), vec![1, 2]),
            (Fingerprint::of(&2), vec![]),
        ]);
        let bytes = parts_to_bytes(&parts);
        assert_eq!(parts_from_bytes(&bytes), parts);
        assert_eq!(parts_from_bytes(&bytes[..5]), Parts::new());
    }
}
