//! SNOMED CT concept ids: only their form. The project holds ids and its own names, no terms.

/// Why a text is not a SNOMED CT concept id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAConceptId {
    /// Not 6 to 18 digits without a leading zero (SNOMED CT Release File Specification, SCTID).
    #[error("a SNOMED CT id has 6 to 18 digits and does not start with 0")]
    Digits,
    /// The partition (second and third digit from the right) is not that of a concept.
    #[error("this is a SNOMED CT id, but not of a concept")]
    NotAConcept,
    /// The last digit does not agree with the others (Verhoeff's check).
    #[error("the last digit does not fit the others; one digit may be mistyped")]
    CheckDigit,
}

/// Reads a concept id and checks its length, its partition and its check digit.
pub fn concept_id(text: &str) -> Result<u64, NotAConceptId> {
    let digits = text.as_bytes();
    if !(6..=18).contains(&digits.len())
        || digits[0] == b'0'
        || !digits.iter().all(u8::is_ascii_digit)
    {
        return Err(NotAConceptId::Digits);
    }
    if !verhoeff(digits) {
        return Err(NotAConceptId::CheckDigit);
    }
    match &digits[digits.len() - 3..digits.len() - 1] {
        b"00" | b"10" => text.parse().map_err(|_| NotAConceptId::Digits),
        _ => Err(NotAConceptId::NotAConcept),
    }
}

/// Whether digits end in the right check digit: products in the dihedral group of order 10
/// (Verhoeff 1969), with its usual permutation.
fn verhoeff(digits: &[u8]) -> bool {
    const PERMUTATION: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let mut check = 0;
    for (place, byte) in digits.iter().rev().enumerate() {
        let mut digit = byte - b'0';
        for _ in 0..place {
            digit = PERMUTATION[usize::from(digit)];
        }
        check = dihedral(check, digit);
    }
    check == 0
}

/// The product of two symmetries of the pentagon: 0–4 are turns, 5–9 reflections.
fn dihedral(a: u8, b: u8) -> u8 {
    let (turns, turned) = (a < 5, b < 5);
    // After a reflection, what follows turns the other way.
    let sum = if turns { a + b } else { a + 5 - b };
    if turns == turned { sum % 5 } else { sum % 5 + 5 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_products_of_symmetries_are_a_group() {
        let all = || 0..10_u8;
        for a in all() {
            assert_eq!((dihedral(a, 0), dihedral(0, a)), (a, a), "nothing turned is {a}");
            assert!(all().any(|b| dihedral(a, b) == 0), "{a} is undone");
            for b in all() {
                assert!(dihedral(a, b) < 10);
                for c in all() {
                    assert_eq!(dihedral(dihedral(a, b), c), dihedral(a, dihedral(b, c)));
                }
            }
        }
    }

    proptest! {
        /// What the check digit is for (Verhoeff 1969): one digit wrong, or two neighbours swapped.
        #[test]
        fn a_slip_of_the_pen_is_no_code(
            id in prop::sample::select(&["22298006", "105529008", "999480451000087102"][..]),
            at in 0..17_usize,
            digit in b'0'..=b'9',
        ) {
            let right = id.as_bytes();
            let at = at % (right.len() - 1);
            let mut wrong = right.to_vec();
            wrong[at] = digit;
            prop_assert_eq!(verhoeff(&wrong), wrong == right);
            let mut swapped = right.to_vec();
            swapped.swap(at, at + 1);
            prop_assert_eq!(verhoeff(&swapped), swapped == right);
        }
    }

    #[test]
    fn ids_are_checked() {
        for good in ["22298006", "105529008", "999480451000087102", "138875005", "73211009"] {
            assert_eq!(concept_id(good).map(|id| id.to_string()), Ok(good.to_owned()));
        }
        let bad = [
            ("", NotAConceptId::Digits),
            ("0229800", NotAConceptId::Digits),
            ("2229800 6", NotAConceptId::Digits),
            ("1234567890123456789", NotAConceptId::Digits),
            ("22298007", NotAConceptId::CheckDigit),
            ("22289006", NotAConceptId::CheckDigit),
            ("37436014", NotAConceptId::NotAConcept),
        ];
        for (text, why) in bad {
            assert_eq!(concept_id(text), Err(why), "{text}");
        }
    }
}
