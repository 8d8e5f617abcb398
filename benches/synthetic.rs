//! A synthetic archive: the same seed and size give the same bytes.
//!
//! Sizes follow a think tank's archive: a fifth briefings in three parts, the rest source
//! articles; texts of 250 to 750 words (520 on average); eight years, busier towards the end;
//! 60 topics, 400 people, 120 places, 80 organizations, 300 authors; few of them often; one
//! text in ten in Korean, Japanese, Spanish or German; two links to other articles in a text,
//! and tables, footnotes and code now and then.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;

/// `SplitMix64` (Steele, Lea, Flood 2014): small, seeded, and good enough to vary texts.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, evenly.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a usize has at most 64 bits");
        usize::try_from(self.next() % end.max(1)).expect("it is below a usize")
    }

    /// A number below `end`; small ones come often, as words, topics and places do.
    fn skewed(&mut self, end: usize) -> usize {
        let first = self.below(end);
        self.below(first + 1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

const ENGLISH: &[&str] = &[
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "on",
    "that",
    "for",
    "with",
    "harbor",
    "ministry",
    "talks",
    "agreement",
    "officials",
    "said",
    "trade",
    "grid",
    "storage",
    "talks",
    "minister",
    "coast",
    "budget",
    "parliament",
    "treaty",
    "vote",
    "envoy",
    "council",
    "energy",
    "supply",
    "ports",
    "fleet",
    "border",
    "tariff",
    "industry",
    "region",
    "summit",
    "statement",
    "visit",
    "policy",
    "between",
    "after",
    "before",
    "against",
    "under",
    "new",
    "joint",
    "annual",
    "regional",
    "public",
    "foreign",
    "further",
    "expected",
    "announced",
    "called",
    "agreed",
    "warned",
    "signed",
    "delayed",
    "reviewed",
    "proposed",
    "rejected",
    "supported",
    "measures",
];
const KOREAN: &[&str] = &[
    "정부는",
    "회담",
    "협력을",
    "장관이",
    "발표했다",
    "지역",
    "경제",
    "무역",
    "에너지",
    "항만",
    "논의했다",
    "양국은",
    "올해",
    "공동",
    "성명",
    "방문",
    "예산",
    "의회",
    "조약",
    "계획을",
];
const JAPANESE: &[&str] = &[
    "政府は",
    "会談",
    "協力を",
    "大臣が",
    "発表した",
    "地域",
    "経済",
    "貿易",
    "港湾の",
    "協議した",
    "両国は",
    "今年",
    "共同",
    "声明",
    "訪問",
    "予算",
    "議会",
    "条約",
    "計画を",
    "エネルギー",
];
const SPANISH: &[&str] = &[
    "el",
    "gobierno",
    "de",
    "la",
    "región",
    "anunció",
    "un",
    "acuerdo",
    "sobre",
    "puertos",
    "y",
    "energía",
    "con",
    "los",
    "ministros",
    "comercio",
    "después",
    "visita",
    "presupuesto",
    "votación",
];
const GERMAN: &[&str] = &[
    "die",
    "Regierung",
    "hat",
    "ein",
    "Abkommen",
    "über",
    "Häfen",
    "und",
    "Energie",
    "mit",
    "den",
    "Ministern",
    "Handel",
    "nach",
    "dem",
    "Besuch",
    "Haushalt",
    "Abstimmung",
    "vereinbart",
    "Küste",
];
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ko", KOREAN),
    ("ja", JAPANESE),
    ("es", SPANISH),
    ("de", GERMAN),
];
const SYLLABLES: &[&str] = &[
    "ka", "ren", "mo", "sil", "ta", "vor", "ne", "lin", "ho", "dar", "mi", "sen", "pa", "ruk",
    "jo", "bel", "yu", "tan", "gri", "os",
];

/// A text's words until it has `length` of them.
struct Prose<'r> {
    random: &'r mut Random,
    words: &'static [&'static str],
}

impl Prose<'_> {
    fn sentence(&mut self, out: &mut String) -> usize {
        let length = 8 + self.random.below(18);
        for index in 0..length {
            let word = self.random.pick(self.words);
            if index == 0 {
                out.push_str(&capital(word));
            } else {
                out.push(' ');
                out.push_str(word);
            }
        }
        out.push_str(". ");
        length
    }

    fn paragraph(&mut self, out: &mut String) -> usize {
        let mut words = 0;
        for _ in 0..3 + self.random.below(3) {
            words += self.sentence(out);
        }
        words
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

fn name(random: &mut Random) -> String {
    let syllables = 2 + random.below(2);
    capital(
        &(0..syllables)
            .map(|_| random.pick(SYLLABLES))
            .collect::<String>(),
    )
}

/// One taxonomy's terms: slug and title, each title once.
fn terms(random: &mut Random, count: usize, parts: usize) -> Vec<(String, String)> {
    let mut titles = BTreeSet::new();
    while titles.len() < count {
        let title: Vec<String> = (0..parts).map(|_| name(random)).collect();
        titles.insert(title.join(" "));
    }
    let slug = |title: &str| title.to_lowercase().replace(' ', "-");
    titles
        .into_iter()
        .map(|title| (slug(&title), title))
        .collect()
}

/// Which kinds of articles there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mix {
    /// A fifth of them briefings.
    Archive,
    Briefings,
}

struct Plan {
    path: String,
    slug: String,
    title: String,
    day: Date,
    briefing: bool,
}

/// Titles, days and files of all articles, so that each can link to any before it.
fn plan(random: &mut Random, count: usize, mix: Mix) -> Vec<Plan> {
    let first = Date::constant(2018, 1, 1);
    let days = 8 * 365;
    (0..count)
        .map(|index| {
            // Of two draws the later: an archive grows.
            let day = random.below(days).max(random.below(days));
            let day = first.saturating_add(i64::try_from(day).unwrap_or(0).days());
            let words: Vec<&str> = (0..4 + random.below(3))
                .map(|_| random.pick(&ENGLISH[10..]))
                .collect();
            let title = capital(&words.join(" "));
            let slug = format!("{}-{index}", words.join("-"));
            let briefing = mix == Mix::Briefings || index % 5 == 0;
            let folder = if briefing { "briefings" } else { "sources" };
            Plan {
                path: format!("content/{folder}/{}/{slug}.md", day.year()),
                slug,
                title,
                day,
                briefing,
            }
        })
        .collect()
}

fn list(random: &mut Random, terms: &[(String, String)], most: usize) -> String {
    let mut slugs: Vec<&str> = (0..=random.below(most))
        .map(|_| terms[random.skewed(terms.len())].0.as_str())
        .collect();
    slugs.sort_unstable();
    slugs.dedup();
    format!("[\"{}\"]", slugs.join("\", \""))
}

fn article(
    random: &mut Random,
    plans: &[Plan],
    at: usize,
    vocabulary: &[Vec<(String, String)>],
) -> String {
    let Plan {
        title,
        day,
        briefing,
        ..
    } = &plans[at];
    let mut text = format!("+++\ntitle = \"{title}\"\ndate = {day}\n");
    let (language, words) = if random.one_in(10) {
        LANGUAGES[random.below(LANGUAGES.len())]
    } else {
        ("en", ENGLISH)
    };
    // Writing to a string cannot fail.
    let authors = &vocabulary[4];
    let author = &authors[random.skewed(authors.len())].1;
    let _ = writeln!(text, "authors = [\"{author}\"]");
    if *briefing {
        text.push_str("series = \"weekly\"\n");
    } else {
        let _ = writeln!(
            text,
            "publisher = \"The {} Times\"",
            capital(random.pick(&SYLLABLES[..12]))
        );
    }
    for (field, most, terms) in [
        ("topics", 3, &vocabulary[0]),
        ("people", 4, &vocabulary[1]),
        ("places", 3, &vocabulary[2]),
        ("organizations", 2, &vocabulary[3]),
    ] {
        let _ = writeln!(text, "{field} = {}", list(random, terms, most));
    }
    let _ = writeln!(text, "language = \"{language}\"\n+++\n");

    let target = 230 + random.below(440);
    let mut written = 0;
    let mut section = 0;
    let mut prose = Prose { random, words };
    while written < target {
        if *briefing && written >= section * target / 3 && section < 3 {
            let heading = ["What Happened", "Implications", "Context"][section];
            let _ = writeln!(text, "## {heading}\n");
            section += 1;
        }
        written += prose.paragraph(&mut text);
        // A person of the archive is named in the text; every few paragraphs lead elsewhere.
        let people = &vocabulary[1];
        let _ = write!(
            text,
            "{} said so. ",
            people[prose.random.skewed(people.len())].1
        );
        if at > 0 && prose.random.one_in(3) {
            let other = &plans[prose.random.below(at)];
            let _ = write!(text, "See [[{}]]. ", other.slug);
        }
        text.push_str("\n\n");
    }
    match prose.random.below(20) {
        0 => text.push_str("| Year | Total |\n| --- | --- |\n| 2020 | 14 |\n| 2021 | 19 |\n\n"),
        1 => text.push_str("A figure.[^1]\n\n[^1]: Taken from the annual report.\n\n"),
        2 => text.push_str("```python\nfor year in range(2018, 2026):\n    print(year)\n```\n\n"),
        _ => {}
    }
    text
}

fn write(root: &Path, path: &str, text: &str) -> std::io::Result<()> {
    let path = root.join(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}

/// Writes an archive of so many articles into a folder.
pub(crate) fn synthesize(root: &Path, count: usize, seed: u64, mix: Mix) -> std::io::Result<()> {
    let mut random = Random(seed);
    write(
        root,
        "site.toml",
        "title = \"A synthetic archive\"\nbase_url = \"https://archive.example/\"\n\n[search]\nenabled = false\n",
    )?;
    let vocabulary: Vec<Vec<(String, String)>> = [(60, 2), (400, 2), (120, 1), (80, 3), (300, 2)]
        .into_iter()
        .map(|(count, parts)| terms(&mut random, count, parts))
        .collect();
    for (taxonomy, terms) in ["topics", "people", "places", "organizations"]
        .iter()
        .zip(&vocabulary)
    {
        for (slug, title) in terms {
            let text = format!("+++\ntitle = \"{title}\"\n+++\n");
            write(root, &format!("content/{taxonomy}/{slug}.md"), &text)?;
        }
    }
    write(
        root,
        "content/series/weekly.md",
        "+++\ntitle = \"Weekly\"\n+++\n",
    )?;
    let plans = plan(&mut random, count, mix);
    for at in 0..plans.len() {
        let text = article(&mut random, &plans, at, &vocabulary);
        write(root, &plans[at].path, &text)?;
    }
    Ok(())
}
