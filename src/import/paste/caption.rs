//! Captions: the line under a picture that a copy of the page brings along, with who took it.

use std::sync::LazyLock;

use regex::Regex;

use super::line::ends_sentence;

/// A picture's caption, and whom it credits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    pub text: String,
    pub credit: Option<String>,
}

/// A credit that says so: "Photo: Jane Doe", "REUTERS/Jane Doe", "© dpa", "사진=한빛일보".
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)(?:^|[\s.(/|\[–—-])
        (?P<credit>(?:
          (?i:(?:file\s)?photo(?:graph|s)?|foto|fotografie|bild|image|illustration|grafik|graphic|picture|credit|quelle|zdjęcie|fot\.|imagen)\s?(?:credit|courtesy|quelle)?\s?(?::|by\b|courtesy\b|©)
          |(?i:courtesy\s(?:of\s)?)
          |©\s?|\(c\)\s
          |(?:REUTERS|AP|AFP|EPA|Xinhua|Yonhap|Getty|AP\sPhoto|picture\salliance|imago|dpa)\s?/\s?
          |사진\s?[=:]\s?|사진\s?제공\s?[=:]?\s?|写真\s?[=:：]\s?|图片来源[:：]|摄影[:：]|供图[:：]?
          ).{1,80}
         |(?:AP-Yonhap|AFP-Yonhap|EPA-Yonhap|Getty\sImages|AFP\svia\sGetty\sImages|Shutterstock|iStock)[^.]{0,30}
        )[)\]]?$",
    )
});

/// A tail of capitalised words behind the last sentence: "… in Oslo. Joint Press Corps".
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[.!?][”’)]?\s+(?P<credit>\p{Lu}[\p{L}\d.'’&-]*(?:[\s/](?:(?:of|and|the|de|by|via)\s)?\p{Lu}[\p{L}\d'’&-]*){0,5})$",
    )
});

/// Reads a line as a caption that ends in a credit; prose hardly ever does.
pub fn read(text: &str) -> Option<Caption> {
    let chars = text.chars().count();
    if !(12..=700).contains(&chars) || (ends_sentence(text) && !text.ends_with(')')) {
        return None;
    }
    if let Some(found) = CREDIT.captures(text).and_then(|found| found.name("credit")) {
        let before = text[..found.start()]
            .trim_end_matches(|c: char| " (|/[–—-".contains(c))
            .trim_start_matches(['▲', '△', '▼', '◆', ' ']);
        return Some(Caption {
            text: before.to_owned(),
            credit: Some(found.as_str().trim_matches([' ', ')', ']']).to_owned()),
        });
    }
    let found = TAIL.captures(text)?.name("credit")?;
    let before = text[..found.start()].trim_end();
    (before.chars().count() >= 40).then(|| Caption {
        text: before.to_owned(),
        credit: Some(found.as_str().to_owned()),
    })
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in this file is valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_ends_in_a_credit() {
        for (line, text, credit) in [
            (
                "From left, the mayors of Oslo and Busan during a walk on the ice, Monday. Port Press Pool",
                "From left, the mayors of Oslo and Busan during a walk on the ice, Monday.",
                "Port Press Pool",
            ),
            (
                "Ice in the harbour. Photo: Jane Doe",
                "Ice in the harbour.",
                "Photo: Jane Doe",
            ),
            ("Eis im Hafen | © Jörg Weiß", "Eis im Hafen", "© Jörg Weiß"),
            (
                "얼어붙은 부산항 (사진=한빛일보)",
                "얼어붙은 부산항",
                "사진=한빛일보",
            ),
        ] {
            let found = read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                (found.text.as_str(), found.credit.as_deref()),
                (text, Some(credit))
            );
        }
    }

    #[test]
    fn prose_is_no_caption() {
        for line in [
            "The photo shows the harbour, he said.",
            "The mayor walked on the ice. “It holds,” she said.",
            "Harbour freezes",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
