//! Where the articles of a page begin and end, and which line is a title.

use std::ops::Range;

use super::body::Telling;
use super::line::Line;
use super::role::Role;
use crate::import::byline;
use crate::import::date_text::dates::DayMonthOrder;
use crate::import::head_line;
use crate::import::phrases;
use crate::import::{briefing, dateline};
use crate::text::names;
use crate::text::script::is_east_asian;

/// One article on the page, as line numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub title: Option<usize>,
    pub subtitle: Option<usize>,
    /// Everything between the end of the article before and this one's first paragraph.
    pub head: Range<usize>,
    /// The first paragraph.
    pub opening: usize,
    /// From below the title to where the next article's head begins.
    pub body: Range<usize>,
    /// Behind the last line of the body that tells: where the article has ended.
    pub end: usize,
}

/// The articles of a page, in its order; none if nothing on the page tells anything. The first one
/// has this title.
pub fn spans(
    lines: &[Line],
    roles: &[Role],
    telling: &[Telling],
    title: Option<usize>,
    order: DayMonthOrder,
) -> Vec<Span> {
    let page = Page::new(lines, roles, telling, order);
    let mut starts: Vec<(Range<usize>, Option<usize>)> = Vec::new();
    let mut after_last = 0;
    // Paragraphs above the title are the page's own: a notice, a teaser.
    let opening = page
        .paragraphs()
        .find(|&paragraph| title.is_none_or(|title| title < paragraph))
        .or_else(|| page.paragraphs().next())
        .unwrap_or_default();
    for paragraph in page.paragraphs().filter(|&at| at >= opening) {
        let gap = after_last..paragraph;
        if starts.is_empty() {
            starts.push((gap, title.filter(|&title| title < opening)));
        } else if let Some(title) = page.next_title(gap.clone(), paragraph, &starts) {
            if page.is_prelude(&starts, title) {
                starts.clear();
            }
            starts.push((title..gap.end, Some(title)));
        }
        after_last = paragraph + 1;
    }
    (0..starts.len())
        .map(|number| {
            let (head, title) = &starts[number];
            let next = starts.get(number + 1);
            let body = title.map_or(head.start, |title| title + 1)
                ..next.map_or(lines.len(), |(next, _)| next.start);
            Span {
                title: *title,
                subtitle: title.and_then(|title| page.subtitle(title, head.end)),
                head: head.clone(),
                opening: head.end,
                end: page.end(head.end..body.end),
                body,
            }
        })
        .collect()
}

struct Page<'a> {
    lines: &'a [Line],
    roles: &'a [Role],
    telling: &'a [Telling],
    order: DayMonthOrder,
    /// Characters of paragraphs before each line, and at the end all of them.
    told: Vec<usize>,
}

impl<'a> Page<'a> {
    fn new(
        lines: &'a [Line],
        roles: &'a [Role],
        telling: &'a [Telling],
        order: DayMonthOrder,
    ) -> Self {
        let mut page = Self {
            lines,
            roles,
            telling,
            order,
            told: vec![0],
        };
        let mut told = 0;
        for (at, line) in lines.iter().enumerate() {
            told += if page.is_paragraph(at) { line.chars } else { 0 };
            page.told.push(told);
        }
        page
    }

    fn is_paragraph(&self, at: usize) -> bool {
        self.telling[at] == Telling::Paragraph && self.roles[at] == Role::Text
    }

    fn paragraphs(&self) -> impl Iterator<Item = usize> {
        (0..self.lines.len()).filter(|&at| {
            self.is_paragraph(at) || briefing::opening(&self.lines[at].text).is_some()
        })
    }

    /// Behind the last line that tells. A headline or two with nothing below them are teasers of
    /// other articles; more of them are a list.
    fn end(&self, body: Range<usize>) -> usize {
        let mut told = body
            .clone()
            .rev()
            .filter(|&at| self.telling[at] != Telling::No && self.roles[at] == Role::Text);
        let teasers: Vec<usize> = told
            .clone()
            .take_while(|&at| {
                self.telling[at] == Telling::Line
                    && self.is_headline(at)
                    && self.is_long_headline(at)
            })
            .collect();
        let last = if teasers.len() <= 2 {
            told.nth(teasers.len())
        } else {
            told.next()
        };
        last.map_or(body.start, |last| last + 1)
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
            && (!names::is_full_name(&line.text) || line.text.split(' ').count() > 3)
            && !byline::has_lead(&line.text)
            && briefing::opening(&line.text).is_none()
            && (line.text.split(' ').count() > 4
                || phrases::topics(&line.text.to_lowercase()).is_empty())
            && line.text.chars().filter(|c| c.is_alphabetic()).count() * 2 > line.chars
    }

    fn is_long_headline(&self, at: usize) -> bool {
        let text = &self.lines[at].text;
        !is_shouted(text) && content_words(text).count() >= 4
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
        let opens = dateline::split(text)
            .is_some_and(|found| found.agency.is_some() || found.date.is_some())
            || head_line::leading_date(text, self.order).is_some();
        let title = gap.clone().find(|&at| {
            self.is_headline(at)
                && !is_post(&self.lines[at].text)
                && content_words(&self.lines[at].text).count() >= 3
                && (opens || (at + 1..paragraph).any(|next| self.heads(next)))
        })?;
        let again =
            title_before.is_some_and(|known| self.lines[known].text == self.lines[title].text);
        (!again).then_some(title)
    }

    /// Whether a line belongs to an article's head; "— Name, April 3" is the foot of a quoted post.
    fn heads(&self, at: usize) -> bool {
        matches!(self.roles[at], Role::Head(_)) && !self.lines[at].text.starts_with(['—', '–'])
    }

    /// Whether what was taken for the first article is a few words of the page's own: it has no
    /// head, and little to tell beside what follows below `title`.
    fn is_prelude(&self, starts: &[(Range<usize>, Option<usize>)], title: usize) -> bool {
        let [(head, _)] = starts else {
            return false;
        };
        let told = self.told(head.end..title);
        !head.clone().any(|at| self.heads(at))
            && dateline::split(&self.lines[head.end].text).is_none()
            && head_line::leading_date(&self.lines[head.end].text, self.order).is_none()
            && told < 600
            && self.told(title..self.lines.len()) > 3 * told
    }

    fn told(&self, range: Range<usize>) -> usize {
        self.told[range.end] - self.told[range.start.min(range.end)]
    }

    /// The line below the title that says more of the same, if there is one.
    fn subtitle(&self, title: usize, paragraph: usize) -> Option<usize> {
        (title + 1..paragraph)
            .filter(|&at| self.lines[at].text != self.lines[title].text)
            .find(|&at| self.is_headline(at) && self.is_long_headline(at))
    }
}

/// Whether a text is a short post quoted from elsewhere: addresses and handles make no headline.
fn is_post(text: &str) -> bool {
    text.contains("http") || text.contains("pic.twitter") || text.contains('@')
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
