//! How large the site is where it counts: as the archive that GitHub Pages unpacks.

use std::collections::BTreeMap;

use jiff::ToSpan;

use super::lookup::Files;
use crate::archive::linked::Archive;

/// "Published GitHub Pages sites may be no larger than 1 GB."
pub const SITE_LIMIT: u64 = 1_000_000_000;
/// GitHub refuses a push with a larger file.
pub const FILE_LIMIT: u64 = 100 * 1024 * 1024;
/// GitHub warns about a larger file.
pub const FILE_CAUTION: u64 = 50 * 1024 * 1024;

/// Everything in a tar file is a multiple of this (POSIX.1-2001, pax).
const BLOCK: u64 = 512;
/// What an archiver writes at once.
const RECORD: u64 = 20 * BLOCK;
/// Longer names need a header and a block of their own.
const NAME: usize = 100;

/// What a file is, as far as its size is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    Pages,
    Pictures,
    Styles,
    Search,
    Feeds,
    Documents,
    Other,
}

impl FileKind {
    pub fn of(path: &str) -> Self {
        if path.starts_with("search/") && !path.ends_with(".html") {
            return Self::Search;
        }
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension.to_ascii_lowercase().as_str() {
            "html" | "htm" => Self::Pages,
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "ico" => Self::Pictures,
            "css" | "js" | "mjs" | "wasm" | "woff" | "woff2" | "ttf" | "otf" => Self::Styles,
            "xml" | "json" | "jsonl" | "bib" | "txt" => Self::Feeds,
            "pdf" | "doc" | "docx" | "xls" | "xlsx" | "csv" | "zip" => Self::Documents,
            _ => Self::Other,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Pictures => "pictures",
            Self::Styles => "styles, scripts and fonts",
            Self::Search => "search index",
            Self::Feeds => "feeds and data",
            Self::Documents => "documents",
            Self::Other => "other files",
        }
    }
}

/// How much there is of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Amount {
    pub files: usize,
    pub bytes: u64,
}

/// How large a site is, and what takes the space.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct SiteSize {
    pub files: usize,
    pub bytes: u64,
    /// As a tar file: headers, padding and folders counted.
    pub packed: u64,
    pub kinds: BTreeMap<FileKind, Amount>,
}

impl SiteSize {
    /// With another part of the site.
    pub fn add(&mut self, part: Self) {
        let Self {
            files,
            bytes,
            packed,
            kinds,
        } = part;
        self.files += files;
        self.bytes += bytes;
        self.packed += packed;
        for (kind, amount) in kinds {
            let sum = self.kinds.entry(kind).or_default();
            sum.files += amount.files;
            sum.bytes += amount.bytes;
        }
    }
}

pub fn measure(files: &Files) -> SiteSize {
    let mut size = SiteSize::default();
    let mut folder = "";
    for (path, &bytes) in files {
        size.files += 1;
        size.bytes += bytes;
        size.packed += header(path) + bytes.next_multiple_of(BLOCK);
        // Paths are sorted, so a folder is new when the one before it does not begin with it.
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        if parent != folder {
            let ends = parent.match_indices('/').map(|(at, _)| at);
            for end in ends.chain([parent.len()]) {
                let above = &parent[..end];
                let known = folder == above
                    || (folder.starts_with(above) && folder[end..].starts_with('/'));
                if !known {
                    size.packed += header(above);
                }
            }
            folder = parent;
        }
        let kind = size.kinds.entry(FileKind::of(path)).or_default();
        kind.files += 1;
        kind.bytes += bytes;
    }
    size.packed = (size.packed + header("") + 2 * BLOCK).next_multiple_of(RECORD);
    size
}

fn header(path: &str) -> u64 {
    // `./` stands before each name.
    if path.len() + 2 <= NAME {
        BLOCK
    } else {
        2 * BLOCK + (path.len() as u64 + 3).next_multiple_of(BLOCK)
    }
}

/// How the archive grows, for a look ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth {
    pub articles: usize,
    /// Articles of the 365 days up to the newest.
    pub last_year: usize,
}

impl Growth {
    /// `None` when nothing has a date.
    pub fn of(archive: &Archive) -> Option<Self> {
        let days = archive.entries.iter().filter_map(|entry| entry.day);
        let newest = days.clone().max()?;
        let year_before = newest.checked_sub(365.days()).ok()?;
        Some(Self {
            articles: archive.entries.len(),
            last_year: days.filter(|day| *day > year_before).count(),
        })
    }
}

/// After how many more years the site reaches the limit, if it goes on as it did in the last
/// one. `None` when nothing was added then.
pub fn years_left(size: &SiteSize, growth: Growth) -> Option<f64> {
    if growth.articles == 0 || growth.last_year == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let (packed, articles, last_year) = (
        size.packed as f64,
        growth.articles as f64,
        growth.last_year as f64,
    );
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let left = SITE_LIMIT.saturating_sub(size.packed) as f64;
    Some(left / (packed / articles * last_year))
}

/// A size as a person reads it, in the decimal units hosts count in.
pub fn readable(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
    let bytes_shown = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes_shown / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes_shown / 1e6),
        _ => format!("{:.2} GB", bytes_shown / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, u64)]) -> Files {
        list.iter()
            .map(|(path, bytes)| (Box::from(*path), *bytes))
            .collect()
    }

    #[test]
    fn headers_padding_and_folders_count() {
        // Root, two folders and two files are five headers; 513 bytes take two blocks, one byte
        // takes one, and two empty blocks end the file: ten blocks, written as one record.
        let size = measure(&files(&[("2021/04/index.html", 513), ("2021/map.png", 1)]));
        assert_eq!(size.bytes, 514);
        assert_eq!(size.packed, 10_240);
        assert_eq!(
            size.kinds[&FileKind::Pictures],
            Amount { files: 1, bytes: 1 }
        );
    }

    #[test]
    fn a_folder_counts_once_however_much_is_in_it() {
        let folder: Vec<(String, u64)> = (0..40).map(|n| (format!("a/b/{n:02}.html"), 0)).collect();
        let list: Vec<_> = folder
            .iter()
            .map(|(path, size)| (path.as_str(), *size))
            .collect();
        // 40 files, `a`, `a/b` and the root, then two blocks at the end.
        assert_eq!(
            measure(&files(&list)).packed,
            (45 * 512_u64).next_multiple_of(10_240)
        );
    }

    #[test]
    fn the_look_ahead_counts_in_years() {
        let size = SiteSize {
            packed: 500_000_000,
            ..SiteSize::default()
        };
        let growth = Growth {
            articles: 5_000,
            last_year: 1_000,
        };
        assert_eq!(years_left(&size, growth), Some(5.0));
        assert_eq!(
            years_left(
                &size,
                Growth {
                    last_year: 0,
                    ..growth
                }
            ),
            None
        );
    }
}
