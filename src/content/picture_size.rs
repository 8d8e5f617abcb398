//! How large a picture is shown, read from the first bytes of its file.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use image::metadata::Orientation;

/// Width and height in pixels, as the picture stands upright; `None` of what is no picture.
pub fn shown_size(path: &Path) -> Option<(usize, usize)> {
    let size = imagesize::size(path).ok()?;
    let turned = File::open(path).is_ok_and(|file| lies_on_its_side(BufReader::new(file)));
    Some(if turned {
        (size.height, size.width)
    } else {
        (size.width, size.height)
    })
}

/// Whether a picture was taken with the camera held sideways, as what the camera wrote into it says
/// (Exif 2.32, 4.6.4). Nothing else has a shape that changes with it.
fn lies_on_its_side(mut picture: impl Read) -> bool {
    let mut start = [0; 2];
    let exif = match picture.read_exact(&mut start) {
        Ok(()) if start == [0xff, 0xd8] => exif_of_jpeg(picture),
        Ok(()) if start == [0x89, b'P'] => exif_of_png(picture),
        _ => None,
    };
    matches!(
        exif.and_then(|exif| Orientation::from_exif_chunk(&exif)),
        Some(
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        )
    )
}

/// The Exif segment of a JPEG (ITU T.81, B.1), behind its first two bytes.
fn exif_of_jpeg(mut jpeg: impl Read) -> Option<Vec<u8>> {
    loop {
        let mut head = [0; 4];
        jpeg.read_exact(&mut head).ok()?;
        // From the first scan on, everything is the picture.
        if head[0] != 0xff || head[1] == 0xda {
            return None;
        }
        let length = u64::from(u16::from_be_bytes([head[2], head[3]])).saturating_sub(2);
        let segment = part(&mut jpeg, length)?;
        if let (0xe1, Some(exif)) = (head[1], segment.strip_prefix(b"Exif\0\0")) {
            return Some(exif.to_vec());
        }
    }
}

/// The Exif chunk of a PNG (PNG 3, 5.3 and 11.3.4.5), behind its first two bytes.
fn exif_of_png(mut png: impl Read) -> Option<Vec<u8>> {
    part(&mut png, 6)?;
    loop {
        let mut head = [0; 8];
        png.read_exact(&mut head).ok()?;
        let [a, b, c, d, name @ ..] = head;
        // What comes behind the picture is read by nobody.
        if name == *b"IDAT" || name == *b"IEND" {
            return None;
        }
        let chunk = part(&mut png, u64::from(u32::from_be_bytes([a, b, c, d])))?;
        if name == *b"eXIf" {
            return Some(chunk);
        }
        // Its check sum.
        part(&mut png, 4)?;
    }
}

/// The next so many bytes, or what there is of them.
fn part(picture: &mut impl Read, length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    picture.take(length).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The start of a JPEG whose Exif segment gives `orientation`, behind a comment.
    fn taken(orientation: u8) -> Vec<u8> {
        let mut jpeg = b"\xff\xd8\xff\xfe\0\x04hi\xff\xe1\0\x22Exif\0\0".to_vec();
        jpeg.extend_from_slice(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
        jpeg.push(orientation);
        jpeg.extend_from_slice(b"\0\0\0\0\0\0");
        jpeg
    }

    /// The start of a PNG whose Exif chunk gives `orientation`, behind another chunk; `before` the
    /// picture or not.
    fn drawn(orientation: u8, before: bool) -> Vec<u8> {
        let exif = [
            &b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..],
            &[orientation],
            &b"\0\0\0\0\0\0"[..],
        ];
        let exif = (*b"eXIf", exif.concat());
        let data = (*b"IDAT", vec![0; 4]);
        let mut chunks = vec![(*b"gAMA", vec![0; 4]), exif, data];
        if !before {
            chunks.swap(1, 2);
        }
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, data) in chunks {
            let length = u32::try_from(data.len()).expect("a short chunk");
            png.extend_from_slice(&length.to_be_bytes());
            png.extend_from_slice(&name);
            png.extend(data);
            png.extend_from_slice(&[0; 4]);
        }
        png
    }

    #[test]
    fn only_a_camera_held_sideways_turns_a_picture() {
        for orientation in 1..=8 {
            let sideways = lies_on_its_side(&*taken(orientation));
            assert_eq!(sideways, orientation >= 5, "{orientation}");
            let sideways = lies_on_its_side(&*drawn(orientation, true));
            assert_eq!(sideways, orientation >= 5, "PNG, {orientation}");
        }
        assert!(!lies_on_its_side(&*drawn(6, false)));
        assert!(!lies_on_its_side(&drawn(6, true)[..20]));
        assert!(!lies_on_its_side(&taken(6)[..20]));
        assert!(!lies_on_its_side(&b"no picture"[..]));
    }
}
