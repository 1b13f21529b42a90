//! Points: what an answer weighs, in hundredths, so that no fraction is lost before the end.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::charging::policy::Percent;
use crate::pence::{Pence, Round};

/// Points, to a hundredth; never negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

/// A text that should have been points, and was not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "‘{0}’ is not points: write a number in quotes, from \"0\" to \"10000\", for example \"2.5\""
)]
pub struct NotPoints(pub String);

impl Points {
    /// None.
    pub const ZERO: Self = Self(0);
    /// The most that are read from outside, for one answer or one row of a table: ten thousand.
    pub const MOST: Self = Self(1_000_000);

    /// So many hundredths of a point; none where that is negative.
    pub const fn hundredths(hundredths: i64) -> Self {
        Self(if hundredths < 0 { 0 } else { hundredths })
    }

    /// How many hundredths of a point.
    pub const fn in_hundredths(self) -> i64 {
        self.0
    }

    /// Reads a number with at most two decimals, to ten thousand.
    pub fn parse(text: &str) -> Result<Self, NotPoints> {
        let read = Pence::parse(text).map(|amount| Self(amount.pence()));
        read.ok().filter(|&points| points <= Self::MOST).ok_or_else(|| NotPoints(text.to_owned()))
    }

    /// What is left when so much percent is taken off; a fraction of a hundredth stays with the person.
    #[must_use]
    pub fn less(self, percent: Percent) -> Self {
        Self(self.0 - percent.of(Pence::new(self.0), Round::Down).pence()).max(Self::ZERO)
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Points {
    /// `12`, `2.5`, `0.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => f.pad(&whole.to_string()),
            _ if part % 10 == 0 => f.pad(&format!("{whole}.{}", part / 10)),
            _ => f.pad(&format!("{whole}.{part:02}")),
        }
    }
}

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} points")
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_kept_to_a_hundredth() {
        for (text, hundredths, written) in
            [("2.5", 250, "2.5"), ("0.25", 25, "0.25"), ("12", 1200, "12"), ("3.00", 300, "3")]
        {
            let points = Points::parse(text).unwrap();
            assert_eq!(points.in_hundredths(), hundredths, "{text}");
            assert_eq!(points.to_string(), written);
        }
        for text in ["", "-1", "1.234", "10000.01", "many"] {
            assert!(Points::parse(text).unwrap_err().to_string().contains(&format!("‘{text}’")));
        }
    }

    #[test]
    fn what_is_taken_off_leaves_the_fraction_with_the_person() {
        let third = Percent::parse("33.33").unwrap();
        assert_eq!(Points::parse("0.01").unwrap().less(third), Points::hundredths(1));
        assert_eq!(Points::parse("10").unwrap().less(third), Points::hundredths(667));
        assert_eq!(Points::parse("10").unwrap().less(Percent::HUNDRED), Points::ZERO);
    }
}
