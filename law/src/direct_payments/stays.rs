//! The four weeks in a care home (SI 2014/2871 reg 6), counted in nights.

use serde::Serialize;

use crate::day::Day;
use crate::direct_payments::request::CareHomeStay;

/// Four weeks, in days.
pub const FOUR_WEEKS: i32 = 28;

/// How the stays stand against the four weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CareHomeWeeks {
    /// The most nights that add up within any twelve months.
    pub nights: i32,
    /// How many more a stay that follows the last by less than four weeks could have.
    pub nights_left: i32,
    /// The first night beyond four weeks, if there is one: from then on the council arranges the
    /// stay.
    pub over_from: Option<Day>,
}

fn nights(from: Day, left: Day) -> i32 {
    left.epoch_days() - from.epoch_days()
}

/// Counts stays, which are in order and do not overlap.
///
/// A stay is added to the one before it where less than four weeks lie between leaving and coming
/// back; where four weeks or more do, the count begins again. Of what is added up, only the nights
/// of the twelve months that end with each night count.
pub fn count(stays: &[CareHomeStay]) -> CareHomeWeeks {
    let mut most = 0;
    let mut last = 0;
    let mut over_from: Option<Day> = None;
    let mut chain = 0;
    for (at, stay) in stays.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| stays.get(before));
        if before.is_some_and(|before| nights(before.left, stay.from) >= FOUR_WEEKS) {
            chain = at;
        }
        let together = stays.get(chain..at).unwrap_or_default();
        // More than four weeks in one stay need not be counted out to be too many.
        let counted = nights(stay.from, stay.left).min(FOUR_WEEKS + 1);
        for night in 0..counted {
            let day = stay.from.plus_days(night);
            let year_began = day.plus_months(-12).plus_days(1);
            let earlier: i32 = together
                .iter()
                .map(|before| nights(before.from.max(year_began), before.left).max(0))
                .sum();
            last = earlier + night + 1;
            most = most.max(last);
            if last > FOUR_WEEKS && over_from.is_none() {
                over_from = Some(day);
            }
        }
        most = most.max(nights(stay.from, stay.left));
    }
    CareHomeWeeks { nights: most, nights_left: (FOUR_WEEKS - last).max(0), over_from }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Night by night, with no thought for speed.
    fn plainly(stays: &[CareHomeStay]) -> Option<Day> {
        let mut nights: Vec<Day> = Vec::new();
        for stay in stays {
            let mut day = stay.from;
            while day < stay.left {
                if nights
                    .last()
                    .is_some_and(|last| day.epoch_days() - (last.epoch_days() + 1) >= FOUR_WEEKS)
                {
                    nights.clear();
                }
                nights.push(day);
                let began = day.plus_months(-12).plus_days(1);
                if nights.iter().filter(|&&night| night >= began).count() > 28 {
                    return Some(day);
                }
                day = day.plus_days(1);
            }
        }
        None
    }

    proptest! {
        #[test]
        fn counting_by_stays_is_counting_by_nights(
            gaps in prop::collection::vec((1i32..70, 1i32..40), 1..12)
        ) {
            let mut day = Day::new(2026, 1, 1).unwrap();
            let mut stays = Vec::new();
            for (gap, length) in gaps {
                let from = day.plus_days(gap);
                day = from.plus_days(length);
                stays.push(CareHomeStay { from, left: day });
            }
            prop_assert_eq!(count(&stays).over_from, plainly(&stays));
        }
    }
}
