//! The name git gives to the contents of a file.

use std::fmt::Write;

use sha1::{Digest, Sha1};
use sha2::Sha256;

/// How a repository names its objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectFormat {
    Sha1,
    Sha256,
}

/// The name of a blob, in hexadecimal: the hash of its length and its bytes (Pro Git, chapter
/// 10.2). Knowing it says whether git has a file already, without asking git.
pub fn blob_name(format: ObjectFormat, bytes: &[u8]) -> String {
    let header = format!("blob {}\0", bytes.len());
    match format {
        ObjectFormat::Sha1 => hexadecimal(
            &Sha1::new()
                .chain_update(header)
                .chain_update(bytes)
                .finalize(),
        ),
        ObjectFormat::Sha256 => hexadecimal(
            &Sha256::new()
                .chain_update(header)
                .chain_update(bytes)
                .finalize(),
        ),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_git_gives() {
        // `printf 'hello\n' | git hash-object --stdin`, in a repository of either format.
        let name = |format| blob_name(format, b"hello\n");
        assert_eq!(
            name(ObjectFormat::Sha1),
            "ce013625030ba8dba906f756967f9e9ca394464a"
        );
        assert_eq!(
            name(ObjectFormat::Sha256),
            "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4"
        );
    }
}
