//! What is not wrong and not finished either: work an editor may want to do.

use super::entry::Entry;
use super::ids::{ArticleId, Node};
use super::linked::Archive;
use crate::content::article::Article;
use crate::content::parse::field_range;
use crate::content::split::split;

/// Why an article is on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Import was not sure of something, and nobody has looked since.
    Review,
    Undated,
    WithoutTopic,
    /// Nothing links to it, no briefing draws on it, and it is in no topic: readers come across
    /// it by its date only.
    Orphan,
}

impl Reason {
    pub const ALL: [Self; 4] = [
        Self::Review,
        Self::Undated,
        Self::WithoutTopic,
        Self::Orphan,
    ];

    pub fn heading(self) -> &'static str {
        match self {
            Self::Review => "To review",
            Self::Undated => "Without a date",
            Self::WithoutTopic => "Without a topic",
            Self::Orphan => "Orphans (nothing leads there)",
        }
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct LooseEnd {
    pub reason: Reason,
    /// From the archive's root.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// What is to be reviewed, or the article's title.
    pub text: String,
}

/// Everything left to do, by reason, then by file. Articles held back count for what is to be
/// reviewed.
pub fn loose_ends(archive: &Archive) -> Vec<LooseEnd> {
    let mut ends = Vec::new();
    let held_back = archive.held_back.iter().map(|held| &held.article);
    for article in archive.entries.iter().map(|e| &e.article).chain(held_back) {
        reviews(article, &mut ends);
    }
    for (index, entry) in archive.entries.iter().enumerate() {
        let id = ArticleId::new(index);
        let Entry { article, day } = entry;
        let mut add = |reason| {
            ends.push(LooseEnd {
                reason,
                file: article.body.source.name().to_owned(),
                line: 1,
                text: article.front.title.clone(),
            });
        };
        if day.is_none() {
            add(Reason::Undated);
        }
        if article.front.topics.is_empty() {
            let linked = !archive.backlinks.of(Node::Article(id)).is_empty();
            let leads_here = linked || archive.drawn_on_by.contains_key(&id);
            add(if leads_here {
                Reason::WithoutTopic
            } else {
                Reason::Orphan
            });
        }
    }
    ends.sort();
    ends
}

fn reviews(article: &Article, ends: &mut Vec<LooseEnd>) {
    let source = &article.body.source;
    for (index, text) in article.front.review.iter().enumerate() {
        let front = split(source.text()).map(|parts| parts.front).ok();
        let at = front.and_then(|front| field_range(source, &front, "review", index));
        let before = &source.text()[..at.map_or(0, |at| at.start)];
        ends.push(LooseEnd {
            reason: Reason::Review,
            file: source.name().to_owned(),
            line: before.matches('\n').count() + 1,
            text: text.clone(),
        });
    }
}
