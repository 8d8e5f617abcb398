//! Labelled stories: how well related articles and events are found.
//!
//! `tuning.txt` is for choosing numbers in the code, `held_apart.txt` only for this test.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use briefbook::archive::ids::ArticleId;
use briefbook::archive::linked::Archive;

use crate::given::given;

/// One article of the set.
struct Labelled {
    story: String,
    /// `None`: of no event.
    event: Option<String>,
    path: String,
    front: String,
    text: String,
}

fn read(set: &str) -> Vec<Labelled> {
    let mut articles: Vec<Labelled> = Vec::new();
    let mut story = "";
    for line in set.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("= ") {
            story = name;
        } else if let Some(head) = line.strip_prefix("@ ") {
            let (labels, title) = head.split_once(" | ").expect("a title stands behind `|`");
            let mut labels = labels.splitn(3, ' ');
            let mut label = || labels.next().expect("day, event and publisher");
            let (day, event, publisher) = (label(), label(), label());
            let number = articles.len();
            let (folder, by) = match publisher {
                "-" => ("briefings", String::new()),
                name => ("sources", format!("\npublisher = \"{name}\"")),
            };
            articles.push(Labelled {
                story: story.to_owned(),
                event: (event != "-").then(|| format!("{story} {event}")),
                path: format!("{folder}/2023/a{number}.md"),
                front: format!("title = \"{title}\"\ndate = {day}{by}"),
                text: String::new(),
            });
        } else if let Some(article) = articles.last_mut() {
            article.text.push_str(line);
            article.text.push('\n');
        }
    }
    articles
}

fn archive(articles: &[Labelled]) -> Archive {
    let files: Vec<(&str, &str, &str)> = articles
        .iter()
        .map(|article| (&*article.path, &*article.front, &*article.text))
        .collect();
    given(&files).sound()
}

/// The labels of an article of the archive.
fn label<'a>(articles: &'a [Labelled], archive: &Archive, id: ArticleId) -> &'a Labelled {
    let number = archive.article(id).slug.trim_start_matches('a');
    &articles[number.parse::<usize>().expect("a number")]
}

/// The share of the first three related articles that are of the same story.
fn related(set: &str) -> f64 {
    let articles = read(set);
    let archive = archive(&articles);
    let mut right = 0;
    for id in archive.ids() {
        let story = &label(&articles, &archive, id).story;
        right += archive.related[id.index()]
            .iter()
            .take(3)
            .filter(|(other, _)| label(&articles, &archive, *other).story == *story)
            .count();
    }
    f64::from(u32::try_from(right).unwrap()) / f64::from(u32::try_from(articles.len() * 3).unwrap())
}

type Pairs = HashSet<(ArticleId, ArticleId)>;

/// Pairs of articles in one group.
fn pairs(groups: impl Iterator<Item = BTreeSet<ArticleId>>) -> Pairs {
    let mut pairs = Pairs::new();
    for group in groups {
        for one in &group {
            pairs.extend(group.range(one..).skip(1).map(|other| (*one, *other)));
        }
    }
    pairs
}

/// Precision and recall over pairs of reports of one event.
fn events(set: &str) -> (f64, f64) {
    let articles = read(set);
    let archive = archive(&articles);
    let mut labelled: BTreeMap<&str, BTreeSet<ArticleId>> = BTreeMap::new();
    for id in archive.ids() {
        if let Some(event) = &label(&articles, &archive, id).event {
            labelled.entry(event).or_default().insert(id);
        }
    }
    let found = archive.events.iter();
    let found = pairs(found.map(|event| event.reports.iter().copied().collect()));
    let wanted = pairs(labelled.into_values());
    let share = |part: usize, of: usize| {
        f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(of.max(1)).unwrap())
    };
    let both = found.intersection(&wanted).count();
    (share(both, found.len()), share(both, wanted.len()))
}

const TUNING: &str = include_str!("tuning.txt");
const HELD_APART: &str = include_str!("held_apart.txt");

#[test]
fn the_first_three_related_articles_are_of_the_same_story() {
    let articles = read(HELD_APART);
    let stories: HashSet<&str> = articles.iter().map(|a| &*a.story).collect();
    assert!(articles.len() >= 60 && stories.len() >= 12);
    for (name, set) in [("tuning", TUNING), ("held apart", HELD_APART)] {
        let share = related(set);
        assert!(share >= 0.85, "{name}: {share:.3}");
    }
}

#[test]
fn reports_of_one_event_are_grouped_and_others_are_not() {
    for (name, set) in [("tuning", TUNING), ("held apart", HELD_APART)] {
        let (precision, recall) = events(set);
        assert!(
            precision >= 0.95 && recall >= 0.85,
            "{name}: precision {precision:.3}, recall {recall:.3}"
        );
    }
}
