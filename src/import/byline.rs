//! Bylines: who wrote an article, for whom, over which wire.
//!
//! One line says it all in many shapes: "By Jane Doe", "By : Jane Doe/The Harbour Times/ANN",
//! "By Jane Doe CGTN", "김한별 기자", "记者 李明", "Von Jörg Weiß, dpa". What a line calls an author but
//! what is no person is a series ("Author: Harbour View").

use std::sync::LazyLock;

use regex::Regex;

use crate::import::wire;
use crate::text::names;
use crate::text::organisations::is_organisation;

/// What a byline says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Byline {
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub agency: Option<String>,
    /// A column or newsletter that signs in a person's place.
    pub series: Option<String>,
}

impl Byline {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Reads a line, or the part of one that holds no date, as a byline; `None` if nothing marks it
/// as one (a lead such as "By", "Von", "记者", or "기자" after a name).
pub fn parse(line: &str) -> Option<Byline> {
    let line = line.trim().trim_matches(['"', '*', '_']).trim();
    if line.is_empty() || line.chars().count() > 200 {
        return None;
    }
    if let Some(lead) = LEAD.find(line) {
        let labelled = line[..lead.end()].contains([':', '：']);
        let found = read(&line[lead.end()..], line, labelled);
        return (!found.is_empty()).then_some(found);
    }
    if REPORTER.is_match(line) {
        let found = read(line, line, false);
        return (!found.authors.is_empty()).then_some(found);
    }
    None
}

/// Whether the line starts as bylines do, whatever it then says.
pub fn has_lead(line: &str) -> bool {
    LEAD.is_match(line.trim())
}

/// Whether the line is a lead and nothing else ("By", "Von:"): the name follows in the next one.
pub fn is_bare_lead(line: &str) -> bool {
    let open = format!("{} ", line.trim());
    LEAD.find(&open)
        .is_some_and(|lead| lead.end() == open.len())
}

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)^[\s\-–—|•·*✍]*(?:
        (?:(?:(?:story|words|text|report|reporting|reported|written|posted|published|submitted|interview|analysis|article|compiled)\s+by|by)
          |(?:ein(?:e)?\s+\w+\s+von|(?:gast)?beitrag\s+von|texte?\s+(?:von|de|par)|(?:geschrieben|verfasst|veröffentlicht|erstellt|eingestellt|publiziert|gepostet|artikel)\s+von|von)
          |(?:écrit|publié|rédigé)\s+par|par|(?:escrito|publicado)\s+por|por|escriben?|(?:scritto|pubblicato)\s+da)(?:\s*[:：]\s*|\s+)
        |(?:authors?|autor(?:en|in|innen|es|zy|ka|a|as)?|auteure?s?|autore|autrice|writers?|reporters?|by|von|texte?|tekst|texto|testo|words|journalist(?:in)?|redakteur(?:in)?|opracował[a]?|글쓴이|작성자|필자|글·사진|글|취재|기자|作者|撰文|撰稿|采写|執筆|著者|文・写真|文|筆者|记者|記者)\s*[:：/／=]\s*
        |(?:新华社|中新社|中央社)?(?:本报|本報|本刊|本网|本社|特派|首席|实习)*(?:记者|記者|通讯员|通訊員|撰稿人)[\s:：|｜]*
        )",
    )
});

/// The job stands after the name: Korean and Japanese reporters sign so.
static REPORTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?:[\[(【（<＜].{1,20}[\])】）>＞]\s*)?[\[(【（]?(?:[가-힣A-Z]{2,8}[\s=])?
        (?:[가-힣]{2,4}(?:\s?[·ㆍ,]\s?[가-힣]{2,4})*\s?(?:선임|전문|수습|인턴|객원)?\s?(?:기자|특파원|논설위원|통신원|앵커)(?:들)?
          |[\u4e00-\u9fff々]{1,4}[\u3040-\u30ff\u4e00-\u9fff\s]{0,8}(?:記者|記す|特派員|編集委員|論説委員))
        (?:\s*[<(\[]?\s*[\w.+-]+@[\w.\-]+\s*[>)\]]?)?[\s=\])】）]*$",
    )
});

/// Where a byline ends although the line goes on: a date's label, often glued to the name.
static END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)(?:\b|\B)(?:(?:Last\s)?(?:Published|Updated|Posted|Modified|PUBLISHED|UPDATED|POSTED)\b|(?:Illustration(?:en|s)?|Fotos?|Photos?|Bilder?|Zeichnung(?:en)?)\s*(?:von|by|par|de|:)|Veröffentlicht|Aktualisiert|Stand:|Publié|Mis\sà\sjour|Publicado|Actualizado|입력|수정|등록|승인|기사입력|发布|發佈|更新时间|来源|来源：|公開日).*$",
    )
});

static PLACE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\s(?:for|für|pour|para|dla)\s+((?:the\s+)?\p{Lu}.{1,40})$"));

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in this file is valid")
}

/// Sorts the parts of a byline into persons, a wire and a publisher.
fn read(rest: &str, line: &str, labelled: bool) -> Byline {
    let rest = END.replace(rest, "");
    let mut found = Byline::default();
    if line.starts_with("新华社") || line.starts_with("中新社") || line.starts_with("中央社")
    {
        found.agency = line
            .char_indices()
            .nth(3)
            .and_then(|(end, _)| wire::agency(&line[..end]))
            .map(str::to_owned);
    }
    for part in rest.split([
        '/', '／', '|', '｜', ';', '[', ']', '【', '】', '(', ')', '（', '）',
    ]) {
        sort_part(part.trim(), &mut found);
    }
    if found.authors.is_empty() && found.agency.is_none() && labelled {
        found.series = found.publisher.take().filter(|name| is_series(name));
    }
    found
}

fn sort_part(part: &str, found: &mut Byline) {
    if part.is_empty() || part.contains('@') && !part.contains(' ') {
        return;
    }
    if let Some(agency) = wire::agency(part) {
        found.agency.get_or_insert_with(|| agency.to_owned());
        return;
    }
    let mut part = part.to_owned();
    if let Some(place) = PLACE.captures(&part) {
        let employer = place[1].trim().to_owned();
        let end = place.get(0).map_or(part.len(), |whole| whole.start());
        part.truncate(end);
        set_house(&employer, found);
    }
    let (persons, house) = split_house(&part);
    if let Some(house) = house {
        set_house(house, found);
    }
    // A comma may divide persons from a house ("Jane Doe, dpa"), in Korean a space.
    let korean = persons.contains(|c| matches!(c, '가'..='힣'));
    for piece in persons.split(|c| matches!(c, ',' | '，') || (korean && c == ' ')) {
        let piece = piece.trim();
        if wire::agency(piece).is_some()
            || (is_organisation(piece) && (korean || piece.chars().any(char::is_uppercase)))
        {
            set_house(piece, found);
        }
    }
    let mut authors = names::persons(persons);
    authors.retain(|name| wire::agency(name).is_none() && !found.authors.contains(name));
    found.authors.extend(authors);
}

fn set_house(name: &str, found: &mut Byline) {
    match wire::agency(name) {
        Some(agency) => {
            found.agency.get_or_insert_with(|| agency.to_owned());
        }
        None if name.split_whitespace().count() <= 6 && !is_job(name) => {
            found.publisher.get_or_insert_with(|| name.to_owned());
        }
        None => {}
    }
}

/// "Staff Writers", "Redaktion": a newsroom's word for itself names no house.
fn is_job(name: &str) -> bool {
    name.to_lowercase().split_whitespace().all(|word| {
        [
            "staff",
            "writer",
            "writers",
            "reporter",
            "reporters",
            "editor",
            "editors",
            "editorial",
            "team",
            "news",
            "desk",
            "correspondent",
            "correspondents",
            "contributor",
            "contributors",
            "redaktion",
            "rédaction",
            "redacción",
            "redakcja",
            "admin",
            "online",
            "agencies",
            "agenturen",
            "die",
            "the",
            "la",
            "guest",
            "user",
            "webmaster",
            "senior",
            "newsroom",
            "newsdesk",
            "support",
            "report",
            "reports",
            "and",
            "und",
        ]
        .contains(&word)
    })
}

/// "Jane Doe CGTN", "Jane Doe The Harbour Times", "Jane Doe Associated Press": a name, then its
/// house.
fn split_house(part: &str) -> (&str, Option<&str>) {
    let words: Vec<(usize, &str)> = part
        .split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .collect();
    let shouting = words.iter().all(|(_, word)| is_capitals(word));
    for &(start, word) in words.iter().skip(2) {
        let (name, house) = (part[..start].trim(), part[start..].trim());
        let is_house = wire::agency(house).is_some()
            || (word == "The" && is_organisation(house))
            || (!shouting && is_capitals(house) && (2..=6).contains(&house.chars().count()));
        if is_house && names::is_full_name(name) {
            return (name, Some(house));
        }
    }
    (part, None)
}

fn is_capitals(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_uppercase() || c.is_numeric())
}

/// Words that columns and newsletters end with.
fn is_series(name: &str) -> bool {
    let lower = name.to_lowercase();
    [
        "view",
        "views",
        "review",
        "weekly",
        "daily",
        "brief",
        "briefs",
        "briefing",
        "newsletter",
        "monitor",
        "outlook",
        "digest",
        "bulletin",
        "watch",
        "letter",
        "roundup",
        "insight",
        "insights",
        "notes",
        "wochenbericht",
        "wochenschau",
        "rundbrief",
        "lettre",
        "boletín",
        "브리핑",
        "뉴스레터",
        "통신",
        "通讯",
        "週報",
        "周报",
    ]
    .iter()
    .any(|word| lower.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn byline(authors: &[&str], publisher: Option<&str>, agency: Option<&str>) -> Byline {
        Byline {
            authors: authors.iter().map(|&name| name.to_owned()).collect(),
            publisher: publisher.map(str::to_owned),
            agency: agency.map(str::to_owned),
            series: None,
        }
    }

    #[test]
    fn a_byline_names_people_a_house_and_a_wire() {
        for (case, line, expected) in [
            ("plain", "By Jane Doe", byline(&["Jane Doe"], None, None)),
            (
                "house and wire",
                "By : Han Bi-na/The Harbour Times/ANN",
                byline(&["Han Bi-na"], Some("The Harbour Times"), Some("ANN")),
            ),
            (
                "a broadcaster after the name",
                "By Jane Doe CGTN",
                byline(&["Jane Doe"], Some("CGTN"), None),
            ),
            (
                "a wire after the name",
                "By Jane Doe, Associated Press",
                byline(&["Jane Doe"], None, Some("Associated Press")),
            ),
            (
                "for whom",
                "By Jane Doe for The Harbour Times",
                byline(&["Jane Doe"], Some("The Harbour Times"), None),
            ),
            ("capitals", "BY JANE DOE", byline(&["JANE DOE"], None, None)),
            (
                "the date's label touches the name",
                "By Choi Na-youngPublished : ",
                byline(&["Choi Na-young"], None, None),
            ),
            (
                "a mail link that broke",
                "By Choi Na-young (nayoung@example.kr\">nayoung@example.kr)",
                byline(&["Choi Na-young"], None, None),
            ),
            (
                "German",
                "Von Jörg Weiß, dpa",
                byline(&["Jörg Weiß"], None, Some("dpa")),
            ),
            ("Korean", "김한별 기자", byline(&["김한별"], None, None)),
            (
                "Korean with newsroom",
                "[한빛일보 김한별 기자]",
                byline(&["김한별"], Some("한빛일보"), None),
            ),
            ("Chinese", "记者 李明", byline(&["李明"], None, None)),
            (
                "Chinese over a wire",
                "新华社记者李明",
                byline(&["李明"], None, Some("新华社")),
            ),
        ] {
            assert_eq!(parse(line), Some(expected), "{case}: {line}");
        }
    }

    #[test]
    fn a_column_that_signs_is_a_series_not_a_person() {
        let found = parse("Author: Harbour View").unwrap();
        assert_eq!(found.series.as_deref(), Some("Harbour View"));
        assert!(found.authors.is_empty());
    }

    #[test]
    fn a_sentence_is_no_byline() {
        for line in [
            "",
            "By the end of the year the harbour will be dredged again, the ministry said.",
            "Jane Doe",
            "기자들은 회견장에 모였다.",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
