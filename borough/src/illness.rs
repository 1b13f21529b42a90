//! Which long-term conditions a person has: by age, sex, deprivation and heritage from the tables,
//! and together as shared causes bring them.

use crate::dice::{Dice, RANKS, blend};
use crate::tables::{Condition, Heritage, Sex, TABLES};

/// What a person's risks depend on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Risks {
    pub age: i32,
    pub sex: Sex,
    pub borough: usize,
    /// Tenth of England by deprivation of the home's area, 1 the most deprived.
    pub decile: usize,
    pub heritage: Heritage,
}

/// A set of conditions, by position in the tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Conditions(u64);

impl Conditions {
    pub(crate) fn has(self, at: usize) -> bool {
        self.0 >> at & 1 == 1
    }

    /// Their keys, in the tables' order, each with its tier (1 national register, 2 research list,
    /// 0 risk factor).
    pub fn keys(self) -> impl Iterator<Item = (&'static str, u8)> {
        let all = TABLES.conditions.iter().enumerate();
        all.filter(move |(at, _)| self.has(*at)).map(|(_, one)| (one.key.as_str(), one.tier))
    }

    /// Whether a condition of this key is among them.
    pub fn contains(self, key: &str) -> bool {
        self.keys().any(|(one, _)| one == key)
    }

    /// How many have a national register (tier 1).
    pub fn count_tier_1(self) -> usize {
        self.keys().filter(|(_, tier)| *tier == 1).count()
    }
}

/// How strongly each cluster follows a person's general frailty, in 256ths.
const GENERAL: u64 = 150;
const CLUSTERS: usize = 8;

/// Draws a person's conditions, and their general frailty (a rank).
pub(crate) fn draw(dice: &mut Dice, who: Risks) -> (Conditions, u64) {
    let general = dice.rank();
    let mut clusters = [general; CLUSTERS];
    for cluster in &mut clusters[1..] {
        *cluster = blend(general, dice.rank(), GENERAL);
    }
    let mut found = 0;
    for (at, condition) in TABLES.conditions.iter().enumerate() {
        let risk = per_million(condition, who);
        if risk > 0 {
            let rank = blend(clusters[condition.cluster as usize], dice.rank(), condition.weight);
            if RANKS - 1 - rank < risk * RANKS / 1_000_000 {
                found |= 1 << at;
            }
        }
    }
    (Conditions(found), general)
}

/// The share of people like this who have the condition. Nothing is certain: at most 94%.
pub(crate) fn per_million(condition: &Condition, who: Risks) -> u64 {
    let curve = if who.sex == Sex::Female { &condition.women } else { &condition.men };
    let age = usize::try_from(who.age).unwrap_or(0).min(curve.len() - 1);
    let heritage = match who.heritage {
        Heritage::Black => condition.black,
        Heritage::Asian => condition.asian,
        Heritage::Other => 1000,
    };
    let risk = curve[age] * condition.scale[who.borough] / 1000
        * condition.gradient[who.decile - 1]
        / 1000
        * heritage
        / 1000;
    risk.min(940_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_is_as_common_as_its_table_says_by_age_sex_and_deprivation() {
        const PEOPLE: u64 = 3000;
        let mut dice = Dice::new(11, 0);
        for age in [30, 50, 70, 85] {
            for decile in [1, 4, 8] {
                for sex in [Sex::Female, Sex::Male] {
                    let who = Risks { age, sex, borough: 1, decile, heritage: Heritage::Other };
                    let mut found = vec![0u64; TABLES.conditions.len()];
                    for _ in 0..PEOPLE {
                        let (has, _) = draw(&mut dice, who);
                        for (at, count) in found.iter_mut().enumerate() {
                            *count += u64::from(has.has(at));
                        }
                    }
                    for (condition, have) in TABLES.conditions.iter().zip(found) {
                        let wanted = per_million(condition, who) * PEOPLE / 1_000_000;
                        // Five standard deviations of a count, and one person for rounding.
                        let chance = 5 * wanted.isqrt() + 5;
                        assert!(
                            have.abs_diff(wanted) <= chance,
                            "{} at {age}, {sex:?}, tenth {decile}: {have}, not {wanted}",
                            condition.key
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_poorest_tenth_bears_more_of_nearly_everything() {
        let risk = |condition: &Condition, decile| {
            let heritage = Heritage::Other;
            per_million(condition, Risks { age: 60, sex: Sex::Male, borough: 0, decile, heritage })
        };
        for condition in TABLES.conditions.iter().filter(|one| one.tier == 1) {
            let (poor, rich) = (risk(condition, 1), risk(condition, 10));
            let expected = condition.key != "osteoporosis";
            assert_eq!(poor > rich, expected, "{}: {poor}, {rich}", condition.key);
        }
    }
}
