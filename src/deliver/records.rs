//! A file of a record an article (`archive.jsonl`, `archive.csv`) is written beside the one of the build
//! before: the records that are the same are taken from there, and no text is read for them.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use foldhash::HashMap;

use super::error::DeliverError;
use super::manifest::{Left, kept_as};
use crate::content::cache::Cache;
use crate::site::plan::Site;
use crate::site::records::{Form, Records};
use crate::text::hash::Fingerprint;

/// Where the records of a file stand that an earlier build has left.
pub struct Earlier {
    file: BufReader<File>,
    /// Up to where it has been read.
    at: u64,
    /// The first byte and the length of each record, by what it was made from.
    places: HashMap<Fingerprint, (u64, u64)>,
}

impl Earlier {
    /// Those of a file in a folder, as it was left there; `None` where nothing is known of them.
    pub fn of(out: &Path, file: &str, form: Form, left: Left, cache: &Cache) -> Option<Self> {
        let bytes = cache.read(&name(out, form), left.fingerprint)?;
        let records: Vec<(Fingerprint, u64)> = postcard::from_bytes(&bytes).ok()?;
        let mut end = form.head().len() as u64;
        let places = records.into_iter().map(|(print, length)| {
            end += length;
            (print, (end - length, length))
        });
        let places = places.collect();
        (end == left.size).then_some(())?;
        Some(Self {
            file: BufReader::new(File::open(out.join(file)).ok()?),
            at: 0,
            places,
        })
    }

    /// A record, if it stands there.
    fn record(&mut self, print: Fingerprint, record: &mut Vec<u8>) -> Option<()> {
        let place = *self.places.get(&print)?;
        let read = self.read(place, record);
        if read.is_none() {
            // Who knows where it is now: nothing more is taken from there.
            self.places.clear();
        }
        read
    }

    fn read(&mut self, (start, length): (u64, u64), record: &mut Vec<u8>) -> Option<()> {
        // As a rule it is the next one.
        let way = i64::try_from(start).ok()? - i64::try_from(self.at).ok()?;
        self.file.seek_relative(way).ok()?;
        let read = self.file.by_ref().take(length).read_to_end(record).ok()?;
        self.at = start + u64::try_from(read).ok()?;
        (self.at == start + length && record.ends_with(b"\n")).then_some(())
    }
}

/// Writes a file into the stage beside a folder, with the records of the earlier one where they are the
/// same; says whether it differs from the one in the folder. Where its records stand is kept for the next
/// build.
pub fn stage(
    site: &Site<'_>,
    records: &Records,
    file: &str,
    (out, stage): (&Path, &Path),
    earlier: Option<Earlier>,
    cache: &Cache,
) -> Result<bool, DeliverError> {
    let (there, staged) = (out.join(file), stage.join(file));
    let fail = |error: &io::Error| DeliverError::io("write", &staged, error);
    if let Some(folder) = staged.parent() {
        fs::create_dir_all(folder).map_err(|error| fail(&error))?;
    }
    let lengths = write(site, records, &staged, earlier).map_err(|error| fail(&error))?;
    let kept = postcard::to_stdvec(&lengths).expect("plain data can always be written");
    // What keeps this out of the cache keeps the manifest out of it as well, and that is told.
    let _ = cache.write(&name(out, records.form), records.fingerprint, &kept);
    // Where nothing stands yet, nothing is the same.
    Ok(!are_same(&staged, &there).unwrap_or(false))
}

/// What each record was made from, and its length in bytes.
fn write(
    site: &Site<'_>,
    records: &Records,
    to: &Path,
    mut earlier: Option<Earlier>,
) -> io::Result<Vec<(Fingerprint, u64)>> {
    let mut file = BufWriter::with_capacity(1 << 16, File::create(to)?);
    file.write_all(records.form.head().as_bytes())?;
    let mut lengths = Vec::with_capacity(records.prints.len());
    let mut record = Vec::new();
    for (index, print) in records.prints.iter().enumerate() {
        record.clear();
        let known = earlier
            .as_mut()
            .and_then(|it| it.record(*print, &mut record));
        if known.is_none() {
            record.clear();
            records.write(site, index, &mut record);
        }
        file.write_all(&record)?;
        lengths.push((*print, record.len() as u64));
    }
    file.flush()?;
    Ok(lengths)
}

/// Whether two files hold the same bytes.
fn are_same(one: &Path, other: &Path) -> io::Result<bool> {
    if fs::metadata(one)?.len() != fs::metadata(other)?.len() {
        return Ok(false);
    }
    let mut files = [one, other].map(File::open);
    let mut pieces = [const { Vec::new() }; 2];
    loop {
        for (file, piece) in files.iter_mut().zip(&mut pieces) {
            let file = file
                .as_mut()
                .map_err(|error| io::Error::from(error.kind()))?;
            piece.clear();
            file.take(1 << 16).read_to_end(piece)?;
        }
        let [one, other] = &pieces;
        if one != other {
            return Ok(false);
        }
        if one.is_empty() {
            return Ok(true);
        }
    }
}

/// The name in the cache of where the records of a folder's file stand.
fn name(out: &Path, form: Form) -> String {
    format!("{}-{}", form.file_name(), kept_as(out))
}
