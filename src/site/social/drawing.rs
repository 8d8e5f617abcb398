//! A picture as it is drawn: what it tells above, how much there was when at its foot.

use super::canvas::Canvas;
use super::layout::fit;
use super::palette::{Colour, Palette};
use super::told::Told;
use crate::text::hash::Fingerprint;

/// In pixels, as link previews want it (OpenGraph, large cards).
pub const WIDTH: usize = 1200;
pub const HEIGHT: usize = 630;

/// A new number for every change that draws something else of the same input.
const VERSION: u8 = 3;

const MARGIN: usize = 80;
const LEFT: f32 = 80.0;
const MEASURE: f32 = 1040.0;
/// How high the highest bar is: all of them stand at the foot, below the facts.
const HIGHEST: usize = 96;
/// Where nothing can be told in words, the bars have the place.
const HIGHEST_ALONE: usize = 380;
/// The line of the facts.
const FACTS: f32 = 508.0;

/// All that a picture is made from.
#[derive(Debug)]
pub struct Drawing {
    told: Told,
    palette: Palette,
    pub fingerprint: Fingerprint,
}

impl Drawing {
    pub fn new(told: Told, palette: Palette) -> Self {
        let fingerprint = Fingerprint::of(&(VERSION, &told, &palette));
        Self {
            told,
            palette,
            fingerprint,
        }
    }

    pub fn draw(&self) -> Canvas {
        let Told {
            kicker,
            title,
            more,
            facts,
            bars,
        } = &self.told;
        let Palette { paper, ink, accent } = self.palette;
        let soft = ink.over(paper, 72, 100);
        let mut canvas = Canvas::new(WIDTH, HEIGHT, paper);
        // Colours of much text come first: those near the ground's index take less room in a PNG.
        let mut line = |text: &str, size: f32, y: f32, colour: Colour| {
            canvas.text(text, size, (LEFT, row(y)), colour);
        };
        let mut at = if kicker.is_some() { 138.0 } else { 96.0 };
        if let Some(title) = title {
            let most = if more.is_empty() { 4 } else { 3 };
            let title = fit(title, &[88.0, 76.0, 66.0, 56.0], MEASURE, most);
            for text in &title.lines {
                at += title.size * 1.1;
                line(text, title.size, at, ink);
            }
            at += 28.0;
        }
        // Several are headlines of a line each, one is a sentence that may take more.
        let most = if more.len() > 1 { 1 } else { 3 };
        for text in more {
            for text in fit(text, &[32.0], MEASURE, most).lines {
                if at + 44.0 > FACTS - 52.0 {
                    break;
                }
                at += 44.0;
                line(&text, 32.0, at, soft);
            }
        }
        let alone = title.is_none() && more.is_empty();
        if alone {
            line(facts, 44.0, 210.0, soft);
        } else {
            line(facts, 30.0, FACTS, soft);
        }
        if let Some(kicker) = kicker {
            let kicker = fit(kicker, &[34.0, 28.0], MEASURE, 1);
            line(&kicker.lines.concat(), kicker.size, 112.0, accent);
        }
        canvas.rectangle((0, 0), (WIDTH, 18), accent);
        let highest = if alone { HIGHEST_ALONE } else { HIGHEST };
        draw_bars(
            &mut canvas,
            bars,
            highest,
            accent,
            accent.over(paper, 30, 100),
        );
        canvas
    }
}

/// Lines stand on whole pixels, so that the feet of letters are sharp.
#[expect(clippy::cast_possible_truncation, reason = "a place in a picture")]
fn row(y: f32) -> i32 {
    y.round() as i32
}

/// Bars side by side, the last one marked.
fn draw_bars(canvas: &mut Canvas, bars: &[usize], highest: usize, last: Colour, others: Colour) {
    let most = bars.iter().max().copied().unwrap_or(0).max(1);
    // A few bars stand at the left rather than fill the width.
    let step = (WIDTH - 2 * MARGIN) / bars.len().max(12);
    let gap = step.div_ceil(6);
    for (at, count) in bars.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = ((count * highest + most / 2) / most).max(4);
        let colour = if at + 1 == bars.len() { last } else { others };
        let place = (MARGIN + at * step, HEIGHT - height);
        canvas.rectangle(place, (step - gap, height), colour);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(told: Told) -> Canvas {
        let [paper, ink, accent] =
            ["#fcfbf8", "#1b2025", "#0b5566"].map(|c| Colour::parse(c).expect("a colour"));
        Drawing::new(told, Palette { paper, ink, accent }).draw()
    }

    /// The colours of a row of pixels, each as often as it changes.
    fn row_of(canvas: &Canvas, y: usize) -> Vec<String> {
        let row = &canvas.pixels[y * WIDTH..][..WIDTH];
        let colours = row.chunk_by(|a, b| a == b).map(|run| run[0]);
        let colours = colours.map(|index| canvas.colours[usize::from(index)].css());
        colours.collect()
    }

    #[test]
    fn a_picture_tells_what_it_is_about_and_how_much_there_was() {
        let canvas = drawn(Told {
            kicker: Some("Narrow Seas".to_owned()),
            title: Some("Who <escorts> & \"guards\" the tankers".to_owned()),
            more: vec!["A headline".to_owned(), "Another one".to_owned()],
            facts: "3 publications · 2021".to_owned(),
            bars: vec![1, 0, 3],
        });
        let [paper, ink, soft, accent, pale] =
            ["#fcfbf8", "#1b2025", "#5a5d60", "#0b5566", "#b4c9cc"];
        assert_eq!(row_of(&canvas, 0), [accent]);
        assert_eq!(row_of(&canvas, 30), [paper]);
        let first = |line: usize| {
            let mut colours = row_of(&canvas, line);
            colours.retain(|colour| [ink, soft, accent].contains(&colour.as_str()));
            colours.dedup();
            colours
        };
        // The kicker; a title in two lines and the headlines below it; the facts.
        for (line, colour) in [
            (100, accent),
            (210, ink),
            (310, ink),
            (397, soft),
            (498, soft),
        ] {
            assert_eq!(first(line), [colour], "{line}");
        }
        assert_eq!(row_of(&canvas, 629), [paper, pale, paper, accent, paper]);
        assert_eq!(row_of(&canvas, 540), [paper, accent, paper]);
    }

    #[test]
    fn where_nothing_can_be_told_the_bars_are_high() {
        let high = drawn(Told {
            facts: "12 · 2018–2021".to_owned(),
            bars: vec![2, 4],
            ..Told::default()
        });
        assert_eq!(row_of(&high, 630 - 380).len(), 3);
        assert_eq!(row_of(&high, 630 - 381).len(), 1);
        assert_eq!(row_of(&high, 630 - 190).len(), 5);
    }

    #[test]
    fn a_picture_is_known_by_what_it_tells() {
        let [one, same, other] = ["1", "1", "2"].map(|facts| {
            let told = Told {
                facts: facts.to_owned(),
                ..Told::default()
            };
            let colour = Colour::parse("#000000").expect("a colour");
            let palette = Palette {
                paper: colour,
                ink: colour,
                accent: colour,
            };
            Drawing::new(told, palette).fingerprint
        });
        assert_eq!(one, same);
        assert_ne!(one, other);
    }
}
