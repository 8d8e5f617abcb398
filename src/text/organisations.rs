//! Telling newsrooms, companies and offices from persons by the words they are named with.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether a word of the name belongs to newsrooms, companies or offices.
pub fn is_organisation(name: &str) -> bool {
    let lower = name.to_lowercase();
    if ENDINGS_EAST_ASIAN
        .iter()
        .any(|ending| lower.ends_with(ending))
    {
        return true;
    }
    lower
        .split(|c: char| !(c.is_alphanumeric() || c == '&' || c == '-'))
        .any(|word| {
            WORDS.contains(word)
                || (word.len() > 9 && ENDINGS.iter().any(|ending| word.ends_with(ending)))
        })
        || lower.contains("www.")
        || [".com", ".de", ".org", ".net", ".at", ".ch", ".co"]
            .iter()
            .any(|ending| lower.ends_with(ending))
}

/// Words that only organisations carry, in the languages that bylines come in; lower case.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "news newsroom newsdesk newswire times post herald tribune gazette chronicle press presse \
    prensa agency agencies agentur agenturen agencia agencias agence agencja staff team editor \
    editors editorial redaktion redaktionsteam rédaction redaction redacción redaccion \
    redakcja redazione redactie admin administrator webmaster webteam online media medien \
    magazine magazin daily journal tv radio gmbh inc ltd llc corp corporation company university \
    universität université universidad institute institut instituto foundation stiftung \
    fondation fundación verlag desk contributor contributors ministry ministerium ministère \
    ministerio office department committee council association society network bureau blog \
    website guest gast anonymous anonym unknown user support service services group club verein \
    verband pressestelle pressemitteilung wikipedia wikimedia projects report reports reporters \
    correspondents writers zeitung kurier nachrichten anzeiger observer guardian telegraph \
    broadcasting channel publishing books reuters afp dpa ap apa kna epd sid ansa efe tass \
    xinhua yonhap kyodo jiji upi pti ians bloomberg bbc cnn cgtn cctv nhk kbs mbc sbs ytn orf \
    ard zdf mdr ndr wdr swr srf rtl cbs nbc abc fox npr pbs associated federation party union anstalt archiv centre \
    center zentrum organization organisation e.v newsletter view review weekly briefing bulletin \
    digest facebook twitter instagram youtube"
        .split_whitespace()
        .collect()
});

/// German compounds end in what they are.
const ENDINGS: &[&str] = &[
    "redaktion",
    "verband",
    "zeitung",
    "agentur",
    "ministerium",
    "stiftung",
    "verlag",
    "gesellschaft",
    "institut",
    "universität",
    "anstalt",
    "nachrichten",
];

/// Chinese, Japanese and Korean organisations end in what they are.
const ENDINGS_EAST_ASIAN: &[&str] = &[
    "뉴스",
    "일보",
    "신문",
    "방송",
    "통신",
    "편집부",
    "편집국",
    "취재팀",
    "뉴스팀",
    "데스크",
    "미디어",
    "타임스",
    "연구소",
    "기자단",
    "논설실",
    "社",
    "报",
    "報",
    "网",
    "網",
    "部",
    "局",
    "新闻",
    "新聞",
    "通信",
    "通讯",
    "电视台",
    "频道",
    "编辑部",
    "編集部",
    "取材班",
    "支局",
    "客户端",
    "日报",
    "时报",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_known_by_a_word_or_an_ending() {
        for name in [
            "The Harbour Times",
            "Hafenzeitung",
            "한빛일보",
            "港口日报",
            "example.com",
        ] {
            assert!(is_organisation(name), "{name}");
        }
        for name in ["Jane Doe", "Timea Poster", "김한별", "李明"] {
            assert!(!is_organisation(name), "{name}");
        }
    }
}
