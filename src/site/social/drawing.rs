//! A picture as SVG: what it tells above, how much there was when at its foot.

use std::fmt::Write;

use super::font;
use super::layout::fit;
use super::palette::{Colour, Palette};
use super::told::Told;

/// In pixels, as link previews want it (OpenGraph, large cards).
pub const WIDTH: u16 = 1200;
pub const HEIGHT: u16 = 630;

/// A new number for every change that draws something else of the same input.
pub const VERSION: u8 = 1;

const MARGIN: f32 = 80.0;
const MEASURE: f32 = 1040.0;
/// Where the bars stand, and how high the highest is: at the foot, below the facts.
const GROUND: f32 = 630.0;
const HIGHEST: f32 = 96.0;
/// Where nothing can be told in words, the bars have the place.
const HIGHEST_ALONE: f32 = 380.0;

/// Draws a picture.
pub fn svg(told: &Told, palette: &Palette) -> String {
    let Told {
        kicker,
        title,
        more,
        facts,
        bars,
    } = told;
    let Palette { paper, ink, accent } = *palette;
    let soft = ink.over(paper, 72);
    let mut page = Page::new(paper);
    page.rectangle((0.0, 0.0), (f32::from(WIDTH), 18.0), accent);
    if let Some(kicker) = kicker {
        let kicker = fit(kicker, &[34.0, 28.0], MEASURE, 1);
        page.line(&kicker.lines.concat(), kicker.size, 112.0, accent);
    }
    let mut at = if kicker.is_some() { 138.0 } else { 96.0 };
    if let Some(title) = title {
        let most = if more.is_empty() { 4 } else { 3 };
        let title = fit(title, &[88.0, 76.0, 66.0, 56.0], MEASURE, most);
        for line in &title.lines {
            at += title.size * 1.1;
            page.line(line, title.size, at, ink);
        }
        at += 28.0;
    }
    // Several are headlines of a line each, one is a sentence that may take more.
    let most = if more.len() > 1 { 1 } else { 3 };
    for text in more {
        let room = whole((FACTS - 52.0 - at) / 44.0);
        for line in fit(text, &[32.0], MEASURE, most).lines.iter().take(room) {
            at += 44.0;
            page.line(line, 32.0, at, soft);
        }
    }
    let alone = title.is_none() && more.is_empty();
    let highest = if alone { HIGHEST_ALONE } else { HIGHEST };
    let facts_at = if alone { 210.0 } else { FACTS };
    page.line(facts, if alone { 44.0 } else { 30.0 }, facts_at, soft);
    page.bars(bars, highest, accent, accent.over(paper, 30));
    page.end()
}

/// The line of the facts.
const FACTS: f32 = 508.0;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a few lines"
)]
fn whole(lines: f32) -> usize {
    lines.max(0.0) as usize
}

/// A picture while it is drawn.
struct Page {
    svg: String,
}

impl Page {
    fn new(paper: Colour) -> Self {
        // Shapes are in tenths of pixels.
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
             viewBox=\"0 0 {WIDTH}0 {HEIGHT}0\"><path shape-rendering=\"crispEdges\" fill=\"{}\" d=\"M0 0H{WIDTH}0V{HEIGHT}0H0Z\"/>",
            paper.css()
        );
        Self { svg }
    }

    fn end(mut self) -> String {
        self.svg.push_str("</svg>\n");
        self.svg
    }

    /// A line of text on `y`.
    fn line(&mut self, text: &str, size: f32, y: f32, colour: Colour) {
        let _ = write!(self.svg, "<path fill=\"{}\" d=\"", colour.css());
        font::outline(text, size, (MARGIN, y), &mut self.svg);
        self.svg.push_str("\"/>");
    }

    fn rectangle(&mut self, at: (f32, f32), size: (f32, f32), colour: Colour) {
        let ((x, y), (width, height)) = (at, size);
        // Writing to a string cannot fail.
        let _ = write!(
            self.svg,
            "<path shape-rendering=\"crispEdges\" fill=\"{}\" d=\"M{:.0} {:.0}h{:.0}v{:.0}h-{:.0}z\"/>",
            colour.css(),
            x * 10.0,
            y * 10.0,
            width * 10.0,
            height * 10.0,
            width * 10.0
        );
    }

    /// Bars side by side, the last one marked: on whole pixels, so that their edges are sharp.
    #[expect(clippy::cast_precision_loss, reason = "counts of publications")]
    fn bars(&mut self, bars: &[usize], highest: f32, last: Colour, others: Colour) {
        let most = bars.iter().max().copied().unwrap_or(0).max(1) as f32;
        // A few bars stand at the left rather than fill the width.
        let step = (MEASURE / bars.len().max(12) as f32).floor();
        let gap = (step / 6.0).ceil();
        for (at, count) in bars.iter().enumerate().filter(|(_, count)| **count > 0) {
            let height = (*count as f32 / most * highest).round().max(4.0);
            let colour = if at + 1 == bars.len() { last } else { others };
            let x = MARGIN + at as f32 * step;
            self.rectangle((x, GROUND - height), (step - gap, height), colour);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn palette() -> Palette {
        let [paper, ink, accent] =
            ["#fcfbf8", "#1b2025", "#0b5566"].map(|c| Colour::parse(c).expect("a colour"));
        Palette { paper, ink, accent }
    }

    #[test]
    fn a_picture_is_made_of_shapes_and_needs_no_font() {
        let told = Told {
            kicker: Some("Narrow Seas".to_owned()),
            title: Some("Who <escorts> & \"guards\" the tankers".to_owned()),
            more: vec!["A headline".to_owned(), "Another one".to_owned()],
            facts: "3 publications · 2021".to_owned(),
            bars: vec![1, 0, 3],
        };
        let drawn = svg(&told, &palette());
        assert!(!drawn.contains("<text") && !drawn.contains("escorts"));
        // Paper, band, kicker, title in two lines at the most, two headlines, facts, two bars.
        assert!(
            (9..=10).contains(&drawn.matches("<path").count()),
            "{drawn}"
        );
        assert_eq!(drawn, svg(&told, &palette()));
    }

    #[test]
    fn where_nothing_can_be_told_the_bars_are_high() {
        let told = Told {
            facts: "12 · 2018–2021".to_owned(),
            bars: vec![2, 4],
            ..Told::default()
        };
        let high = svg(&told, &palette());
        assert!(high.contains("v3800h-"), "{high}");
    }
}
