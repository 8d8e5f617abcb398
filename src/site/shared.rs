//! What many pages show: made ready once, lent to all of them.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::text::hash::{Fingerprint, FingerprintKey};

/// A value with what is made of it for every page that shows it.
///
/// Templates get the same value each time, which Tera shares and never copies; in the fingerprint
/// of a page the value's own fingerprint stands for it.
#[derive(Debug)]
pub struct Shared<T>(Arc<Ready<T>>);

#[derive(Debug)]
struct Ready<T> {
    value: T,
    fingerprint: Fingerprint,
    /// Made when the first page shows it: where nothing has changed, none does.
    for_templates: OnceLock<tera::Value>,
}

impl<T: Serialize> Shared<T> {
    pub fn new(value: T, key: &FingerprintKey) -> Self {
        Self(Arc::new(Ready {
            fingerprint: key.of(&value),
            value,
            for_templates: OnceLock::new(),
        }))
    }
}

impl<T> Shared<T> {
    /// Of the value.
    pub fn fingerprint(&self) -> Fingerprint {
        self.0.fingerprint
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Ready {
            value,
            fingerprint,
            for_templates,
        } = &*self.0;
        if serializer.is_human_readable() {
            let made = || tera::Value::from_serializable(value);
            for_templates.get_or_init(made).serialize(serializer)
        } else {
            fingerprint.serialize(serializer)
        }
    }
}
