//! Newsletter issues: the articles of a series that went out together.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};

use super::calendar::Week;
use super::entry::Entry;
use super::ids::{ArticleId, TermId};
use super::vocabulary::Vocabulary;
use crate::content::taxonomy::Taxonomy;
use crate::text::slug::slug;

/// One issue of a newsletter.
#[derive(Debug)]
pub struct Issue {
    pub series: TermId,
    /// As front matter gives it; without that, the ISO week: `2021-W15`.
    pub name: String,
    /// The part of its address: `12`, `2021-w15`.
    pub slug: String,
    /// Newest first.
    pub articles: Vec<ArticleId>,
}

/// What an issue is named by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Written<'a> {
    Name(&'a str),
    Week(Week),
}

impl Written<'_> {
    fn name(self) -> String {
        match self {
            Self::Name(name) => name.to_owned(),
            Self::Week(Week { year, number }) => format!("{year}-W{number:02}"),
        }
    }
}

/// Index into the issues of each article that is in one.
pub fn issue_of(issues: &[Issue]) -> BTreeMap<ArticleId, usize> {
    let articles = issues.iter().enumerate();
    articles
        .flat_map(|(index, issue)| issue.articles.iter().map(move |id| (*id, index)))
        .collect()
}

/// Every issue of every series: by series, then oldest first (by their newest article).
pub fn issues(entries: &[Entry], vocabulary: &Vocabulary) -> Vec<Issue> {
    let mut found: BTreeMap<(TermId, String), Issue> = BTreeMap::new();
    // Each name is looked at once, however many articles have it.
    let mut slugs: HashMap<Written, Option<(String, String)>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let series = vocabulary.of_article[index]
            .iter()
            .find(|id| vocabulary.terms[id.index()].taxonomy == Taxonomy::SERIES);
        let Some(&series) = series else { continue };
        let written = match (&entry.article.front.issue, entry.day) {
            (Some(issue), _) => Written::Name(issue),
            (None, Some(day)) => Written::Week(Week::of(day)),
            (None, None) => continue,
        };
        let named = slugs.entry(written).or_insert_with(|| {
            let name = written.name();
            slug(&name).map(|slug| (name, slug))
        });
        let Some((name, slug)) = named else { continue };
        found
            .entry((series, slug.clone()))
            .or_insert_with(|| Issue {
                series,
                name: name.clone(),
                slug: slug.clone(),
                articles: Vec::new(),
            })
            .articles
            .push(ArticleId::new(index));
    }
    let mut issues: Vec<Issue> = found.into_values().collect();
    // Ids grow towards the past, so the oldest issue has the greatest first id.
    issues.sort_by_key(|issue| (issue.series, std::cmp::Reverse(issue.articles[0])));
    issues
}
