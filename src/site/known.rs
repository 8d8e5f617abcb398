//! What is known of a file from the last time it was made.

use serde::Serialize;

use super::render::Output;
use crate::text::hash::{Fingerprint, FingerprintKey};

/// The fingerprint of what the file was made from, where it is known, and that of all that every
/// file is made from.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub file: Option<Fingerprint>,
    pub settings: Fingerprint,
    pub key: &'a FingerprintKey,
}

impl Known<'_> {
    /// A text and what it is made from; or the word that it would be the same, and it isn't made.
    pub fn unless_same<T: Into<Vec<u8>>>(
        self,
        made_from: &impl Serialize,
        make: impl FnOnce() -> T,
    ) -> Output {
        let fingerprint = self.key.of(&(self.settings, made_from));
        if self.file == Some(fingerprint) {
            Output::Same
        } else {
            Output::Made(make().into(), fingerprint)
        }
    }
}
