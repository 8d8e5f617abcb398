//! The index as one value that can be kept: unchanged text costs no second index.

use super::super::address::Address;
use super::super::view::card::Card;
use super::file::Files;
use super::record::{Facet, head_fields, records};
use crate::archive::linked::Archive;
use crate::text::hash::Fingerprint;

/// The name it is kept under.
pub const NAME: &str = "search";
/// A new number for every change of the files' format or of what goes into them.
const VERSION: u32 = 1;

/// Of everything that an index is made from; `cards` are those of the archive's articles.
pub fn fingerprint(archive: &Archive, cards: &[Card]) -> Fingerprint {
    let records = records(archive, cards);
    let records: Vec<_> = records
        .iter()
        .map(|record| {
            let mut head = Vec::new();
            head_fields(archive, record.node, |_, text| head.push(text));
            let facets: Vec<_> = Facet::of(archive)
                .into_iter()
                .map(|facet| facet.values(archive, record))
                .collect();
            let text = archive.body(record.node).map(|body| body.hash);
            Fingerprint::of(&(&record.shown, head, facets, text))
        })
        .collect();
    let facets: Vec<_> = Facet::of(archive)
        .into_iter()
        .map(|facet| facet.name(archive))
        .collect();
    Fingerprint::of(&(VERSION, &archive.config.language, facets, records))
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
}
