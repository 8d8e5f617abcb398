//! Bytes become a name.

use std::fmt::Write;

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

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_of_nothing_is_the_one_everybody_knows() {
        let empty = super::sha256(b"");
        assert!(empty.starts_with("e3b0c44298fc1c14") && empty.len() == 64);
    }
}
