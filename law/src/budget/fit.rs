//! How well figures agree with what was really spent, in whole numbers throughout.

use serde::Serialize;

use crate::pence::Pence;

/// How well a table explains what plans really cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fit {
    /// Over how many cases.
    pub cases: usize,
    /// Half of the cases differ by no more than this, a week.
    pub median_difference: Pence,
    /// Nine in ten differ by no more than this, a week.
    pub ninetieth_difference: Pence,
    /// The part of the cases within a tenth of the real cost, in hundredths of a percent.
    pub within_tenth: i64,
    /// The part within a quarter, in hundredths of a percent.
    pub within_quarter: i64,
    /// R squared, in ten-thousandths: 10000 is a perfect fit, and it is negative where the table
    /// does worse than one average for everybody. None where every case cost the same.
    pub r_squared: Option<i64>,
}

/// The least value with at least so many percent of the sorted values at or below it (nearest
/// rank).
pub(super) fn nearest_rank<V: Copy>(sorted: &[V], percent: usize) -> Option<V> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

impl Fit {
    /// Of pairs of a figure and the real cost.
    pub fn of(pairs: &[(Pence, Pence)]) -> Self {
        let mut differences: Vec<i64> =
            pairs.iter().map(|(figure, cost)| (*figure - *cost).pence().abs()).collect();
        let within = |parts: i64| {
            let near = pairs
                .iter()
                .zip(&differences)
                .filter(|((_, cost), difference)| **difference * parts <= cost.pence())
                .count();
            part_of(near, pairs.len())
        };
        let (within_tenth, within_quarter) = (within(10), within(4));
        differences.sort_unstable();
        let at = |percent| Pence::new(nearest_rank(&differences, percent).unwrap_or(0));
        Self {
            cases: pairs.len(),
            median_difference: at(50),
            ninetieth_difference: at(90),
            within_tenth,
            within_quarter,
            r_squared: r_squared(pairs),
        }
    }
}

fn part_of(some: usize, all: usize) -> i64 {
    let (some, all) = (i64::try_from(some).unwrap_or(0), i64::try_from(all).unwrap_or(0));
    (some * 10_000).checked_div(all).unwrap_or(0)
}

/// 1 − Σ(cost − figure)² ÷ Σ(cost − mean)², exactly, rounded down to a ten-thousandth.
fn r_squared(pairs: &[(Pence, Pence)]) -> Option<i64> {
    let count = i128::try_from(pairs.len()).ok()?;
    let (mut residual, mut sum, mut squares) = (0i128, 0i128, 0i128);
    for (figure, cost) in pairs {
        let (figure, cost) = (i128::from(figure.pence()), i128::from(cost.pence()));
        residual += (cost - figure).pow(2);
        sum += cost;
        squares += cost.pow(2);
    }
    // Both sums times the number of cases, so that the mean needs no division.
    let total = count * squares - sum.pow(2);
    if total == 0 {
        return None;
    }
    let part = (total - count * residual) * 10_000;
    i64::try_from(part.div_euclid(total)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[(i64, i64)]) -> Vec<(Pence, Pence)> {
        of.iter().map(|&(figure, cost)| (Pence::pounds(figure), Pence::pounds(cost))).collect()
    }

    #[test]
    fn a_fit_is_counted_exactly() {
        let perfect = Fit::of(&pairs(&[(100, 100), (200, 200), (300, 300)]));
        assert_eq!((perfect.r_squared, perfect.within_tenth), (Some(10_000), 10_000));
        let average = Fit::of(&pairs(&[(200, 100), (200, 200), (200, 300)]));
        assert_eq!(average.r_squared, Some(0));
        assert_eq!(average.median_difference, Pence::pounds(100));
        assert_eq!(average.within_tenth, 3_333);
        let tenth = Fit::of(&pairs(&[(110, 100), (89, 100), (125, 100), (126, 100)]));
        assert_eq!((tenth.within_tenth, tenth.within_quarter), (2_500, 7_500));
        assert_eq!(tenth.r_squared, None, "every case cost the same");
    }
}
