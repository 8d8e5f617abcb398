//! A made-up archive of any size, and what must hold in it however large it is.

use std::collections::BTreeMap;

use briefbook::archive::calendar::{Month, Week};
use briefbook::archive::ids::TermId;
use briefbook::archive::linked::Archive;
use briefbook::content::parse::ContentFile;
use briefbook::site::make::period::{month, week, year};
use briefbook::site::make::term::term;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::given::{linked, pages, with_site};

/// Small where the program is slow, as large as the promise where it is fast.
const ARTICLES: usize = if cfg!(debug_assertions) { 800 } else { 10_000 };

/// Pages that two articles more may change: one in a hundred of those that 10,000 articles make.
const CHANGED: usize = 129;

/// A sequence that looks like chance and is the same every time (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "ba", "cor", "del", "fen", "gra", "hul", "jin", "kas", "lom", "mer", "nov", "pel",
            "rus", "sol", "tam", "vek",
        ];
        // Common words are far more common than rare ones, as in any language.
        let commonest = self.below(4_000) + 1;
        let rank = self.below(commonest);
        format!(
            "{}{}{}",
            SYLLABLES[rank % 16],
            SYLLABLES[rank / 16 % 16],
            SYLLABLES[rank / 256]
        )
    }

    fn text(&mut self, words: usize) -> String {
        (0..words)
            .map(|_| self.word())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn article(number: usize, day: Date, chance: &mut Chance) -> ContentFile {
    let mut list = |prefix: &str, of: usize, most: usize| {
        let count = 1 + chance.below(most);
        let names: Vec<String> = (0..count)
            .map(|_| format!("\"{prefix}-{}\"", chance.below(of)))
            .collect();
        format!("[{}]", names.join(", "))
    };
    let (topics, people, places) = (
        list("topic", 40, 3),
        list("person", 120, 3),
        list("place", 30, 2),
    );
    let (folder, by) = match number % 3 {
        0 => ("briefings", String::new()),
        _ => (
            "sources",
            format!("publisher = \"House {}\"\n", chance.below(9)),
        ),
    };
    let title = chance.text(6);
    let (one, two) = (chance.text(50), chance.text(40));
    ContentFile {
        path: format!("content/{folder}/{}/a{number}.md", day.year()),
        bytes: format!(
            "+++\ntitle = \"{title}\"\ndate = {day}\n{by}topics = {topics}\npeople = {people}\nplaces = {places}\n+++\n\n{one}.\n\n{two}.\n"
        )
        .into_bytes(),
    }
}

/// A made-up archive; eight years however many articles.
fn files(articles: usize) -> Vec<ContentFile> {
    let mut chance = Chance(7);
    let first = date(2014, 1, 1);
    (0..articles)
        .map(|number| {
            let day = first
                .checked_add(i64::try_from(chance.below(2_922)).unwrap().days())
                .unwrap();
            article(number, day, &mut chance)
        })
        .collect()
}

/// What front matter alone says: articles by `taxonomy/term`, and by day.
fn counted(files: &[ContentFile]) -> (BTreeMap<String, usize>, BTreeMap<Date, usize>) {
    let (mut terms, mut days) = (BTreeMap::new(), BTreeMap::new());
    for file in files {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let front: toml::Table = text.split("+++").nth(1).unwrap().parse().unwrap();
        let day: Date = front["date"].to_string().parse().unwrap();
        *days.entry(day).or_default() += 1;
        for field in ["topics", "people", "places"] {
            let mut names: Vec<&str> = front[field]
                .as_array()
                .unwrap()
                .iter()
                .map(|n| n.as_str().unwrap())
                .collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                *terms.entry(format!("{field}/{name}")).or_default() += 1;
            }
        }
        if let Some(publisher) = front.get("publisher") {
            let name = publisher.as_str().unwrap().to_lowercase().replace(' ', "-");
            *terms.entry(format!("publishers/{name}")).or_default() += 1;
        }
    }
    (terms, days)
}

fn term_name(archive: &Archive, id: TermId) -> String {
    let term = archive.term(id);
    format!(
        "{}/{}",
        archive.config.taxonomies.name(term.taxonomy),
        term.slug
    )
}

#[test]
fn every_count_is_what_front_matter_says() {
    let (terms, days) = counted(&files(ARTICLES));
    let archive = linked("", files(ARTICLES)).sound();
    with_site(&archive, |site| {
        let mut shown = BTreeMap::new();
        for id in (0..archive.terms.len()).map(TermId::new) {
            let view = term(site, id);
            let by_year: usize = view.years.iter().map(|year| year.count).sum();
            assert_eq!(view.count, by_year);
            shown.insert(term_name(&archive, id), view.count);
        }
        assert_eq!(shown, terms);
        let total = |within: &dyn Fn(Date) -> bool| -> usize {
            days.iter()
                .filter(|(day, _)| within(**day))
                .map(|(_, count)| count)
                .sum()
        };
        for number in archive.calendar.years.keys() {
            assert_eq!(
                year(site, *number).count,
                total(&|day| day.year() == *number)
            );
        }
        for key in archive.calendar.months.keys() {
            let view = month(site, *key);
            assert_eq!(view.grid.count, total(&|day| Month::of(day) == *key));
            let listed: usize = view.days.iter().map(|day| day.articles.len()).sum();
            assert_eq!(listed, view.grid.count);
        }
        for key in archive.calendar.weeks.keys() {
            assert_eq!(week(site, *key).count, total(&|day| Week::of(day) == *key));
        }
        assert_eq!(total(&|_| true), ARTICLES);
    });
}

#[test]
fn every_article_of_a_term_is_on_one_of_its_pages() {
    let archive = linked("", files(ARTICLES)).sound();
    let pages = pages(&archive);
    let busiest = (0..archive.terms.len())
        .map(TermId::new)
        .filter(|id| term_name(&archive, *id).starts_with("places/"))
        .max_by_key(|id| archive.term(*id).articles.len())
        .unwrap();
    let own = format!("/{}/", term_name(&archive, busiest));
    let text: String = pages
        .iter()
        .filter(|(address, _)| address.starts_with(&own) && !address.ends_with(".xml"))
        .map(|(_, page)| page.as_str())
        .collect();
    for id in &archive.term(busiest).articles {
        let slug = &archive.article(*id).slug;
        assert!(
            text.contains(&format!("/{slug}/\"")),
            "{slug} is missing below {own}"
        );
    }
}

#[test]
fn a_new_and_a_back_dated_article_change_few_pages() {
    let before = pages(&linked("", files(ARTICLES)).sound());
    let mut more = files(ARTICLES);
    let mut chance = Chance(99);
    // Of the last year: the first article of a new one is also news to the months and weeks of
    // the same number in all years before.
    more.push(article(ARTICLES * 2, date(2021, 12, 31), &mut chance));
    more.push(article(ARTICLES * 2 + 1, date(2016, 6, 7), &mut chance));
    let after = pages(&linked("", more).sound());
    let changed: Vec<&String> = after
        .iter()
        .filter(|(address, page)| before.get(*address) != Some(page))
        .map(|(address, _)| address)
        .collect();
    // How many change doesn't grow with the archive: one in a hundred of the pages of a large one
    // is what a small one may change too.
    assert!(
        changed.len() < CHANGED,
        "{} of {}: {changed:#?}",
        changed.len(),
        after.len()
    );
    let gone = before
        .keys()
        .filter(|address| address.ends_with('/') && !after.contains_key(*address))
        .count();
    assert_eq!(gone, 0);
}
