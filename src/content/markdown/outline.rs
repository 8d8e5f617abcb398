//! What a body holds beside its running text: links, headings, parts, length.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::prose::{Gatherer, Prose};
use super::syntax::{ParagraphOpening, level_number, parse};
use crate::text::section::Section;
use crate::text::slug::slug;
use crate::text::words::{Length, byte_of, length};

/// What a body holds beside its running text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outline {
    /// Links that lead somewhere within the archive, in the order of the text.
    pub links: Vec<Link>,
    pub headings: Vec<Heading>,
    /// Parts of a briefing that a paragraph opens with, instead of a heading.
    pub run_ins: Vec<Section>,
    pub length: Length,
    pub prose: Prose,
    pub opening: Opening,
}

/// The beginning of the running text, without markup: at least as many characters as were asked for,
/// where the text has them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Opening {
    text: String,
    /// Where in `text` a `[[name]]` stands that brings no words of its own, and which link of the
    /// outline it is: only the archive knows what the reader is to see there.
    names: Vec<(usize, usize)>,
}

impl Opening {
    /// The text, with the title of the n-th link where the body gives only its name.
    pub fn text(&self, title: impl Fn(usize) -> String) -> Cow<'_, str> {
        if self.names.is_empty() {
            return Cow::Borrowed(self.text.trim());
        }
        let mut text = String::with_capacity(self.text.len() + self.names.len() * 16);
        let mut from = 0;
        for &(at, link) in &self.names {
            text.push_str(&self.text[from..at]);
            text.push_str(&title(link));
            from = at;
        }
        text.push_str(&self.text[from..]);
        Cow::Owned(text.trim().to_owned())
    }

    /// Whether it has so many characters.
    fn has(&self, characters: usize) -> bool {
        byte_of(&self.text, characters).is_some()
    }

    /// Lets go of the words behind so many characters.
    fn cut(&mut self, characters: usize) {
        let beyond = byte_of(&self.text, characters);
        let space = beyond.and_then(|at| Some(at + self.text[at..].find(' ')?));
        if let Some(end) = space {
            self.text.truncate(end);
            self.names.retain(|(at, _)| *at <= end);
        }
        self.text.shrink_to_fit();
    }

    fn push_space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}

impl Outline {
    /// Everything in the body that a `#` can point at.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings.iter().map(|heading| heading.id.as_str());
        headings.chain(self.run_ins.iter().map(|section| section.id()))
    }
}

/// So many characters of the beginning are enough for a teaser.
pub const TEASER_OPENING: usize = 300;
/// And so many for the excerpt of an article that isn't shown in full.
pub const EXCERPT_OPENING: usize = 900;

/// A link to another part of the archive, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub target: Target,
    /// The bytes of the whole link in the body.
    pub range: Range<usize>,
}

/// Where a link says it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// `[[name]]`, `[[name#section]]`
    Wiki {
        name: String,
        section: Option<String>,
    },
    /// `../2021/other.md`, `other.md#section`: relative to the file.
    File {
        path: String,
        section: Option<String>,
    },
    /// `/topics/quad/`: an address of the site.
    Site(String),
    /// `#section` of the same body.
    Section(String),
    /// A file beside the article: a picture, a PDF.
    Asset(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 2 to 6 in the finished page, whose title is the only heading of level 1.
    pub level: u8,
    pub text: String,
    pub id: String,
}

/// What a link's destination is; `None` for one that leaves the archive.
pub(super) fn target(kind: LinkType, destination: &str) -> Option<Target> {
    let (path, section) = match destination.split_once('#') {
        Some((path, section)) => (path, Some(section.to_owned())),
        None => (destination, None),
    };
    if matches!(kind, LinkType::WikiLink { .. }) {
        return Some(match section {
            Some(section) if path.is_empty() => Target::Section(section),
            section => Target::Wiki {
                name: path.trim().to_owned(),
                section,
            },
        });
    }
    if has_scheme(destination) || destination.starts_with("//") {
        return None;
    }
    Some(match section {
        Some(section) if path.is_empty() => Target::Section(section),
        section if path.ends_with(".md") && !path.starts_with('/') => Target::File {
            path: path.to_owned(),
            section,
        },
        _ if path.starts_with('/') => Target::Site(destination.to_owned()),
        _ => Target::Asset(destination.to_owned()),
    })
}

/// RFC 3986, section 3.1.
fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// Reads a body without making HTML of it; `opening_length` is how many characters of its opening are
/// wanted.
pub fn outline(markdown: &str, opening_length: usize) -> Outline {
    let mut outline = Outline::default();
    let mut heading: Option<(u8, String)> = None;
    let mut skipped = 0usize;
    let mut in_name = false;
    let mut words = Length::default();
    let mut opening = ParagraphOpening::default();
    let mut is_open = true;
    let mut prose = Gatherer::new();
    for (event, range) in parse(markdown).into_offset_iter() {
        prose.see(&event, &range, markdown);
        if let Some(section) = opening.run_in(&event)
            && !outline.run_ins.contains(&section)
        {
            outline.run_ins.push(section);
        }
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                heading = Some((level_number(level), String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, text)) = heading.take() {
                    outline.headings.push(Heading {
                        level,
                        id: String::new(),
                        text: text.trim().to_owned(),
                    });
                }
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_) | Tag::FootnoteDefinition(_)) => {
                skipped += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Table | TagEnd::FootnoteDefinition) => {
                skipped -= 1;
            }
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                },
            ) => {
                if let Some(target) = target(link_type, &dest_url) {
                    outline.links.push(Link { target, range });
                }
                in_name = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                if in_name && heading.is_none() && skipped == 0 && is_open {
                    let Opening { text, names } = &mut outline.opening;
                    names.push((text.len(), outline.links.len() - 1));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => in_name = false,
            Event::Text(text) | Event::Code(text) => {
                let counted = length(&text);
                words.words += counted.words;
                words.ideographs += counted.ideographs;
                if let Some((_, heading)) = &mut heading {
                    heading.push_str(&text);
                } else if skipped == 0 && !in_name && is_open {
                    outline.opening.text.push_str(&text);
                    is_open = !outline.opening.has(opening_length);
                }
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                if let Some((_, heading)) = &mut heading {
                    heading.push(' ');
                } else if is_open {
                    outline.opening.push_space();
                }
            }
            _ => {}
        }
    }
    outline.length = words;
    outline.prose = prose.finish();
    place_headings(&mut outline.headings);
    let headings = &outline.headings;
    outline
        .run_ins
        .retain(|section| headings.iter().all(|heading| heading.id != section.id()));
    // Outlines are held for as long as the archive is: of a hundred thousand, the room that lists
    // and texts have grown into and don't need would be a hundred megabytes.
    outline.links.shrink_to_fit();
    outline.headings.shrink_to_fit();
    outline.opening.cut(opening_length);
    outline
}

/// Gives headings their final levels (from 2) and their anchors (unique in the body).
fn place_headings(headings: &mut [Heading]) {
    let top = headings.iter().map(|h| h.level).min().unwrap_or(2);
    let mut taken = std::collections::HashMap::<String, usize>::new();
    for heading in headings {
        heading.level = (heading.level + 2).saturating_sub(top).clamp(2, 6);
        let wanted = Section::from_label(&heading.text)
            .map(|section| section.id().to_owned())
            .or_else(|| slug(&heading.text))
            .unwrap_or_else(|| "section".to_owned());
        let count = taken.entry(wanted.clone()).or_default();
        *count += 1;
        heading.id = match *count {
            1 => wanted,
            n => format!("{wanted}-{n}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(markdown: &str, beginning: usize) -> String {
        let title = |link: usize| format!("<{link}>");
        let opening = outline(markdown, beginning).opening;
        opening.text(title).into_owned()
    }

    #[test]
    fn the_beginning_of_a_text_ends_with_a_word() {
        let text = "One [[two]] three.\n\nFour *five* [[six]] seven.";
        assert_eq!(opening(text, 300), "One <0> three. Four five <1> seven.");
        // Of whole words, as many as it takes; a name that isn't in it is not told.
        assert_eq!(opening(text, 6), "One <0> three.");
        assert_eq!(opening(text, 17), "One <0> three. Four five");
        assert_eq!(opening("하나 둘 셋", 3), "하나 둘");
        assert_eq!(opening("一二三四五", 2), "一二三四五");
        assert_eq!(opening("", 2), "");
    }
}
