//! Whether everybody can find their way in a page: the basics of accessibility (WCAG 2.2) that can
//! be told from its HTML alone. Colours, focus and order need a browser and a person.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::excerpt::Excerpt;
use super::finding::AuditFinding;
use crate::diagnostic::Findings;

/// What is wrong at a place of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Barrier {
    NoLanguage,
    NoTitle,
    NoHeading,
    SecondHeading,
    SkippedHeading,
    NoMain,
    NoAlternative,
    NoLabel,
    NoName,
}

impl Barrier {
    fn message(self) -> &'static str {
        match self {
            Self::NoLanguage => "the page doesn't say its language",
            Self::NoTitle => "the page has no title",
            Self::NoHeading => "the page has no `<h1>`",
            Self::SecondHeading => "the page has a second `<h1>`",
            Self::SkippedHeading => "a heading skips a level",
            Self::NoMain => "the page has no `<main>`",
            Self::NoAlternative => "a picture has no `alt`",
            Self::NoLabel => "a field of a form has no label",
            Self::NoName => "a link or button says nothing",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::NoLanguage => {
                "`<html lang=\"{{ page.language }}\">` lets it be read aloud rightly"
            }
            Self::NoTitle => "`<title>` is what tabs, bookmarks and screen readers say first",
            Self::NoHeading => "one `<h1>` says what the page is about",
            Self::SecondHeading => "one is enough; those below it are `<h2>`",
            Self::SkippedHeading => "headings are an outline: below `<h2>` comes `<h3>`",
            Self::NoMain => {
                "put what is particular to the page into `<main>`, so that it can be jumped to"
            }
            Self::NoAlternative => "say what it shows, or `alt=\"\"` where it only decorates",
            Self::NoLabel => "a `<label>`, or `aria-label=\"…\"`",
            Self::NoName => "put text into it, or `aria-label=\"…\"`",
        }
    }
}

/// The barriers of many pages, each kind told once.
#[derive(Debug, Default)]
pub struct Barriers {
    /// With the first place, and on how many pages.
    found: Mutex<BTreeMap<Barrier, (Excerpt, usize)>>,
}

impl Barriers {
    /// Looks at one file of a site, if it is a page that is read.
    pub fn see(&self, path: &str, bytes: &[u8]) {
        if !path.ends_with(".html") || is_redirect(bytes) {
            return;
        }
        let mut here: BTreeMap<Barrier, usize> = BTreeMap::new();
        for (barrier, offset) in barriers(bytes) {
            here.entry(barrier).or_insert(offset);
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for (barrier, offset) in here {
            let excerpt = Excerpt::at(path, bytes, offset);
            let (first, pages) = found.entry(barrier).or_insert((excerpt.clone(), 0));
            *pages += 1;
            // Pages are seen in no order.
            if excerpt.file < first.file {
                *first = excerpt;
            }
        }
    }

    pub fn report(self, findings: &mut Findings) {
        let found = self.found.into_inner();
        for (barrier, (excerpt, pages)) in found.unwrap_or_else(PoisonError::into_inner) {
            findings.push(AuditFinding::Barrier {
                message: barrier.message().to_owned(),
                help: barrier.help().to_owned(),
                pages,
                span: excerpt.span(),
                excerpt,
            });
        }
    }
}

/// A page that only leads on is never read.
fn is_redirect(bytes: &[u8]) -> bool {
    let refresh = b"http-equiv=\"refresh\"";
    bytes.windows(refresh.len()).any(|part| part == refresh)
}

/// Every barrier of a page with the byte of the tag that is in the way.
pub fn barriers(html: &[u8]) -> Vec<(Barrier, usize)> {
    let mut reader = Reader::default();
    let callback = |event: CallbackEvent<'_>, span: html5gum::Span<usize>| -> Option<Infallible> {
        reader.event(&event, span.start);
        None
    };
    let mut emitter = CallbackEmitter::new(callback);
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).for_each(drop);
    reader.finish()
}

#[derive(Debug, Default)]
struct Tag {
    name: String,
    offset: usize,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn says(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| !value.trim().is_empty())
    }

    /// Whether an attribute names it.
    fn is_named(&self) -> bool {
        ["aria-label", "aria-labelledby", "title"]
            .iter()
            .any(|name| self.says(name))
    }
}

#[derive(Debug, Default)]
struct Reader {
    tag: Tag,
    found: Vec<(Barrier, usize)>,
    has_title: bool,
    in_title: bool,
    has_main: bool,
    headings: usize,
    level: u8,
    /// Within how many `<label>`s.
    labels: usize,
    /// What `<label for>` names.
    labelled: BTreeSet<String>,
    /// Fields that only a `<label for>` elsewhere could name, with their ids.
    fields: Vec<(String, usize)>,
    /// The link or button that is open, and whether it has said anything.
    open: Option<(usize, bool)>,
}

impl Reader {
    fn event(&mut self, event: &CallbackEvent<'_>, offset: usize) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match *event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag {
                    name: text(name),
                    offset,
                    attributes: Vec::new(),
                };
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attributes.push((text(name), String::new()));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, last)) = self.tag.attributes.last_mut() {
                    *last = text(value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } if !value.trim_ascii().is_empty() => self.said(),
            _ => {}
        }
    }

    fn add(&mut self, barrier: Barrier) {
        self.found.push((barrier, self.tag.offset));
    }

    fn said(&mut self) {
        self.has_title |= self.in_title;
        if let Some((_, said)) = &mut self.open {
            *said = true;
        }
    }

    fn start(&mut self) {
        let tag = std::mem::take(&mut self.tag);
        self.tag.offset = tag.offset;
        match tag.name.as_str() {
            "html" if !tag.says("lang") => self.add(Barrier::NoLanguage),
            "title" => self.in_title = true,
            "main" => self.has_main = true,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(tag.name.as_bytes()[1] - b'0'),
            "img" => {
                if tag.get("alt").is_none() {
                    self.add(Barrier::NoAlternative);
                } else if tag.says("alt") {
                    self.said();
                }
            }
            "label" => {
                self.labels += 1;
                self.labelled.extend(tag.get("for").map(str::to_owned));
            }
            "input" | "select" | "textarea" => self.field(&tag),
            "a" if tag.get("href").is_some() => self.open = Some((tag.offset, tag.is_named())),
            "button" => self.open = Some((tag.offset, tag.is_named())),
            _ => {}
        }
    }

    fn heading(&mut self, level: u8) {
        if level == 1 {
            self.headings += 1;
        }
        if self.headings > 1 && level == 1 {
            self.add(Barrier::SecondHeading);
        } else if level > self.level + 1 {
            self.add(Barrier::SkippedHeading);
        }
        self.level = level;
    }

    fn field(&mut self, tag: &Tag) {
        let kind = tag.get("type").unwrap_or("text");
        let speaks = matches!(kind, "hidden" | "submit" | "reset" | "button" | "image");
        if !speaks && self.labels == 0 && !tag.is_named() {
            let id = tag.get("id").unwrap_or_default().to_owned();
            self.fields.push((id, tag.offset));
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"title" => self.in_title = false,
            b"label" => self.labels = self.labels.saturating_sub(1),
            b"a" | b"button" => {
                if let Some((offset, false)) = self.open.take() {
                    self.found.push((Barrier::NoName, offset));
                }
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Vec<(Barrier, usize)> {
        for (missing, barrier) in [
            (!self.has_title, Barrier::NoTitle),
            (self.headings == 0, Barrier::NoHeading),
            (!self.has_main, Barrier::NoMain),
        ] {
            if missing {
                self.found.push((barrier, 0));
            }
        }
        let labelled = self.labelled;
        let bare = self
            .fields
            .into_iter()
            .filter(|(id, _)| !labelled.contains(id));
        self.found
            .extend(bare.map(|(_, offset)| (Barrier::NoLabel, offset)));
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::Barrier::{
        NoAlternative, NoHeading, NoLabel, NoLanguage, NoMain, NoName, NoTitle, SecondHeading,
        SkippedHeading,
    };
    use super::*;

    #[test]
    fn each_barrier_is_found_and_a_sound_page_has_none() {
        let page = |main: &str| {
            format!("<html lang=en><title>T</title><main><h1>One</h1>{main}</main></html>")
        };
        for (html, wanted) in [
            (page(""), vec![]),
            ("<p>".to_owned(), vec![NoTitle, NoHeading, NoMain]),
            (page("").replace(" lang=en", ""), vec![NoLanguage]),
            (page("<h1>Two</h1>"), vec![SecondHeading]),
            (page("<h3>Three</h3>"), vec![SkippedHeading]),
            (page("<h2>a</h2><h3>b</h3><h2>c</h2>"), vec![]),
            (page("<img src=a>"), vec![NoAlternative]),
            (page("<img src=a alt>"), vec![]),
            (page("<input name=q>"), vec![NoLabel]),
            (
                page("<label>Find <input name=q></label><input type=hidden>"),
                vec![],
            ),
            (page("<input id=q><label for=q>Find</label>"), vec![]),
            (
                page("<a href=b><img src=a alt=''></a><a href=c>c</a>"),
                vec![NoName],
            ),
            (
                page("<a href=b><img src=a alt=Home></a><button aria-label=Go></button>"),
                vec![],
            ),
        ] {
            let found: Vec<Barrier> = barriers(html.as_bytes()).into_iter().map(|b| b.0).collect();
            assert_eq!(found, wanted, "{html}");
        }
    }
}
