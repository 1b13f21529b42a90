//! Chance that is the same on every machine: `ChaCha8` keyed by the seed, one stream a household, and
//! whole numbers only.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The dice of one household.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of this stream of this seed: the same for ever.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..20].copy_from_slice(b"kith borough");
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number below `bound` (at least 1). The bias, under one in a million here, does not matter.
    pub fn below(&mut self, bound: u32) -> u32 {
        let wide = u64::from(self.0.next_u32()) * u64::from(bound.max(1));
        u32::try_from(wide >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = u32::try_from(high.saturating_sub(low)).unwrap_or(0);
        low + i32::try_from(self.below(width + 1)).unwrap_or(0)
    }

    /// True so many times in a thousand.
    pub fn per_mille(&mut self, times: u64) -> bool {
        u64::from(self.below(1000)) < times
    }

    /// True so many times in a million.
    pub fn per_million(&mut self, times: u64) -> bool {
        u64::from(self.below(1_000_000)) < times
    }

    /// A position in the list, each as likely as the next.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = self.below(u32::try_from(list.len()).unwrap_or(u32::MAX));
        &list[at as usize]
    }

    /// A position, as likely as its weight; the first if all weights are zero.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let total: u32 = weights.clone().sum();
        let mut left = self.below(total);
        for (at, weight) in weights.enumerate() {
            if left < weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// A rank: uniform from 0 to 2²⁴ − 1.
    pub fn rank(&mut self) -> u64 {
        u64::from(self.0.next_u32() >> 8)
    }
}

/// Ranks lie below this.
pub(crate) const RANKS: u64 = 1 << 24;

/// The rank of a weighted sum of two independent ranks, `weight` 256ths of the first: again uniform.
///
/// So each condition keeps exactly the share its table says, while two conditions that share a rank
/// go together. The sum of two uniform numbers has a density shaped like a trapezium; this is its
/// distribution function, in whole numbers (no product exceeds 2⁶⁴).
pub(crate) fn blend(one: u64, other: u64, weight: u64) -> u64 {
    let weight = weight.clamp(1, 255);
    let (low, high) = (weight.min(256 - weight), weight.max(256 - weight));
    let sum = weight * one + (256 - weight) * other;
    let corner = 2 * low * high * RANKS;
    let rank = if sum < low * RANKS {
        sum * sum / corner
    } else if sum < high * RANKS {
        (sum - low * RANKS / 2) / high
    } else {
        let short = 256 * RANKS - sum;
        RANKS - 1 - (short * short / corner).min(RANKS - 1)
    };
    rank.min(RANKS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_stream_give_the_same_dice_for_ever() {
        let mut dice = Dice::new(7, 42);
        let drawn: Vec<u32> = (0..4).map(|_| dice.below(1_000_000)).collect();
        assert_eq!(
            drawn,
            [754_003, 643_076, 72_311, 752_495],
            "on every machine, in every release"
        );
        assert_ne!(Dice::new(8, 42).rank(), Dice::new(7, 42).rank());
        assert_ne!(Dice::new(7, 43).rank(), Dice::new(7, 42).rank());
    }

    #[test]
    fn a_blend_of_ranks_is_uniform_and_follows_both() {
        for weight in [20, 90, 128, 200] {
            let mut dice = Dice::new(1, weight);
            let mut tenths = [0u32; 10];
            let mut together = 0u32;
            for _ in 0..100_000 {
                let shared = dice.rank();
                let blended = blend(shared, dice.rank(), weight);
                tenths[usize::try_from(blended * 10 / RANKS).unwrap()] += 1;
                together += u32::from(blended * 10 / RANKS == 9 && shared * 10 / RANKS >= 5);
            }
            for count in tenths {
                assert!((9_500..10_500).contains(&count), "weight {weight}: {tenths:?}");
            }
            assert!(together > 5_200, "weight {weight}: {together} of 10,000 in the upper half");
        }
    }
}
