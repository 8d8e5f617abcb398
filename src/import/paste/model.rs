//! The trained weights: what each feature of a line, and each step between lines, speaks for.
//! `training/paste/README.md` says how they are made.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::chain::Transitions;
use super::features::group::{self, FEATURES};

/// One weight for each feature, and the steps between labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub weights: Vec<f64>,
    pub transitions: Transitions,
}

/// The model that pasted text is read with.
pub static MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::read(include_str!("weights.txt")).expect("the weights were made for these features")
});

/// Weights are written as whole numbers, so many to one.
const UNIT: f64 = 100.0;

impl Model {
    /// The weights as text: a line a feature, `Group step weight`, then one a step between labels.
    pub fn write(&self) -> String {
        let mut text = String::new();
        for (feature, weight) in self.weights.iter().enumerate() {
            let (group, step) = group::name(feature);
            line(&mut text, format_args!("{group} {step}"), *weight);
        }
        for (gap, from, to) in steps() {
            let weight = self.transitions[gap][from][to];
            line(&mut text, format_args!("step {gap}{from}{to}"), weight);
        }
        text
    }

    /// Reads what [`Self::write`] wrote; `None` if it was written for other features.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut next = |name: String| -> Option<f64> {
            let number = lines.next()?.strip_prefix(&name)?.trim();
            Some(f64::from(number.parse::<i32>().ok()?) / UNIT)
        };
        let mut weights = Vec::with_capacity(FEATURES);
        for feature in 0..FEATURES {
            let (group, step) = group::name(feature);
            weights.push(next(format!("{group} {step} "))?);
        }
        let mut transitions = Transitions::default();
        for (gap, from, to) in steps() {
            transitions[gap][from][to] = next(format!("step {gap}{from}{to} "))?;
        }
        lines.next().is_none().then_some(Self {
            weights,
            transitions,
        })
    }

    /// How much these features speak for telling.
    pub fn score(&self, features: &[u16]) -> f64 {
        features
            .iter()
            .map(|&feature| self.weights[usize::from(feature)])
            .sum()
    }
}

fn line(text: &mut String, name: std::fmt::Arguments<'_>, weight: f64) {
    writeln!(text, "{name} {:.0}", weight * UNIT).expect("a string can always grow");
}

fn steps() -> impl Iterator<Item = (usize, usize, usize)> {
    (0..8).map(|bits| (bits >> 2 & 1, bits >> 1 & 1, bits & 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_belong_to_the_features_of_today() {
        assert!(Model::read(include_str!("weights.txt")).is_some());
    }

    #[test]
    fn weights_are_read_as_they_were_written() {
        assert_eq!(Model::read(&MODEL.write()).as_ref(), Some(&*MODEL));
        assert_eq!(Model::read("Bias 0 1\n"), None);
    }
}
