//! Lines that speak about the article instead of telling it: bylines, dates of publication, both
//! on one line, with whatever labels a page puts beside them.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::byline::{self, Byline};
use crate::import::date_text::dates::{self, DayMonthOrder, TextDate};
use crate::text::{names, script};

/// What the words beside a date call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    Published,
    None,
    Updated,
}

/// A byline, dates, or both.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadLine {
    pub byline: Option<Byline>,
    pub dates: Vec<(Label, TextDate)>,
}

/// Reads a whole line that holds nothing but a byline, dates and their labels.
pub fn read(text: &str, order: DayMonthOrder) -> Option<HeadLine> {
    if text.chars().count() > 180 {
        return None;
    }
    let found = dates::dates_in(text, order);
    let mut labelled = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    let mut at = 0;
    for date in &found {
        let before = &text[at..date.range.start];
        others.push(before);
        labelled.push((label(before), date.clone()));
        at = date.range.end;
    }
    others.push(&text[at..]);
    let mut source = None;
    let others: Vec<String> = others
        .iter()
        .map(|part| match SOURCE.captures(part) {
            Some(found) => {
                source = found
                    .name("house")
                    .or_else(|| found.name("latin"))
                    .map(|house| house.as_str().to_owned());
                unlabelled(&SOURCE.replace(part, " "))
            }
            None => unlabelled(part),
        })
        .collect();
    let others: Vec<&str> = others
        .iter()
        .map(|part| {
            part.trim_matches(|c: char| !c.is_alphanumeric() && !"\"[](（）【】".contains(c))
        })
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect();
    let mut byline: Option<Byline> = None;
    for part in others {
        if let Some(found) = byline::parse(part) {
            byline.get_or_insert(found);
        } else if !labelled.is_empty() && byline.is_none() && names::is_full_name(part) {
            byline = Some(Byline {
                authors: names::persons(part),
                ..Byline::default()
            });
        } else if labelled.is_empty() || says_much(part) {
            return None;
        }
    }
    if let Some(house) = source {
        let byline = byline.get_or_insert_with(Byline::default);
        byline.publisher.get_or_insert(house);
    }
    (byline.is_some() || !labelled.is_empty()).then_some(HeadLine {
        byline,
        dates: labelled,
    })
}

/// Whether words beside a date are more than a place or a section.
fn says_much(part: &str) -> bool {
    let most = if script::has_east_asian(part) { 14 } else { 60 };
    part.split_whitespace().count() > 4 || part.chars().count() > most
}

/// "来源：港口日报", "Source: Port Gazette": the house that an article was taken over from.
static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:来源|來源|出典|출처)\s*[:：]\s*(?P<house>[^\s|｜，,]{2,20})|\b(?:Source|Quelle)\s*:\s*(?P<latin>\p{Lu}[\p{L}.]*(?: \p{Lu}[\p{L}.]*){0,3})",
    )
});

/// A paragraph that the page's own date runs into ("April 4, 2021 01:30 JSTOSLO -- The …"): the
/// date and the rest.
pub fn leading_date(text: &str, order: DayMonthOrder) -> Option<(TextDate, &str)> {
    let head: usize = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    let date = dates::dates_in(&text[..head], order).into_iter().next()?;
    if date.range.start != 0 || date.year.is_none() {
        return None;
    }
    let rest = text[date.range.end..].trim_start_matches([' ', '|', '-', '–', '—', ':', '·', ',']);
    let opens = rest.chars().next().is_some_and(|c| !c.is_lowercase());
    // "2021-04-04 was a cold day": only a time or no space at all marks a stamp.
    let stamped = date.time.is_some() || !text[date.range.end..].starts_with(' ');
    (opens && stamped && !rest.is_empty()).then_some((date, rest))
}

static UPDATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)updat|modified|revised|edited|aktualisiert|geändert|änderung|bearbeitet|bearbeitung|mis à jour|mise à jour|modifié|modification|actualizad|modificad|aggiornat|zaktualizowan|aktualizacja|수정|갱신|更新|修改|最終更新",
    )
});

static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)publish|posted|created|released|issued|first seen|veröffentlicht|gepostet|erschienen|erstellt|publié|paru|publicad|pubblicat|opublikowan|입력|등록|게재|승인|발행|发布|發佈|发表|發表|時間|时间|公開|掲載|配信",
    )
});

/// Words that stand beside dates and names and say nothing of their own.
static LABEL_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)\b(?:last|first|originally)?\s*(?:published|publication|updated?|posted|modified|revised|edited|created|released|issued|printed|entry)\b(?:\s+(?:date|time|on|at|by|in))?
        |\b(?:date|time|on|at|am|um|uhr|stand|datum|vom|le|à|el|dnia|godz|veröffentlicht|aktualisiert|erschienen|erstellt|geändert|publié|mis(?:e)?\s+à\s+jour|publicado|actualizado|pubblicato|aggiornato|opublikowano|aktualizacja|a\.?m\.?|p\.?m\.?|h|min(?:ute)?s?\s+(?:read|lesezeit)|\d+\s+comments?|\d+\s+kommentare?)\b
        |기사입력|최종수정|최종|입력|수정|등록|승인|게재|발행|발송|작성일|날짜|일시|发布时间|发布日期|发布|發佈時間|發佈|更新时间|更新|发表于|發表於|时间|時間|日期|公開日|公開|更新日|掲載|配信|最終更新
        |[A-Z]{3,4}\b",
    )
});

/// What the words right before a date call it.
pub fn label(before: &str) -> Label {
    let near: String = {
        let tail: Vec<char> = before.chars().rev().take(30).collect();
        tail.into_iter().rev().collect()
    };
    let updated = UPDATED.find_iter(&near).last().map(|m| m.start());
    let published = PUBLISHED.find_iter(&near).last().map(|m| m.start());
    match (updated, published) {
        (Some(u), Some(p)) if p > u => Label::Published,
        (Some(_), _) => Label::Updated,
        (None, Some(_)) => Label::Published,
        (None, None) => Label::None,
    }
}

/// The part without labels, also where they touch a name (`Jane DoePublished :`).
fn unlabelled(part: &str) -> String {
    static GLUED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(\p{Ll})(Published|Updated|Posted|Modified|Veröffentlicht|Aktualisiert|Publié)")
    });
    let parted = GLUED.replace_all(part, "$1 $2");
    // "BY JANE DOE": zones are capitals too, so names in capitals are left alone.
    if byline::has_lead(&parted) {
        return PUBLISHED_TAIL.replace(&parted, "").trim().to_owned();
    }
    LABEL_WORDS.replace_all(&parted, " ").trim().to_owned()
}

static PUBLISHED_TAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s|,·•-]*\b(?:(?:last|first)\s+)?(?:published|updated?|posted|modified|veröffentlicht|aktualisiert|publié|publicado|actualizado|on|am|le|el)\b[\s:]*(?:on|am|le|el)?[\s:]*$",
    )
});

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in this file is valid")
}
