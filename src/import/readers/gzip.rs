//! Gzip, with a limit: a file that unpacks to far more than texts ever do is a trap, not a
//! document.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

pub const MAGIC: &[u8] = b"\x1f\x8b";

/// Texts shrink to a twentieth at best; deflate can reach a thousandth.
const RATIO: u64 = 200;

/// Below this many unpacked bytes no ratio is suspicious.
const HARMLESS: u64 = 32 * 1024 * 1024;

/// Unpacks every member of a gzip stream (RFC 1952), as long as they are no trap.
pub fn unpack<R: Read>(source: R) -> impl Read {
    let taken = Rc::new(Cell::new(0));
    Guarded {
        inner: MultiGzDecoder::new(Counted {
            inner: source,
            taken: Rc::clone(&taken),
        }),
        taken,
        given: 0,
    }
}

struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + count as u64);
        Ok(count)
    }
}

struct Guarded<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        if self.given > HARMLESS && self.given / RATIO > self.taken.get() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("it unpacks to more than {RATIO} times its size"),
            ));
        }
        Ok(count)
    }
}

/// Unpacks the body of an HTTP message, up to `limit` bytes; `None` for an encoding that isn't
/// known here, or one that is broken before the first byte.
pub fn unpack_body(body: &[u8], encoding: &str, limit: usize) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let limit = limit as u64 + 1;
    // A body that was cut off is worth what it holds up to there.
    let mut read = |decoder: &mut dyn Read| {
        let ended = decoder.take(limit).read_to_end(&mut unpacked);
        ended.is_ok() || !unpacked.is_empty()
    };
    let good = match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => return Some(body.to_vec()),
        "gzip" | "x-gzip" => read(&mut MultiGzDecoder::new(body)),
        // "deflate" is zlib (RFC 9110), but some servers send it raw.
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
            read(&mut ZlibDecoder::new(body))
        }
        "deflate" => read(&mut DeflateDecoder::new(body)),
        _ => false,
    };
    good.then_some(unpacked)
}

/// The first bytes of a stream, and the stream with them still in front.
pub fn peek<R: Read>(mut source: R, most: usize) -> io::Result<(Vec<u8>, impl BufRead)> {
    let mut head = Vec::new();
    source.by_ref().take(most as u64).read_to_end(&mut head)?;
    let stream = io::Cursor::new(head.clone()).chain(io::BufReader::with_capacity(1 << 16, source));
    Ok((head, stream))
}
