//! Bytes and values become a name: equal names, equal content.

use std::fmt::{self, Write};
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal, 64 characters.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The first half of a BLAKE3 hash (the BLAKE3 paper, 2020): enough that two inputs never share one
/// by chance, nor by intent.
///
/// Much is fingerprinted and seldom anything comes of it, so this is not SHA-256: not every machine
/// has instructions for that, and without them it was half of a build that changed one page.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Of a value, by its fields in their order.
    pub fn of(value: &impl Serialize) -> Self {
        let bytes = postcard::to_extend(value, Vec::with_capacity(1024))
            .expect("views are plain data: only a map of unknown length can't be written");
        Self::of_bytes(&bytes)
    }

    /// Any number from 0 to 255, equally often.
    pub fn first_byte(self) -> u8 {
        self.0[0]
    }

    pub fn of_bytes(bytes: &[u8]) -> Self {
        let hash = blake3::hash(bytes);
        let mut half = [0; 16];
        half.copy_from_slice(&hash.as_bytes()[..16]);
        Self(half)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        bytes.try_into().map(Self).map_err(D::Error::custom)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Fingerprint {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(|number| Self(number.to_be_bytes()))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_of_nothing_is_the_one_everybody_knows() {
        let empty = super::sha256(b"");
        assert!(empty.starts_with("e3b0c44298fc1c14") && empty.len() == 64);
    }

    #[test]
    fn a_fingerprint_is_read_as_it_is_written() {
        let print = super::Fingerprint::of(&("quad", 3));
        assert_eq!(print.to_string().parse(), Ok(print));
        assert_ne!(print, super::Fingerprint::of(&("quad", 4)));
    }
}
