//! A forest of small decision trees (gradient boosting): what it makes of a block's features is
//! the chance that the block belongs to the article. `training/html/` grows it.

use std::sync::LazyLock;

/// Trees whose leaves add up.
#[derive(Debug, Default)]
pub struct Forest {
    /// Where each tree's first split stands.
    pub roots: Vec<u32>,
    pub splits: Vec<Split>,
}

/// Where a row goes next.
#[derive(Debug, Clone, Copy)]
pub struct Split {
    /// `None` for a leaf.
    pub feature: Option<u16>,
    /// Rows at most this go left; of a leaf, what it adds.
    pub value: f32,
    /// Index of the left branch; the right one is behind it.
    pub left: u32,
}

impl Forest {
    /// The chance that a row is a positive one.
    pub fn chance(&self, row: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.sum(row)).exp())
    }

    /// The leaves that a row ends in, added up.
    pub fn sum(&self, row: &[f32]) -> f32 {
        let mut sum = 0.0;
        for &root in &self.roots {
            let mut at = root as usize;
            while let Some(split) = self.splits.get(at) {
                let Some(feature) = split.feature else {
                    sum += split.value;
                    break;
                };
                let value = row.get(usize::from(feature)).copied().unwrap_or(0.0);
                at = split.left as usize + usize::from(value > split.value);
            }
        }
        sum
    }

    /// One forest that says what several say on average.
    #[expect(clippy::cast_precision_loss, reason = "a handful of forests")]
    pub fn mean(forests: Vec<Self>) -> Self {
        let share = 1.0 / forests.len().max(1) as f32;
        let mut mean = Self::default();
        for forest in forests {
            let offset = u32::try_from(mean.splits.len()).unwrap_or(u32::MAX);
            mean.roots
                .extend(forest.roots.iter().map(|root| root + offset));
            mean.splits.extend(forest.splits.iter().map(|split| Split {
                left: split.left + offset,
                value: if split.feature.is_none() {
                    split.value * share
                } else {
                    split.value
                },
                ..*split
            }));
        }
        mean
    }

    /// Reads what [`Forest::write`] wrote; lines that can't be read are left out.
    pub fn read(text: &str) -> Self {
        let mut forest = Self::default();
        for line in text.lines() {
            let mut words = line.split(' ');
            let (Some(first), Some(second)) = (words.next(), words.next()) else {
                continue;
            };
            match first {
                "tree" => forest.roots.extend(second.parse::<u32>()),
                "leaf" => forest.splits.extend(second.parse().ok().map(|value| Split {
                    feature: None,
                    value,
                    left: 0,
                })),
                feature => {
                    let left = words.next().and_then(|left| left.parse().ok()).unwrap_or(0);
                    forest.splits.extend(second.parse().ok().map(|value| Split {
                        feature: feature.parse().ok(),
                        value,
                        left,
                    }));
                }
            }
        }
        forest
    }

    /// One line a tree (`tree ROOT`), a split (`FEATURE VALUE LEFT`) or a leaf (`leaf VALUE`).
    pub fn write(&self) -> String {
        let mut lines: Vec<String> = self
            .roots
            .iter()
            .map(|root| format!("tree {root}"))
            .collect();
        lines.extend(self.splits.iter().map(|split| match split.feature {
            Some(feature) => format!("{feature} {} {}", split.value, split.left),
            None => format!("leaf {:.4}", split.value),
        }));
        lines.push(String::new());
        lines.join("\n")
    }
}

/// The two forests that look at a page: one at every block alone, one with what the first said
/// about all the others.
#[derive(Debug, Default)]
pub struct Forests {
    pub alone: Forest,
    pub in_context: Forest,
}

/// Those that were grown on annotated pages.
pub static GROWN: LazyLock<Forests> = LazyLock::new(|| Forests {
    alone: Forest::read(include_str!("forest_alone.txt")),
    in_context: Forest::read(include_str!("forest_in_context.txt")),
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_goes_down_every_tree() {
        let forest = Forest::read("tree 0\ntree 3\n1 0.5 1\nleaf -2\nleaf 2\nleaf 1\n");
        assert!(forest.chance(&[0.0, 0.0]) < 0.5 && forest.chance(&[0.0, 1.0]) > 0.5);
        assert_eq!(Forest::read(&forest.write()).write(), forest.write());
    }

    #[test]
    fn the_grown_forests_are_whole() {
        for forest in [&GROWN.alone, &GROWN.in_context] {
            let splits = u32::try_from(forest.splits.len()).unwrap();
            assert!(!forest.roots.is_empty());
            assert!(forest.roots.iter().all(|root| *root < splits));
            assert!(
                forest
                    .splits
                    .iter()
                    .all(|split| split.feature.is_none() || split.left + 1 < splits)
            );
        }
    }
}
