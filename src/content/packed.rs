//! Front matter in the compact form that it is kept in.
//!
//! It is made for editors: fields that are left out, values of several types, anything at all in
//! `[extra]`. `MessagePack` can tell all of that, and is read several times as fast as TOML.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

/// A value that is written with the names of its fields, within one that isn't.
#[derive(Debug, Clone, PartialEq)]
pub struct Packed<T>(pub T);

impl<T: Serialize> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = rmp_serde::to_vec_named(&self.0).map_err(ser::Error::custom)?;
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Reader(PhantomData))
    }
}

struct Reader<T>(PhantomData<T>);

impl<T: DeserializeOwned> Visitor<'_> for Reader<T> {
    type Value = Packed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        rmp_serde::from_slice(bytes).map(Packed).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::front_matter::FrontMatter;
    use crate::content::term::TermFrontMatter;

    fn again<T: Serialize + DeserializeOwned>(value: T) -> T {
        let bytes = postcard::to_stdvec(&Packed(value)).unwrap();
        postcard::from_bytes::<Packed<T>>(&bytes).unwrap().0
    }

    #[test]
    fn everything_that_front_matter_can_say_is_read_as_it_was_written() {
        let front: FrontMatter = toml::from_str(
            "title = '관세'\nsubtitle = ''\ndate = 2021-04-26T14:53:00-03:30\n\
             updated = 2021-05-01\nkind = 'source'\nauthors = ['A', 'B']\nmentions = false\n\
             event = false\ndraft = true\nwithdrawn = { date = 2021-06-01, note = 'n' }\n\
             [[corrections]]\ndate = 2021-06-01T00:00:00Z\nnote = 'c'\n\
             [image]\npath = 'a.png'\n[provenance]\npart = 3\nretrieved = 2021-01-01\n\
             [extra]\nz = [1, -9_000_000_000, 9_223_372_036_854_775_807]\na = 0.1\n\
             when = 07:32:00\nlocal = 1979-05-27T07:32:00.5\nb = [{ c = inf }, true, 'x']\n",
        )
        .unwrap();
        assert_eq!(again(front.clone()), front);
        let front: FrontMatter = toml::from_str("title = 't'\nevent = 'talks'").unwrap();
        assert_eq!(again(front.clone()), front);
        assert_eq!(again(FrontMatter::default()), FrontMatter::default());
        let term: TermFrontMatter = toml::from_str(
            "title = 't'\nnames = ['n', 'm']\nmentions = true\nparent = 'p'\n\
             [links]\nz = 'https://z.example/'\na = 'b'\n[extra]\nd = 2020-01-01\n",
        )
        .unwrap();
        assert_eq!(again(term.clone()), term);
    }
}
