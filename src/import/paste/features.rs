//! What can be seen of a line: its own shape, its words, its neighbours, its place on the page.
//!
//! Every feature is yes or no, so that a weight says in one number what it speaks for; lengths
//! and shares are cut into steps. `training/README.md` says how the weights are made.

use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::line::{Line, is_east_asian};
use super::phrases::{self, TOPICS, Topic, Topics};

/// The numbers of the features that a line has.
pub type Features = Vec<u16>;

/// One group of features: where its numbers begin and how many there are.
macro_rules! groups {
    ($($(#[$doc:meta])* $name:ident: $count:expr;)*) => {
        #[derive(Debug, Clone, Copy)]
        #[allow(clippy::upper_case_acronyms)]
        enum Group { $($name),* }
        const COUNTS: &[usize] = &[$($count),*];
    };
}

groups! {
    /// Always on.
    Bias: 1;
    /// Length in characters.
    Length: 12;
    /// How it ends: sentence, question, colon, dots, open.
    Ending: 6;
    /// How it starts.
    Start: 8;
    Bullet: 1;
    GapBefore: 1;
    GapAfter: 1;
    /// Share of little words ("the", "und") in it.
    StopWords: 6;
    Commas: 4;
    /// Share of words with a capital.
    Capitals: 6;
    Digits: 5;
    Sentences: 5;
    Separators: 4;
    /// Words of furniture, in short lines and in long ones.
    TopicShort: TOPICS;
    TopicMiddle: TOPICS;
    TopicLong: TOPICS;
    /// The line is nothing but such a phrase: a heading of what follows, or a button.
    TopicAlone: TOPICS;
    Mail: 1;
    Url: 1;
    Clock: 1;
    Year: 1;
    Byline: 1;
    Copied: 3;
    /// Length step and ending of the line before and of the line behind.
    Before: 14;
    Behind: 14;
    /// Its own coarse shape with those of its neighbours.
    Trigram: 216;
    /// Characters in sentences nearby.
    DensityNear: 8;
    DensityWide: 8;
    DensityBefore: 8;
    DensityBehind: 8;
    /// Lines to the nearest paragraph before and behind.
    ToParagraphBefore: 7;
    ToParagraphBehind: 7;
    /// Where on the page, by lines and by characters of prose.
    Place: 10;
    ProseBefore: 8;
    ProseBehind: 8;
    /// Words shared with the page's prose.
    Shared: 7;
    /// Lines since a heading such as "Comments" or "Related" stood alone.
    SinceComments: 5;
    SinceRelated: 5;
    SinceFooter: 5;
    SinceAuthorBox: 5;
    SinceTags: 5;
    /// The same, with paragraph or not.
    FirstPerson: 2;
    SecondPerson: 2;
    Question: 2;
    Quote: 2;
    RatioToLongest: 6;
    Run: 6;
}

const OFFSETS: [usize; COUNTS.len() + 1] = {
    let mut offsets = [0; COUNTS.len() + 1];
    let mut at = 0;
    while at < COUNTS.len() {
        offsets[at + 1] = offsets[at] + COUNTS[at];
        at += 1;
    }
    offsets
};

/// How many features there are.
pub const FEATURES: usize = OFFSETS[COUNTS.len()];

fn number(group: Group, step: usize) -> u16 {
    let step = step.min(COUNTS[group as usize] - 1);
    u16::try_from(OFFSETS[group as usize] + step).unwrap_or(u16::MAX)
}

/// What is measured once for every line before features look at neighbours.
struct Seen {
    /// Characters, East Asian ones counted as what they say in others.
    weight: usize,
    topics: Topics,
    words: usize,
    shape: usize,
    lower: String,
}

/// The features of all lines of a page.
pub fn features(lines: &[Line]) -> Vec<Features> {
    let seen: Vec<Seen> = lines.iter().map(see).collect();
    let page = Page::new(lines, &seen);
    (0..lines.len()).map(|at| page.line(at)).collect()
}

fn see(line: &Line) -> Seen {
    let lower = line.text.to_lowercase();
    let weight = if is_east_asian(&line.text) {
        line.chars * 5 / 2
    } else {
        line.chars
    };
    let sentence = line.ends_sentence() && !line.text.ends_with(':');
    let topics = phrases::topics(&lower);
    let words = lower.split(' ').count();
    let shape = match (weight, sentence) {
        (0..=24, _) => 0,
        (25..=79, false) => 1,
        (25..=79, true) => 2,
        (80..=199, false) => 3,
        (80..=199, true) => 4,
        _ => 5,
    };
    Seen {
        weight,
        topics,
        words,
        shape,
        lower,
    }
}

struct Page<'a> {
    lines: &'a [Line],
    seen: &'a [Seen],
    copies: HashMap<&'a str, (usize, usize)>,
    /// Characters of prose before each line, and the whole.
    prose: Vec<usize>,
    /// The paragraph at or before, and at or behind each line.
    paragraph_before: Vec<Option<usize>>,
    paragraph_behind: Vec<Option<usize>>,
    words: HashMap<String, u32>,
    longest: usize,
    since: [Vec<usize>; 5],
}

const HEADINGS: [Topic; 5] = [
    Topic::Comments,
    Topic::Related,
    Topic::Legal,
    Topic::AuthorBox,
    Topic::Tags,
];

impl<'a> Page<'a> {
    fn new(lines: &'a [Line], seen: &'a [Seen]) -> Self {
        let mut copies: HashMap<&str, (usize, usize)> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            copies.entry(line.text.as_str()).or_insert((at, at)).1 = at;
        }
        let mut prose = vec![0];
        let mut total = 0;
        for one in seen {
            total += if one.shape >= 4 { one.weight } else { 0 };
            prose.push(total);
        }
        let paragraph = |at: &usize| seen[*at].shape >= 4;
        let mut last = None;
        let paragraph_before = (0..lines.len())
            .map(|at| {
                let before = last;
                last = if paragraph(&at) { Some(at) } else { last };
                before
            })
            .collect();
        let mut next = None;
        let mut paragraph_behind: Vec<Option<usize>> = (0..lines.len())
            .rev()
            .map(|at| {
                let behind = next;
                next = if paragraph(&at) { Some(at) } else { next };
                behind
            })
            .collect();
        paragraph_behind.reverse();
        let mut words: HashMap<String, u32> = HashMap::new();
        for one in seen.iter().filter(|one| one.shape >= 4) {
            for word in content_words(&one.lower) {
                *words.entry(word).or_insert(0) += 1;
            }
        }
        let since = HEADINGS.map(|topic| {
            let mut since = Vec::with_capacity(lines.len());
            let mut lines_since = usize::MAX;
            for one in seen {
                since.push(lines_since);
                if one.topics.contains(topic) && one.words <= 4 && one.weight < 40 {
                    lines_since = 0;
                } else if lines_since != usize::MAX {
                    lines_since += 1;
                }
            }
            since
        });
        Self {
            lines,
            seen,
            copies,
            prose,
            paragraph_before,
            paragraph_behind,
            words,
            longest: seen.iter().map(|one| one.weight).max().unwrap_or(0),
            since,
        }
    }

    #[expect(clippy::too_many_lines, reason = "a list, one feature a paragraph")]
    fn line(&self, at: usize) -> Features {
        let line = &self.lines[at];
        let seen = &self.seen[at];
        let text = line.text.as_str();
        let mut found = vec![number(Group::Bias, 0)];
        let mut add = |group: Group, step: usize| found.push(number(group, step));

        add(
            Group::Length,
            step(
                seen.weight,
                &[8, 16, 25, 40, 60, 80, 120, 180, 280, 450, 800],
            ),
        );
        add(Group::Ending, ending(text));
        add(Group::Start, start(text));
        if line.bullet {
            add(Group::Bullet, 0);
        }
        if line.gap {
            add(Group::GapBefore, 0);
        }
        if self.lines.get(at + 1).is_none_or(|next| next.gap) {
            add(Group::GapAfter, 0);
        }

        let (little, capitals) = shares(text, &seen.lower);
        add(Group::StopWords, step(little, &[1, 10, 20, 33, 45]));
        add(Group::Capitals, step(capitals, &[1, 15, 35, 60, 90]));
        add(
            Group::Commas,
            text.matches([',', '，', '、']).take(4).count(),
        );
        let digits = text.chars().filter(char::is_ascii_digit).count() * 100 / line.chars.max(1);
        add(Group::Digits, step(digits, &[1, 5, 15, 40]));
        add(Group::Sentences, sentences(text));
        add(
            Group::Separators,
            text.matches(['|', '»', '›', '•', '/', '→', '·', '#'])
                .take(4)
                .count(),
        );

        let by_length = match seen.weight {
            0..=39 => Group::TopicShort,
            40..=119 => Group::TopicMiddle,
            _ => Group::TopicLong,
        };
        for topic in seen.topics.numbers() {
            add(by_length, topic);
            if seen.words <= 3 {
                add(Group::TopicAlone, topic);
            }
        }
        if text.contains('@') {
            add(Group::Mail, 0);
        }
        if text.contains("http") || text.contains("www.") {
            add(Group::Url, 0);
        }
        if has_clock(text) {
            add(Group::Clock, 0);
        }
        if seen.weight < 80 && has_year(text) {
            add(Group::Year, 0);
        }
        if seen.weight < 80 && crate::import::byline::has_lead(text) {
            add(Group::Byline, 0);
        }
        if let Some(&(first, last)) = self.copies.get(text)
            && first != last
        {
            add(
                Group::Copied,
                usize::from(at != first) + usize::from(at != first && at != last),
            );
        }

        let neighbour = |at: Option<usize>| at.and_then(|at| self.seen.get(at));
        let (before, behind) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        let two_before = neighbour(at.checked_sub(2));
        let two_behind = neighbour(Some(at + 2));
        let shape = |one: Option<&Seen>| one.map_or(0, |one| one.shape);
        add(Group::Before, before.map_or(13, |one| one.shape));
        add(Group::Behind, behind.map_or(13, |one| one.shape));
        add(Group::Before, 6 + two_before.map_or(0, |one| one.shape));
        add(Group::Behind, 6 + two_behind.map_or(0, |one| one.shape));
        add(
            Group::Trigram,
            shape(before) * 36 + seen.shape * 6 + shape(behind),
        );

        let prose = |from: usize, to: usize| {
            let to = to.min(self.lines.len());
            self.prose[to] - self.prose[from.min(to)]
        };
        let steps = &[1, 80, 200, 400, 800, 1600, 3200];
        add(
            Group::DensityNear,
            step(prose(at.saturating_sub(2), at + 3), steps),
        );
        add(
            Group::DensityWide,
            step(prose(at.saturating_sub(8), at + 9), steps),
        );
        add(
            Group::DensityBefore,
            step(prose(at.saturating_sub(4), at), steps),
        );
        add(Group::DensityBehind, step(prose(at + 1, at + 5), steps));

        let far = |to: Option<usize>| to.map_or(6, |to| step(to.abs_diff(at), &[2, 3, 5, 9, 17]));
        add(Group::ToParagraphBefore, far(self.paragraph_before[at]));
        add(Group::ToParagraphBehind, far(self.paragraph_behind[at]));

        add(Group::Place, at * 10 / self.lines.len());
        let all = self.prose[self.lines.len()].max(1);
        let shares = &[1, 10, 30, 50, 70, 90, 100];
        add(Group::ProseBefore, step(self.prose[at] * 100 / all, shares));
        add(
            Group::ProseBehind,
            step((all - self.prose[at + 1].min(all)) * 100 / all, shares),
        );

        add(Group::Shared, self.shared(at));
        for (group, since) in [
            Group::SinceComments,
            Group::SinceRelated,
            Group::SinceFooter,
            Group::SinceAuthorBox,
            Group::SinceTags,
        ]
        .into_iter()
        .zip(&self.since)
        {
            if since[at] != usize::MAX {
                add(group, step(since[at], &[2, 5, 15, 50]));
            }
        }

        let long = usize::from(seen.weight >= 80);
        if speaks(&seen.lower, &FIRST_PERSON) {
            add(Group::FirstPerson, long);
        }
        if speaks(&seen.lower, &SECOND_PERSON) {
            add(Group::SecondPerson, long);
        }
        if text.contains(['?', '？']) {
            add(Group::Question, long);
        }
        if text.contains(['"', '“', '„', '«', '「', '”']) {
            add(Group::Quote, long);
        }
        add(
            Group::RatioToLongest,
            step(
                seen.weight * 100 / self.longest.max(1),
                &[5, 15, 30, 50, 80],
            ),
        );
        add(Group::Run, step(self.run(at), &[2, 3, 5, 10, 20]));
        found
    }

    /// How many of its words the page's prose uses too.
    fn shared(&self, at: usize) -> usize {
        let seen = &self.seen[at];
        let own = u32::from(seen.shape >= 4);
        let (mut words, mut shared) = (0, 0);
        for word in content_words(&seen.lower).take(60) {
            words += 1;
            shared += usize::from(self.words.get(&word).is_some_and(|&count| count > own));
        }
        if words == 0 {
            return 6;
        }
        step(shared * 100 / words, &[1, 20, 40, 60, 80])
    }

    /// How many lines of its own shape stand together here.
    fn run(&self, at: usize) -> usize {
        let shape = self.seen[at].shape;
        let same = |other: &&Seen| other.shape == shape;
        let before = self.seen[..at]
            .iter()
            .rev()
            .take(20)
            .take_while(same)
            .count();
        let behind = self.seen[at + 1..].iter().take(20).take_while(same).count();
        before + behind + 1
    }
}

/// How many of the steps a value has reached.
fn step(value: usize, steps: &[usize]) -> usize {
    steps.iter().take_while(|&&step| value >= step).count()
}

fn ending(text: &str) -> usize {
    let bare = text.trim_end_matches(|c: char| "\"'”’»«)]）」』】 ".contains(c));
    match bare.chars().next_back() {
        Some('.' | '。') => usize::from(bare.ends_with("..")),
        Some('?' | '!' | '？' | '！') => 2,
        Some(':' | '：') => 3,
        Some('…' | '>' | '»' | '›') => 1,
        Some(',' | ';') => 4,
        _ => 5,
    }
}

fn start(text: &str) -> usize {
    match text.chars().next() {
        Some('"' | '“' | '„' | '«' | '»' | '‚' | '‘' | '「' | '\'') => 0,
        Some('©') => 1,
        Some('>' | '›' | '|' | '/' | '#' | '+' | '→' | '‹' | '<' | '–' | '-') => 2,
        Some('(' | '[') => 3,
        Some(c) if c.is_numeric() => 4,
        Some(c) if c.is_lowercase() => 5,
        Some(c) if c.is_alphabetic() => 6,
        _ => 7,
    }
}

/// How many sentences end inside the line.
fn sentences(text: &str) -> usize {
    let mut count = 0;
    let mut before = ' ';
    let mut ended = false;
    for c in text.chars() {
        if ended && c.is_uppercase() || matches!(before, '。' | '！' | '？') {
            count += 1;
        }
        ended = c == ' ' && matches!(before, '.' | '!' | '?' | '”' | '"');
        before = c;
        if count == 4 {
            break;
        }
    }
    count
}

/// Percent of the words that are little ones, and that have a capital.
fn shares(text: &str, lower: &str) -> (usize, usize) {
    let (mut words, mut little, mut capitals) = (0, 0, 0);
    for word in text
        .split(' ')
        .filter(|word| word.starts_with(char::is_alphabetic))
    {
        words += 1;
        capitals += usize::from(word.starts_with(char::is_uppercase));
    }
    for word in lower.split(|c: char| !c.is_alphabetic()) {
        little += usize::from(STOP_WORDS.contains(word));
    }
    if is_east_asian(text) {
        // No spaces, or endings instead of little words: particles stand in for them.
        let particles = text
            .chars()
            .filter(|c| "的了在是和は、がをにでの은는이가을를에의".contains(*c))
            .count();
        return (particles * 300 / text.chars().count().max(1), 0);
    }
    let words = words.max(1);
    (little * 100 / words, capitals * 100 / words)
}

fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|w| {
        w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit()
    })
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

fn speaks(lower: &str, words: &LazyLock<HashSet<&'static str>>) -> bool {
    lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| words.contains(word))
}

fn content_words(lower: &str) -> impl Iterator<Item = String> + '_ {
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3 && !STOP_WORDS.contains(word))
        .map(str::to_owned)
}

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

static FIRST_PERSON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "i me my mine we us our ours ich mich mir mein meine meinen wir uns unser unsere je moi mon ma mes nous notre nos yo mi nosotros nuestro nuestra ja mnie moje nasz nasze",
    )
});

static SECOND_PERSON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "you your yours du dich dir dein deine euch ihr ihre ihren sie tu te votre vos vous usted ustedes tus ty twój wasz państwo",
    )
});

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "the of and to in a is that for it was on with as be by at from this have has had not are were but or an which their they his her its been who will would can could there when what all if so about into than more other some also after over such only \
         der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde wenn können diese dieser kann sei \
         le la les de des du et en un une est que qui dans pour par sur pas au plus ce ne se il elle avec son sa ses sont mais ou aux cette ont été être comme leur nous vous \
         el los las del y una por con para es lo se no su al más como pero sus ha este esta son fue entre cuando muy sin sobre también me hasta hay donde desde todo nos \
         w i na z do się nie to jest że o jak za po od przez dla oraz są który która które być tym ich już może przy \
         di il che è per non con si da una sono come anche più della nel alla dei gli \
         het een van en dat op te zijn voor met niet aan er om ook als dan maar bij nog naar uit \
         o a os as um uma não na no com mais dos das foi ao",
    )
});
