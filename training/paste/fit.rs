//! Finds the weights under which what is known of the pages is most likely.
//!
//! The objective is the logarithm of the probability of the known labels, all labels of the other
//! lines summed over, less a square penalty on the weights. L-BFGS (Nocedal and Wright, Numerical
//! Optimization, algorithm 7.4) climbs it.

use std::collections::VecDeque;

use briefbook::import::paste::chain::{self, Link, Transitions};
use briefbook::import::paste::features::group::FEATURES;
use briefbook::import::paste::model::Model;
use rayon::prelude::*;

use crate::pages::Labelled;

/// How strongly large weights are held back.
const PENALTY: f64 = 3.0;
const STEP_PENALTY: f64 = 0.1;
/// Stopping early holds weights back, too: more rounds fit these pages better and others worse.
const ROUNDS: usize = 60;
/// How many steps back the curvature is taken from.
const MEMORY: usize = 10;

pub(crate) fn fit(pages: &[&Labelled]) -> Model {
    model(&lowest(FEATURES + 8, ROUNDS, |at| objective(pages, at)))
}

/// Where an objective of so many numbers, given with its slope, is small.
pub(crate) fn lowest(
    numbers: usize,
    rounds: usize,
    objective: impl Fn(&[f64]) -> (f64, Vec<f64>),
) -> Vec<f64> {
    let mut at = vec![0.0; numbers];
    let (mut value, mut slope) = objective(&at);
    let mut past: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    for _ in 0..rounds {
        let direction = descent(&slope, &past);
        let steepness = dot(&direction, &slope);
        let mut length = if past.is_empty() {
            1.0 / dot(&slope, &slope).sqrt()
        } else {
            1.0
        };
        let (next, next_value, next_slope) = loop {
            let next: Vec<f64> = at
                .iter()
                .zip(&direction)
                .map(|(a, d)| a + length * d)
                .collect();
            let (next_value, next_slope) = objective(&next);
            if next_value <= value + 1e-4 * length * steepness || length < 1e-9 {
                break (next, next_value, next_slope);
            }
            length /= 2.0;
        };
        let moved: Vec<f64> = next.iter().zip(&at).map(|(a, b)| a - b).collect();
        let bent: Vec<f64> = next_slope.iter().zip(&slope).map(|(a, b)| a - b).collect();
        if dot(&moved, &bent) > 1e-10 {
            past.push_back((moved, bent));
            if past.len() > MEMORY {
                past.pop_front();
            }
        }
        (at, value, slope) = (next, next_value, next_slope);
    }
    at
}

fn model(numbers: &[f64]) -> Model {
    let mut transitions = Transitions::default();
    for (step, weight) in transitions
        .iter_mut()
        .flatten()
        .flatten()
        .zip(&numbers[FEATURES..])
    {
        *step = *weight;
    }
    Model {
        weights: numbers[..FEATURES].to_vec(),
        transitions,
    }
}

/// What is to be made small, and its slope at `at`.
fn objective(pages: &[&Labelled], at: &[f64]) -> (f64, Vec<f64>) {
    let model = model(at);
    let (mut value, mut slope) = pages
        .par_iter()
        .fold(
            || (0.0, vec![0.0; at.len()]),
            |(value, mut slope), page| {
                let unlikely = page_objective(page, &model, &mut slope);
                (value + unlikely, slope)
            },
        )
        .reduce(
            || (0.0, vec![0.0; at.len()]),
            |(a, mut slope), (b, other)| {
                for (sum, more) in slope.iter_mut().zip(other) {
                    *sum += more;
                }
                (a + b, slope)
            },
        );
    for (number, (weight, slope)) in at.iter().zip(&mut slope).enumerate() {
        let penalty = if number < FEATURES {
            PENALTY
        } else {
            STEP_PENALTY
        };
        value += penalty * weight * weight / 2.0;
        *slope += penalty * weight;
    }
    (value, slope)
}

/// How unlikely the known labels of a page are, its slope added to `slope`.
fn page_objective(page: &Labelled, model: &Model, slope: &mut [f64]) -> f64 {
    let known = scored(page, model);
    let free: Vec<Link> = known
        .iter()
        .map(|link| Link {
            known: None,
            ..*link
        })
        .collect();
    let known = chain::posterior(&known, &model.transitions);
    let free = chain::posterior(&free, &model.transitions);
    for ((features, free), known) in page.features.iter().zip(&free.telling).zip(&known.telling) {
        for &feature in features {
            slope[usize::from(feature)] += page.worth * (free - known);
        }
    }
    let steps =
        |steps: &Transitions| -> Vec<f64> { steps.iter().flatten().flatten().copied().collect() };
    for ((slope, free), known) in slope[FEATURES..]
        .iter_mut()
        .zip(steps(&free.steps))
        .zip(steps(&known.steps))
    {
        *slope += page.worth * (free - known);
    }
    page.worth * (free.log_sum - known.log_sum)
}

/// The page's lines with their scores under a model.
pub(crate) fn scored(page: &Labelled, model: &Model) -> Vec<Link> {
    page.links
        .iter()
        .zip(&page.features)
        .map(|(link, features)| Link {
            score: model.score(features),
            ..*link
        })
        .collect()
}

/// The way down that the slope and the curvature of the past steps give.
fn descent(slope: &[f64], past: &VecDeque<(Vec<f64>, Vec<f64>)>) -> Vec<f64> {
    let mut way: Vec<f64> = slope.iter().map(|s| -s).collect();
    let mut shares = Vec::with_capacity(past.len());
    for (moved, bent) in past.iter().rev() {
        let share = dot(moved, &way) / dot(moved, bent);
        add(&mut way, -share, bent);
        shares.push(share);
    }
    if let Some((moved, bent)) = past.back() {
        let scale = dot(moved, bent) / dot(bent, bent);
        for w in &mut way {
            *w *= scale;
        }
    }
    for ((moved, bent), share) in past.iter().zip(shares.into_iter().rev()) {
        let other = dot(bent, &way) / dot(moved, bent);
        add(&mut way, share - other, moved);
    }
    way
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], factor: f64, more: &[f64]) {
    for (to, more) in to.iter_mut().zip(more) {
        *to += factor * more;
    }
}
