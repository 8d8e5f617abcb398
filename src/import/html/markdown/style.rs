//! What text looks like.

/// What a piece of text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    pub marks: Marks,
    pub raised: Raised,
    /// Index into the addresses that the writer of the page keeps.
    pub link: Option<u32>,
}

impl Style {
    /// What two neighbours have in common: the space between them has that.
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        Self {
            marks: Marks(self.marks.0 & other.marks.0),
            raised: if self.raised == other.raised {
                self.raised
            } else {
                Raised::No
            },
            link: self.link.filter(|_| self.link == other.link),
        }
    }

    /// Without marks that could not be read: inside code they would be code, and inside raised
    /// text their edges are too close to its tags.
    #[must_use]
    pub fn readable(self) -> Self {
        if self.is_code() {
            Self {
                marks: Marks(Mark::Code as u8),
                raised: Raised::No,
                ..self
            }
        } else if self.raised == Raised::No {
            self
        } else {
            Self {
                marks: Marks::default(),
                ..self
            }
        }
    }

    pub fn is_code(self) -> bool {
        self.marks.has(Mark::Code)
    }
}

/// A mark that text may bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Strong = 1,
    Emphasis = 2,
    Struck = 4,
    Code = 8,
}

impl Mark {
    /// Those that are written before and behind the text; code has a fence of its own.
    pub const PAIRED: [Self; 3] = [Self::Strong, Self::Emphasis, Self::Struck];
}

/// A set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u8);

impl Marks {
    pub fn has(self, mark: Mark) -> bool {
        self.0 & mark as u8 != 0
    }

    #[must_use]
    pub fn with(self, mark: Mark) -> Self {
        Self(self.0 | mark as u8)
    }

    #[must_use]
    pub fn without(self, mark: Mark) -> Self {
        Self(self.0 & !(mark as u8))
    }
}

/// Above or below the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Raised {
    #[default]
    No,
    Above,
    Below,
}
