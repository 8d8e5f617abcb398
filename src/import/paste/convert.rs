//! From the text of a paste to its articles.

use std::collections::HashSet;

use super::articles::{self, Span};
use super::blocks::{self, Passage};
use super::body::{self, Telling};
use super::line::{self, Line};
use super::markdown::{self, Block};
use super::role::{self, Role};
use super::title::page::Page as TitlePage;
use super::when::{self, Dated, Evidence};
use super::wrap;
use crate::content::front_matter::{FrontMatter, Image, Kind};
use crate::import::briefing::{self, SignOff};
use crate::import::byline::Byline;
use crate::import::date_text::calendar_words;
use crate::import::date_text::dates::{self, DayMonthOrder};
use crate::import::dateline;
use crate::import::draft::{Draft, Setting};
use crate::import::head_line::{self, HeadLine, Label};
use crate::import::phrases::{self, Topic};
use crate::text::{names, script};

/// More lines than any page has; what stands behind them is left out, and `review` says so.
const MOST_LINES: usize = 200_000;

/// The articles of a pasted page, in the order of the page.
pub fn convert(text: &str, setting: &Setting) -> Vec<Draft> {
    bounded(text, false, setting)
}

/// The articles of a text whose first one is known to have this title.
pub fn convert_titled(title: &str, text: &str, setting: &Setting) -> Vec<Draft> {
    bounded(&format!("{title}\n\n{text}"), true, setting)
}

fn bounded(text: &str, opens_with_title: bool, setting: &Setting) -> Vec<Draft> {
    let end = text.match_indices(['\n', '\r']).nth(MOST_LINES);
    let cut = end.map(|(end, _)| &text[..end]);
    let mut drafts = read(cut.unwrap_or(text), opens_with_title, setting);
    if cut.is_some() {
        for draft in &mut drafts {
            draft.front.review.push(format!(
                "only the first {MOST_LINES} lines of the paste were read"
            ));
        }
    }
    drafts
}

fn read(text: &str, opens_with_title: bool, setting: &Setting) -> Vec<Draft> {
    let lines = line::lines(&wrap::unwrap(text));
    let order = DayMonthOrder::MonthFirst;
    let roles = role::roles(&lines, order);
    let telling = body::telling(&lines, &roles);
    let title = if opens_with_title {
        Some(0)
    } else {
        TitlePage::new(&lines, &roles, &telling).title()
    };
    let spans = articles::spans(&lines, &roles, &telling, title, order);
    let page = Page {
        lines: &lines,
        roles: &roles,
        telling: &telling,
        order,
    };
    let told: Vec<Told> = spans.iter().map(|span| page.tell(span)).collect();
    let evidence: Vec<Evidence> = told.iter().map(|told| told.evidence.clone()).collect();
    let dated = when::resolve(&evidence, setting);
    told.into_iter()
        .zip(dated)
        .map(|(told, dated)| draft(told, dated))
        .collect()
}

/// What one article's lines say, dates not resolved yet.
#[derive(Debug, Default)]
struct Told {
    title: String,
    subtitle: Option<String>,
    byline: Byline,
    publisher: Option<String>,
    agency: Option<String>,
    dateline: Option<String>,
    sign_off: SignOff,
    image: Option<Image>,
    evidence: Evidence,
    is_briefing: bool,
    blocks: Vec<Block>,
}

struct Page<'a> {
    lines: &'a [Line],
    roles: &'a [Role],
    telling: &'a [Telling],
    order: DayMonthOrder,
}

impl Page<'_> {
    fn tell(&self, span: &Span) -> Told {
        let mut told = Told {
            title: span
                .title
                .map_or_else(String::new, |at| self.lines[at].text.clone()),
            subtitle: span.subtitle.map(|at| self.lines[at].text.clone()),
            ..Told::default()
        };
        self.head(span, &mut told);
        self.foot(span, &mut told);
        self.body(span, &mut told);
        told
    }

    /// Byline, dates and picture between the article before and the first paragraph.
    fn head(&self, span: &Span, told: &mut Told) {
        let east_asian_body = script::is_east_asian(&self.lines[span.opening].text);
        let title = span.title.unwrap_or(span.head.start);
        for at in span.head.clone() {
            let line = &self.lines[at];
            match &self.roles[at] {
                // A label in another script than the article's is the frame's.
                Role::Head(head) if !east_asian_body && script::has_east_asian(&line.text) => {
                    told.evidence
                        .page
                        .extend(head.dates.iter().map(|(_, date)| date.clone()));
                }
                Role::Head(head) if at > title => take_head(head, told),
                Role::Head(head) if at + 1 == title && at > 0 && told.evidence.page.is_empty() => {
                    if told.byline.is_empty()
                        && let Some(byline) = &head.byline
                    {
                        told.byline = byline.clone();
                    }
                    told.evidence.doubtful = head.dates.first().map(|(_, date)| date.clone());
                }
                Role::Head(head) => {
                    told.evidence
                        .page
                        .extend(head.dates.iter().map(|(_, date)| date.clone()));
                }
                Role::Caption(caption) if at > title && told.image.is_none() => {
                    told.image = Some(Image {
                        caption: Some(caption.text.clone()),
                        credit: caption.credit.clone(),
                        ..Image::default()
                    });
                }
                Role::Caption(_) | Role::Text => {}
            }
        }
    }

    /// Byline and date behind the last paragraph, or below a deck.
    fn foot(&self, span: &Span, told: &mut Told) {
        for at in span.opening..span.body.end {
            // A deck may stand above the byline, a whole sentence long.
            let near = at < span.opening + 6 || at >= span.end && at < span.end + 6;
            if let Role::Head(head) = &self.roles[at]
                && (near || at < span.end && head.byline.is_some())
            {
                take_foot(head, told, near);
            }
        }
    }

    fn body(&self, span: &Span, told: &mut Told) {
        let range = span.body.start..span.end;
        told.is_briefing =
            briefing::is_briefing(range.clone().map(|at| self.lines[at].text.as_str()));
        let signs_off = self.sign_off(span, told);
        let mut seen: HashSet<&str> = HashSet::new();
        let mut passages = Vec::new();
        for at in range {
            let line = &self.lines[at];
            let passage = |telling: Telling, text: String| Passage {
                line,
                telling,
                text,
            };
            if told.is_briefing
                && let Some(opening) = briefing::opening(&line.text)
            {
                told.blocks.extend(blocks::blocks(&passages));
                passages.clear();
                told.blocks.push(Block::Heading(
                    opening.section.heading(opening.korean).to_owned(),
                ));
                if !opening.rest.is_empty() {
                    passages.push(passage(Telling::Paragraph, opening.rest.to_owned()));
                }
                continue;
            }
            if signs_off.contains(&at)
                || !self.tells(at, span)
                || is_passage(line) && !seen.insert(&line.text)
                || line.text == told.title
                || told.subtitle.as_ref() == Some(&line.text)
            {
                continue;
            }
            let text = if at == span.opening {
                self.opening(&line.text, told)
            } else {
                line.text.clone()
            };
            passages.push(passage(self.telling[at], text));
        }
        told.blocks.extend(blocks::blocks(&passages));
    }

    /// Whether a line is part of the article's text.
    fn tells(&self, at: usize, span: &Span) -> bool {
        let line = &self.lines[at];
        if self.telling[at] == Telling::No
            || self.roles[at] != Role::Text
            || !line.text.contains(char::is_alphanumeric)
            || points_elsewhere(&line.text)
        {
            return false;
        }
        if at < span.opening && (is_furniture(line) || names::is_full_name(&line.text)) {
            return false;
        }
        // Above the first paragraph stand kickers and decks, too: only whole sentences tell there,
        // and what stands below byline and date.
        at >= span.opening
            || line.bullet
            || line.ends_sentence()
            || (span.body.start..at).any(|above| matches!(self.roles[above], Role::Head(_)))
    }

    /// The newsletter's last lines: taken into `told`, and named so that the body leaves them out.
    fn sign_off(&self, span: &Span, told: &mut Told) -> HashSet<usize> {
        let last = (span.end + 6).min(span.body.end);
        let mut lines = HashSet::new();
        for at in span.end.saturating_sub(4).max(span.body.start)..last {
            if let Some(found) = briefing::sign_off(&self.lines[at].text) {
                told.sign_off = std::mem::take(&mut told.sign_off).or(found);
                lines.insert(at);
            }
        }
        lines
    }

    /// The first paragraph, without the date and the dateline it begins with.
    fn opening(&self, text: &str, told: &mut Told) -> String {
        let mut rest = text;
        if let Some((date, after)) = head_line::leading_date(rest, self.order) {
            told.evidence.published.get_or_insert(date);
            rest = after;
        }
        if let Some(found) = dateline::split(rest) {
            told.dateline = found.place.map(str::to_owned);
            told.agency = found.agency;
            told.publisher = found.publisher;
            if let Some(byline) = found.byline.and_then(crate::import::byline::parse) {
                merge(&mut told.byline, &byline);
            }
            told.evidence.filed = found
                .date
                .and_then(|date| dates::dates_in(date, self.order).into_iter().next());
            rest = found.rest;
        }
        told.evidence.weekday = calendar_words::weekday_in(rest);
        rest.to_owned()
    }
}

/// "Related: How the port got its quay", "Filed under: gulls": a link in a line of its own.
fn points_elsewhere(text: &str) -> bool {
    let Some((lead, _)) = text.split_once([':', '：']) else {
        return false;
    };
    let topics = phrases::topics(&lead.to_lowercase());
    lead.chars().count() <= 30
        && [Topic::Related, Topic::More, Topic::Tags, Topic::Share]
            .into_iter()
            .any(|topic| topics.contains(topic))
}

/// A button, or a mail address.
fn is_furniture(line: &Line) -> bool {
    let text = line.text.as_str();
    let most = if script::is_east_asian(text) { 12 } else { 25 };
    line.chars <= most && !phrases::topics(&text.to_lowercase()).is_empty()
        || text.contains('@') && !text.contains(' ')
}

/// Whether a line is long enough that nobody writes it twice.
fn is_passage(line: &Line) -> bool {
    line.chars
        >= if script::is_east_asian(&line.text) {
            15
        } else {
            40
        }
}

fn take_head(head: &HeadLine, told: &mut Told) {
    if let Some(byline) = &head.byline {
        merge(&mut told.byline, byline);
    }
    for (label, date) in &head.dates {
        let place = if *label == Label::Updated {
            &mut told.evidence.updated
        } else {
            &mut told.evidence.published
        };
        place.get_or_insert_with(|| date.clone());
    }
}

fn take_foot(head: &HeadLine, told: &mut Told, dates: bool) {
    if let Some(byline) = &head.byline {
        merge(&mut told.byline, byline);
    }
    if dates && told.evidence.published.is_none() && told.evidence.updated.is_none() {
        take_head(
            &HeadLine {
                byline: None,
                dates: head.dates.clone(),
            },
            told,
        );
    }
}

fn merge(known: &mut Byline, more: &Byline) {
    if known.authors.is_empty() {
        known.authors.clone_from(&more.authors);
    }
    let take = |known: &mut Option<String>, more: &Option<String>| {
        if known.is_none() {
            known.clone_from(more);
        }
    };
    take(&mut known.publisher, &more.publisher);
    take(&mut known.agency, &more.agency);
    take(&mut known.series, &more.series);
}

fn draft(told: Told, dated: Dated) -> Draft {
    let Told {
        title,
        subtitle,
        byline,
        publisher,
        agency,
        dateline,
        sign_off,
        image,
        evidence: _,
        is_briefing,
        blocks,
    } = told;
    let agency = byline.agency.or(agency);
    let publisher = byline
        .publisher
        .or(publisher)
        .or(sign_off.publisher)
        .or_else(|| agency.clone());
    let image = match (image, sign_off.image_credit) {
        (None, Some(credit)) => Some(Image {
            credit: Some(credit),
            ..Image::default()
        }),
        (image, _) => image,
    };
    let kind = if is_briefing {
        Kind::Briefing
    } else {
        Kind::Source
    };
    Draft {
        front: FrontMatter {
            title,
            subtitle,
            date: dated.date,
            updated: dated.updated,
            kind: Some(kind),
            authors: byline.authors,
            editors: sign_off.editors,
            contributors: sign_off.contributors,
            publisher,
            agency,
            dateline,
            series: sign_off.series.or(byline.series),
            image: image.map(Box::new),
            review: dated.review,
            ..FrontMatter::default()
        },
        body: markdown::write(&blocks),
    }
}
