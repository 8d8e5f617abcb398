//! Drawings as they are published: PNG with a palette. The only home of `png`.

use std::io::Write;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};

use crate::site::social::canvas::Canvas;

/// More than a drawing takes as a rule, so that it is written in one piece.
const PIECE: usize = 1 << 16;

/// The PNG of a drawing.
pub fn png(canvas: &Canvas) -> Vec<u8> {
    encoded(canvas).expect("what is in memory can be written into memory")
}

fn encoded(canvas: &Canvas) -> Result<Vec<u8>, EncodingError> {
    let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let height = canvas.pixels.len() / canvas.width;
    let mut bytes = Vec::with_capacity(PIECE);
    let mut encoder = Encoder::new(&mut bytes, size(canvas.width), size(height));
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Four);
    let colours = canvas.colours.iter().flat_map(|colour| colour.rgb());
    encoder.set_palette(colours.collect::<Vec<u8>>());
    // Larger by half than it could be, in a small part of the time.
    encoder.set_deflate_compression(DeflateCompression::FdeflateUltraFast);
    // Most rows are as the one above.
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer_with_size(PIECE)?;
    let mut packed = Vec::with_capacity(canvas.width.div_ceil(2));
    let mut above: &[u8] = &[];
    for row in canvas.pixels.chunks_exact(canvas.width) {
        if row != above {
            pack(row, &mut packed);
            above = row;
        }
        rows.write_all(&packed)?;
    }
    rows.finish()?;
    writer.finish()?;
    Ok(bytes)
}

/// A row, two pixels side by side in each byte.
fn pack(row: &[u8], packed: &mut Vec<u8>) {
    let (pairs, last) = row.as_chunks();
    packed.resize(row.len().div_ceil(2), 0);
    // As a number, so that a processor packs many pairs at once.
    for (byte, pair) in packed.iter_mut().zip(pairs) {
        let pair = u16::from_le_bytes(*pair);
        [*byte, _] = (pair << 4 | pair >> 8).to_le_bytes();
    }
    if let ([left], Some(byte)) = (last, packed.last_mut()) {
        *byte = left << 4;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use png::{Decoder, Transformations};

    use super::*;
    use crate::site::social::palette::Colour;

    /// What a PNG shows, pixel by pixel, each as red, green and blue.
    fn decoded(png: &[u8]) -> Vec<[u8; 3]> {
        let mut decoder = Decoder::new(Cursor::new(png));
        decoder.set_transformations(Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a small one")];
        reader.next_frame(&mut bytes).expect("a picture");
        bytes.as_chunks::<3>().0.to_vec()
    }

    #[test]
    fn a_png_shows_every_pixel_as_it_was_drawn() {
        let [paper, ink] =
            ["#fcfbf8", "#1b2025"].map(|colour| Colour::parse(colour).expect("a colour"));
        let mut canvas = Canvas::new(301, 100, paper);
        canvas.rectangle((0, 0), (301, 20), ink);
        canvas.text("Narrow Seas", 50.0, (5.0, 80), ink);
        let png = png(&canvas);
        let drawn = canvas.pixels.iter();
        let drawn = drawn.map(|index| canvas.colours[usize::from(*index)].rgb());
        assert_eq!(decoded(&png), drawn.collect::<Vec<_>>());
        assert_eq!(png, super::png(&canvas));
        assert!(png.len() < 4000, "{}", png.len());
    }
}
