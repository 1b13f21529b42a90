//! From a code to what it means for a criterion, fast: one probe for most codes of a feed.

use std::collections::BTreeMap;

/// What a code means for a criterion: a bit for each condition it makes or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Masks {
    /// Conditions that the code is a diagnosis of.
    pub diagnosis: u128,
    /// Conditions that the code says are over.
    pub resolved: u128,
}

/// An open-addressing table, at most half full. The keys lie apart from what they mean, so that
/// the table stays in the processor's cache; 0, which is no code, marks a free place.
#[derive(Debug)]
pub struct CodeMap {
    keys: Vec<u64>,
    /// For each place, which of the few different meanings.
    which: Vec<u32>,
    meanings: Vec<Masks>,
    shift: u32,
    count: usize,
}

impl CodeMap {
    /// Lays out the codes.
    pub fn new(codes: &BTreeMap<u64, Masks>) -> Self {
        let places = (codes.len().max(1) * 2).next_power_of_two();
        let mut map = Self {
            keys: vec![0; places],
            which: vec![0; places],
            meanings: Vec::new(),
            shift: 64 - places.trailing_zeros(),
            count: codes.len(),
        };
        for (&code, &masks) in codes {
            let known = map.meanings.iter().position(|&known| known == masks);
            let which = known.unwrap_or_else(|| {
                map.meanings.push(masks);
                map.meanings.len() - 1
            });
            let place = map.place(code);
            map.keys[place] = code;
            map.which[place] =
                u32::try_from(which).expect("a list has fewer than four thousand million codes");
        }
        map
    }

    /// What a code means, if anything.
    pub fn get(&self, code: u64) -> Option<Masks> {
        let place = self.place(code);
        (self.keys[place] == code && code != 0).then(|| self.meanings[self.which[place] as usize])
    }

    /// How many codes there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Where a code is, or would be: Fibonacci hashing, then one place after another.
    fn place(&self, code: u64) -> usize {
        let spread = code.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift;
        let mut place = usize::try_from(spread).unwrap_or(0);
        while self.keys[place] != code && self.keys[place] != 0 {
            place = (place + 1) % self.keys.len();
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_answers_as_an_ordinary_map_does(
            codes in prop::collection::btree_map(1..5_000u64, 0..5u128, 0..300),
            asked in prop::collection::vec(0..6_000u64, 0..300),
        ) {
            let codes: BTreeMap<u64, Masks> = codes
                .into_iter()
                .map(|(code, bits)| (code, Masks { diagnosis: bits, resolved: 1 << bits }))
                .collect();
            let map = CodeMap::new(&codes);
            prop_assert_eq!(map.len(), codes.len());
            for code in codes.keys().copied().chain(asked) {
                prop_assert_eq!(map.get(code), codes.get(&code).copied(), "{}", code);
            }
        }
    }
}
