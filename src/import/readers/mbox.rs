//! Mailboxes of many messages in one file (RFC 4155), read as a stream.

use std::io::{self, BufRead, Read};

use super::mail;
use super::open::{LIMIT, LIMIT_BYTES};
use crate::import::document::RawDocument;
use crate::import::error::ImportError;

/// The messages of a mailbox; only the one at hand is in memory.
pub struct Messages<R> {
    name: String,
    stream: R,
    number: usize,
    state: State,
}

enum State {
    Start,
    Inside,
    Ended,
}

/// One message's bytes, and whether it was too large to be kept.
struct Message {
    bytes: Vec<u8>,
    oversized: bool,
}

impl<R: BufRead> Messages<R> {
    pub fn new(name: String, stream: R) -> Self {
        Self {
            name,
            stream,
            number: 0,
            state: State::Start,
        }
    }

    /// Reads up to the line that opens the next message, or the end.
    fn message(&mut self) -> io::Result<Message> {
        let mut message = Message {
            bytes: Vec::new(),
            oversized: false,
        };
        let mut line = Vec::new();
        let mut after_blank = true;
        loop {
            line.clear();
            // A very long line comes in pieces.
            (&mut self.stream)
                .take(1 << 20)
                .read_until(b'\n', &mut line)?;
            if line.is_empty() {
                self.state = State::Ended;
                return Ok(message);
            }
            if after_blank && opens_message(&line) {
                if matches!(self.state, State::Inside) {
                    return Ok(message);
                }
                self.state = State::Inside;
                after_blank = false;
                continue;
            }
            after_blank = line.iter().all(u8::is_ascii_whitespace);
            if message.bytes.len() + line.len() > LIMIT_BYTES {
                message.oversized = true;
                continue;
            }
            // `>From ` at the start of a line was quoted so that it doesn't open a message.
            let arrows = line.iter().take_while(|b| **b == b'>').count();
            let quoted = arrows > 0 && line[arrows..].starts_with(b"From ");
            message
                .bytes
                .extend_from_slice(&line[usize::from(quoted)..]);
        }
    }
}

/// The line before every message: `From kim@example.org Thu Apr  1 18:30:00 2021`. A sentence may
/// begin with "From " too, but not go on with a time of day and a year.
pub fn opens_message(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let words = || {
        rest.split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty())
    };
    let is_time = |word: &[u8]| {
        matches!(word, [h, .., b':', m1, m2]
            if h.is_ascii_digit() && m1.is_ascii_digit() && m2.is_ascii_digit())
    };
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words().any(is_time) && words().any(is_year)
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = Result<RawDocument, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.state, State::Ended) {
            return None;
        }
        self.number += 1;
        let place = format!("message {}", self.number);
        Some(match self.message() {
            Err(error) => {
                self.state = State::Ended;
                Err(ImportError::unreadable(&self.name, &error))
            }
            Ok(message) if message.oversized => Err(ImportError::TooLarge {
                name: format!("{}, {place}", self.name),
                limit: LIMIT,
            }),
            Ok(message) => {
                let mut document = mail::document(&self.name, message.bytes);
                document.place = Some(place);
                Ok(document)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_taken_apart() {
        let mailbox = b"From kim@example.org Thu Apr  1 18:30:00 2021\n\
            Subject: One\nFrom: kim@example.org\n\nHello\n>From the harbour\n\n\
            From lee@example.org Fri Apr  2 18:30:00 2021\n\
            Subject: Two\nFrom: lee@example.org\n\nFrom here on: text\n";
        let messages: Vec<_> = Messages::new("box".to_owned(), &mailbox[..])
            .map(Result::unwrap)
            .collect();
        let titles: Vec<_> = messages.iter().map(|m| &*m.known.title).collect();
        assert_eq!(titles, ["One", "Two"]);
        assert!(messages[0].bytes.ends_with(b"Hello\nFrom the harbour\n\n"));
        assert_eq!(messages[1].label(), "box, message 2");
    }
}
