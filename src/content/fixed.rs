//! Lists of small values of one size, written as bytes one behind the other: read several times as
//! fast as value by value. For `#[serde(with = "fixed")]`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// A value that is a number of `N` bytes, of eight at the most.
pub trait Fixed<const N: usize>: Copy {
    fn number(self) -> u64;
    fn of_number(number: u64) -> Self;
}

pub fn serialize<const N: usize, T: Fixed<N>, S: Serializer>(
    list: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(list.len() * N);
    for value in list {
        bytes.extend_from_slice(&value.number().to_le_bytes()[..N]);
    }
    serializer.serialize_bytes(&bytes)
}

pub fn deserialize<'de, const N: usize, T: Fixed<N>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_bytes(Reader(PhantomData))
}

struct Reader<const N: usize, T>(PhantomData<T>);

impl<const N: usize, T: Fixed<N>> Visitor<'_> for Reader<N, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "values of {N} bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        let (values, rest) = bytes.as_chunks::<N>();
        if !rest.is_empty() {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        let value = |bytes: &[u8; N]| {
            let mut number = [0; 8];
            number[..N].copy_from_slice(bytes);
            T::of_number(u64::from_le_bytes(number))
        };
        Ok(values.iter().map(value).collect())
    }
}

/// Two numbers as one, in the order of the first.
pub fn joined(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// The two numbers that were joined.
pub fn parted(number: u64) -> (u32, u32) {
    let half = |number: u64| u32::try_from(number & u64::from(u32::MAX)).unwrap_or_default();
    (half(number >> 32), half(number))
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Held {
        #[serde(with = "super")]
        list: Vec<u16>,
    }

    impl super::Fixed<2> for u16 {
        fn number(self) -> u64 {
            self.into()
        }

        fn of_number(number: u64) -> Self {
            number.try_into().unwrap()
        }
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        for list in [vec![], vec![7, u16::MAX, 0]] {
            let held = Held { list };
            let mut bytes = postcard::to_stdvec(&held).unwrap();
            assert_eq!(postcard::from_bytes(&bytes), Ok(held));
            // Not of whole values.
            bytes[0] += 1;
            bytes.push(0);
            assert!(postcard::from_bytes::<Held>(&bytes).is_err());
        }
    }

    #[test]
    fn what_was_joined_is_parted() {
        let joined = super::joined(7, u32::MAX);
        assert_eq!(super::parted(joined), (7, u32::MAX));
    }
}
