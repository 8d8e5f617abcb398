//! Topics by example: what the archive's articles are about teaches what a new one is about.
//!
//! Names of topics are found by the vocabulary; many articles never name theirs. For each topic
//! with enough articles, words are weighed by how much likelier they are in them than elsewhere
//! (naive Bayes over the set of an article's words). How far such a sum is to be trusted is learned
//! too: every article is judged as if it weren't there, and a logistic curve is laid through the
//! answers (Platt, "Probabilistic outputs for support vector machines", 1999), so that a score of
//! 0.8 is right in about eight cases of ten.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::article::Article;
use super::place::Terms;
use crate::text::near_duplicate::{hash, tokens};

/// With fewer labelled articles there is nothing to learn from.
const FEWEST_ARTICLES: usize = 30;

/// A topic needs so many examples, and as many of something else.
const FEWEST_EXAMPLES: usize = 8;

/// From here on a topic is set; below, down to [`WORTH_ASKING`], it goes to `review`.
const SURE: f64 = 0.8;
const WORTH_ASKING: f64 = 0.5;

/// How many topics an article is asked about at most.
const MOST_QUESTIONS: usize = 2;

/// The words of an article, each once.
type Words = HashSet<u64>;

/// What the archive's own topics taught.
#[derive(Debug)]
pub struct Classifier {
    topics: Vec<Topic>,
}

#[derive(Debug)]
struct Topic {
    slug: String,
    /// In how many articles of the topic, and in how many others, a word stands.
    counts: HashMap<u64, (u32, u32)>,
    inside: u32,
    outside: u32,
    /// The logistic curve: the probability is `1 / (1 + exp(-(slope * score + offset)))`.
    slope: f64,
    offset: f64,
}

impl Classifier {
    /// Learns from articles and their topics; `None` where there are too few.
    pub fn learn<'a>(articles: impl Iterator<Item = (&'a str, &'a [String])>) -> Option<Self> {
        let labelled: Vec<(Words, &[String])> = articles
            .filter(|(_, topics)| !topics.is_empty())
            .map(|(text, topics)| (words(text), topics))
            .collect();
        if labelled.len() < FEWEST_ARTICLES {
            return None;
        }
        let mut examples: HashMap<&str, usize> = HashMap::new();
        for (_, topics) in &labelled {
            for topic in *topics {
                *examples.entry(topic).or_default() += 1;
            }
        }
        let mut learnable: Vec<&str> = examples
            .into_iter()
            .filter(|(_, count)| {
                *count >= FEWEST_EXAMPLES && labelled.len() - count >= FEWEST_EXAMPLES
            })
            .map(|(topic, _)| topic)
            .collect();
        learnable.sort_unstable();
        let topics: Vec<Topic> = learnable
            .into_par_iter()
            .map(|slug| Topic::learn(slug, &labelled))
            .collect();
        (!topics.is_empty()).then_some(Self { topics })
    }

    /// Adds the topics that an article is surely about to its terms, and asks about the likely.
    pub fn suggest(&self, article: &mut Article, terms: &mut Terms) {
        let words = words(&format!("{}\n{}", article.front.title, article.body));
        let mut likely: Vec<(f64, &str)> = self
            .topics
            .iter()
            .map(|topic| (topic.probability(&words), &*topic.slug))
            .filter(|(probability, slug)| {
                let known = |list: &[String]| list.iter().any(|known| known == slug);
                *probability >= WORTH_ASKING
                    && !known(&terms.topics)
                    && !known(&article.front.topics)
            })
            .collect();
        likely.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut questions = 0;
        for (probability, slug) in likely {
            if probability >= SURE {
                terms.topics.push(slug.to_owned());
            } else if questions < MOST_QUESTIONS {
                questions += 1;
                article.front.review.push(format!(
                    "topics: `{slug}` is likely ({:.0} %), going by the archive's other articles",
                    probability * 100.0
                ));
            }
        }
    }
}

impl Topic {
    fn learn(slug: &str, labelled: &[(Words, &[String])]) -> Self {
        let mut topic = Self {
            slug: slug.to_owned(),
            counts: HashMap::new(),
            inside: 0,
            outside: 0,
            slope: 1.0,
            offset: 0.0,
        };
        let is_about = |topics: &[String]| topics.iter().any(|known| known == slug);
        for (words, topics) in labelled {
            let is_about = is_about(topics);
            *if is_about {
                &mut topic.inside
            } else {
                &mut topic.outside
            } += 1;
            for word in words {
                let (inside, outside) = topic.counts.entry(*word).or_default();
                *if is_about { inside } else { outside } += 1;
            }
        }
        // A word that stands in one article says nothing about the next one.
        topic
            .counts
            .retain(|_, (inside, outside)| *inside + *outside > 1);
        let judged: Vec<(f64, bool)> = labelled
            .iter()
            .map(|(words, topics)| {
                let is_about = is_about(topics);
                let left_out = if is_about { (1, 0) } else { (0, 1) };
                (topic.score(words, left_out), is_about)
            })
            .collect();
        (topic.slope, topic.offset) = logistic(&judged);
        topic
    }

    /// How much the words of an article speak for the topic: the mean of what each says, times
    /// the root of their number, so that a long article is not surer for its length alone.
    /// `left_out` articles inside and outside the topic are not counted.
    fn score(&self, words: &Words, left_out: (u32, u32)) -> f64 {
        let inside = f64::from(self.inside - left_out.0);
        let outside = f64::from(self.outside - left_out.1);
        let mut sum = 0.0;
        let mut known = 0.0_f64;
        for word in words {
            let Some((in_topic, elsewhere)) = self.counts.get(word) else {
                continue;
            };
            let in_topic = f64::from(in_topic.saturating_sub(left_out.0));
            let elsewhere = f64::from(elsewhere.saturating_sub(left_out.1));
            sum += ((in_topic + 0.5) / (inside + 1.0)).ln()
                - ((elsewhere + 0.5) / (outside + 1.0)).ln();
            known += 1.0;
        }
        if known > 0.0 { sum / known.sqrt() } else { 0.0 }
    }

    fn probability(&self, words: &Words) -> f64 {
        sigmoid(self.slope * self.score(words, (0, 0)) + self.offset)
    }
}

fn sigmoid(value: f64) -> f64 {
    1.0 / (1.0 + (-value).exp())
}

/// Slope and offset of the curve that fits the answers best: Newton's method on the logistic loss
/// with a little ridge, a step being halved until it is one downhill; the targets are drawn in
/// from 0 and 1 as Platt advises.
fn logistic(judged: &[(f64, bool)]) -> (f64, f64) {
    const RIDGE: f64 = 1e-3;
    let count = |wanted: bool| -> f64 {
        let matching = judged.iter().filter(|(_, is_about)| *is_about == wanted);
        matching.map(|_| 1.0).sum()
    };
    let (right, wrong) = (count(true), count(false));
    let target = |is_about: bool| {
        if is_about {
            (right + 1.0) / (right + 2.0)
        } else {
            1.0 / (wrong + 2.0)
        }
    };
    let loss = |slope: f64, offset: f64| -> f64 {
        let each = judged.iter().map(|(score, is_about)| {
            let p = sigmoid(slope * score + offset).clamp(1e-12, 1.0 - 1e-12);
            let t = target(*is_about);
            -(t * p.ln() + (1.0 - t) * (1.0 - p).ln())
        });
        each.sum::<f64>() + RIDGE * slope * slope / 2.0
    };
    let (mut slope, mut offset) = (0.0, ((right + 1.0) / (wrong + 1.0)).ln());
    let mut best = loss(slope, offset);
    for _ in 0..50 {
        let (mut g0, mut g1) = (RIDGE * slope, 0.0);
        let (mut h00, mut h01, mut h11) = (RIDGE, 0.0, RIDGE);
        for (score, is_about) in judged {
            let p = sigmoid(slope * score + offset);
            let weight = p * (1.0 - p);
            g0 += (p - target(*is_about)) * score;
            g1 += p - target(*is_about);
            h00 += weight * score * score;
            h01 += weight * score;
            h11 += weight;
        }
        let determinant = h00 * h11 - h01 * h01;
        let mut step = (
            (h11 * g0 - h01 * g1) / determinant,
            (h00 * g1 - h01 * g0) / determinant,
        );
        let halvings = (0..20).find(|_| {
            let reached = loss(slope - step.0, offset - step.1);
            let downhill = reached < best;
            if downhill {
                best = reached;
            } else {
                step = (step.0 / 2.0, step.1 / 2.0);
            }
            downhill
        });
        if halvings.is_none() {
            break;
        }
        slope -= step.0;
        offset -= step.1;
        if step.0.abs() + step.1.abs() < 1e-6 {
            break;
        }
    }
    // A topic that words speak against is one that words can't tell.
    if slope.is_finite() && offset.is_finite() && slope > 0.0 {
        (slope, offset)
    } else {
        (0.0, -10.0)
    }
}

/// Words, and pairs of ideographs, which are words more often than single ones.
fn words(text: &str) -> Words {
    let mut words = Words::new();
    let mut before: Option<String> = None;
    for word in tokens(text) {
        let is_ideograph = word
            .chars()
            .next()
            .is_some_and(crate::text::words::is_unspaced);
        if is_ideograph {
            if let Some(before) = &before {
                words.insert(hash(format!("{before}{word}").as_bytes()));
            }
            before = Some(word);
        } else {
            if word.chars().count() > 2 {
                words.insert(hash(word.as_bytes()));
            }
            before = None;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::front_matter::FrontMatter;

    const SEA: [&str; 10] = [
        "harbour", "vessel", "tide", "pier", "captain", "cargo", "anchor", "dock", "fleet", "port",
    ];
    const FIELD: [&str; 10] = [
        "harvest", "barley", "tractor", "orchard", "soil", "seed", "farmer", "meadow", "grain",
        "plough",
    ];
    const COMMON: [&str; 10] = [
        "minister", "said", "today", "after", "plan", "budget", "meeting", "region", "year",
        "talks",
    ];

    fn text(number: usize, special: &[&str]) -> String {
        (0..60)
            .map(|at| {
                let pick = (number * 7919 + at * 104_729 + number * at) / 13 % 10;
                if at % 3 == 0 {
                    special[pick]
                } else {
                    COMMON[pick]
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn article(body: &str) -> Article {
        Article {
            front: FrontMatter::default(),
            body: body.to_owned(),
            pictures: Vec::new(),
            is_page: false,
            slug: None,
        }
    }

    #[test]
    fn topics_are_learned_from_the_archive() {
        let labelled: Vec<(String, Vec<String>)> = (0..40)
            .map(|number| {
                let (special, topic) = if number % 2 == 0 {
                    (&SEA, "shipping")
                } else {
                    (&FIELD, "farming")
                };
                (text(number, special), vec![topic.to_owned()])
            })
            .collect();
        let examples = || labelled.iter().map(|(text, topics)| (&**text, &**topics));
        assert!(
            Classifier::learn(examples().take(20)).is_none(),
            "too few to learn from"
        );
        let classifier = Classifier::learn(examples()).unwrap();
        let mut new = article(&text(101, &SEA));
        let mut terms = Terms::default();
        classifier.suggest(&mut new, &mut terms);
        assert_eq!(terms.topics, ["shipping"]);

        let mut neither = article(&text(7, &COMMON));
        let mut terms = Terms::default();
        classifier.suggest(&mut neither, &mut terms);
        assert!(terms.topics.is_empty(), "{terms:?}");
    }
}
