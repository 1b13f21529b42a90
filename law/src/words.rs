//! Words that are put together only when somebody reads them.
//!
//! A working is mostly amounts between a few fixed words, and most workings are never read. So a
//! formula is kept as its pieces and written out when it is shown.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::fraction::Share;
use crate::pence::Pence;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Fixed words.
    Fixed(&'static str),
    /// Words of the case, or that had to be worked out.
    Own(Box<str>),
    /// An amount, as people write it: `£1,234.50`.
    Money(Pence),
    /// A number.
    Number(i64),
    /// A part of a whole.
    Share(Share),
}

/// A text, in pieces; [`ToString`] gives it whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Pieces);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pieces {
    One(Piece),
    Many(Box<[Piece]>),
}

/// Words from what stands between the commas: fixed words, amounts, numbers, shares.
macro_rules! words {
    ($($piece:expr),+ $(,)?) => {
        $crate::words::Words::from([$($crate::words::Piece::from($piece)),+])
    };
}

pub(crate) use words;

impl<const N: usize> From<[Piece; N]> for Words {
    fn from(pieces: [Piece; N]) -> Self {
        Self(Pieces::Many(Box::new(pieces)))
    }
}

impl From<Vec<Piece>> for Words {
    fn from(pieces: Vec<Piece>) -> Self {
        Self(Pieces::Many(pieces.into_boxed_slice()))
    }
}

macro_rules! from {
    ($($type:ty: |$value:ident| $piece:expr;)+) => {
        $(
            impl From<$type> for Piece {
                fn from($value: $type) -> Self {
                    $piece
                }
            }

            impl From<$type> for Words {
                fn from(value: $type) -> Self {
                    Self(Pieces::One(value.into()))
                }
            }
        )+
    };
}

from! {
    &'static str: |text| Piece::Fixed(text);
    String: |text| Piece::Own(text.into_boxed_str());
    Pence: |amount| Piece::Money(amount);
    Share: |share| Piece::Share(share);
    u8: |number| Piece::Number(number.into());
    i64: |number| Piece::Number(number);
}

impl From<usize> for Piece {
    fn from(number: usize) -> Self {
        i64::try_from(number).map_or_else(|_| Self::Own(number.to_string().into()), Self::Number)
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(text) => f.write_str(text),
            Self::Own(text) => f.write_str(text),
            Self::Money(amount) => f.write_str(&amount.in_words()),
            Self::Number(number) => number.fmt(f),
            Self::Share(share) => share.fmt(f),
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Pieces::One(piece) => piece.fmt(f),
            Pieces::Many(pieces) => pieces.iter().try_for_each(|piece| piece.fmt(f)),
        }
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_are_read_as_one_text() {
        let text = words![
            "(",
            Pence::new(123_450),
            " − ",
            Share::HALF,
            ") × ",
            3_usize,
            "; ",
            "x".to_owned()
        ];
        assert_eq!(text.to_string(), "(£1,234.50 − half) × 3; x");
        assert_eq!(serde_json::to_string(&Words::from(Pence::new(-5))).unwrap(), "\"−£0.05\"");
    }
}
