//! The groups of features and the number that each feature goes by.

use crate::import::phrases::TOPICS;

macro_rules! groups {
    ($($(#[$doc:meta])* $name:ident: $count:expr;)*) => {
        /// What is looked at; a group has as many features as it has steps.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Group { $($(#[$doc])* $name),* }
        /// A group's name in the file of weights, and its steps.
        const GROUPS: &[(&str, usize)] = &[$((stringify!($name), $count)),*];
    };
}

groups! {
    /// Always on.
    Bias: 1;
    /// Length in characters.
    Length: 12;
    /// Share of the longest line's length.
    LengthToLongest: 6;
    /// How it ends: sentence, dots, question, colon, comma, open.
    Ending: 6;
    /// How it starts: quote, copyright, mark, bracket, digit, small letter, capital, else.
    Start: 8;
    Bullet: 1;
    GapBefore: 1;
    GapAfter: 1;
    Commas: 5;
    Digits: 5;
    Sentences: 5;
    Separators: 5;
    Mail: 1;
    Url: 1;
    Clock: 1;
    Year: 1;
    /// A byline, a date, a caption with its credit.
    Role: 3;
    /// Share of little words ("the", "und") in it.
    LittleWords: 6;
    /// Share of words with a capital.
    Capitals: 6;
    /// Words of furniture, by the length of the line.
    TopicShort: TOPICS;
    TopicMiddle: TOPICS;
    TopicLong: TOPICS;
    /// The line is nothing but such a phrase: a heading of what follows, or a button.
    TopicAlone: TOPICS;
    /// The line before, or behind, is nothing but such a phrase.
    TopicBefore: TOPICS;
    TopicBehind: TOPICS;
    /// Speaks of us, of you; asks; quotes: in a heading's length or a paragraph's.
    FirstPerson: 2;
    SecondPerson: 2;
    Question: 2;
    Quote: 2;
    /// The same text stands elsewhere: further down, before, both.
    Copied: 3;
    /// Words shared with the page's prose.
    Shared: 7;
    /// The shapes of the two lines before and behind.
    Before: 7;
    TwoBefore: 7;
    Behind: 7;
    TwoBehind: 7;
    RoleBefore: 3;
    RoleBehind: 3;
    BulletBefore: 1;
    BulletBehind: 1;
    /// How many lines of its own shape stand together here.
    Run: 6;
    /// Characters of prose nearby.
    ProseNear: 8;
    ProseWide: 8;
    ProseJustBefore: 8;
    ProseJustBehind: 8;
    /// Lines to the nearest paragraph.
    ParagraphBefore: 7;
    ParagraphBehind: 7;
    /// The share of the page's prose that stands before and behind.
    ProseBefore: 8;
    ProseBehind: 8;
    /// How much prose the page has, for each shape of line.
    PageProse: 36;
    /// In, before or behind the page's largest block of paragraphs.
    LargestBlock: 3;
    /// The share of the page's prose in the line's own block of paragraphs.
    OwnBlock: 6;
    /// Lines since a heading such as "Comments" or "Related" stood alone.
    SinceComments: 5;
    SinceRelated: 5;
    SinceLegal: 5;
    SinceAuthorBox: 5;
    SinceTags: 5;
}

const COUNT: usize = GROUPS.len();

const OFFSETS: [usize; COUNT + 1] = {
    let mut offsets = [0; COUNT + 1];
    let mut at = 0;
    while at < COUNT {
        offsets[at + 1] = offsets[at] + GROUPS[at].1;
        at += 1;
    }
    offsets
};

/// How many features there are.
pub const FEATURES: usize = OFFSETS[COUNT];

impl Group {
    /// The number of a feature; steps beyond the last are the last.
    pub fn feature(self, step: usize) -> u16 {
        let step = step.min(GROUPS[self as usize].1 - 1);
        u16::try_from(OFFSETS[self as usize] + step).expect("there are fewer than 2^16 features")
    }
}

/// A feature's name in the file of weights: its group and step.
pub fn name(feature: usize) -> (&'static str, usize) {
    let group = OFFSETS.partition_point(|&offset| offset <= feature) - 1;
    (GROUPS[group].0, feature - OFFSETS[group])
}
