//! Text becomes glyphs side by side. The font is a part of the program, so that a picture is the
//! same wherever it is drawn: Source Serif 4 (semibold; the Latin letters, SIL Open Font License
//! 1.1).
//!
//! A text with a letter that the font lacks isn't set at all: half a title says something else,
//! and boxes say nothing.

use std::cell::RefCell;
use std::sync::LazyLock;

use foldhash::HashMap;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId};

pub(super) static FACE: LazyLock<Face<'static>> = LazyLock::new(|| {
    let bytes = include_bytes!("serif-semibold-latin.ttf");
    Face::parse(bytes, 0).expect("the program's own font can be read: a test does")
});

/// How much closer pairs of glyphs stand than they are wide (OpenType, GPOS lookup type 2).
static PAIRS: LazyLock<Vec<PairAdjustment<'static>>> = LazyLock::new(|| {
    let lookups = FACE.tables().gpos.iter().flat_map(|gpos| gpos.lookups);
    let subtables =
        lookups.flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>());
    let pairs = subtables.filter_map(|subtable| match subtable {
        PositioningSubtable::Pair(pairs) => Some(pairs),
        _ => None,
    });
    pairs.collect()
});

thread_local! {
    static FOUND: RefCell<Found> = RefCell::default();
}

/// What was found in the font's tables: the same few letters stand side by side in every text.
#[derive(Default)]
struct Found {
    /// With their width.
    glyphs: HashMap<char, Option<(GlyphId, i32)>>,
    kerning: HashMap<(GlyphId, GlyphId), i32>,
}

/// Whether the font has every letter of a text.
pub fn has(text: &str) -> bool {
    text.chars().all(|c| glyph(c).is_some())
}

/// How wide a text is, at a size of so many pixels.
pub fn width(text: &str, size: f32) -> f32 {
    pixels(set(text).last().map_or(0, |last| last.end), size)
}

/// A glyph in a line, in units of the font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub glyph: GlyphId,
    /// Where its letter begins in the text.
    pub letter: usize,
    pub at: i32,
    pub end: i32,
}

/// The glyphs of a text, from left to right.
pub fn set(text: &str) -> impl Iterator<Item = Placed> {
    let letters = text.char_indices();
    let glyphs = letters.filter_map(|(letter, c)| Some((letter, glyph(c)?)));
    glyphs.scan((0, None), |(end, before), (letter, (glyph, width))| {
        let at = *end + before.map_or(0, |before| kerning(before, glyph));
        *end = at + width;
        *before = Some(glyph);
        Some(Placed {
            glyph,
            letter,
            at,
            end: *end,
        })
    })
}

/// The glyph of a letter, and how wide it is.
fn glyph(letter: char) -> Option<(GlyphId, i32)> {
    let found = || {
        let glyph = FACE.glyph_index(letter)?;
        let width = FACE.glyph_hor_advance(glyph).unwrap_or_default();
        Some((glyph, i32::from(width)))
    };
    FOUND.with_borrow_mut(|known| *known.glyphs.entry(letter).or_insert_with(found))
}

fn kerning(left: GlyphId, right: GlyphId) -> i32 {
    FOUND.with_borrow_mut(|known| {
        let pair = known.kerning.entry((left, right));
        *pair.or_insert_with(|| kerning_in_font(left, right))
    })
}

fn kerning_in_font(left: GlyphId, right: GlyphId) -> i32 {
    let found = PAIRS.iter().find_map(|pairs| match pairs {
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

/// How many pixels so many units of the font are.
#[expect(clippy::cast_precision_loss, reason = "a line is short")]
pub fn pixels(units: i32, size: f32) -> f32 {
    units as f32 * scale(size)
}

/// Pixels in a unit of the font.
pub fn scale(size: f32) -> f32 {
    size / f32::from(FACE.units_per_em())
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
}
