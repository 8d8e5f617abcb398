//! Drawings as they are published: SVG becomes PNG. The only home of `resvg` and `png`.
//!
//! A drawing is made once: its PNG is kept in the archive's cache under the hash of the SVG.
//! Drawings have few colours, so that a PNG with a palette is a quarter of one without, and is
//! written in a fraction of the time.

use std::path::Path;

use foldhash::HashMap;
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::error::DeliverError;
use crate::content::cache::Cache;
use crate::text::hash::{Fingerprint, sha256};

/// A new number for every change that makes other bytes of the same drawing.
const VERSION: u8 = 2;

/// The PNG of a drawing that goes to `path`; `root` is the archive's.
pub fn published(root: &Path, path: &str, svg: &str) -> Result<Vec<u8>, DeliverError> {
    let cache = Cache::of(root);
    let name = format!("drawing-{}", &sha256(path.as_bytes())[..16]);
    let made_from = Fingerprint::of(&(VERSION, svg));
    if let Some(kept) = cache.read(&name, made_from) {
        return Ok(kept);
    }
    let bytes = drawn(svg).map_err(|reason| DeliverError::Drawing {
        path: path.to_owned(),
        reason,
    })?;
    // A cache that can't be written costs time, and the build says so for others.
    let kept = cache.write(&name, made_from, &bytes);
    drop(kept);
    Ok(bytes)
}

fn drawn(svg: &str) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(svg, &Options::default()).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("it has no size")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    encoded(&pixels).map_err(|error| error.to_string())
}

/// A PNG of at most 256 colours: flat ones as they are, those at the edges of shapes nearly.
fn encoded(pixels: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let runs = runs(pixels);
    let mut palette = Palette::of_flat(&runs);
    let mut data = Vec::with_capacity(pixels.data().len() / 4);
    for (colour, length) in runs {
        let index = palette.index(colour);
        data.resize(data.len() + length, index);
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.colours.concat());
    // Half as large again as it could be, in a tenth of the time.
    encoder.set_deflate_compression(DeflateCompression::FdeflateUltraFast);
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

type Rgb = [u8; 3];

/// Pixels in a row that have one colour, and how many they are.
fn runs(pixels: &Pixmap) -> Vec<(Rgb, usize)> {
    let mut runs: Vec<(Rgb, usize)> = Vec::new();
    for pixel in pixels.data().chunks_exact(4) {
        let colour = [pixel[0], pixel[1], pixel[2]];
        match runs.last_mut() {
            Some((last, length)) if *last == colour => *length += 1,
            _ => runs.push((colour, 1)),
        }
    }
    runs
}

/// So many pixels of one colour are a shape, and not its edge.
const FLAT: usize = 1000;

/// The colours of a drawing.
#[derive(Default)]
struct Palette {
    colours: Vec<Rgb>,
    known: HashMap<Rgb, u8>,
}

impl Palette {
    /// Of the colours of shapes alone, the largest first.
    fn of_flat(runs: &[(Rgb, usize)]) -> Self {
        let mut counts: HashMap<Rgb, usize> = HashMap::default();
        for (colour, length) in runs {
            *counts.entry(*colour).or_default() += length;
        }
        let counts = counts.into_iter().map(|(colour, count)| (count, colour));
        let mut flat: Vec<(usize, Rgb)> = counts.filter(|(count, _)| *count >= FLAT).collect();
        flat.sort_unstable_by(|a, b| b.cmp(a));
        let mut palette = Self::default();
        for (_, colour) in flat {
            palette.add(colour);
        }
        palette
    }

    fn index(&mut self, colour: Rgb) -> u8 {
        if let Some(index) = self.known.get(&colour) {
            return *index;
        }
        // Sixteen steps from one colour to the next look smooth.
        let near = colour.map(|channel| channel / 16 * 17);
        let index = self.known.get(&near).copied();
        let index = index.unwrap_or_else(|| self.add(near));
        self.known.insert(colour, index);
        index
    }

    /// One more colour; the ground's where there is no room.
    fn add(&mut self, colour: Rgb) -> u8 {
        let room = self.colours.len() < 256;
        let index = u8::try_from(self.colours.len()).ok().filter(|_| room);
        if index.is_some() {
            self.colours.push(colour);
        }
        let index = index.unwrap_or(0);
        self.known.insert(colour, index);
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square on a ground, with a slanting edge.
    const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'>\
        <path fill='#fcfbf8' d='M0 0H200V100H0Z'/><path fill='#0b5566' d='M0 0H90L10 100H0Z'/></svg>";

    fn pixel(png: &[u8], x: u32, y: u32) -> Rgb {
        let picture = Pixmap::decode_png(png).expect("a PNG");
        let pixel = picture.pixel(x, y).expect("a place in it");
        [pixel.red(), pixel.green(), pixel.blue()]
    }

    #[test]
    fn a_drawing_keeps_its_colours() {
        let png = drawn(SVG).expect("a drawing");
        assert_eq!(pixel(&png, 1, 1), [0x0b, 0x55, 0x66]);
        assert_eq!(pixel(&png, 199, 99), [0xfc, 0xfb, 0xf8]);
        assert_eq!(png, drawn(SVG).expect("a drawing"));
    }

    #[test]
    fn a_drawing_is_made_once_and_again_when_it_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let published = |svg: &str| published(folder.path(), "a.png", svg).expect("a drawing");
        let first = published(SVG);
        assert_eq!(published(SVG), first);
        assert_ne!(published(&SVG.replace("#0b5566", "#665500")), first);
    }

    #[test]
    fn what_is_no_drawing_is_said() {
        assert!(drawn("<svg").is_err());
    }
}
