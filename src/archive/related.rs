//! What to read next: articles about the same things, by where they stand in time.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::ids::ArticleId;
use super::neighbour::{Nearest, Neighbour};
use super::vector::Vector;

/// How an article goes together with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    /// The same story, before.
    Earlier,
    /// The same story, after.
    Later,
    /// The same subject.
    Also,
}

/// From this similarity on, two articles tell one story; below the other they have nothing to do
/// with each other.
const SAME_STORY: f32 = 0.22;
const SAME_SUBJECT: f32 = 0.1;
/// Articles that are shown at the most.
const SHOWN: usize = 8;
/// Closeness in time counts up to this part of the similarity, and half of it after so many days.
const TIME_PART: f32 = 0.2;
const HALF_TIME: f32 = 60.0;

/// The related articles of each ([`related_to`]).
pub fn related(
    entries: &[Entry],
    vectors: &[Vector],
    neighbours: &[Nearest],
) -> Vec<Vec<(ArticleId, Relation)>> {
    neighbours
        .par_iter()
        .enumerate()
        .map(|(index, near)| related_to(ArticleId::new(index), near, entries, vectors))
        .collect()
}

/// The related articles of one, nearest first. Copies of the article, and of others that are shown
/// already, are left out.
pub fn related_to(
    id: ArticleId,
    near: &Nearest,
    entries: &[Entry],
    vectors: &[Vector],
) -> Vec<(ArticleId, Relation)> {
    let day = |id: ArticleId| entries[id.index()].day;
    let mut ranked: Vec<(f32, &Neighbour)> = near
        .list
        .iter()
        .filter(|other| other.similarity >= SAME_SUBJECT)
        .map(|other| {
            let days = match (day(id), day(other.id)) {
                (Some(one), Some(two)) => (one - two).get_days().unsigned_abs(),
                _ => u32::MAX,
            };
            (other.similarity * closeness(days), other)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
    let is_copy = |one: ArticleId, two: ArticleId| {
        let [one, two] = [one, two].map(|id| &vectors[id.index()].sketch);
        one.is_copy(two)
    };
    let mut shown: Vec<(ArticleId, Relation)> = Vec::new();
    for (_, other) in ranked {
        if shown.len() == SHOWN {
            break;
        }
        let copied = shown.iter().any(|(known, _)| is_copy(*known, other.id));
        if copied || is_copy(id, other.id) {
            continue;
        }
        let relation = match (day(id), day(other.id)) {
            (Some(_), Some(_)) if other.similarity < SAME_STORY => Relation::Also,
            (Some(one), Some(two)) if two < one => Relation::Earlier,
            (Some(one), Some(two)) if two > one => Relation::Later,
            _ => Relation::Also,
        };
        shown.push((other.id, relation));
    }
    shown
}

fn closeness(days: u32) -> f32 {
    let days = f32::from(u16::try_from(days).unwrap_or(u16::MAX));
    1.0 - TIME_PART * (1.0 - (-days / HALF_TIME).exp2())
}
