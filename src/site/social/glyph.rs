//! How much of each pixel a glyph covers. The only home of `zeno`.
//!
//! A text needs the same few glyphs again and again, so that each is worked out once, for each of
//! its sizes and for each quarter of a pixel that it may stand at.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use foldhash::HashMap;
use ttf_parser::{GlyphId, OutlineBuilder};
use zeno::{Command, Mask as Shape, Point};

use super::font::{FACE, pixels, scale, set};

/// From no coverage to full coverage: so many steps look smooth at the size that previews have.
pub const STEPS: u8 = 4;

/// Of a pixel, that glyphs are moved by.
const QUARTERS: f32 = 4.0;

/// What a glyph covers, in whole pixels.
#[derive(Debug)]
pub struct Mask {
    /// From the pen to the left edge.
    pub left: i32,
    /// From the line to the upper edge; what is above the line is negative.
    pub top: i32,
    pub width: usize,
    /// Row by row: none of a pixel, or so many of the [`STEPS`].
    pub steps: Vec<u8>,
}

/// A glyph, the bits of its size, and its quarter of a pixel.
type Key = (GlyphId, u32, u8);

static MASKS: LazyLock<Mutex<HashMap<Key, Arc<Mask>>>> = LazyLock::new(Mutex::default);

/// The glyphs of a text as they cover the picture, each with the pixel that its pen is at.
pub fn masks(text: &str, size: f32, x: f32) -> Vec<(i32, Arc<Mask>)> {
    let mut known = MASKS.lock().unwrap_or_else(PoisonError::into_inner);
    let mut mask = |glyph, at: i32| {
        let (pixel, quarter) = split(x + pixels(at, size));
        let key = (glyph, size.to_bits(), quarter);
        let mask = known
            .entry(key)
            .or_insert_with(|| Arc::new(covered(glyph, size, f32::from(quarter) / QUARTERS)));
        (pixel, Arc::clone(mask))
    };
    set(text)
        .map(|placed| mask(placed.glyph, placed.at))
        .collect()
}

/// A place as a whole pixel, and as quarters of one beyond it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a picture"
)]
fn split(x: f32) -> (i32, u8) {
    let quarters = (x * QUARTERS).round();
    let pixel = (quarters / QUARTERS).floor();
    (pixel as i32, (quarters - pixel * QUARTERS) as u8)
}

fn covered(glyph: GlyphId, size: f32, x: f32) -> Mask {
    let mut pen = Pen {
        scale: scale(size),
        x,
        outline: Vec::new(),
    };
    // A space has none.
    let _ = FACE.outline_glyph(glyph, &mut pen);
    let (mut steps, place) = Shape::new(&pen.outline).render();
    for step in &mut steps {
        let covered = u16::from(*step) * u16::from(STEPS) + 127;
        *step = u8::try_from(covered / 255).unwrap_or(STEPS);
    }
    Mask {
        left: place.left,
        top: place.top,
        width: usize::try_from(place.width).unwrap_or_default(),
        steps,
    }
}

/// Draws one glyph; the font's y axis points up, the picture's down.
struct Pen {
    scale: f32,
    x: f32,
    outline: Vec<Command>,
}

impl Pen {
    fn point(&self, x: f32, y: f32) -> Point {
        Point::new(self.x + x * self.scale, -y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.outline.push(Command::MoveTo(to));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.outline.push(Command::LineTo(to));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, to) = (self.point(x1, y1), self.point(x, y));
        self.outline.push(Command::QuadTo(control, to));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (first, second) = (self.point(x1, y1), self.point(x2, y2));
        let to = self.point(x, y);
        self.outline.push(Command::CurveTo(first, second, to));
    }

    fn close(&mut self) {
        self.outline.push(Command::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str, x: f32) -> (i32, Arc<Mask>) {
        masks(text, 100.0, x).remove(0)
    }

    #[test]
    fn a_letter_stands_on_its_line_and_is_full_inside() {
        let (pen, mask) = one("I", 50.0);
        let rows = i32::try_from(mask.steps.len() / mask.width).expect("a few");
        assert_eq!((pen, mask.top + rows), (50, 0));
        assert!(mask.top < -60, "{}", mask.top);
        let middle = &mask.steps[mask.width * 30..][..mask.width];
        assert!(middle.contains(&STEPS) && middle.contains(&0), "{middle:?}");
        assert!(mask.steps.iter().all(|step| *step <= STEPS));
    }

    #[test]
    fn letters_move_by_quarters_of_a_pixel_and_are_made_once() {
        assert_eq!(split(50.1), (50, 0));
        assert_eq!(split(50.2), (50, 1));
        assert_eq!(split(50.9), (51, 0));
        let (_, mask) = one("I", 50.0);
        assert!(Arc::ptr_eq(&mask, &one("I", 80.1).1));
        assert_ne!(one("I", 50.25).1.steps, mask.steps);
    }

    #[test]
    fn a_space_covers_nothing() {
        assert!(one(" ", 0.0).1.steps.is_empty());
    }
}
