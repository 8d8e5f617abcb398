//! Pictures that came with a document: copied beside the article and linked there. Pictures that
//! are somewhere on the web stay links.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imagesize::ImageType;

use crate::content::markdown::image::{Image, images};
use crate::text::hash::sha256;
use crate::text::slug::slug;

/// Stands in HTML for the `cid:` of a mail's own parts, which is no address that a page could
/// have (RFC 2606 reserves `.invalid`).
pub const PARTS: &str = "https://cid.invalid/";

/// More than this is no picture of an article.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Where the pictures of a document are.
#[derive(Debug, Clone)]
pub enum Pictures {
    None,
    /// In the folder where the text is, at the paths that it names.
    Beside {
        folder: PathBuf,
        /// What is imported: nothing outside of it is read.
        root: PathBuf,
    },
    /// In the document itself.
    Parts(Vec<Part>),
}

/// A picture within a document.
#[derive(Debug, Clone)]
pub struct Part {
    /// What the text calls it.
    pub addresses: Vec<String>,
    pub bytes: Vec<u8>,
}

/// A picture on its way to the folder of its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its name there.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Stands in a body for the folder beside the article, whose name isn't known yet.
pub const FOLDER: &str = "briefbook-pictures/";

impl Pictures {
    pub fn size(&self) -> usize {
        match self {
            Self::None | Self::Beside { .. } => 0,
            Self::Parts(parts) => parts.iter().map(|part| part.bytes.len()).sum(),
        }
    }

    fn find(&self, address: &str) -> Option<Vec<u8>> {
        if let Some(data) = address.strip_prefix("data:") {
            return decode(data);
        }
        match self {
            Self::None => None,
            Self::Beside { folder, root } => read_beside(folder, root, address),
            Self::Parts(parts) => parts
                .iter()
                .find(|part| part.addresses.iter().any(|known| known == address))
                .map(|part| part.bytes.clone()),
        }
    }
}

/// A picture that its address spells out (RFC 2397).
fn decode(data: &str) -> Option<Vec<u8>> {
    let (kind, encoded) = data.split_once(',')?;
    if !kind.ends_with(";base64") {
        return None;
    }
    let encoded: String = percent_decode(encoded)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    STANDARD.decode(encoded).ok()
}

/// Folders that programs keep pictures in, beside a text or at the root of a site.
const FOLDERS: [&str; 8] = [
    "",
    "static",
    "public",
    "assets",
    "attachments",
    "images",
    "media",
    "files",
];

/// A file that belongs to the page; no path leads out of what is imported.
fn read_beside(folder: &Path, root: &Path, address: &str) -> Option<Vec<u8>> {
    let address = address.split(['?', '#']).next()?;
    let decoded = percent_decode(address);
    let from_root = decoded.starts_with('/');
    let mut path = PathBuf::new();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            // Up and down again is how a note in a folder names a picture in another one.
            ".." => path.push(".."),
            part if part.contains(['\\', ':', '\0']) => return None,
            part => path.push(part),
        }
    }
    let starts = folder
        .ancestors()
        .take_while(|ancestor| ancestor.starts_with(root));
    let beside = starts.take(if from_root { usize::MAX } else { 3 });
    let root = root.canonicalize().ok()?;
    beside
        .flat_map(|start| FOLDERS.map(|name| start.join(name).join(&path)))
        .find_map(|candidate| {
            // A link to somewhere else on the disk is no picture of this page either.
            let real = candidate.canonicalize().ok()?;
            let metadata = real.metadata().ok()?;
            (real.starts_with(&root) && metadata.is_file() && metadata.len() <= LARGEST)
                .then(|| std::fs::read(real).ok())?
        })
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%')
            .then(|| std::str::from_utf8(after.get(..2)?).ok())
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(code) = code {
            bytes.push(code);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A body whose own pictures are links into [`FOLDER`], with those pictures; what was missing is
/// said in `review`.
pub fn gather(body: &str, pictures: &Pictures, review: &mut Vec<String>) -> (String, Vec<Picture>) {
    let mut found: Vec<Picture> = Vec::new();
    let mut names: HashMap<String, String> = HashMap::new();
    let mut text = String::with_capacity(body.len());
    let mut at = 0;
    for Image {
        range,
        address,
        alt,
    } in images(body)
    {
        let is_spelt_out = address.starts_with("data:");
        let local = is_spelt_out
            || address.starts_with(PARTS)
            || !address.contains(':') && !address.starts_with("//");
        let name = match names.get(&address) {
            Some(name) => Some(name.clone()),
            None => pictures.find(&address).and_then(|bytes| {
                let name = file_name(&address, &bytes)?;
                if !found.iter().any(|picture| picture.name == name) {
                    found.push(Picture {
                        name: name.clone(),
                        bytes,
                    });
                }
                names.insert(address.clone(), name.clone());
                Some(name)
            }),
        };
        let replacement = match name {
            Some(name) => format!("![{alt}]({FOLDER}{name})"),
            None if local => {
                let shown = address.strip_prefix(PARTS).unwrap_or(&address);
                review.push(if is_spelt_out {
                    "picture: one that stands in the page itself can't be read".to_owned()
                } else {
                    format!("picture: `{shown}` did not come with the document")
                });
                alt
            }
            None => continue,
        };
        text.push_str(&body[at..range.start]);
        text.push_str(&replacement);
        at = range.end;
    }
    text.push_str(&body[at..]);
    (text, found)
}

/// A name for a file beside the article: of letters that every system takes, told apart by the
/// content. `None` for what is no picture that browsers show as one: an SVG may hold scripts.
fn file_name(address: &str, bytes: &[u8]) -> Option<String> {
    let ending = match imagesize::image_type(bytes).ok()? {
        ImageType::Png => "png",
        ImageType::Jpeg => "jpg",
        ImageType::Gif => "gif",
        ImageType::Webp => "webp",
        ImageType::Heif(imagesize::Compression::Av1) => "avif",
        _ => return None,
    };
    // Letters of a picture that is spelt out are no name.
    let named = if address.starts_with("data:") {
        ""
    } else {
        address
    };
    let last = named.split(['?', '#']).next().unwrap_or_default();
    let last = percent_decode(last.rsplit('/').next().unwrap_or_default());
    let stem = last.rsplit_once('.').map_or(&*last, |(stem, _)| stem);
    let stem = slug(stem).unwrap_or_else(|| "picture".to_owned());
    let short: String = stem.chars().take(40).collect();
    Some(format!(
        "{}-{}.{ending}",
        short.trim_end_matches('-'),
        &sha256(bytes)[..8]
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest picture there is.
    pub(super) const GIF: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0;";

    #[test]
    fn pictures_that_came_along_are_linked_beside_the_article() {
        let pictures = Pictures::Parts(vec![Part {
            addresses: vec![format!("{PARTS}map@1")],
            bytes: GIF.to_vec(),
        }]);
        let body = format!(
            "A ![the map]({PARTS}map@1) and ![far](https://example.org/b.png) and ![lost]({PARTS}x)."
        );
        let mut review = Vec::new();
        let (text, found) = gather(&body, &pictures, &mut review);
        assert_eq!(found.len(), 1);
        assert!(found[0].name.starts_with("map-1-") || found[0].name.starts_with("map"));
        assert_eq!(
            text,
            format!(
                "A ![the map]({FOLDER}{}) and ![far](https://example.org/b.png) and lost.",
                found[0].name
            )
        );
        assert_eq!(review, ["picture: `x` did not come with the document"]);
    }

    #[test]
    fn pictures_that_are_spelt_out_become_files() {
        let body = format!(
            "![ice](data:image/gif;base64,{}) ![x](data:image/gif,x)",
            STANDARD.encode(GIF)
        );
        let mut review = Vec::new();
        let (text, found) = gather(&body, &Pictures::None, &mut review);
        assert_eq!(found[0].bytes, GIF);
        assert_eq!(text, format!("![ice]({FOLDER}{}) x", found[0].name));
        assert!(found[0].name.starts_with("picture-"));
        assert_eq!(review.len(), 1);
    }

    #[test]
    fn a_site_keeps_its_pictures_in_a_folder_at_its_root() {
        let site = tempfile::tempdir().unwrap();
        let posts = site.path().join("content/posts");
        std::fs::create_dir_all(&posts).unwrap();
        std::fs::create_dir_all(site.path().join("static/img")).unwrap();
        std::fs::write(site.path().join("static/img/map.gif"), GIF).unwrap();
        assert!(read_beside(&posts, site.path(), "/img/map.gif").is_some());
        assert!(read_beside(&posts, &posts, "/img/map.gif").is_none());
    }

    #[test]
    fn no_path_leads_out_of_the_folder_of_the_page() {
        let outside = tempfile::tempdir().unwrap();
        let folder = outside.path().join("page");
        std::fs::create_dir_all(folder.join("a_files")).unwrap();
        std::fs::write(outside.path().join("secret.gif"), GIF).unwrap();
        std::fs::write(folder.join("a_files/map 1.gif"), GIF).unwrap();
        assert!(read_beside(&folder, &folder, "./a_files/map%201.gif").is_some());
        for path in [
            "../secret.gif",
            "a_files/../../secret.gif",
            "..%2Fsecret.gif",
            "C:\\x.gif",
        ] {
            assert!(read_beside(&folder, &folder, path).is_none(), "{path}");
        }
    }
}
