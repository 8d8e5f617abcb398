//! Pictures as they are published: in the widths that pages ask for, without what a camera wrote
//! into them (where, when, with which device). Beside
//! `content/picture_size.rs` the only home of `image`.
//!
//! A picture is worked on once: what was made of it is kept in the archive's cache under the hash
//! of its bytes.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Resampling;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader};

use super::error::DeliverError;
use crate::content::cache::Cache;
use crate::content::error::ContentError;
use crate::text::hash::{Fingerprint, sha256};

/// A new number for every change that makes other bytes of the same picture.
const VERSION: u8 = 1;
/// Of JPEG, 1 to 100: what is lost can't be seen on a page.
const QUALITY: u8 = 82;

/// What went wrong with a picture that is published all the same.
#[derive(Debug)]
pub enum Warning {
    /// It can't be worked on, and is published as it is.
    AsItIs(DeliverError),
    /// It will be worked on again in the next run.
    NotKept(ContentError),
}

/// The bytes of the picture at `path` below `root`, `width` pixels wide where a width is given.
pub fn published(
    root: &Path,
    path: &str,
    width: Option<usize>,
) -> Result<(Vec<u8>, Option<Warning>), DeliverError> {
    let file = root.join(path);
    let original = fs::read(&file).map_err(|error| DeliverError::io("read", &file, &error))?;
    let cache = Cache::of(root);
    let name = format!(
        "picture-{}-{}",
        &sha256(path.as_bytes())[..16],
        width.unwrap_or(0)
    );
    let made_from = Fingerprint::of(&(VERSION, sha256(&original), width));
    if let Some(kept) = cache.read(&name, made_from) {
        return Ok((kept, None));
    }
    match made(&original, width) {
        Ok(bytes) => {
            let not_kept = cache.write(&name, made_from, &bytes).err();
            Ok((bytes, not_kept.map(Warning::NotKept)))
        }
        Err(error) => Ok((
            original,
            Some(Warning::AsItIs(DeliverError::Picture {
                path: path.to_owned(),
                reason: error.to_string(),
            })),
        )),
    }
}

/// A picture without its metadata, and narrower where that is asked for: never in more bytes than
/// the original.
fn made(original: &[u8], width: Option<usize>) -> image::ImageResult<Vec<u8>> {
    let reader = ImageReader::new(Cursor::new(original)).with_guessed_format()?;
    let format = reader.format();
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let stripped = match format {
        Some(ImageFormat::Jpeg) => without_jpeg_metadata(original),
        Some(ImageFormat::Png) => without_png_metadata(original),
        _ => None,
    };
    // Without its metadata, a picture taken with a turned camera would lie on its side.
    let upright = orientation == Orientation::NoTransforms;
    if let (Some(bytes), None, true) = (&stripped, width, upright) {
        return Ok(bytes.clone());
    }
    let profile = decoder.icc_profile()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    if let Some(width) = width.and_then(|width| u32::try_from(width).ok()) {
        picture = picture.resize(width, u32::MAX, Resampling::Lanczos3);
    }
    let bytes = encoded(&picture, format, profile)?;
    Ok(match stripped {
        Some(stripped) if upright && stripped.len() <= bytes.len() => stripped,
        _ => bytes,
    })
}

fn encoded(
    picture: &DynamicImage,
    format: Option<ImageFormat>,
    profile: Option<Vec<u8>>,
) -> image::ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    if format == Some(ImageFormat::Jpeg) {
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        if let Some(profile) = profile {
            // An encoder that knows no profiles leaves the colours to the browser.
            let _ = encoder.set_icc_profile(profile);
        }
        picture.write_with_encoder(encoder)?;
    } else {
        let mut encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
        if let Some(profile) = profile {
            let _ = encoder.set_icc_profile(profile);
        }
        picture.write_with_encoder(encoder)?;
    }
    Ok(bytes)
}

/// A JPEG without its Exif, XMP and IPTC segments and comments (ITU T.81, B.1): pixels and colour
/// profile stay as they are. `None` where the segments can't be told apart.
fn without_jpeg_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes
        .get(..2)
        .filter(|start| *start == [0xff, 0xd8])?
        .to_vec();
    let mut at = 2;
    loop {
        let marker = match bytes.get(at..at + 2)? {
            [0xff, marker] => *marker,
            _ => return None,
        };
        // From the first scan on, everything is the picture.
        if marker == 0xda {
            kept.extend_from_slice(&bytes[at..]);
            return Some(kept);
        }
        let length = bytes.get(at + 2..at + 4)?;
        let end = at + 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
        let segment = bytes.get(at..end)?;
        // APP1: Exif and XMP; APP13: IPTC; COM.
        if !matches!(marker, 0xe1 | 0xed | 0xfe) {
            kept.extend_from_slice(segment);
        }
        at = end;
    }
}

/// A PNG without its texts, its Exif and its time (PNG 3, 11.3). `None` where it is broken.
fn without_png_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    const SIGNATURE: usize = 8;
    let mut kept = bytes.get(..SIGNATURE)?.to_vec();
    let mut at = SIGNATURE;
    while at < bytes.len() {
        let length = bytes.get(at..at + 4)?;
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]);
        // Length, name and check sum stand around the data.
        let end = at
            .checked_add(usize::try_from(length).ok()?)?
            .checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        let name = chunk.get(4..8)?;
        if ![b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"]
            .iter()
            .any(|known| *known == name)
        {
            kept.extend_from_slice(chunk);
        }
        at = end;
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;
    use crate::content::picture_size::shown_size;

    /// As restless as a photograph: nothing in it compresses.
    fn drawing(width: u32, height: u32) -> DynamicImage {
        let mut state: u32 = 2021;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        RgbImage::from_fn(width, height, |_, _| Rgb([next(), next(), next()])).into()
    }

    fn size(bytes: &[u8]) -> (usize, usize) {
        let size = imagesize::blob_size(bytes).expect("a picture");
        (size.width, size.height)
    }

    /// An Exif segment that says that the camera was turned to the right, and whose it was.
    fn exif() -> Vec<u8> {
        let mut exif =
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"Jane's camera");
        let length = u16::try_from(exif.len() + 2).expect("a short segment");
        let mut segment = vec![0xff, 0xe1];
        segment.extend_from_slice(&length.to_be_bytes());
        segment.extend(exif);
        segment
    }

    fn contains(bytes: &[u8], text: &[u8]) -> bool {
        bytes.windows(text.len()).any(|window| window == text)
    }

    #[test]
    fn a_picture_is_narrowed_and_never_grows() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let original = encoded(&drawing(900, 600), Some(format), None).expect("bytes");
            let narrow = made(&original, Some(480)).expect("a picture");
            assert_eq!(size(&narrow), (480, 320), "{format:?}");
            assert!(narrow.len() <= original.len());
        }
        // Flat colours compress better than what is between them.
        let flat: DynamicImage = RgbImage::from_pixel(1000, 1000, Rgb([9, 9, 9])).into();
        let original = encoded(&flat, Some(ImageFormat::Png), None).expect("bytes");
        let narrow = made(&original, Some(480)).expect("a picture");
        assert!(narrow.len() <= original.len());
    }

    #[test]
    fn what_a_camera_wrote_is_gone_and_the_picture_stands_upright() {
        let plain = encoded(&drawing(60, 40), Some(ImageFormat::Jpeg), None).expect("bytes");
        let mut taken = plain[..2].to_vec();
        taken.extend(exif());
        taken.extend_from_slice(&plain[2..]);
        let shown = made(&taken, None).expect("a picture");
        assert!(!contains(&shown, b"Jane"));
        assert_eq!(size(&shown), (40, 60));
        // One that was upright keeps its very pixels.
        assert_eq!(made(&plain, None).expect("a picture"), plain);
    }

    /// What pages say of a picture's size must be true of the picture that is published.
    #[test]
    fn a_turned_picture_has_the_size_that_pages_give_it() {
        let root = tempfile::tempdir().expect("a folder");
        let jpeg = encoded(&drawing(60, 40), Some(ImageFormat::Jpeg), None).expect("bytes");
        let png = encoded(&drawing(60, 40), Some(ImageFormat::Png), None).expect("bytes");
        // Behind the start of the one, and behind the header of the other.
        let mut turned_jpeg = jpeg[..2].to_vec();
        turned_jpeg.extend(exif());
        turned_jpeg.extend_from_slice(&jpeg[2..]);
        let mut turned_png = png[..33].to_vec();
        turned_png.extend(exif_chunk());
        turned_png.extend_from_slice(&png[33..]);
        for (name, bytes) in [
            ("a.jpg", &jpeg),
            ("b.jpg", &turned_jpeg),
            ("a.png", &png),
            ("b.png", &turned_png),
        ] {
            let path = root.path().join(name);
            fs::write(&path, bytes).expect("a file");
            let (shown, warning) = published(root.path(), name, None).expect("a picture");
            assert!(warning.is_none(), "{name}");
            let upright = if name.starts_with('a') {
                (60, 40)
            } else {
                (40, 60)
            };
            assert_eq!(size(&shown), upright, "{name}");
            assert_eq!(shown_size(&path), Some(upright), "{name}");
        }
    }

    /// The same as [`exif`] in a PNG.
    fn exif_chunk() -> Vec<u8> {
        let data = exif()[10..].to_vec();
        let length = u32::try_from(data.len()).expect("a short chunk");
        let mut chunk = length.to_be_bytes().to_vec();
        let named = [b"eXIf", &*data].concat();
        chunk.extend_from_slice(&named);
        chunk.extend_from_slice(&crc(&named).to_be_bytes());
        chunk
    }

    /// PNG 3, annex D.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    0xedb8_8320 ^ (crc >> 1)
                } else {
                    crc >> 1
                }
            })
        })
    }

    #[test]
    fn a_text_in_a_png_is_gone() {
        let plain = encoded(&drawing(60, 40), Some(ImageFormat::Png), None).expect("bytes");
        let text = b"tEXtAuthor\0Jane";
        let mut written = plain[..33].to_vec();
        written.extend_from_slice(&11_u32.to_be_bytes());
        written.extend_from_slice(text);
        written.extend_from_slice(&[0; 4]);
        written.extend_from_slice(&plain[33..]);
        assert_eq!(without_png_metadata(&written).as_deref(), Some(&*plain));
        assert!(contains(&written, b"Jane"));
    }

    #[test]
    fn a_picture_that_cannot_be_kept_is_published_and_said() {
        let root = tempfile::tempdir().expect("a folder");
        let png = encoded(&drawing(60, 40), Some(ImageFormat::Png), None).expect("bytes");
        fs::write(root.path().join("a.png"), png).expect("a file");
        fs::write(root.path().join(".briefbook"), "no folder").expect("a file");
        let (bytes, warning) = published(root.path(), "a.png", Some(30)).expect("a picture");
        assert_eq!(size(&bytes), (30, 20));
        assert!(matches!(warning, Some(Warning::NotKept(_))));
    }

    #[test]
    fn a_broken_picture_is_published_as_it_is_and_said() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("a.png"), b"no picture").expect("a file");
        let (bytes, warning) = published(root.path(), "a.png", Some(480)).expect("a file");
        assert_eq!(bytes, b"no picture");
        assert!(matches!(warning, Some(Warning::AsItIs(_))));
    }
}
