//! Blocks on lines of their own, inside the lists and quotes they stand in.

/// Lists and quotes deeper than this are written as if they were not nested any deeper: nobody
/// reads them, and every level costs two characters a line.
const DEEPEST: usize = 12;

/// Blocks as they are written, and the containers that are open.
#[derive(Debug, Default)]
pub struct Blocks {
    out: String,
    open: Vec<Container>,
    /// Levels that were not opened because they were too deep.
    too_deep: usize,
    /// The list that the last block ended, if nothing has been written since.
    list_before: Option<Bullet>,
    /// The last block was an item's or stands directly above its nested list.
    close_up: bool,
}

#[derive(Debug)]
enum Container {
    /// Whether anything stands in it yet.
    Quote { begun: bool },
    List {
        bullet: Bullet,
        tight: bool,
        items: u64,
    },
    /// `marker` is still to be written when the item's first block comes.
    Item {
        marker: Option<String>,
        width: usize,
    },
}

/// What the items of a list begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bullet {
    Dash,
    Star,
    Dot(u64),
    Parenthesis(u64),
    Colon,
}

impl Bullet {
    fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// What a list is in HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Unordered,
    /// With the number of its first item.
    Ordered(u64),
    /// What stands behind a term of a definition list.
    Definition,
}

/// Whether items stand close together or have empty lines between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    Tight,
    Loose,
}

impl Blocks {
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Everything written, ending in one line break.
    pub fn finish(mut self) -> String {
        // A rule parts two things; at the end it parts nothing.
        while let Some(above) = self.out.strip_suffix("\n\n---\n") {
            let length = above.len() + 1;
            self.out.truncate(length);
        }
        self.out
    }

    pub fn open_quote(&mut self) {
        self.push(Container::Quote { begun: false });
    }

    pub fn open_list(&mut self, list: List, spacing: Spacing) {
        let mut bullet = match list {
            List::Unordered => Bullet::Dash,
            List::Ordered(start) => Bullet::Dot(start),
            List::Definition => Bullet::Colon,
        };
        // Two lists in a row would be read as one if they had the same mark.
        if self
            .list_before
            .is_some_and(|before| before.is_like(bullet))
        {
            bullet = match bullet {
                Bullet::Dash => Bullet::Star,
                Bullet::Dot(start) => Bullet::Parenthesis(start),
                other => other,
            };
        }
        // Only a list that begins with 1 ends the paragraph above it.
        let is_numbered_on = matches!(list, List::Ordered(start) if start != 1);
        self.close_up &= !is_numbered_on;
        self.push(Container::List {
            bullet,
            tight: spacing == Spacing::Tight,
            items: 0,
        });
    }

    pub fn open_item(&mut self) {
        let marker = match self.open.last() {
            Some(Container::List { bullet, items, .. }) => match bullet {
                Bullet::Dash => "- ".to_owned(),
                Bullet::Star => "* ".to_owned(),
                Bullet::Dot(start) => format!("{}. ", start.saturating_add(*items)),
                Bullet::Parenthesis(start) => format!("{}) ", start.saturating_add(*items)),
                Bullet::Colon => ": ".to_owned(),
            },
            _ => "- ".to_owned(),
        };
        let width = marker.len();
        self.push(Container::Item {
            marker: Some(marker),
            width,
        });
    }

    /// A footnote (GFM): what belongs to it stands four columns in.
    pub fn open_note(&mut self, name: &str) {
        self.push(Container::Item {
            marker: Some(format!("[^{name}]: ")),
            width: 4,
        });
        self.close_up = false;
    }

    fn push(&mut self, container: Container) {
        if self.open.len() >= DEEPEST || self.too_deep > 0 {
            self.too_deep += 1;
        } else {
            self.open.push(container);
        }
    }

    /// Closes the innermost container.
    pub fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        match self.open.pop() {
            Some(Container::List { bullet, items, .. }) if items > 0 => {
                self.list_before = Some(bullet);
                self.close_up = false;
            }
            Some(Container::Item { marker: None, .. }) => {
                if let Some(Container::List { items, tight, .. }) = self.open.last_mut() {
                    *items += 1;
                    self.close_up = *tight;
                }
                self.list_before = None;
            }
            Some(Container::Quote { .. }) => self.list_before = None,
            _ => {}
        }
    }

    /// Whether the innermost list's items stand close together.
    fn in_tight_list(&self) -> bool {
        self.open
            .iter()
            .rev()
            .find_map(|container| match container {
                Container::List { tight, .. } => Some(*tight),
                _ => None,
            })
            .unwrap_or(false)
    }

    /// Writes a block of one or more lines.
    pub fn block(&mut self, text: &str) {
        self.write(text, false);
    }

    /// A rule, unless nothing stands above it or another one does.
    pub fn rule(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("---\n") && self.open.is_empty() {
            self.write("---", false);
        }
    }

    /// A line directly behind the block before, such as a definition's term before its meaning.
    pub fn keep_next_close(&mut self) {
        self.close_up = true;
    }

    fn write(&mut self, text: &str, close: bool) {
        if !self.out.is_empty() {
            let opens_item = self.open.iter().any(|container| {
                matches!(
                    container,
                    Container::Item {
                        marker: Some(_),
                        ..
                    }
                )
            });
            let close = close || (self.close_up && opens_item);
            if !close {
                let blank = self.prefix(Prefix::Blank);
                self.out.push_str(blank.trim_end());
                self.out.push('\n');
            }
        }
        self.list_before = None;
        let mut first = true;
        for line in text.split('\n') {
            let prefix = self.prefix(if first { Prefix::First } else { Prefix::Rest });
            if line.is_empty() {
                self.out.push_str(prefix.trim_end());
            } else {
                self.out.push_str(&prefix);
                self.out.push_str(line);
            }
            self.out.push('\n');
            if first {
                for container in &mut self.open {
                    match container {
                        Container::Item { marker, .. } => *marker = None,
                        Container::Quote { begun } => *begun = true,
                        Container::List { .. } => {}
                    }
                }
                first = false;
            }
        }
        // A list directly below its item's text stays close to it; an item below text that stands
        // between items would be read as its next line.
        let between_items = matches!(self.open.last(), Some(Container::List { .. }));
        self.close_up = !between_items && self.in_tight_list();
    }

    fn prefix(&self, which: Prefix) -> String {
        let mut prefix = String::new();
        for container in &self.open {
            match container {
                // The blank line before what has not begun stands outside of it.
                Container::Quote { begun: false } if which == Prefix::Blank => return prefix,
                Container::Quote { .. } => prefix.push_str("> "),
                Container::List { .. } => {}
                Container::Item { marker, width } => match (which, marker) {
                    (Prefix::First, Some(marker)) => prefix.push_str(marker),
                    (Prefix::Blank, Some(_)) => return prefix,
                    _ => prefix.extend(std::iter::repeat_n(' ', *width)),
                },
            }
        }
        prefix
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prefix {
    First,
    Rest,
    Blank,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_stands_apart_from_what_is_before_it() {
        let mut blocks = Blocks::default();
        blocks.block("Before.");
        blocks.open_quote();
        blocks.block("One.");
        blocks.block("Two.");
        blocks.close();
        blocks.open_quote();
        blocks.block("Another.");
        blocks.close();
        blocks.block("After.");
        assert_eq!(
            blocks.finish(),
            "Before.\n\n> One.\n>\n> Two.\n\n> Another.\n\nAfter.\n"
        );
    }
}
