//! The colours of a drawn picture: parameters of the theme, so that a site's pictures look like
//! its pages.

use serde::Serialize;

use super::super::error::SiteError;
use super::super::theme::Theme;
use crate::content::config::Config;
use crate::diagnostic::{Findings, span_within};

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Colour([u8; 3]);

/// What a picture is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Palette {
    pub paper: Colour,
    pub ink: Colour,
    pub accent: Colour,
}

/// For a theme that names none.
const USUAL: Palette = Palette {
    paper: Colour([0xfc, 0xfb, 0xf8]),
    ink: Colour([0x1b, 0x20, 0x25]),
    accent: Colour([0x0b, 0x55, 0x66]),
};

impl Palette {
    /// What the theme's parameters say; one that is no colour is an error.
    pub fn of(theme: &Theme, config: &Config, findings: &mut Findings) -> Self {
        let mut colour = |name: &str, usual: Colour| {
            let Some(written) = theme.params.get(name).and_then(toml::Value::as_str) else {
                return usual;
            };
            Colour::parse(written).unwrap_or_else(|| {
                findings.push(no_colour(name, written, theme, config));
                usual
            })
        };
        Self {
            paper: colour("social_paper", USUAL.paper),
            ink: colour("social_ink", USUAL.ink),
            accent: colour("social_accent", USUAL.accent),
        }
    }
}

fn no_colour(name: &str, written: &str, theme: &Theme, config: &Config) -> SiteError {
    let sources = std::iter::once(&config.source).chain(&theme.manifests);
    let found = sources.clone().find_map(|source| {
        let at = source.text().find(&format!("{name} "))?;
        Some((source, at..at + name.len()))
    });
    let (source, span) = found.unwrap_or((&config.source, 0..0));
    SiteError::Parameter {
        message: format!("`{name}` is no colour: \"{written}\""),
        label: "here".to_owned(),
        help: Some("write six hexadecimal digits, like `\"#0b5566\"`".to_owned()),
        source_code: source.named(),
        span: span_within(source.text(), span).into(),
    }
}

impl Colour {
    /// As CSS writes it: `#0b5566`.
    pub fn parse(written: &str) -> Option<Self> {
        let digits = written.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// So many parts of a `whole` of this colour on another one.
    #[must_use]
    pub fn over(self, under: Self, parts: u8, whole: u8) -> Self {
        let [parts, whole] = [parts, whole].map(u16::from);
        let mix = |at: usize| {
            let mixed = u16::from(self.0[at]) * parts + u16::from(under.0[at]) * (whole - parts);
            u8::try_from((mixed + whole / 2) / whole).unwrap_or(u8::MAX)
        };
        Self([mix(0), mix(1), mix(2)])
    }

    pub fn rgb(self) -> [u8; 3] {
        self.0
    }

    /// As CSS writes it.
    pub fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn colours_are_six_digits() {
        let colour = Colour::parse("#0b5566").expect("a colour");
        assert_eq!(colour.css(), "#0b5566");
        for wrong in ["0b5566", "#0b5", "#0b556g", "#+b5566", "red", "\"/>"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn colours_mix() {
        let [black, white] = ["#000000", "#ffffff"].map(|c| Colour::parse(c).expect("a colour"));
        assert_eq!(black.over(white, 100, 100), black);
        assert_eq!(black.over(white, 0, 100), white);
        assert_eq!(black.over(white, 1, 5).css(), "#cccccc");
    }
}
