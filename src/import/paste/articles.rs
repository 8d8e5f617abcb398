//! Where the articles of a page begin and end, and which line is a title.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::line::{Line, is_east_asian};
use super::phrases;
use crate::import::byline;
use crate::import::date_text::dates::DayMonthOrder;
use crate::import::head_line::{self, HeadLine};
use crate::import::{briefing, dateline};
use crate::text::names;

use super::caption::{self, Caption};

/// What a line is, beside text.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    Text,
    Head(HeadLine),
    Caption(Caption),
}

/// One article on the page, as line numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub title: Option<usize>,
    pub subtitle: Option<usize>,
    /// Everything between the end of the article before and this one's first paragraph.
    pub head: Range<usize>,
    /// From the first paragraph to where the next article's head begins.
    pub body: Range<usize>,
    /// Behind the last paragraph of the body: where the article has ended.
    pub end: usize,
}

/// Reads each line's role.
pub fn roles(lines: &[Line], order: DayMonthOrder) -> Vec<Role> {
    lines
        .iter()
        .map(|line| {
            if let Some(head) = head_line::read(&line.text, order) {
                Role::Head(head)
            } else if let Some(caption) = caption::read(&line.text) {
                Role::Caption(caption)
            } else {
                Role::Text
            }
        })
        .collect()
}

/// The articles of a page, in its order; none if nothing on the page tells anything.
pub fn spans(lines: &[Line], roles: &[Role], telling: &[bool], order: DayMonthOrder) -> Vec<Span> {
    let page = Page {
        lines,
        roles,
        telling,
        order,
        copies: copies(lines),
    };
    let mut starts: Vec<(Range<usize>, Option<usize>)> = Vec::new();
    let mut after_last = 0;
    for paragraph in page.paragraphs() {
        let gap = after_last..paragraph;
        if starts.is_empty() {
            starts.push((
                gap.clone(),
                page.title(
                    gap.start.max(gap.end.saturating_sub(60))..gap.end,
                    paragraph,
                ),
            ));
        } else if let Some(title) = page.next_title(gap.clone(), paragraph, &starts) {
            starts.push((gap.clone(), Some(title)));
        }
        after_last = paragraph + 1;
    }
    let mut spans: Vec<Span> = Vec::new();
    for (number, (gap, title)) in starts.iter().enumerate() {
        let body = gap.end
            ..starts
                .get(number + 1)
                .map_or(lines.len(), |(next, _)| next.start);
        let end = body
            .clone()
            .rev()
            .find(|&at| page.is_paragraph(at))
            .map_or(body.start, |last| last + 1);
        spans.push(Span {
            title: *title,
            subtitle: title.and_then(|title| page.subtitle(title, gap.end)),
            head: gap.clone(),
            body,
            end,
        });
    }
    spans
}

struct Page<'a> {
    lines: &'a [Line],
    roles: &'a [Role],
    telling: &'a [bool],
    order: DayMonthOrder,
    copies: HashMap<&'a str, usize>,
}

fn copies(lines: &[Line]) -> HashMap<&str, usize> {
    let mut copies = HashMap::new();
    for line in lines {
        *copies.entry(line.text.as_str()).or_insert(0) += 1;
    }
    copies
}

impl Page<'_> {
    fn is_paragraph(&self, at: usize) -> bool {
        self.telling[at] && self.roles[at] == Role::Text
    }

    fn paragraphs(&self) -> impl Iterator<Item = usize> {
        (0..self.lines.len()).filter(|&at| {
            self.is_paragraph(at) || briefing::opening(&self.lines[at].text).is_some()
        })
    }

    /// Whether a line could be a headline: no sentence, no name, no furniture.
    fn is_headline(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let (least, most) = if is_east_asian(&line.text) {
            (6, 80)
        } else {
            (8, 220)
        };
        self.roles[at] == Role::Text
            && (least..=most).contains(&line.chars)
            && !line.bullet
            && !line.text.ends_with(['.', ':', ',', ';', '。', '：'])
            && !names::is_full_name(&line.text)
            && !byline::has_lead(&line.text)
            && briefing::opening(&line.text).is_none()
            && (line.text.split(' ').count() > 4
                || phrases::topics(&line.text.to_lowercase()).is_empty())
            && line.text.chars().filter(|c| c.is_alphabetic()).count() * 2 > line.chars
    }

    /// The best headline of the lines before the first paragraph.
    fn title(&self, gap: Range<usize>, paragraph: usize) -> Option<usize> {
        let told = self.words_told(paragraph);
        let mut best: Option<(f32, usize)> = None;
        for at in gap.filter(|&at| self.is_headline(at)) {
            let score = self.title_score(at, paragraph, &told);
            // A deck says much the same as the title above it.
            let deck = best.is_some_and(|(top, above)| {
                above + 1 == at && score < top + 0.5 && self.is_long_headline(above)
            });
            if best.is_none_or(|(top, _)| score > top && !deck) {
                best = Some((score, at));
            }
        }
        best.map(|(_, at)| at)
    }

    fn is_long_headline(&self, at: usize) -> bool {
        let text = &self.lines[at].text;
        !is_shouted(text) && content_words(text).count() >= 4
    }

    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn title_score(&self, at: usize, paragraph: usize, told: &HashSet<String>) -> f32 {
        let line = &self.lines[at];
        let words: Vec<String> = content_words(&line.text).collect();
        let shared = words.iter().filter(|word| told.contains(*word)).count();
        let overlap = shared as f32 / words.len().max(4) as f32;
        let followed = (at + 1..paragraph)
            .take_while(|&next| !self.is_headline(next))
            .any(|next| matches!(self.roles[next], Role::Head(_)));
        let distance = (paragraph - at) as f32;
        let copies = self.copies.get(line.text.as_str()).copied().unwrap_or(1);
        let mut score = 2.0 * overlap - 0.03 * distance.min(30.0);
        if followed {
            score += 0.6;
        }
        if copies > 1 && words.len() > 3 {
            score += 0.4;
        }
        if is_shouted(&line.text) {
            score -= 0.8;
        }
        if words.len() <= 2 {
            score -= 0.6;
        }
        score
    }

    /// The words of the article's first paragraphs.
    fn words_told(&self, from: usize) -> HashSet<String> {
        (from..self.lines.len())
            .filter(|&at| self.is_paragraph(at))
            .take(12)
            .flat_map(|at| content_words(&self.lines[at].text))
            .collect()
    }

    /// A headline between two paragraphs that opens another article: something that only heads
    /// have (a byline, a date, a dateline) follows it, and the article before has told enough.
    fn next_title(
        &self,
        gap: Range<usize>,
        paragraph: usize,
        starts: &[(Range<usize>, Option<usize>)],
    ) -> Option<usize> {
        let (before, title_before) = starts.last()?;
        if gap.len() > 8 || self.told(before.end..gap.start) < 200 {
            return None;
        }
        let told_after: usize = self.told(paragraph..(paragraph + 6).min(self.lines.len()));
        if told_after < 150 {
            return None;
        }
        let text = &self.lines[paragraph].text;
        let opens =
            dateline::split(text).is_some() || head_line::leading_date(text, self.order).is_some();
        let title = gap.clone().find(|&at| {
            self.is_headline(at)
                && content_words(&self.lines[at].text).count() >= 3
                && (opens
                    || (at + 1..paragraph).any(|next| matches!(self.roles[next], Role::Head(_))))
        })?;
        let again =
            title_before.is_some_and(|known| self.lines[known].text == self.lines[title].text);
        (!again).then_some(title)
    }

    fn told(&self, range: Range<usize>) -> usize {
        range
            .filter(|&at| self.is_paragraph(at))
            .map(|at| self.lines[at].chars)
            .sum()
    }

    /// The line below the title that says more of the same, if there is one.
    fn subtitle(&self, title: usize, paragraph: usize) -> Option<usize> {
        (title + 1..paragraph)
            .filter(|&at| self.lines[at].text != self.lines[title].text)
            .find(|&at| self.is_headline(at) && self.is_long_headline(at))
    }
}

/// Whether a text is written in capitals, as kickers are.
pub fn is_shouted(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// The words of a text that mean something by themselves; East Asian text goes by pairs of
/// characters.
fn content_words(text: &str) -> Box<dyn Iterator<Item = String> + '_> {
    if is_east_asian(text) {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let pairs: Vec<String> = letters
            .windows(2)
            .map(|pair| pair.iter().collect())
            .collect();
        return Box::new(pairs.into_iter());
    }
    Box::new(
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2 || word.chars().all(char::is_uppercase))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase),
    )
}
