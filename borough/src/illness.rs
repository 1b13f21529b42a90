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
