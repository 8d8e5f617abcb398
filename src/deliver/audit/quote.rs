//! A page is asked for again when a message is to point into it: few are, and no text of the
//! others has to be kept.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use miette::SourceSpan;

use super::excerpt::Excerpt;
use super::look::{Look, look};
use super::reference::Places;
use super::survey::Sighting;

/// The bytes of a file of the site, by its path.
pub type ReadFile<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// Finds the words that a message points at.
pub struct Quotes<'a> {
    places: &'a Places,
    read: &'a ReadFile<'a>,
    /// Many messages point into one file.
    opened: RefCell<HashMap<Box<str>, Rc<Opened>>>,
}

struct Opened {
    bytes: Vec<u8>,
    look: Look,
}

impl<'a> Quotes<'a> {
    pub fn new(places: &'a Places, read: &'a ReadFile<'a>) -> Self {
        Self {
            places,
            read,
            opened: RefCell::default(),
        }
    }

    /// Where it was seen first, on how many pages; `place` finds the byte at which it is written.
    pub fn first(
        &self,
        sighting: &Sighting,
        place: impl Fn(&Look) -> Option<usize>,
    ) -> (usize, Excerpt, SourceSpan) {
        let page = self.open(&sighting.first);
        let offset = place(&page.look).unwrap_or_default();
        let excerpt = Excerpt::at(&sighting.first, &page.bytes, offset);
        let span = excerpt.span();
        (sighting.pages, excerpt, span)
    }

    /// Every place in a file that `places` finds.
    pub fn all(&self, file: &str, places: impl Fn(&Look) -> &[usize]) -> Vec<Excerpt> {
        let page = self.open(file);
        let places = places(&page.look).iter();
        places
            .map(|offset| Excerpt::at(file, &page.bytes, *offset))
            .collect()
    }

    fn open(&self, file: &str) -> Rc<Opened> {
        let known = self.opened.borrow().get(file).cloned();
        known.unwrap_or_else(|| {
            let bytes = (self.read)(file).unwrap_or_default();
            let look = look(self.places, file, &bytes);
            let page = Rc::new(Opened { bytes, look });
            let mut opened = self.opened.borrow_mut();
            opened.insert(file.into(), Rc::clone(&page));
            page
        })
    }
}
