//! Bytes and values become a name: equal names, equal content.

use std::cell::Cell;
use std::fmt::{self, Write};
use std::hash::{BuildHasher, RandomState};
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};
use siphasher::sip128::SipHasher13;

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

/// 128 bits that stand for an input: enough that two never share them by chance, nor by intent.
///
/// What everybody is to name alike has the first half of its BLAKE3 hash (the BLAKE3 paper, 2020); what
/// is fingerprinted by the ten thousand is told by a [`FingerprintKey`].
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Of a value, by its fields in their order.
    pub fn of(value: &impl Serialize) -> Self {
        // The view of a page takes some thousand bytes.
        Self::of_bytes(&to_bytes(value, Vec::with_capacity(4096)))
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

/// Makes fingerprints that nobody else can make: SipHash-1-3 with a key of its own (Aumasson and
/// Bernstein, "`SipHash`", 2012).
///
/// Texts and pages are fingerprinted by the ten thousand, and seldom anything comes of it. This takes a
/// third to a quarter of the time of a hash that is safe without a secret. Who doesn't know the key can't
/// choose two texts that share a fingerprint, and none of these fingerprints is ever published.
#[derive(Clone, Copy)]
pub struct FingerprintKey(SipHasher13);

impl FingerprintKey {
    /// One that nobody knows yet.
    pub fn random() -> Self {
        // The seeds of the standard library's hash tables come from the system.
        let seeds = RandomState::new();
        Self(SipHasher13::new_with_keys(
            seeds.hash_one(0),
            seeds.hash_one(1),
        ))
    }

    /// The one with these bytes.
    pub fn from_bytes(bytes: &[u8; 16]) -> Self {
        Self(SipHasher13::new_with_key(bytes))
    }

    pub fn to_bytes(self) -> [u8; 16] {
        self.0.key()
    }

    /// Of a value, by its fields in their order.
    pub fn of(&self, value: &impl Serialize) -> Fingerprint {
        thread_local! {
            /// Where values are written, one after the other.
            static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
        }
        let mut buffer = BUFFER.take();
        buffer.clear();
        let bytes = to_bytes(value, buffer);
        let fingerprint = self.of_bytes(&bytes);
        BUFFER.set(bytes);
        fingerprint
    }

    pub fn of_bytes(&self, bytes: &[u8]) -> Fingerprint {
        Fingerprint(self.0.hash(bytes).as_bytes())
    }
}

impl fmt::Debug for FingerprintKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FingerprintKey")
    }
}

fn to_bytes(value: &impl Serialize, buffer: Vec<u8>) -> Vec<u8> {
    postcard::to_extend(value, buffer)
        .expect("views are plain data: only a map of unknown length can't be written")
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
    fn every_key_makes_fingerprints_of_its_own() {
        let [one, other] = [(); 2].map(|()| super::FingerprintKey::random());
        let again = super::FingerprintKey::from_bytes(&one.to_bytes());
        let print = one.of(&("quad", 3));
        assert_eq!(again.of(&("quad", 3)), print);
        assert_ne!(one.of(&("quad", 4)), print);
        assert_ne!(other.of(&("quad", 3)), print);
    }

    #[test]
    fn a_fingerprint_is_read_as_it_is_written() {
        let print = super::Fingerprint::of(&("quad", 3));
        assert_eq!(print.to_string().parse(), Ok(print));
        assert_ne!(print, super::Fingerprint::of(&("quad", 4)));
    }
}
