//! NHS numbers that are nobody's: each valid, each given once.

use care::record::ids::NhsNumber;

use crate::dice::Dice;

/// Nine-digit stems of one thousand-block: the stem, and then the check digit.
const STEMS: u64 = 1_000_000;
/// Stepping by this visits every stem of a block before it comes back to one.
const STEP: u64 = 387_281;
const _: () = assert!(!STEP.is_multiple_of(2) && !STEP.is_multiple_of(5));

/// The numbers of a borough, one after the other, scattered over the range.
///
/// The range kept for tests, 999 000 0000 to 999 999 9999, holds about 909,000 valid numbers. A
/// larger borough goes on at 998, 997 and so on: numbers that begin with 9 and are not in the test
/// range have not been issued to anybody either, but are not promised never to be.
pub(crate) struct NhsNumbers {
    block: u64,
    visited: u64,
    stem: u64,
}

impl NhsNumbers {
    pub fn new(seed: u64) -> Self {
        let start = Dice::new(seed, u64::MAX).below(1_000_000);
        Self { block: 999, visited: 0, stem: u64::from(start) }
    }
}

impl Iterator for NhsNumbers {
    type Item = NhsNumber;

    fn next(&mut self) -> Option<NhsNumber> {
        loop {
            if self.visited == STEMS {
                self.block -= 1;
                self.visited = 0;
            }
            let stem = self.block * STEMS + self.stem;
            self.stem = (self.stem + STEP) % STEMS;
            self.visited += 1;
            if let Some(digit) = check_digit(stem) {
                let text = format!("{stem}{digit}");
                return Some(NhsNumber::parse(&text).expect("the check digit was just computed"));
            }
        }
    }
}

/// The tenth digit (modulus 11), unless it would be 10: such stems are not used.
fn check_digit(stem: u64) -> Option<u64> {
    let mut left = stem;
    let mut sum = 0;
    for weight in 2..=10 {
        sum += left % 10 * weight;
        left /= 10;
    }
    match (11 - sum % 11) % 11 {
        10 => None,
        digit => Some(digit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_are_valid_different_and_in_the_test_range() {
        let numbers: Vec<u64> = NhsNumbers::new(3).take(20_000).map(NhsNumber::number).collect();
        assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), numbers.len());
        assert!(numbers.iter().all(|number| number / 10_000_000 == 999));
    }

    #[test]
    fn a_range_that_is_used_up_goes_on_in_the_one_below() {
        let mut numbers = NhsNumbers::new(3);
        let first = numbers.stem;
        numbers.visited = STEMS - 5;
        let blocks: Vec<u64> =
            numbers.by_ref().take(40).map(|number| number.number() / 10_000_000).collect();
        assert_eq!((blocks[0], blocks[39]), (999, 998));
        assert!(blocks.is_sorted_by(|one, next| one >= next), "{blocks:?}");
        assert_ne!(numbers.stem, first);
    }
}
