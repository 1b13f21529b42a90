//! Parts of a whole: a share of a pension, of a house, of the rent.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::pence::{Pence, Round};

/// A part of a whole, from nothing to all of it, kept exactly and in its lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    top: u32,
    bottom: u32,
}

/// A text that should have been a share, and was not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "‘{0}’ is not a share: write a part of one in quotes, for example \"0.5\", \"1/3\" or \"1\""
)]
pub struct NotAShare(pub String);

const MOST_PARTS: u32 = 1_000_000;

/// The greatest number that divides both; `b` is not nought.
const fn shared_factor(a: u32, b: u32) -> u32 {
    let (mut a, mut b) = (a, b);
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self { top: 1, bottom: 1 };
    /// Half of it.
    pub const HALF: Self = Self { top: 1, bottom: 2 };

    /// So many of so many parts, if that is a part of one: at most a million parts.
    pub const fn new(top: u32, bottom: u32) -> Option<Self> {
        if bottom == 0 || bottom > MOST_PARTS || top > bottom {
            return None;
        }
        let shared = shared_factor(top, bottom);
        Some(Self { top: top / shared, bottom: bottom / shared })
    }

    /// So many hundredths, at most 100.
    pub const fn percent(percent: u32) -> Option<Self> {
        Self::new(percent, 100)
    }

    /// Reads a decimal of at most six places, or `a/b`.
    pub fn parse(text: &str) -> Result<Self, NotAShare> {
        read(text).ok_or_else(|| NotAShare(text.to_owned()))
    }

    /// This part of an amount.
    #[must_use]
    pub const fn of(self, amount: Pence, round: Round) -> Pence {
        if self.is_whole() {
            return amount;
        }
        amount.times(self.top as i64, self.bottom as i64, round)
    }

    /// Whether it is all of it.
    pub const fn is_whole(self) -> bool {
        self.top == self.bottom
    }

    /// Whether it is none of it.
    pub const fn is_nothing(self) -> bool {
        self.top == 0
    }

    /// The parts taken, and the parts there are.
    pub const fn parts(self) -> (u32, u32) {
        (self.top, self.bottom)
    }
}

fn read(text: &str) -> Option<Share> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((top, bottom)) = text.split_once('/') {
        return (digits(top) && digits(bottom))
            .then(|| Share::new(top.parse().ok()?, bottom.parse().ok()?))
            .flatten();
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    if !digits(whole) || !digits(part) || part.len() > 6 {
        return None;
    }
    let bottom = 10u32.checked_pow(u32::try_from(part.len()).ok()?)?;
    let whole: u32 = whole.parse().ok().filter(|&whole| whole <= 1)?;
    Share::new(whole * bottom + part.parse::<u32>().ok()?, bottom)
}

impl fmt::Display for Share {
    /// As people say it: `half`, `1/3`, `40%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (top, bottom) = (u64::from(self.top), u64::from(self.bottom));
        if self.is_whole() {
            f.write_str("all")
        } else if top * 2 == bottom {
            f.write_str("half")
        } else if (top * 100).is_multiple_of(bottom) {
            write!(f, "{}%", top * 100 / bottom)
        } else {
            write!(f, "{top}/{bottom}")
        }
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.top, self.bottom)
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}/{}", self.top, self.bottom))
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Share;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a share in quotes, for example \"0.5\" or \"1/3\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Share, E> {
                Share::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact() {
        for (text, parts) in [
            ("0.5", (1, 2)),
            ("1/3", (1, 3)),
            ("1", (1, 1)),
            ("0.333333", (333_333, 1_000_000)),
            ("0", (0, 1)),
        ] {
            assert_eq!(Share::parse(text).map(Share::parts), Ok(parts), "{text}");
        }
        let third = Share::parse("1/3").unwrap();
        assert_eq!(third.of(Pence::new(100), Round::Down), Pence::new(33));
        assert_eq!(third.of(Pence::new(100), Round::Up), Pence::new(34));
        assert_eq!(Share::parse("0.5").unwrap().to_string(), "half");
        assert_eq!(Share::parse("0.40").unwrap().to_string(), "40%");
    }

    #[test]
    fn what_is_no_part_of_one_is_named() {
        for text in ["", "1.1", "2", "3/2", "1/0", "-0.5", "50%", "0.1234567", "1/2/3"] {
            assert!(
                Share::parse(text).unwrap_err().to_string().contains(&format!("‘{text}’")),
                "{text}"
            );
        }
    }
}
