//! Grows a forest: gradient boosting of small trees on logistic loss, with binned features
//! (Friedman 2001; the binning as in `LightGBM`).

use briefbook::import::html::forest::{Forest, Split};
use rayon::prelude::*;

const LEAVES: usize = 12;
const RATE: f32 = 0.08;
/// Least sum of second derivatives in a leaf, and how much leaves are drawn to zero.
const LEAST: f32 = 8.0;
const SHRINK: f32 = 4.0;
const BINS: usize = 64;

/// A labelled block.
pub(crate) struct Example<'a> {
    pub row: &'a [f32],
    pub belongs: bool,
    pub weight: f32,
}

/// Grows a forest of so many trees; `seed` decides which rows and features each tree sees.
pub(crate) fn grow(examples: &[Example<'_>], trees: usize, seed: u64) -> Forest {
    let features = examples.first().map_or(0, |example| example.row.len());
    let columns: Vec<Column> = (0..features)
        .into_par_iter()
        .map(|feature| Column::of(examples, feature))
        .collect();
    let mut sums = vec![0f32; examples.len()];
    let mut forest = Forest::default();
    let mut random = Random(seed);
    for _ in 0..trees {
        let gradients: Vec<(f32, f32)> = examples
            .iter()
            .zip(&sums)
            .map(|(example, sum)| {
                let chance = 1.0 / (1.0 + (-sum).exp());
                let truth = f32::from(u8::from(example.belongs));
                (
                    (chance - truth) * example.weight,
                    (chance * (1.0 - chance)).max(1e-6) * example.weight,
                )
            })
            .collect();
        let sample: Vec<u32> = (0..u32::try_from(examples.len())
            .expect("fewer than 2^32 examples"))
            .filter(|_| random.next() < 0.6)
            .collect();
        let tried: Vec<usize> = (0..features).filter(|_| random.next() < 0.4).collect();
        let tree = Tree::grow(&columns, &gradients, sample, &tried);
        let root = u32::try_from(forest.splits.len()).expect("a small forest");
        forest.roots.push(root);
        forest.splits.extend(tree.splits.iter().map(|split| Split {
            left: split.left + root,
            ..*split
        }));
        let one = Forest {
            roots: vec![0],
            splits: tree.splits,
        };
        sums.par_iter_mut()
            .zip(examples)
            .for_each(|(sum, example)| *sum += one.sum(example.row));
    }
    forest
}

/// One feature of all examples, in bins.
struct Column {
    bins: Vec<u8>,
    /// The largest value of each bin.
    ends: Vec<f32>,
}

impl Column {
    fn of(examples: &[Example<'_>], feature: usize) -> Self {
        let mut values: Vec<f32> = examples
            .iter()
            .map(|example| example.row[feature])
            .collect();
        values.sort_by(f32::total_cmp);
        let mut ends: Vec<f32> = (1..=BINS)
            .map(|bin| values[(values.len() * bin / BINS).saturating_sub(1)])
            .collect();
        ends.dedup();
        let bins = examples
            .iter()
            .map(|example| {
                let bin = ends.partition_point(|end| *end < example.row[feature]);
                u8::try_from(bin.min(ends.len() - 1)).expect("fewer than 256 bins")
            })
            .collect();
        Self { bins, ends }
    }
}

struct Tree {
    splits: Vec<Split>,
}

struct Leaf {
    at: usize,
    rows: Vec<u32>,
    best: Option<Best>,
}

#[derive(Clone, Copy)]
struct Best {
    gain: f32,
    feature: usize,
    bin: u8,
}

impl Tree {
    fn grow(columns: &[Column], gradients: &[(f32, f32)], rows: Vec<u32>, tried: &[usize]) -> Self {
        let leaf = |value| Split {
            feature: None,
            value,
            left: 0,
        };
        let mut splits = vec![leaf(value(gradients, &rows))];
        let best = best(columns, gradients, &rows, tried);
        let mut leaves = vec![Leaf { at: 0, rows, best }];
        while leaves.len() < LEAVES {
            let Some((index, split)) = leaves
                .iter()
                .enumerate()
                .filter_map(|(index, leaf)| leaf.best.map(|best| (index, best)))
                .max_by(|a, b| a.1.gain.total_cmp(&b.1.gain))
            else {
                break;
            };
            let parent = leaves.swap_remove(index);
            let column = &columns[split.feature];
            let (left, right): (Vec<u32>, Vec<u32>) = parent
                .rows
                .iter()
                .partition(|row| column.bins[**row as usize] <= split.bin);
            let at = splits.len();
            splits[parent.at] = Split {
                feature: u16::try_from(split.feature).ok(),
                value: column.ends[usize::from(split.bin)],
                left: u32::try_from(at).expect("a small tree"),
            };
            for (offset, rows) in [left, right].into_iter().enumerate() {
                splits.push(leaf(value(gradients, &rows)));
                let best = self::best(columns, gradients, &rows, tried);
                leaves.push(Leaf {
                    at: at + offset,
                    rows,
                    best,
                });
            }
        }
        Self { splits }
    }
}

fn value(gradients: &[(f32, f32)], rows: &[u32]) -> f32 {
    let (g, h) = rows.iter().fold((0.0, 0.0), |(g, h), row| {
        let (one_g, one_h) = gradients[*row as usize];
        (g + one_g, h + one_h)
    });
    -RATE * g / (h + SHRINK)
}

fn best(
    columns: &[Column],
    gradients: &[(f32, f32)],
    rows: &[u32],
    tried: &[usize],
) -> Option<Best> {
    let score = |g: f32, h: f32| g * g / (h + SHRINK);
    tried
        .par_iter()
        .filter_map(|&feature| {
            let column = &columns[feature];
            let mut sums = [(0f32, 0f32); BINS];
            for &row in rows {
                let sum = &mut sums[usize::from(column.bins[row as usize])];
                let (g, h) = gradients[row as usize];
                sum.0 += g;
                sum.1 += h;
            }
            let (all_g, all_h) = sums
                .iter()
                .fold((0.0, 0.0), |(g, h), sum| (g + sum.0, h + sum.1));
            let whole = score(all_g, all_h);
            let (mut g, mut h) = (0.0, 0.0);
            let mut found: Option<Best> = None;
            let last = column.ends.len().saturating_sub(1);
            for (bin, sum) in sums.iter().take(last).enumerate() {
                g += sum.0;
                h += sum.1;
                if h < LEAST || all_h - h < LEAST {
                    continue;
                }
                let gain = score(g, h) + score(all_g - g, all_h - h) - whole;
                if gain > 1e-3 && found.is_none_or(|found| gain > found.gain) {
                    found = Some(Best {
                        gain,
                        feature,
                        bin: u8::try_from(bin).expect("fewer than 256 bins"),
                    });
                }
            }
            found
        })
        .max_by(|a, b| a.gain.total_cmp(&b.gain).then(b.feature.cmp(&a.feature)))
}

/// xorshift64*: the same forest every time.
struct Random(u64);

impl Random {
    #[expect(clippy::cast_precision_loss, reason = "24 bits are enough of a die")]
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40;
        bits as f32 / (1u64 << 24) as f32
    }
}
