//! A page's lines as a chain: whether a line tells the article depends on what it looks like and on
//! the line before.
//!
//! A linear-chain conditional random field with two labels; what it says of each line is the
//! posterior by forward-backward (Lafferty et al. 2001). Training uses the same
//! walk: where only some lines of a page have a known label, the others are summed over.

/// Scores for going from label to label; `[0]` between lines that touch, `[1]` across an empty
/// line; then from, then to; label 1 tells the article.
pub type Transitions = [[[f64; 2]; 2]; 2];

/// What the chain says of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// For every line, the probability that it tells the article.
    pub telling: Vec<f64>,
    /// How often each step between labels is to be expected.
    pub steps: Transitions,
    /// Logarithm of the sum over all labellings that agree with what is known.
    pub log_sum: f64,
}

/// One line to be labelled.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// How much the line by itself speaks for telling.
    pub score: f64,
    /// An empty line stood before it.
    pub gap: bool,
    /// Its label, where that is known.
    pub known: Option<bool>,
}

/// Weighs all labellings of a page's lines.
pub fn posterior(links: &[Link], transitions: &Transitions) -> Posterior {
    let own = |link: &Link| match link.known {
        None => [0.0, link.score],
        Some(false) => [0.0, f64::NEG_INFINITY],
        Some(true) => [f64::NEG_INFINITY, link.score],
    };
    let mut forward: Vec<[f64; 2]> = Vec::with_capacity(links.len());
    for link in links {
        let own = own(link);
        let step = &transitions[usize::from(link.gap)];
        forward.push(match forward.last() {
            None => own,
            Some(before) => {
                [0, 1].map(|to| sum(before[0] + step[0][to], before[1] + step[1][to]) + own[to])
            }
        });
    }
    let log_sum = forward.last().map_or(0.0, |last| sum(last[0], last[1]));
    let mut telling = vec![0.0; links.len()];
    let mut steps = Transitions::default();
    // What follows behind a line, for each of its labels.
    let mut behind = [0.0; 2];
    for (at, link) in links.iter().enumerate().rev() {
        telling[at] = (forward[at][1] + behind[1] - log_sum).exp();
        let own = own(link);
        let here = [own[0] + behind[0], own[1] + behind[1]];
        let step = &transitions[usize::from(link.gap)];
        if let Some(before) = at.checked_sub(1).map(|before| forward[before]) {
            for from in [0, 1] {
                for to in [0, 1] {
                    steps[usize::from(link.gap)][from][to] +=
                        (before[from] + step[from][to] + here[to] - log_sum).exp();
                }
            }
        }
        behind = [0, 1].map(|from| sum(step[from][0] + here[0], step[from][1] + here[1]));
    }
    Posterior {
        telling,
        steps,
        log_sum,
    }
}

/// The logarithm of the sum of two numbers given by their logarithms.
fn sum(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if high == f64::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STICKY: Transitions = [[[1.0, -1.0], [-1.0, 1.0]]; 2];

    fn page(scores: &[f64]) -> Vec<Link> {
        scores
            .iter()
            .map(|&score| Link {
                score,
                gap: false,
                known: None,
            })
            .collect()
    }

    #[test]
    fn a_doubtful_line_goes_with_its_neighbours() {
        let inside = posterior(&page(&[3.0, 0.0, 3.0]), &STICKY).telling[1];
        let outside = posterior(&page(&[-3.0, 0.0, -3.0]), &STICKY).telling[1];
        assert!(inside > 0.9 && outside < 0.1, "{inside} {outside}");
    }

    #[test]
    fn it_agrees_with_counting_every_labelling() {
        let mut links = page(&[0.3, -1.2, 0.8, 2.0]);
        links[2].gap = true;
        links[3].known = Some(false);
        let transitions = [[[0.4, -0.6], [-0.1, 0.9]], [[0.2, 0.1], [-0.3, 0.5]]];
        let (mut all, mut telling) = (0.0, [0.0; 4]);
        for labelling in 0..16_usize {
            let label = |at: usize| labelling >> at & 1;
            if label(3) == 1 {
                continue;
            }
            let mut score = 0.0;
            for (at, link) in links.iter().enumerate() {
                score += if label(at) == 1 { link.score } else { 0.0 };
                if at > 0 {
                    score += transitions[usize::from(link.gap)][label(at - 1)][label(at)];
                }
            }
            all += score.exp();
            for (at, telling) in telling.iter_mut().enumerate() {
                *telling += if label(at) == 1 { score.exp() } else { 0.0 };
            }
        }
        let found = posterior(&links, &transitions);
        assert!((found.log_sum - f64::ln(all)).abs() < 1e-9);
        for (found, counted) in found.telling.iter().zip(telling) {
            assert!((found - counted / all).abs() < 1e-9);
        }
        let steps: f64 = found.steps.iter().flatten().flatten().sum();
        assert!((steps - 3.0).abs() < 1e-9, "three steps join four lines");
    }
}
