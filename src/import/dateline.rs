//! Datelines: where a report was filed, when, and over which wire, before its first sentence.
//!
//! "SEOUL (Reuters) - …", "BEIJING/SEOUL -- …", "Washington, April 2 (Jiji Press)--…",
//! "Berlin (dpa) - …", "(서울=연합뉴스) 김한별 기자 = …", "（新华社北京4月2日电）…", "【ソウル共同】…".

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::import::wire;

/// What stands before the first sentence of a report, and that sentence onwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline<'a> {
    /// As printed: `SEOUL`, `BEIJING/SEOUL`, `서울`.
    pub place: Option<&'a str>,
    pub agency: Option<String>,
    /// A house in the wire's place that is no wire.
    pub publisher: Option<String>,
    /// As printed; it rarely has a year.
    pub date: Option<&'a str>,
    /// A byline inside the dateline: `김한별 기자`, `记者李明`.
    pub byline: Option<&'a str>,
    /// The report itself.
    pub rest: &'a str,
}

/// Takes the dateline off a paragraph; `None` if it has none.
pub fn split(paragraph: &str) -> Option<Dateline<'_>> {
    let paragraph = paragraph.trim_start();
    latin(paragraph)
        .or_else(|| korean(paragraph))
        .or_else(|| chinese(paragraph))
        .or_else(|| japanese(paragraph))
}

static LATIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^
        (?P<place>\p{Lu}[\p{L}.'’-]*(?:[\s/](?:(?:de|of|del|am|an|der|la)\s)?\p{Lu}[\p{L}.'’-]*){0,4}(?:,\s\p{Lu}[\p{L}.'’]*(?:\s\p{Lu}[\p{L}.'’]*){0,2})??)
        (?:,\s+(?:le\s|den\s)?(?P<date>\p{L}{3,9}\.?\s\d{1,2}(?:,?\s\d{4})?|\d{1,2}\.?\s(?:de\s)?\p{L}{3,10}\.?(?:,?\s(?:de\s)?\d{4})?))?
        \s*(?:[(（](?P<house>[^()（）]{2,40})[)）])?
        \s*(?P<dash>\.?\s?(?:--+|[—–―－]|-\s))\s*",
    )
});

fn latin(paragraph: &str) -> Option<Dateline<'_>> {
    let found = LATIN.captures(paragraph)?;
    let place = found.name("place")?.as_str();
    let date = found.name("date").map(|m| m.as_str());
    let house = found.name("house").map(|m| m.as_str().trim());
    let agency = house.and_then(first_wire);
    let capitals = !place.contains(char::is_lowercase)
        && place.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let dash = found.name("dash")?.as_str().trim();
    // Without a wire or a date only capitals tell a place from the start of a sentence.
    let certain = agency.is_some() || (date.is_some() && (house.is_some() || dash != "-"));
    if !certain && !capitals {
        return None;
    }
    let rest = rest(paragraph, &found)?;
    if !certain && (rest.chars().count() < 40 || !opens_sentence(rest)) {
        return None;
    }
    Some(Dateline {
        place: Some(place),
        publisher: house.filter(|_| agency.is_none()).map(str::to_owned),
        agency,
        date,
        byline: None,
        rest,
    })
}

fn opens_sentence(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| !c.is_lowercase())
}

/// "(서울=연합뉴스) 김한별 기자 = …", "[서울=뉴시스] 김한별 기자 = …".
static KOREAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^[(\[【〔（]\s*(?P<place>[가-힣·,\s]{2,20}?)\s*=\s*(?P<house>[가-힣A-Za-z0-9\s]{2,12})[)\]】〕）]
        \s*(?:(?P<byline>[가-힣·,\s]{2,30}?(?:기자|특파원|통신원))\s*=)?\s*",
    )
});

fn korean(paragraph: &str) -> Option<Dateline<'_>> {
    let found = KOREAN.captures(paragraph)?;
    let house = found.name("house")?.as_str().trim();
    let agency = wire::agency(house).map(str::to_owned);
    Some(Dateline {
        place: found.name("place").map(|m| m.as_str()),
        publisher: agency.is_none().then(|| house.to_owned()),
        agency,
        date: None,
        byline: found.name("byline").map(|m| m.as_str().trim()),
        rest: rest(paragraph, &found)?,
    })
}

/// "新华社北京4月2日电（记者李明）…", "（新华社北京4月2日电）…", "中新社首尔4月2日电 题：…".
static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^[(（【\[]?\s*(?P<house>新华社|新華社|中新社|中新网|中央社|本报|本報|本网)(?:记者)?(?P<place>\p{Han}{2,8}?)
        (?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)\s*(?:电|電|讯|訊)\s*
        (?:[(（](?P<byline>[^()（）]{2,40})[)）])?\s*[)）】\]]?[\s:：]*",
    )
});

fn chinese(paragraph: &str) -> Option<Dateline<'_>> {
    let found = CHINESE.captures(paragraph)?;
    Some(Dateline {
        place: found.name("place").map(|m| m.as_str()),
        agency: found
            .name("house")
            .and_then(|m| wire::agency(m.as_str()))
            .map(str::to_owned),
        publisher: None,
        date: found.name("date").map(|m| m.as_str()),
        byline: found.name("byline").map(|m| m.as_str()),
        rest: rest(paragraph, &found)?,
    })
}

/// "【ソウル共同】…", "【ソウル時事】…", "［ソウル ２日 ロイター］ - …".
static JAPANESE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^[【［\[(（]\s*(?P<place>[\p{Katakana}ー・\p{Han}]{2,12}?)\s*(?P<date>[0-9０-９]{1,2}日)?\s*
        (?P<house>共同|時事|ロイター|聯合ニュース|AFP|ＡＦＰ)(?:通信)?\s*[】］\])）]\s*[-－―—]?\s*",
    )
});

fn japanese(paragraph: &str) -> Option<Dateline<'_>> {
    let found = JAPANESE.captures(paragraph)?;
    let house = found.name("house")?.as_str();
    let agency = wire::agency(house).map(str::to_owned);
    Some(Dateline {
        place: found.name("place").map(|m| m.as_str()),
        publisher: agency.is_none().then(|| house.to_owned()),
        agency,
        date: found.name("date").map(|m| m.as_str()),
        byline: None,
        rest: rest(paragraph, &found)?,
    })
}

/// "dpa/AFP": the first wire counts.
fn first_wire(house: &str) -> Option<String> {
    wire::agency(house)
        .or_else(|| house.split(['/', ',']).find_map(wire::agency))
        .map(str::to_owned)
}

fn rest<'a>(paragraph: &'a str, found: &Captures<'_>) -> Option<&'a str> {
    let rest = &paragraph[found.get(0)?.end()..];
    (!rest.is_empty()).then_some(rest)
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in this file is valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_names_place_date_and_wire() {
        for (case, paragraph, place, agency, date) in [
            (
                "wire",
                "SEOUL (Reuters) - The harbour froze.",
                "SEOUL",
                Some("Reuters"),
                None,
            ),
            (
                "two places, no wire",
                "OSLO/SEOUL -- The two ports will share their ice breakers from next winter on.",
                "OSLO/SEOUL",
                None,
                None,
            ),
            (
                "date and wire, dashes touching",
                "Oslo, April 2 (Jiji Press)--Port officials met on Friday.",
                "Oslo",
                Some("Jiji Press"),
                Some("April 2"),
            ),
            (
                "place with its country",
                "BUSAN, South Korea (AP) — The harbour froze.",
                "BUSAN, South Korea",
                Some("AP"),
                None,
            ),
            (
                "German",
                "Kiel (dpa) - Der Hafen ist zu.",
                "Kiel",
                Some("dpa"),
                None,
            ),
            (
                "two wires",
                "Kiel (dpa/lno) - Der Hafen ist zu.",
                "Kiel",
                Some("dpa"),
                None,
            ),
            (
                "Spanish",
                "Vigo, 2 abr (EFE).- El puerto.",
                "Vigo",
                Some("EFE"),
                Some("2 abr"),
            ),
            (
                "Korean",
                "(부산=연합뉴스) 김한별 기자 = 항만이 얼었다.",
                "부산",
                Some("연합뉴스"),
                None,
            ),
            (
                "Korean, brackets",
                "[부산=뉴시스] 항만이 얼었다.",
                "부산",
                Some("뉴시스"),
                None,
            ),
            (
                "Chinese",
                "（新华社北京4月2日电）港口结冰。",
                "北京",
                Some("新华社"),
                Some("4月2日"),
            ),
            (
                "Japanese",
                "【釜山共同】港が凍った。",
                "釜山",
                Some("共同通信"),
                None,
            ),
        ] {
            let found = split(paragraph).unwrap_or_else(|| panic!("{case}"));
            assert_eq!(found.place, Some(place), "{case}");
            assert_eq!(found.agency.as_deref(), agency, "{case}");
            assert_eq!(found.date, date, "{case}");
        }
    }

    #[test]
    fn the_report_goes_on_behind_its_dateline() {
        let found = split("新华社北京4月2日电（记者李明）港口结冰。").unwrap();
        assert_eq!((found.byline, found.rest), (Some("记者李明"), "港口结冰。"));
        let found = split("(부산=연합뉴스) 김한별 기자 = 항만이 얼었다.").unwrap();
        assert_eq!(
            (found.byline, found.rest),
            (Some("김한별 기자"), "항만이 얼었다.")
        );
    }

    #[test]
    fn a_sentence_is_no_dateline() {
        for sentence in [
            "The port - closed since Monday - will open again.",
            "Nobody knows - yet.",
            "IBM - a company.",
            "Well-known ports freeze.",
            "",
        ] {
            assert_eq!(split(sentence), None, "{sentence}");
        }
    }
}
