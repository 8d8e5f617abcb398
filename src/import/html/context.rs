//! What the other blocks of a page say about one of them, once each has been looked at alone.

use super::landscape::Landscape;
use super::row::Row;

/// The chances of all blocks, ready to be asked about neighbourhoods.
pub struct Context<'a> {
    page: &'a Landscape<'a>,
    chances: &'a [f32],
    /// Sums over the blocks before each one: characters, and characters times chance.
    sums: Vec<(f32, f32)>,
}

impl<'a> Context<'a> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "features need no more than 24 bits"
    )]
    pub fn of(page: &'a Landscape<'a>, chances: &'a [f32]) -> Self {
        let mut sums = vec![(0.0, 0.0)];
        let (mut all, mut likely) = (0.0, 0.0);
        for (seen, chance) in page.seen.iter().zip(chances) {
            let weight = (seen.weight as f32).min(400.0) + 5.0;
            all += weight;
            likely += weight * chance;
            sums.push((all, likely));
        }
        Self {
            page,
            chances,
            sums,
        }
    }

    /// Adds what the context says about a block to its row.
    #[expect(
        clippy::cast_precision_loss,
        reason = "features need no more than 24 bits"
    )]
    pub fn add(&self, at: usize, row: &mut Row) {
        row.add("chance alone", self.chances[at]);
        for offset in [-3isize, -2, -1, 1, 2, 3] {
            let other = at.checked_add_signed(offset);
            let chance = other.and_then(|other| self.chances.get(other)).copied();
            row.add("neighbour's chance", chance.unwrap_or(-1.0));
        }
        for width in [3, 8, 20] {
            row.add("chance before", self.mean(at.saturating_sub(width), at));
            row.add("chance behind", self.mean(at + 1, at + 1 + width));
        }
        let element = self.page.blocks[at].element;
        let mut outer = std::iter::once(element).chain(self.page.tree.ancestors(element));
        for _ in 0..6 {
            let node = outer.next().unwrap_or(self.page.tree.root());
            let std::ops::Range {
                start: from,
                end: to,
            } = self.page.blocks_in(node);
            row.add("container's chance", self.mean_without(from, to, at));
            let whole = self.likely(0, self.chances.len()).max(1.0);
            row.add("container's share", self.likely(from, to) / whole);
        }
        let whole = self.likely(0, self.chances.len());
        row.add("likely text of page", whole);
        row.add("likely text before", self.likely(0, at) / whole.max(1.0));
        row.add(
            "likely text behind",
            self.likely(at + 1, self.chances.len()) / whole.max(1.0),
        );
        let is_likely =
            |other: &usize| self.chances[*other] > 0.7 && self.page.seen[*other].weight > 60;
        let before = (0..at).rev().take(99).find(is_likely);
        let behind = (at + 1..self.chances.len()).take(99).find(is_likely);
        row.add(
            "blocks since a likely one",
            before.map_or(99.0, |other| (at - other) as f32),
        );
        row.add(
            "blocks to a likely one",
            behind.map_or(99.0, |other| (other - at) as f32),
        );
        for other in [before, behind] {
            row.add("levels shared with a likely one", self.apart(at, other));
        }
    }

    fn likely(&self, from: usize, to: usize) -> f32 {
        let last = self.sums.len() - 1;
        self.sums[to.min(last)].1 - self.sums[from.min(last)].1
    }

    /// The mean chance of a stretch of blocks, by characters.
    fn mean(&self, from: usize, to: usize) -> f32 {
        let last = self.sums.len() - 1;
        let (a, b) = (self.sums[from.min(last)], self.sums[to.min(last)]);
        if b.0 > a.0 {
            (b.1 - a.1) / (b.0 - a.0)
        } else {
            -1.0
        }
    }

    fn mean_without(&self, from: usize, to: usize, at: usize) -> f32 {
        let (a, b) = (self.sums[from], self.sums[to]);
        let (own, next) = (self.sums[at], self.sums[at + 1]);
        let (mut all, mut likely) = (b.0 - a.0, b.1 - a.1);
        if (from..to).contains(&at) {
            all -= next.0 - own.0;
            likely -= next.1 - own.1;
        }
        if all > 1.0 { likely / all } else { -1.0 }
    }

    /// How many levels above a block the element stands that holds another block too.
    #[expect(clippy::cast_precision_loss, reason = "levels are few")]
    fn apart(&self, at: usize, other: Option<usize>) -> f32 {
        let Some(other) = other else { return 99.0 };
        let other = self.page.blocks[other].nodes[0];
        let element = self.page.blocks[at].element;
        std::iter::once(element)
            .chain(self.page.tree.ancestors(element))
            .take(30)
            .position(|outer| self.page.tree.contains(outer, other))
            .map_or(99.0, |levels| levels as f32)
    }
}
