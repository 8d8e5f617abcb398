//! Briefings: the three-part form What Happened / Implications / Context, and the sign-off of the
//! newsletter that a briefing was sent with.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::names;

/// The parts of a briefing, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    WhatHappened,
    Implications,
    Context,
}

impl Section {
    /// The heading that every briefing's part is written under; Korean text keeps Korean headings.
    pub fn heading(self, korean: bool) -> &'static str {
        match (self, korean) {
            (Self::WhatHappened, false) => "What Happened",
            (Self::Implications, false) => "Implications",
            (Self::Context, false) => "Context",
            (Self::WhatHappened, true) => "주요 내용",
            (Self::Implications, true) => "시사점",
            (Self::Context, true) => "배경",
        }
    }
}

/// A part's heading at the start of a line: the part, whether it is Korean, and the text run in
/// behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening<'a> {
    pub section: Section,
    pub korean: bool,
    pub rest: &'a str,
}

static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)^\s*(?:\#{1,6}\s+)?(?:\*\*|__)?\s*
        (?:(?P<what>what(?:['’]s)?\s+happened|무슨\s*일이\s*있었나|무슨\s*일이\s*있었는가|주요\s*내용|사건\s*개요)
          |(?P<implications>(?:the\s+)?implications?|시사점|함의)
          |(?P<context>(?:the\s+)?contexts?|배경|맥락))
        \s*(?:\?\s*)?(?:\*\*|__)?\s*(?:(?P<mark>[:：]|\s[-–—]\s|$)\s*(?:\*\*|__)?)\s*(?P<rest>.*)$",
    )
});

/// Bold run-ins may do without a colon: "**Implications** The port …".
static BOLD_OPENING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?P<head>(?:\*\*|__)[^*_]{2,30}(?:\*\*|__))\s*(?P<rest>.+)$"));

/// Reads a line as the opening of a briefing's part: a heading of its own, or a bold or plain
/// run-in ("Implications: The port …").
pub fn opening(line: &str) -> Option<Opening<'_>> {
    if let Some(found) = OPENING.captures(line) {
        let section = if found.name("what").is_some() {
            Section::WhatHappened
        } else if found.name("implications").is_some() {
            Section::Implications
        } else {
            Section::Context
        };
        let rest = found.name("rest").map_or("", |m| m.as_str()).trim();
        let korean = found
            .name("what")
            .or_else(|| found.name("implications"))
            .or_else(|| found.name("context"))
            .is_some_and(|m| !m.as_str().is_ascii() && !m.as_str().contains('’'));
        return Some(Opening {
            section,
            korean,
            rest,
        });
    }
    let bold = BOLD_OPENING.captures(line)?;
    let head = opening(bold.name("head")?.as_str()).filter(|head| head.rest.is_empty())?;
    Some(Opening {
        rest: bold.name("rest")?.as_str().trim(),
        ..head_only(head)
    })
}

fn head_only(head: Opening<'_>) -> Opening<'static> {
    Opening {
        section: head.section,
        korean: head.korean,
        rest: "",
    }
}

/// Whether these lines are a briefing: what happened, and what follows from it.
pub fn is_briefing<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let sections: Vec<Section> = lines
        .filter_map(opening)
        .map(|opening| opening.section)
        .collect();
    sections.contains(&Section::WhatHappened) && sections.contains(&Section::Implications)
}

/// What the last lines of a newsletter say about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignOff {
    pub series: Option<String>,
    pub publisher: Option<String>,
    pub editors: Vec<String>,
    pub contributors: Vec<String>,
    pub image_credit: Option<String>,
}

impl SignOff {
    /// What an earlier line said stays.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let first = |a: Vec<String>, b: Vec<String>| if a.is_empty() { b } else { a };
        Self {
            series: self.series.or(other.series),
            publisher: self.publisher.or(other.publisher),
            editors: first(self.editors, other.editors),
            contributors: first(self.contributors, other.contributors),
            image_credit: self.image_credit.or(other.image_credit),
        }
    }
}

/// "This briefing comes from Harbour View, a weekly newsletter published by the Port Institute."
static ORIGIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)(?:
        \b(?:[Tt]his|[Tt]hese)\s[\w\s]{0,40}?(?:comes?|is|was|are|were|appeared|appears|originates?)\b[\w\s]{0,30}?\b(?:from|in|of)\s+(?:the\s)?(?P<series>\p{Lu}[^,.]{2,60}?),?\s+(?:an?|the|our|its)\s
        |^(?P<series2>\p{Lu}[^,.]{2,60}?)\s+is\s+(?:an?|the|our)\s)
        (?:[\w-]+\s){0,3}?(?:newsletter|bulletin|briefing|digest|publication|e-?mail|blog|series)
        (?:[^.]{0,20}?\b(?:published|produced|issued|written|prepared|sent|brought\sto\syou|put\sout)\s(?:[\w]+\s)?by\s+(?:the\s)?(?P<publisher>\p{Lu}[^.,]{2,80}))?",
    )
});

static KOREAN_ORIGIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)이\s(?:브리핑|글|기사)[은는]\s(?:(?P<publisher>[^.,]{2,30}?)(?:이|가|에서)\s(?:발행|제작)하는\s(?:[가-힣]+\s){0,2}(?:뉴스레터|소식지)\s)?[‘'「《“]?(?P<series>[^.,‘’'「」《》“”]{2,30}?)[’'」》”]?(?:에서|에\s)",
    )
});

static EDITED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)(?:(?i:\bedited\s+by\s+|\beditors?\s*:\s*|편집(?:자|인)?\s*[:：]\s*|redaktion\s*:\s*))
        (?P<editors>[^.;:]+?(?:\b\p{Lu}\.[^.;:]+?)*?)
        (?:,?\s+(?i:with\s+(?:the\s+)?(?:help|assistance|contributions?|support|research|input)\s+(?:of|from|by))\s+(?P<helpers>[^.;]+(?:\b\p{Lu}\.[^.;]+)*?))?(?:[.;]|$|\s+(?i:contribut))",
    )
});

static CONTRIBUTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)(?:(?i:\bcontributors?\s*:\s*|\bcontributions?\s+(?:by|from)\s+|도움\s*[:：]\s*|기여\s*[:：]\s*))(?P<helpers>[^.;]+)|(?P<writers>\p{Lu}[^.;:]+?)\s+contributed\s+to\s+this",
    )
});

static IMAGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)(?:^|[.!?]\s+)(?P<credit>(?:(?:Creative\sCommons|Header|Cover|Featured|Feature|Banner|Lead)\s+)?(?i:images?|photos?|photographs?|pictures?)\s*(?::|(?i:credits?|courtesy|by|from|via|copyright))[^\n]{3,160}?|사진\s*[:=]\s*[^.\n]{2,80})\s*\.?\s*$",
    )
});

static SIGN_UP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:would like to|to|can) (?:sign up|subscribe|receive (?:it|this|our))|구독(?:을 원|하려면|하시려면|신청)|newsletter.{0,40}(?:abonnieren|anmelden)",
    )
});

/// Reads a paragraph as part of a newsletter's sign-off; `None` if it is none.
pub fn sign_off(paragraph: &str) -> Option<SignOff> {
    if paragraph.chars().count() > 1500 {
        return None;
    }
    let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = SignOff::default();
    if let Some(origin) = ORIGIN
        .captures(&text)
        .or_else(|| KOREAN_ORIGIN.captures(&text))
    {
        let named = |name| origin.name(name).map(|m| m.as_str().trim().to_owned());
        found.series = named("series").or_else(|| origin_start(&text));
        found.publisher = named("publisher");
    }
    if let Some(edited) = EDITED.captures(&text) {
        found.editors = names::persons(&edited["editors"]);
        found.contributors = edited
            .name("helpers")
            .map(|helpers| names::persons(helpers.as_str()))
            .unwrap_or_default();
    }
    if found.contributors.is_empty()
        && let Some(helped) = CONTRIBUTED.captures(&text)
    {
        found.contributors = helped
            .name("helpers")
            .or_else(|| helped.name("writers"))
            .map(|helpers| names::persons(helpers.as_str()))
            .unwrap_or_default();
    }
    found.image_credit = IMAGE
        .captures(&text)
        .map(|image| image["credit"].trim().to_owned());
    let says_something = found != SignOff::default();
    (says_something || SIGN_UP.is_match(&text)).then_some(found)
}

/// "Harbour View is a weekly newsletter": the series opens the sentence.
fn origin_start(text: &str) -> Option<String> {
    let (series, _) = text.split_once(" is ")?;
    Some(series.trim().to_owned())
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in this file is valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_opens_as_heading_or_run_in() {
        for (case, line, section, rest) in [
            ("heading", "What Happened", Section::WhatHappened, ""),
            (
                "with a question mark",
                "What happened?",
                Section::WhatHappened,
                "",
            ),
            ("Markdown", "## Implications", Section::Implications, ""),
            (
                "run-in",
                "Implications: The port froze.",
                Section::Implications,
                "The port froze.",
            ),
            (
                "singular",
                "Implication: None.",
                Section::Implications,
                "None.",
            ),
            (
                "bold",
                "**Context:** Ice came early.",
                Section::Context,
                "Ice came early.",
            ),
            (
                "bold, no colon",
                "**Context** Ice came early.",
                Section::Context,
                "Ice came early.",
            ),
            ("capitals", "CONTEXT", Section::Context, ""),
            (
                "Korean",
                "시사점: 항만이 얼었다.",
                Section::Implications,
                "항만이 얼었다.",
            ),
        ] {
            let found = opening(line).unwrap_or_else(|| panic!("{case}"));
            assert_eq!((found.section, found.rest), (section, rest), "{case}");
        }
        for line in [
            "Context matters here.",
            "What happened next was worse.",
            "Contextual",
        ] {
            assert_eq!(opening(line), None, "{line}");
        }
    }

    #[test]
    fn a_context_alone_makes_no_briefing() {
        assert!(is_briefing(
            ["What Happened", "Ice.", "Implications: Cold."].into_iter()
        ));
        assert!(!is_briefing(["Context: Ice.", "Cold."].into_iter()));
    }

    #[test]
    fn a_sign_off_names_the_newsletter_and_who_made_it() {
        let origin = sign_off(
            "This briefing comes from Harbour View, a weekly newsletter published by the Port \
             Institute. Harbour View covers ice. If you would like to sign up, find the form here.",
        )
        .unwrap();
        assert_eq!(origin.series.as_deref(), Some("Harbour View"));
        assert_eq!(origin.publisher.as_deref(), Some("Port Institute"));
        let people = sign_off(
            "Harbour View was edited by Jane Doe with the help of Ann Poe and John Roe. Creative \
             Commons image from Flickr account of  Port of Oslo",
        )
        .unwrap();
        assert_eq!(people.editors, ["Jane Doe"]);
        assert_eq!(people.contributors, ["Ann Poe", "John Roe"]);
        assert_eq!(
            people.image_credit.as_deref(),
            Some("Creative Commons image from Flickr account of Port of Oslo")
        );
    }

    #[test]
    fn a_paragraph_is_no_sign_off() {
        for paragraph in [
            "The port is a large one, and ice is rare.",
            "He published a series of photos from the harbour last year, the paper said.",
        ] {
            assert_eq!(sign_off(paragraph), None, "{paragraph}");
        }
    }
}
