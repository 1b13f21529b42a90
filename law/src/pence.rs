//! Money: whole pence in an integer.
//!
//! A rule that divides says which way it rounds, at the place where it divides: the Charging
//! Regulations round a fraction of a penny to the person's advantage (reg 11), so income and
//! charges go [`Round::Down`], and costs and allowances [`Round::Up`].

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of money in whole pence; negative where something is taken off.
///
/// What is read from outside is at most [`Pence::MOST`], so that sums of thousands of lines and
/// products with fractions stay far inside the integer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pence(i64);

/// A text that should have been an amount, and was not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "‘{0}’ is not an amount: write pounds and pence in quotes, for example \"424.90\", \
     from \"0.00\" to \"1000000000.00\""
)]
pub struct NotAnAmount(pub String);

/// Which way a fraction of a penny goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// Towards nothing.
    Down,
    /// Away from nothing.
    Up,
}

impl Pence {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that is read from outside: a thousand million pounds.
    pub const MOST: Self = Self(100_000_000_000);

    /// So many pence.
    pub const fn new(pence: i64) -> Self {
        Self(pence)
    }

    /// So many whole pounds.
    pub const fn pounds(pounds: i64) -> Self {
        Self(pounds * 100)
    }

    /// The number of pence.
    pub const fn pence(self) -> i64 {
        self.0
    }

    /// Reads pounds with at most two decimals, not negative: `424.90`, `60`.
    pub fn parse(text: &str) -> Result<Self, NotAnAmount> {
        parse(text).filter(|&amount| amount <= Self::MOST).ok_or_else(|| NotAnAmount(text.into()))
    }

    /// The amount times a fraction, with what is left of a penny rounded as said.
    ///
    /// `bottom` must not be nought; nought gives nothing rather than a panic.
    #[must_use]
    pub const fn times(self, top: i64, bottom: i64, round: Round) -> Self {
        if bottom == 0 {
            return Self::ZERO;
        }
        if top == bottom {
            return self;
        }
        let product = self.0.saturating_mul(top);
        let whole = product / bottom;
        let part = product % bottom;
        match round {
            Round::Up if part != 0 => {
                Self(whole + if (product < 0) == (bottom < 0) { 1 } else { -1 })
            }
            _ => Self(whole),
        }
    }

    /// The amount, or nothing where it is negative.
    #[must_use]
    pub const fn or_nothing(self) -> Self {
        if self.0 < 0 { Self::ZERO } else { self }
    }

    /// The lesser of two amounts.
    #[must_use]
    pub const fn at_most(self, most: Self) -> Self {
        if self.0 > most.0 { most } else { self }
    }

    /// Whether it is nothing.
    pub const fn is_nothing(self) -> bool {
        self.0 == 0
    }

    /// As people write it: `£1,234.50`, `−£20.00`.
    pub fn in_words(self) -> String {
        self.written("−", "£", true)
    }

    /// Its digits behind a sign and a mark, the thousands parted or not. Without the machinery of
    /// formatting: workings are full of amounts.
    fn written(self, minus: &str, mark: &str, parted: bool) -> String {
        let whole = self.0.unsigned_abs();
        let pounds = (whole / 100).to_string();
        let mut text = String::with_capacity(pounds.len() + 12);
        text.push_str(if self.0 < 0 { minus } else { "" });
        text.push_str(mark);
        for (at, digit) in pounds.chars().enumerate() {
            if parted && at > 0 && (pounds.len() - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        let pence = u8::try_from(whole % 100).unwrap_or(0);
        text.push('.');
        text.push(char::from(b'0' + pence / 10));
        text.push(char::from(b'0' + pence % 10));
        text
    }
}

fn parse(text: &str) -> Option<Pence> {
    let (pounds, pence) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(pounds) || !digits(pence) || pounds.len() > 10 || pence.len() > 2 {
        return None;
    }
    let scale = if pence.len() == 1 { 10 } else { 1 };
    let pounds: i64 = pounds.parse().ok()?;
    let pence: i64 = pence.parse().ok()?;
    Some(Pence(pounds * 100 + pence * scale))
}

impl fmt::Display for Pence {
    /// As data: `424.90`, `-20.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written("-", "", false))
    }
}

impl fmt::Debug for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "£{self}")
    }
}

impl FromStr for Pence {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        Self::parse(text)
    }
}

impl Serialize for Pence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Pence;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount in quotes, pounds and pence, for example \"424.90\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Pence, E> {
                Pence::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// For amounts that we wrote ourselves and may be below nothing: `#[serde(with = "signed")]`.
pub mod signed {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Pence;

    /// Writes it as data: `-7.05`.
    pub fn serialize<S: Serializer>(amount: &Pence, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(amount)
    }

    /// Reads what [`serialize`] wrote.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Pence, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = match text.strip_prefix('-') {
            Some(positive) => Pence::parse(positive).map(|amount| -amount),
            None => Pence::parse(&text),
        };
        read.map_err(serde::de::Error::custom)
    }
}

impl Add for Pence {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Pence {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Pence {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl AddAssign for Pence {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Pence {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Pence {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_and_written_to_the_penny() {
        for (text, pence) in [("424.90", 42_490), ("60", 6_000), ("0.5", 50), ("0.05", 5)] {
            assert_eq!(Pence::parse(text).map(Pence::pence), Ok(pence), "{text}");
        }
        assert_eq!(Pence::new(123_456_789).in_words(), "£1,234,567.89");
        assert_eq!(Pence::new(-2_000).in_words(), "−£20.00");
        assert_eq!(Pence::new(-5).to_string(), "-0.05");
    }

    #[test]
    fn what_is_not_an_amount_is_named() {
        for text in
            ["", ".", "1.", ".5", "1.234", "-1.00", "1,000.00", "£5", "1e3", "1000000000.01", "٣"]
        {
            let error = Pence::parse(text).unwrap_err().to_string();
            assert!(error.contains(&format!("‘{text}’")), "{error}");
        }
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(pence in 0..=Pence::MOST.pence()) {
            prop_assert_eq!(Pence::parse(&Pence::new(pence).to_string()), Ok(Pence::new(pence)));
        }

        #[test]
        fn rounding_stays_within_a_penny(pence in -1_000_000_000i64..1_000_000_000, top in 0i64..1_000_000, bottom in 1i64..1_000_000) {
            let exact = i128::from(pence) * i128::from(top);
            let down = i128::from(Pence::new(pence).times(top, bottom, Round::Down).pence());
            let up = i128::from(Pence::new(pence).times(top, bottom, Round::Up).pence());
            let bottom = i128::from(bottom);
            prop_assert!((down * bottom).abs() <= exact.abs());
            prop_assert!((up * bottom).abs() >= exact.abs());
            prop_assert!((up - down).abs() <= 1);
        }
    }
}
