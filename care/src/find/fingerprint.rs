//! A hash of 64 bits that is the same on every machine and in every version: it is stored.
//!
//! Quick, and good enough to tell a few hundred records apart; not for secrets, nor against someone
//! who may choose what is hashed and gains by a clash.

/// A hash under way.
#[derive(Debug, Clone, Copy)]
pub struct Fingerprint(u64);

/// Odd, with as many ones as zeros, in no pattern (the digits of the golden ratio).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Fingerprint {
    /// Begins; different beginnings give unrelated hashes.
    pub fn begin(what: &str) -> Self {
        Self(SPREAD).text(what)
    }

    /// Adds a number.
    #[must_use]
    pub fn number(self, number: u64) -> Self {
        // Both halves of the product, so that every bit of the number reaches every bit.
        let product = u128::from(self.0 ^ number) * u128::from(SPREAD);
        #[expect(clippy::cast_possible_truncation, reason = "the two halves, folded together")]
        let folded = (product as u64) ^ ((product >> 64) as u64);
        Self(folded.rotate_left(23) ^ SPREAD)
    }

    /// Adds a text, with its length, so that texts end to end are not taken for one.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        let (eights, rest) = text.as_bytes().as_chunks::<8>();
        let mut hash = self.number(text.len() as u64);
        for eight in eights {
            hash = hash.number(u64::from_le_bytes(*eight));
        }
        if rest.is_empty() {
            return hash;
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash.number(u64::from_le_bytes(last))
    }

    /// The hash.
    pub fn end(self) -> u64 {
        self.number(0).0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_hash_is_always_the_same() {
        // Stored in every register: a change here makes every record news.
        assert_eq!(Fingerprint::begin("a").text("").end(), 12_160_356_733_479_625_337);
        assert_eq!(
            Fingerprint::begin("kith").text("0023b3a7-2ded-840c").end(),
            8_692_872_377_528_840_619
        );
    }

    #[test]
    fn like_texts_are_told_apart() {
        let mut seen = HashSet::new();
        for number in 0..200_000u32 {
            assert!(seen.insert(Fingerprint::begin("x").text(&number.to_string()).end()));
            assert!(seen.insert(Fingerprint::begin("x").number(number.into()).end()));
        }
        let (one, two) = (
            Fingerprint::begin("x").text("ab").text("c"),
            Fingerprint::begin("x").text("a").text("bc"),
        );
        assert_ne!(one.end(), two.end());
        assert_ne!(
            Fingerprint::begin("x").text("a").end(),
            Fingerprint::begin("x").text("a\0").end()
        );
    }
}
