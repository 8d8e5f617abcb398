//! A picture of few colours: each pixel is the index of one of them.

use super::glyph::{STEPS, masks};
use super::palette::Colour;

/// So many colours, at most: as a PNG, a pixel takes half a byte.
const COLOURS: usize = 16;

/// A picture while it is drawn, and when it is done.
#[derive(Debug, PartialEq, Eq)]
pub struct Canvas {
    pub width: usize,
    /// Row by row, as indices of colours.
    pub pixels: Vec<u8>,
    /// The ground's, then those of rectangles, and of the steps from the ground to a text's.
    pub colours: Vec<Colour>,
}

impl Canvas {
    pub fn new(width: usize, height: usize, ground: Colour) -> Self {
        Self {
            width,
            pixels: vec![0; width * height],
            colours: vec![ground],
        }
    }

    /// What is beyond the picture is left out.
    pub fn rectangle(
        &mut self,
        (x, y): (usize, usize),
        (width, height): (usize, usize),
        colour: Colour,
    ) {
        let at = self.colours.iter().position(|known| *known == colour);
        let index = at.unwrap_or_else(|| self.add([colour]));
        let index = u8::try_from(index).expect("one of few");
        let rows = self.pixels.chunks_exact_mut(self.width);
        for row in rows.skip(y).take(height) {
            let row = row.get_mut(x..).unwrap_or_default();
            let width = width.min(row.len());
            row[..width].fill(index);
        }
    }

    /// A line of text on the ground, from `x` on and upon `y`. What is beyond the picture is left
    /// out.
    pub fn text(&mut self, text: &str, size: f32, (x, y): (f32, i32), colour: Colour) {
        let before = self.steps_to(colour);
        for (pen, mask) in masks(text, size, x) {
            let place = (pen + mask.left, y + mask.top);
            let (Ok(left), Ok(top)) = (usize::try_from(place.0), usize::try_from(place.1)) else {
                continue;
            };
            let rows = self.pixels.chunks_exact_mut(self.width).skip(top);
            // A space has no width.
            for (row, steps) in rows.zip(mask.steps.chunks_exact(mask.width.max(1))) {
                let row = row.get_mut(left..).unwrap_or_default();
                for (pixel, step) in row.iter_mut().zip(steps) {
                    // Where glyphs meet, the one that covers more is seen.
                    let index = if *step == 0 { 0 } else { before + step };
                    *pixel = index.max(*pixel);
                }
            }
        }
    }

    /// The index before those of the steps from the ground to a colour.
    fn steps_to(&mut self, colour: Colour) -> u8 {
        let ground = self.colours[0];
        let mut steps = [ground; STEPS as usize];
        for (step, mixed) in (1..).zip(&mut steps) {
            *mixed = colour.over(ground, step, STEPS);
        }
        let mut known = self.colours.windows(steps.len());
        let at = known.position(|known| known == steps);
        let first = at.unwrap_or_else(|| self.add(steps));
        u8::try_from(first).expect("one of few") - 1
    }

    /// The index of the first of new colours.
    fn add<const N: usize>(&mut self, colours: [Colour; N]) -> usize {
        let first = self.colours.len();
        self.colours.extend(colours);
        assert!(self.colours.len() <= COLOURS, "a picture of few colours");
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours() -> [Colour; 3] {
        ["#ffffff", "#000000", "#0b5566"].map(|colour| Colour::parse(colour).expect("a colour"))
    }

    fn at(canvas: &Canvas, x: usize, y: usize) -> Colour {
        canvas.colours[usize::from(canvas.pixels[y * canvas.width + x])]
    }

    #[test]
    fn rectangles_have_their_colours_and_end_at_the_edge() {
        let [white, black, blue] = colours();
        let mut canvas = Canvas::new(20, 10, white);
        canvas.rectangle((2, 3), (4, 2), black);
        canvas.rectangle((15, 8), (100, 100), blue);
        canvas.rectangle((100, 100), (1, 1), blue);
        for (x, y, colour) in [
            (1, 3, white),
            (2, 3, black),
            (5, 4, black),
            (6, 4, white),
            (5, 5, white),
            (14, 9, white),
            (15, 8, blue),
            (19, 9, blue),
        ] {
            assert_eq!(at(&canvas, x, y), colour, "{x} {y}");
        }
    }

    #[test]
    fn the_edges_of_letters_are_between_their_colour_and_the_ground() {
        let [white, black, _] = colours();
        let mut canvas = Canvas::new(200, 60, white);
        canvas.text("OVAV", 50.0, (5.0, 50), black);
        let mut used = canvas.pixels.clone();
        used.sort_unstable();
        used.dedup();
        assert_eq!(used, (0..=STEPS).collect::<Vec<_>>());
        assert_eq!(canvas.colours.len(), 1 + usize::from(STEPS));
        assert_eq!(canvas.colours.last(), Some(&black));
        assert_eq!(canvas.colours[2].css(), "#808080");
    }

    #[test]
    fn text_beyond_the_picture_is_left_out() {
        let [white, black, _] = colours();
        let mut canvas = Canvas::new(40, 20, white);
        canvas.text("AAAAAAAA", 30.0, (-5.0, 15), black);
        canvas.text("AAAAAAAA", 30.0, (-5.0, 100), black);
        assert_eq!(canvas.pixels.len(), 800);
    }
}
