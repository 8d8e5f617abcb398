//! Text becomes shapes. The font is a part of the program, so that a picture is the same wherever
//! it is drawn: Source Serif 4 (semibold; the Latin letters, SIL Open Font License 1.1). The only
//! home of `ttf_parser`.
//!
//! A text with a letter that the font lacks isn't set at all: half a title says something else,
//! and boxes say nothing.

use std::fmt::Write;
use std::sync::LazyLock;

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

static FACE: LazyLock<Face<'static>> = LazyLock::new(|| {
    let bytes = include_bytes!("serif-semibold-latin.ttf");
    Face::parse(bytes, 0).expect("the program's own font can be read: a test does")
});

/// Whether the font has every letter of a text.
pub fn has(text: &str) -> bool {
    text.chars().all(|c| FACE.glyph_index(c).is_some())
}

/// How wide a text is, at a size of so many pixels.
pub fn width(text: &str, size: f32) -> f32 {
    let mut end = 0;
    set(text, |_, at, advance| end = at + advance);
    pixels(end, size)
}

/// The outlines of a text as SVG path data, its first letter at `x`, its line at `y`. All of it in
/// tenths of pixels: whole numbers are short and exact.
pub fn outline(text: &str, size: f32, (x, y): (f32, f32), path: &mut String) {
    set(text, |glyph, at, _| {
        let mut pen = Pen {
            path,
            size,
            x: x + pixels(at, size),
            y,
        };
        FACE.outline_glyph(glyph, &mut pen);
    });
}

/// Every glyph of a text with its place and how far it takes the pen, in units of the font.
fn set(text: &str, mut place: impl FnMut(GlyphId, i32, i32)) {
    let mut at = 0;
    let mut before = None;
    for glyph in text.chars().filter_map(|c| FACE.glyph_index(c)) {
        at += before.map_or(0, |before| kerning(before, glyph));
        let advance = i32::from(FACE.glyph_hor_advance(glyph).unwrap_or_default());
        place(glyph, at, advance);
        at += advance;
        before = Some(glyph);
    }
}

/// How much closer two glyphs stand than they are wide (OpenType, GPOS lookup type 2).
fn kerning(left: GlyphId, right: GlyphId) -> i32 {
    let lookups = FACE.tables().gpos.iter().flat_map(|gpos| gpos.lookups);
    let mut pairs = lookups
        .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>())
        .filter_map(|subtable| match subtable {
            PositioningSubtable::Pair(pairs) => Some(pairs),
            _ => None,
        });
    let found = pairs.find_map(|pairs| match pairs {
        PairAdjustment::Format1 { coverage, sets } => {
            let (first, _) = sets.get(coverage.get(left)?)?.get(right)?;
            Some(first.x_advance)
        }
        PairAdjustment::Format2 {
            coverage,
            classes,
            matrix,
        } => {
            coverage.get(left)?;
            let (first, _) = matrix.get((classes.0.get(left), classes.1.get(right)))?;
            Some(first.x_advance)
        }
    });
    found.map_or(0, i32::from)
}

#[expect(clippy::cast_precision_loss, reason = "a line is short")]
fn pixels(units: i32, size: f32) -> f32 {
    units as f32 * size / f32::from(FACE.units_per_em())
}

/// Draws one glyph; the font's y axis points up, the picture's down.
struct Pen<'p> {
    path: &'p mut String,
    size: f32,
    x: f32,
    y: f32,
}

impl Pen<'_> {
    #[expect(clippy::cast_possible_truncation, reason = "a place in a picture")]
    fn to(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        let scale = self.size / f32::from(FACE.units_per_em());
        for (x, y) in points {
            let tenths = |place: f32| (place * 10.0).round() as i32;
            let (x, y) = (tenths(self.x + x * scale), tenths(self.y - y * scale));
            // Writing to a string cannot fail.
            let _ = write!(self.path, "{x} {y} ");
        }
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.to('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.to('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.to('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_are_there_and_others_are_known_to_be_missing() {
        for text in ["Park’s “Łódź” – 2021…", "Ưu tiên", "Çeşme"] {
            assert!(has(text), "{text}");
        }
        for text in ["한국", "東京", "かな", "Москва", "🚢"] {
            assert!(!has(text), "{text}");
        }
    }

    #[test]
    fn letters_that_lean_on_each_other_stand_closer() {
        let apart = width("A", 100.0) + width("V", 100.0);
        assert!(width("AV", 100.0) < apart - 2.0);
        assert!((width("HH", 100.0) - 2.0 * width("H", 100.0)).abs() < 0.01);
    }

    #[test]
    fn a_letter_stands_above_its_line() {
        let mut path = String::new();
        outline("I", 100.0, (50.0, 200.0), &mut path);
        let numbers: Vec<i32> = path
            .split(|c: char| !c.is_ascii_digit() && c != '-')
            .filter_map(|number| number.parse().ok())
            .collect();
        let heights = numbers.iter().skip(1).step_by(2);
        assert_eq!(heights.clone().max(), Some(&2000), "{path}");
        assert!(*heights.min().expect("some") < 1400, "{path}");
    }
}
