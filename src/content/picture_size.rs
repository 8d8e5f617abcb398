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

/// Whether a JPEG was taken with the camera held sideways, as its Exif segment says (ITU T.81, B.1;
/// Exif 2.32, 4.6.4).
fn lies_on_its_side(mut jpeg: impl Read) -> bool {
    let mut start = [0; 2];
    if jpeg.read_exact(&mut start).is_err() || start != [0xff, 0xd8] {
        return false;
    }
    loop {
        let mut head = [0; 4];
        // From the first scan on, everything is the picture.
        if jpeg.read_exact(&mut head).is_err() || head[0] != 0xff || head[1] == 0xda {
            return false;
        }
        let length = u64::from(u16::from_be_bytes([head[2], head[3]])).saturating_sub(2);
        let mut segment = Vec::new();
        if jpeg
            .by_ref()
            .take(length)
            .read_to_end(&mut segment)
            .is_err()
        {
            return false;
        }
        if let (0xe1, Some(exif)) = (head[1], segment.strip_prefix(b"Exif\0\0")) {
            return matches!(
                Orientation::from_exif_chunk(exif),
                Some(
                    Orientation::Rotate90
                        | Orientation::Rotate270
                        | Orientation::Rotate90FlipH
                        | Orientation::Rotate270FlipH
                )
            );
        }
    }
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

    #[test]
    fn only_a_camera_held_sideways_turns_a_picture() {
        for orientation in 1..=8 {
            let sideways = lies_on_its_side(&*taken(orientation));
            assert_eq!(sideways, orientation >= 5, "{orientation}");
        }
        assert!(!lies_on_its_side(&taken(6)[..20]));
        assert!(!lies_on_its_side(&b"no picture"[..]));
    }
}
