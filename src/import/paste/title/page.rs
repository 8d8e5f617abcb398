//! A page's lines as candidates for its title.

use std::collections::{HashMap, HashSet};

use super::clue::{
    CLUES, Clue,
    Clue::{
        BehindParagraph, Caption, Central, Colon, Copied, Digit, FewWords, FullStop, Furniture,
        HeadBelow, HeadlineWords, InBreadcrumb, Joined, LongerBelow, Name, OneWord, OpensRun,
        Outgrows, Overlap, Paces5, Paces9, Paces17, Paces41, ProseAbove, ProseBefore, ProseBelow,
        SentenceWords, ShortAbove, ShortBelow, Stepped,
    },
    Clues, WEIGHTS, score,
};
use crate::import::paste::body::Telling;
use crate::import::paste::features::wording;
use crate::import::paste::line::Line;
use crate::import::paste::role::Role;
use crate::import::phrases;
use crate::text::names;
use crate::text::script::is_east_asian;

/// Nobody copies a rule of `=` from a browser: where one stands, a writer meant a title.
const UNDERLINED: f64 = 5.0;

/// The title stands within so many lines.
const LINES: usize = 2_000;
/// Before it stand no more than so many characters of paragraphs (notices, teasers) …
const PROSE_BEFORE: usize = 1_000;
/// … and no more than one part in so many of all.
const SHARE_BEFORE: usize = 3;

/// A page whose title is looked for.
pub struct Page<'a> {
    lines: &'a [Line],
    roles: &'a [Role],
    telling: &'a [Telling],
    lower: Vec<String>,
    /// Characters of paragraphs before each line, and at the end all of them.
    prose: Vec<usize>,
    /// The first paragraph behind each line.
    next: Vec<Option<usize>>,
    copies: HashMap<&'a str, usize>,
}

impl<'a> Page<'a> {
    pub fn new(lines: &'a [Line], roles: &'a [Role], telling: &'a [Telling]) -> Self {
        let mut copies = HashMap::new();
        for line in lines {
            *copies.entry(line.text.as_str()).or_insert(0) += 1;
        }
        let mut page = Self {
            lines,
            roles,
            telling,
            lower: lines.iter().map(|line| line.text.to_lowercase()).collect(),
            prose: vec![0],
            next: vec![None; lines.len()],
            copies,
        };
        let mut prose = 0;
        for (at, line) in lines.iter().enumerate() {
            prose += if page.is_paragraph(at) { line.chars } else { 0 };
            page.prose.push(prose);
        }
        let mut next = None;
        for at in (0..lines.len()).rev() {
            page.next[at] = next;
            if page.is_paragraph(at) {
                next = Some(at);
            }
        }
        page
    }

    /// The line most likely to be the title.
    pub fn title(&self) -> Option<usize> {
        self.candidates()
            .into_iter()
            .map(|(at, clues)| {
                let worth = score(&clues, &WEIGHTS);
                let underlined = if self.lines[at].underlined {
                    UNDERLINED
                } else {
                    0.0
                };
                (at, worth + underlined)
            })
            // The earlier one of equals.
            .rev()
            .max_by(|(_, one), (_, other)| one.total_cmp(other))
            .map(|(at, _)| at)
    }

    /// Every line that could be the title, with its clues.
    pub fn candidates(&self) -> Vec<(usize, Clues)> {
        let all = self.prose.last().copied().unwrap_or_default();
        let mut below = Below::default();
        (0..self.lines.len().min(LINES))
            .take_while(|&at| {
                let before = self.prose[at];
                before <= PROSE_BEFORE && before * SHARE_BEFORE <= all
            })
            .filter(|&at| self.could_be_title(at))
            .map(|at| (at, self.clues(at, &mut below)))
            .collect()
    }

    fn could_be_title(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let least = if is_east_asian(&line.text) { 2 } else { 3 };
        // Headlines that ask or exclaim may pass for paragraphs, statements are some.
        let tells = self.is_paragraph(at)
            && (line.chars < 50 || line.text.ends_with(['.', '。', ':', '：', '"', '”']));
        (least..=250).contains(&line.chars)
            && line.text.contains(char::is_alphabetic)
            && !tells
            && !is_head(&line.text, &self.roles[at])
    }

    fn is_paragraph(&self, at: usize) -> bool {
        self.telling[at] == Telling::Paragraph && self.roles[at] == Role::Text
    }

    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn clues(&self, at: usize, below: &mut Below) -> Clues {
        let line = &self.lines[at];
        let text = line.text.as_str();
        let end = self.lines.len();
        let next = self.next[at];
        below.move_to(self, next);
        let words: Vec<&str> = content_words(&self.lower[at]).collect();
        let uses: Vec<u32> = words.iter().map(|word| below.uses(word)).collect();
        let length = if is_east_asian(text) {
            line.chars / 3
        } else {
            text.split(' ').count()
        };
        let paces = next.map_or(usize::MAX, |next| next - at);
        let short = |range: std::ops::Range<usize>| {
            self.lines[range]
                .iter()
                .filter(|line| line.chars < 30)
                .count() as f64
                / 6.0
        };
        let prose =
            |from: usize, to: usize| ((self.prose[to] - self.prose[from]) as f64 / 1000.0).min(3.0);
        let above = at.saturating_sub(8)..at;
        let mut clues = [0.0; CLUES.len()];
        let mut set = |clue: Clue, worth: f64| clues[clue as usize] = worth;
        let mut is = |clue: Clue, found: bool| set(clue, f64::from(u8::from(found)));
        is(InBreadcrumb, self.is_in_breadcrumb(at));
        is(
            Copied,
            words.len() >= 3 && self.copies.get(text).is_some_and(|&copies| copies > 1),
        );
        is(HeadBelow, self.head_follows(at));
        is(OneWord, length <= 1);
        is(FewWords, (3..=4).contains(&length));
        is(HeadlineWords, (9..=14).contains(&length));
        is(SentenceWords, length >= 23);
        is(Paces5, (5..=8).contains(&paces));
        is(Paces9, (9..=16).contains(&paces));
        is(Paces17, (17..=40).contains(&paces));
        is(Paces41, paces > 40);
        is(BehindParagraph, at > 0 && self.is_paragraph(at - 1));
        is(
            Outgrows,
            !above.is_empty()
                && above
                    .clone()
                    .all(|other| line.chars * 2 > self.lines[other].chars * 3),
        );
        is(
            LongerBelow,
            at + 1 < end && self.lines[at + 1].chars * 10 > line.chars * 13,
        );
        is(OpensRun, words.len() >= 4 && !self.is_in_run(at));
        is(Joined, !line.gap);
        is(FullStop, text.ends_with(['.', '。']));
        is(Colon, text.ends_with([':', '：', ',', ';']));
        is(Stepped, is_stepped(text));
        is(Caption, matches!(self.roles[at], Role::Caption(_)));
        is(
            Furniture,
            length <= 4 && !phrases::topics(&self.lower[at]).is_empty(),
        );
        is(
            Name,
            self.roles[at] == Role::Text && length <= 3 && names::is_full_name(text),
        );
        is(Digit, text.starts_with(|c: char| c.is_ascii_digit()));
        let used = uses.iter().filter(|&&uses| uses > 0).count();
        let often: u32 = uses.iter().map(|&uses| uses.min(4)).sum();
        set(Overlap, used as f64 / words.len().max(4) as f64);
        set(Central, f64::from(often) / 4.0 / words.len().max(4) as f64);
        set(ProseBelow, prose(at, (at + 16).min(end)));
        set(ProseAbove, prose(at.saturating_sub(15), at));
        set(ProseBefore, (self.prose[at] as f64 / 500.0).min(4.0));
        set(ShortAbove, short(at.saturating_sub(6)..at));
        set(ShortBelow, short((at + 1).min(end)..(at + 7).min(end)));
        clues
    }

    fn is_in_breadcrumb(&self, at: usize) -> bool {
        let text = &self.lower[at];
        text.len() >= 8
            && (at.saturating_sub(60)..at).any(|above| {
                let other = &self.lower[above];
                other.len() > text.len() && other.len() < 400 && other.contains(text.as_str())
            })
    }

    /// Whether a byline or a date follows within six lines, before any paragraph.
    fn head_follows(&self, at: usize) -> bool {
        (at + 1..self.lines.len().min(at + 7))
            .take_while(|&below| !self.is_paragraph(below))
            .any(|below| matches!(self.roles[below], Role::Head(_)))
    }

    fn is_in_run(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at).any(|above| {
            self.roles[above] == Role::Text
                && content_words(&self.lower[above]).count() >= 4
                && !is_stepped(&self.lines[above].text)
        })
    }
}

/// Whether a line is a byline, or little more than a date; "Ice fair on 26 April" is neither.
fn is_head(text: &str, role: &Role) -> bool {
    let Role::Head(head) = role else { return false };
    let dates: usize = head.dates.iter().map(|(_, date)| date.range.len()).sum();
    head.byline.is_some() || dates * 2 > text.len()
}

/// The words of the paragraphs below a line: of the next twelve, the same for all lines above one.
#[derive(Default)]
struct Below {
    of: Option<usize>,
    uses: HashMap<String, u32>,
}

impl Below {
    fn move_to(&mut self, page: &Page<'_>, next: Option<usize>) {
        if self.of == next {
            return;
        }
        self.of = next;
        self.uses.clear();
        let mut paragraph = next;
        for _ in 0..12 {
            let Some(at) = paragraph else { break };
            let words: HashSet<&str> = content_words(&page.lower[at]).collect();
            for word in words {
                *self.uses.entry(word.to_owned()).or_insert(0) += 1;
            }
            paragraph = page.next[at];
        }
    }

    fn uses(&self, word: &str) -> u32 {
        self.uses.get(word).copied().unwrap_or_default()
    }
}

fn is_stepped(text: &str) -> bool {
    text.contains(['»', '›', '>', '→']) || text.contains(" / ") || text.contains("::")
}

/// The words of a text (in lower case) that mean something by themselves; East Asian text goes by
/// pairs of characters.
fn content_words(text: &str) -> Box<dyn Iterator<Item = &str> + '_> {
    if is_east_asian(text) {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let pairs: Vec<&str> = (0..starts.len().saturating_sub(1))
            .map(|at| &text[starts[at]..starts.get(at + 2).copied().unwrap_or(text.len())])
            .filter(|pair| pair.chars().all(char::is_alphanumeric))
            .collect();
        return Box::new(pairs.into_iter());
    }
    Box::new(wording::content_words(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::date_text::dates::DayMonthOrder;
    use crate::import::paste::{body, line, role};

    const TEXT: &str = "The ice in the old harbour has grown so thick since Monday that the \
        ferries to the islands no longer run, the port office said.\n\nThe last winter as hard as \
        this one lies thirty years back, and the ice breakers of that time were sold, the harbour \
        master said. The islands are supplied from the air as long as the ice holds.\n\nHe expects \
        the ferries to run again when the ice breaks in March, as it did in most winters.";

    fn title(paste: &str) -> Option<String> {
        let lines = line::lines(paste);
        let roles = role::roles(&lines, DayMonthOrder::MonthFirst);
        let telling = body::telling(&lines, &roles);
        let found = Page::new(&lines, &roles, &telling).title();
        found.map(|at| lines[at].text.clone())
    }

    #[test]
    fn a_title_is_told_by_what_stands_around_it() {
        let wanted = "Ice stops the ferries to the islands";
        let menu = "Home\n\nNews\n\nPort\n\nWeather\n\nSubscribe\n\n";
        for (case, head) in [
            (
                "a menu above",
                format!("{menu}{wanted}\n\n26 April 2021\n\n"),
            ),
            (
                "a breadcrumb above, a deck below",
                format!(
                    "{menu}Home » Port » {wanted}\n\n{wanted}\n\nA winter as hard as the last one \
                     thirty years ago\n\nBy Jane Doe\n\n"
                ),
            ),
            (
                "a kicker above, a byline below",
                format!("{menu}Hard winter\n\n{wanted}\n\nBy Jane Doe\n\nApril 26, 2021\n\n"),
            ),
            (
                "a notice above",
                format!(
                    "This site uses cookies to remember which pages its readers have seen.\n\n\
                     {menu}{wanted}\n\nBy Jane Doe\n\n"
                ),
            ),
            (
                "a rule below",
                format!("{wanted}\n=====\n\nBy Jane Doe\n\n"),
            ),
        ] {
            assert_eq!(
                title(&format!("{head}{TEXT}")).as_deref(),
                Some(wanted),
                "{case}"
            );
        }
    }

    #[test]
    fn a_text_without_a_title_has_none() {
        assert_eq!(title(TEXT), None);
        assert_eq!(title(""), None);
    }
}
